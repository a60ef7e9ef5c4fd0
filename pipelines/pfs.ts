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
import { fileKey, fileNameOf } from '../src/cms/address.ts'
import { CmsFeesError } from '../src/errors.ts'
import { ROOT } from '../src/paths.ts'
import type { CatalogueRow, Derived, Pipeline, Posting } from '../src/pipeline.ts'
import { parseRelease, quarterStart, type ReleaseName } from '../src/release.ts'
import type { ValidFile } from '../src/stages/validate.ts'

export const pfs: Pipeline = {
  family: 'pfs',
  schema: 'pfs',
  listing: '/medicare/payment/fee-schedules/physician/pfs-relative-value-files',
  releaseIn,
  catalogue,
  datasets: [rvu, rvuQpp, gpci, oppsCap, anesthesia, locality],
  date,
  derive: (files) => deriveConversionFactors(files),
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
    (row) => row.url !== '' && fileKey(fileNameOf(row.url)) === fileKey(sourceName),
  )
  const effectiveFrom = known[0]?.effective_from
  return {
    effectiveFrom: effectiveFrom ?? quarterStart(release),
    effectiveFromSource: effectiveFrom ? 'catalogue' : 'quarter',
    published: posted?.published || null,
  }
}

/** The release that a link's text or address names: 'File Name RVU25A', 'RVU08D.ZIP', 'rvu25d-0'. */
function releaseIn(text: string): string | null {
  const name = /(?<![a-z\d])(?:rvu|prrev)\d{2}[a-em][a-z\d_]*/i.exec(text)?.[0]
  if (name === undefined) return null
  try {
    return parseRelease(name).name
  } catch {
    return null
  }
}

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
