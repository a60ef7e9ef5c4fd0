/** Names of CMS releases, and the dates that follow from them. */
import { CmsFeesError } from './errors.ts'

/** The letter of a release is the quarter that it was made for; M is March 2012. */
const MONTH_OF_LETTER: Readonly<Record<string, number>> = { A: 1, B: 4, C: 7, D: 10, E: 10, M: 3 }

export interface ReleaseName {
  /** As CMS writes it: RVU25A, RVU24AR, RVU10C_PCT22, ZIP5_OCT2025. */
  readonly name: string
  readonly year: number
  /** First month of the quarter in the name. */
  readonly month: number
}

/** Reads a release name; throws E_UNKNOWN_RELEASE. Case does not matter. */
export function parseRelease(text: string): ReleaseName {
  const name = text.trim().toUpperCase()
  const stated = statedDate(/^ZIP5_(?<month>[A-Z]{3})(?<year>\d{4})$/.exec(name)?.groups)
  if (stated.year && stated.month) return { name, year: stated.year, month: stated.month }
  const parts = /^(?:RVU|PRREV)(?<year>\d{2})(?<letter>[A-EM])[A-Z\d_]{0,8}$/.exec(name)?.groups
  const month = MONTH_OF_LETTER[parts?.letter ?? '']
  if (!parts?.year || month === undefined) {
    throw new CmsFeesError(
      'E_UNKNOWN_RELEASE',
      `${JSON.stringify(text)} is no release of the physician fee schedule (RVU25A) or of its ZIP codes (ZIP5_OCT2025)`,
    )
  }
  // RVU08AB is CMS's name for April 2008, not for a correction of January.
  return { name, year: 2000 + Number(parts.year), month: name === 'RVU08AB' ? 4 : month }
}

/** First day of the quarter in the name, which the catalogue may know better. */
export function quarterStart(release: ReleaseName): string {
  return `${release.year}-${String(release.month).padStart(2, '0')}-01`
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Year (two or four digits) and month (a name, cut or whole) as a file states them; null where it does not. */
export function statedDate(groups: Readonly<Record<string, string | undefined>> | undefined) {
  const month = MONTHS.indexOf((groups?.month ?? '').slice(0, 3).toUpperCase()) + 1
  const year = groups?.year === undefined ? null : Number(groups.year.padStart(4, '20'))
  return { year, month: month || null }
}
