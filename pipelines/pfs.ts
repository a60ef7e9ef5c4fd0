/** The physician fee schedule: releases RVUyyQ, their five files (six from 2026), and their dates. */
import { anesthesia } from '../schemas/pfs/anesthesia.ts'
import { conversionFactor } from '../schemas/pfs/conversion-factor.ts'
import { gpci } from '../schemas/pfs/gpci.ts'
import { locality } from '../schemas/pfs/locality.ts'
import { oppsCap } from '../schemas/pfs/opps-cap.ts'
import { rvu, rvuQpp } from '../schemas/pfs/rvu.ts'
import { catalogue, postingNamed, postingsOf } from '../src/cms/catalog.ts'
import { CmsFeesError } from '../src/errors.ts'
import type { ValidFile } from '../src/ingest/validate.ts'
import { parseRelease, quarterStart, type ReleaseName } from './release-name.ts'
import type { Derived, DiscoverablePipeline, Posting } from './schedule.ts'

export const pfs: DiscoverablePipeline = {
  family: 'pfs',
  title: 'physician fee schedule',
  releases: /^(RVU|PRREV)/,
  discovery: {
    listing: '/medicare/payment/fee-schedules/physician/pfs-relative-value-files',
    releaseIn,
    catalogue,
  },
  datasets: [rvu, rvuQpp, gpci, oppsCap, anesthesia, locality],
  derived: [conversionFactor],
  priced: ['rvu', 'conversion_factor'],
  namedAfter,
  date,
  derive: (files) => deriveConversionFactors(files),
}

function date(release: ReleaseName, sourceName: string): Posting {
  const effectiveFrom = postingsOf(release.name)[0]?.effective_from
  const posted = postingNamed(sourceName)
  return {
    effectiveFrom: effectiveFrom ?? quarterStart(release),
    effectiveFromSource: effectiveFrom ? 'catalogue' : 'quarter',
    known: posted?.release === release.name ? posted : null,
  }
}

function namedAfter(name: string): string | null {
  const named = /^((?:RVU|PRREV)\d{2}[A-Z]\d?(?:R\d?)?(?:_PCT\d+|_\d)?)(?![A-Z\d])/i.exec(name)?.[1]
  return postingNamed(name)?.release ?? named?.toUpperCase() ?? null
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
    return [{ source, row: [qualifying_apm, conversion_factor] }]
  })
  const from = factors[0]?.source
  return from ? [{ table: conversionFactor, from, rows: factors.map(({ row }) => row) }] : []
}
