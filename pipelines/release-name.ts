/** Names of CMS releases, and the dates that follow from them. */
import { CmsFeesError } from '../src/errors.ts'

/** The letter of a release is the quarter that it was made for; M is March 2012. */
const MONTH_OF_LETTER: Readonly<Record<string, number>> = { A: 1, B: 4, C: 7, D: 10, E: 10, M: 3 }

/** Names that state their year and month in full. */
const DATED_NAMES = [
  /^ZIP5_(?<month>JAN|APR|JUL|OCT)(?<year>\d{4})$/,
  /^HCPC(?<year>\d{4})_(?:(?<month>JAN|APR|JUL|OCT)_)?ANWEB$/,
]

export interface ReleaseName {
  /** As CMS writes it: RVU25A, RVU24AR, RVU10C_PCT22, ZIP5_OCT2025, HCPC2026_JAN_ANWEB. */
  readonly name: string
  readonly year: number
  /** First month of the quarter in the name. */
  readonly month: number
}

/** Reads a release name; throws E_UNKNOWN_RELEASE. Case does not matter. */
export function parseRelease(text: string): ReleaseName {
  const name = text.trim().toUpperCase()
  for (const pattern of DATED_NAMES) {
    const { year, month } = statedDate(pattern.exec(name)?.groups)
    // A HCPCS file whose name states no month was the only one of its year.
    if (year) return { name, year, month: month ?? 1 }
  }
  const parts = /^(?:RVU|PRREV)(?<year>\d{2})(?<letter>[A-EM])[A-Z\d_]{0,8}$/.exec(name)?.groups
  const month = MONTH_OF_LETTER[parts?.letter ?? '']
  if (!parts?.year || month === undefined) {
    throw new CmsFeesError(
      'E_UNKNOWN_RELEASE',
      `${JSON.stringify(text)} is no release of the physician fee schedule (RVU25A), of its ZIP codes (ZIP5_OCT2025) or of HCPCS Level II (HCPC2026_JAN_ANWEB)`,
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

/** Year (two or four digits) and month (a name, cut or whole; or that of a quarter) as a file states them; null where it does not. */
export function statedDate(groups: Readonly<Record<string, string | undefined>> | undefined) {
  const month = MONTHS.indexOf((groups?.month ?? '').slice(0, 3).toUpperCase()) + 1
  const year = groups?.year === undefined ? null : Number(groups.year.padStart(4, '20'))
  const quarter = groups?.quarter === undefined ? null : 3 * Number(groups.quarter) - 2
  return { year, month: quarter ?? (month || null) }
}

/** A day of the calendar as text; null where there is no such day. */
export function dayOf(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null
}

/** 2025-01-10 of '01/10/2025', '01-10-2025', '01102025' or '1102025'; null where there is none. */
export function dayIn(text: string): string | null {
  const [, month = '', day = '', year = ''] =
    /(\d{1,2})[-/_]?(\d{2})[-/_]?(20\d\d)(?!\d)/.exec(text) ?? []
  return dayOf(year, month, day)
}

/** The day that it is at CMS, whose releases begin at midnight in Baltimore, wherever this process runs. */
export const dayAtCms = (now = new Date()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', dateStyle: 'short' }).format(now)
