/** Names of CMS's releases, and the quarter that stands in them. */
import type { Schedule } from './schedule.ts'

export interface ReleaseName {
  /** As CMS writes it: RVU25A, RVU24AR, RVU10C_PCT22, ZIP5_OCT2025, HCPC2026_JAN_ANWEB. */
  readonly name: string
  readonly year: number
  /** First month of the days that the name states. */
  readonly month: number
  /** Whether the name states the month in which the release takes effect; else a letter that was made for a quarter. */
  readonly isDated: boolean
}

/** The letter of a release is the quarter that it was made for; M is March 2012. */
const MONTH_OF_LETTER: Readonly<Record<string, number>> = { A: 1, B: 4, C: 7, D: 10, E: 10, M: 3 }

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Undefined where the schedule has no release of this name. Case does not matter. */
export function nameIn({ names }: Pick<Schedule, 'names'>, text: string): ReleaseName | undefined {
  const name = text.trim().toUpperCase()
  const groups = names.map((pattern) => pattern.exec(name)?.groups).find((found) => found)
  const { year, month } = statedDate(groups)
  if (!groups || year === null) return undefined
  const { letter } = groups
  if (letter) return { name, year, month: MONTH_OF_LETTER[letter] ?? 1, isDated: false }
  // A file whose name states no month was the only one of its year.
  return { name, year, month: month ?? 1, isDated: true }
}

/**
 * Reads a name of CMS's own, of a zip, a file or a link, as the release of its quarter: CLFS25Q1 of '25CLABQ1.zip'. Groups:
 * `year`, and `quarter` or `month`; with neither it is the first. Null where no pattern finds it.
 */
export function quarterNamed(prefix: string, ...patterns: readonly RegExp[]) {
  return (text: string): string | null => {
    const groups = patterns.map((pattern) => pattern.exec(text)?.groups).find((found) => found)
    const { year, month } = statedDate(groups)
    if (year === null) return null
    return `${prefix}${String(year).slice(-2)}Q${Math.ceil((month ?? 1) / 3)}`
  }
}

/** First day of the quarter in the name, which a catalog may know better. */
export function quarterStart({ year, month }: Pick<ReleaseName, 'year' | 'month'>): string {
  return `${year}-${String(month).padStart(2, '0')}-01`
}

/** Year (two or four digits) and month (a name, cut or whole; or that of a quarter) as a file states them; null where it does not. */
export function statedDate(groups: Readonly<Record<string, string | undefined>> | undefined) {
  const month = MONTHS.indexOf((groups?.month ?? '').slice(0, 3).toUpperCase()) + 1
  const year = groups?.year === undefined ? null : Number(groups.year.padStart(4, '20'))
  const quarter = groups?.quarter === undefined ? null : 3 * Number(groups.quarter) - 2
  return { year, month: quarter ?? (month || null) }
}
