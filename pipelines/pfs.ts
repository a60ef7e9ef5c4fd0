/** The physician fee schedule: releases RVUyyQ, their five files (six from 2026), and their dates. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { anesthesia } from '../schemas/pfs/anesthesia.ts'
import { conversionFactor } from '../schemas/pfs/conversion-factor.ts'
import { gpci } from '../schemas/pfs/gpci.ts'
import { locality } from '../schemas/pfs/locality.ts'
import { oppsCap } from '../schemas/pfs/opps-cap.ts'
import { rvu, rvuQpp } from '../schemas/pfs/rvu.ts'
import { CmsFeesError } from '../src/errors.ts'
import { ROOT } from '../src/paths.ts'
import type { Derived, Pipeline, Posting } from '../src/pipeline.ts'
import { quarterStart, type ReleaseName } from '../src/release.ts'
import type { ValidFile } from '../src/stages/validate.ts'

export const pfs: Pipeline = {
  family: 'pfs',
  releases: /^(RVU|PRREV)/,
  schema: 'pfs',
  datasets: [rvu, rvuQpp, gpci, oppsCap, anesthesia, locality],
  date,
  derive: (files) => deriveConversionFactors(files),
}

/** A posting that CMS made, in pipelines/pfs-releases.csv. Empty text: not known. */
export interface CatalogueRow {
  readonly release: string
  readonly effective_from: string
  readonly published: string
  readonly url: string
  readonly page: string
  readonly note: string
}

let rows: readonly CatalogueRow[] | undefined

/** Every posting that is known, oldest first. */
export function catalogue(): readonly CatalogueRow[] {
  rows ??= Papa.parse<CatalogueRow>(
    readFileSync(join(ROOT, 'pipelines/pfs-releases.csv'), 'utf8'),
    {
      header: true,
      skipEmptyLines: true,
    },
  ).data
  return rows
}

function date(release: ReleaseName, sourceName: string): Posting {
  const known = catalogue().filter((row) => row.release === release.name)
  const posted = known.find(
    (row) => fileKey(row.url.split('/files/zip/').at(-1) ?? '') === fileKey(sourceName),
  )
  const effectiveFrom = known[0]?.effective_from
  return {
    effectiveFrom: effectiveFrom ?? quarterStart(release),
    effectiveFromSource: effectiveFrom ? 'catalogue' : 'quarter',
    published: posted?.published || null,
  }
}

/** CMS's names carry slashes (rvu25a-updated-01/10/2025.zip), which saved files cannot. */
const fileKey = (name: string): string => name.toLowerCase().replace(/[^a-z\d]+/g, '-')

/** Throws E_CHECK_FAILED where a file's pricing indicator belongs to the other one. */
function deriveConversionFactors(files: readonly ValidFile[]): readonly Derived[] {
  const ordinary = files.find(({ file }) => file.dataset === rvu)
  const qpp = files.find(({ file }) => file.dataset === rvuQpp)
  const single = ordinary !== undefined && ordinary.constants.pricing_indicator === null
  const sources: [ValidFile | undefined, string, string][] = [
    [ordinary, '9', 'false'],
    [single ? ordinary : qpp, '1', 'true'],
  ]
  const factors = sources.flatMap(([source, indicator, qualifying_apm]) => {
    if (!source) return []
    const { conversion_factor = null, pricing_indicator = null } = source.constants
    if (pricing_indicator !== null && pricing_indicator !== indicator) {
      throw new CmsFeesError(
        'E_CHECK_FAILED',
        `${source.file.member} has pricing indicator ${pricing_indicator} throughout, ${indicator} was expected`,
        { next: 'Check that the QPP and nonQPP files were not exchanged.' },
      )
    }
    return [{ source, row: { qualifying_apm, conversion_factor } }]
  })
  const from = factors[0]?.source
  return from ? [{ dataset: conversionFactor, from, rows: factors.map(({ row }) => row) }] : []
}
