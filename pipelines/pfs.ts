/** The physician fee schedule: releases RVUyyQ, their five files (six from 2026), and their dates. */
import { anesthesia } from '../schemas/pfs/anesthesia.ts'
import { conversionFactor } from '../schemas/pfs/conversion-factor.ts'
import { gpci } from '../schemas/pfs/gpci.ts'
import { locality } from '../schemas/pfs/locality.ts'
import { oppsCap } from '../schemas/pfs/opps-cap.ts'
import { rvu, rvuQpp } from '../schemas/pfs/rvu.ts'
import { nameIn } from './release-name.ts'
import { Contradiction, type Derived, defineSchedule, type ReadFile } from './schedule.ts'

const names = [
  // CMS's name for April 2008, not for a correction of January.
  /^RVU(?<year>08)A(?<letter>B)$/,
  /^(?:RVU|PRREV)(?<year>\d{2})(?<letter>[A-EM])[A-Z\d_]{0,8}$/,
]

export const pfs = defineSchedule({
  family: 'pfs',
  title: 'physician fee schedule',
  names,
  example: 'RVU25A',
  quarterly: 'RVU{YY}{L}',
  discovery: {
    listing: '/medicare/payment/fee-schedules/physician/pfs-relative-value-files',
    releaseIn,
  },
  catalog: 'pfs-releases.csv',
  files: [rvu, rvuQpp, gpci, oppsCap, anesthesia, locality],
  derived: [conversionFactor],
  priced: ['rvu', 'conversion_factor'],
  namedAfter(name) {
    const pattern = /^((?:RVU|PRREV)\d{2}[A-Z]\d?(?:R\d?)?(?:_PCT\d+|_\d)?)(?![A-Z\d])/i
    return pattern.exec(name)?.[1]?.toUpperCase() ?? null
  },
  derive: deriveConversionFactors,
})

/** The release that a link's text or address names: 'File Name RVU25A', 'RVU08D.ZIP', 'rvu25d-0'. */
function releaseIn(text: string): string | null {
  const name = /(?<![a-z\d])(?:rvu|prrev)\d{2}[a-em][a-z\d_]*/i.exec(text)?.[0]
  return (name && nameIn({ names }, name)?.name) ?? null
}

/** Throws Contradiction where a file's pricing indicator belongs to the other one. */
function deriveConversionFactors<F extends ReadFile>(files: readonly F[]): readonly Derived<F>[] {
  const ordinary = files.find(({ file }) => file.dataset === rvu)
  const qpp = files.find(({ file }) => file.dataset === rvuQpp)
  const single = ordinary !== undefined && ordinary.constants.pricing_indicator === null
  const sources: [F | undefined, string, string][] = [
    [ordinary, '9', 'false'],
    [single ? ordinary : qpp, '1', 'true'],
  ]
  const factors = sources.flatMap(([source, indicator, qualifying_apm]) => {
    if (!source) return []
    const { conversion_factor = null, pricing_indicator = null } = source.constants
    if (pricing_indicator !== null && pricing_indicator !== indicator) {
      throw new Contradiction(
        'E_CHECK_FAILED',
        `${source.file.member} has pricing indicator ${pricing_indicator} throughout, ${indicator} was expected`,
        'Check that the QPP and nonQPP files were not exchanged.',
      )
    }
    return [{ source, row: [qualifying_apm, conversion_factor] }]
  })
  const from = factors[0]?.source
  return from ? [{ table: conversionFactor, from, rows: factors.map(({ row }) => row) }] : []
}
