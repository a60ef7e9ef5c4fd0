/** Numbers and days as people read them. Decimals come as text, as published, and stay exact. */

/** '1234.5' as '$1,234.50'; conversion factors keep their four decimals. */
export function money(amount: string): string {
  const [whole = '0', decimals = ''] = amount.replace('-', '').split('.')
  const sign = amount.startsWith('-') ? '−' : ''
  return `${sign}$${grouped(whole)}.${decimals.padEnd(2, '0')}`
}

/** '1234' as '1,234'. */
export const grouped = (whole: string | number): string =>
  String(whole).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',')

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${grouped(number)} ${number === 1 ? one : many}`

/** '2026-04-01' as 'April 1, 2026'. */
export function day(date: string): string {
  return LONG.format(new Date(`${date}T00:00:00Z`))
}

/** '2026-04-01' as 'Apr 2026'. */
export function month(date: string): string {
  return SHORT.format(new Date(`${date}T00:00:00Z`))
}

const LONG = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })
const SHORT = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' })

export interface Change {
  readonly direction: 'up' | 'down' | 'same'
  /** '$6.24', without a sign. */
  readonly amount: string
  /** '7.0%', without a sign; null where there was nothing to compare with. */
  readonly percent: string | null
}

/** Between two amounts in dollars, to the decimals that they have: drugs have three. */
export function changeOf(before: string, after: string): Change {
  const decimals = Math.max(2, decimalsOf(before), decimalsOf(after))
  const [from, to] = [whole(before, decimals), whole(after, decimals)]
  const difference = Math.abs(to - from)
  return {
    direction: to > from ? 'up' : to < from ? 'down' : 'same',
    amount: money((difference / 10 ** decimals).toFixed(decimals)),
    percent: from === 0 ? null : `${grouped(((difference / from) * 100).toFixed(1))}%`,
  }
}

const decimalsOf = (amount: string): number => amount.split('.')[1]?.length ?? 0

/** In units of the last decimal, so that a difference has no error of floating point. */
const whole = (amount: string, decimals: number): number =>
  Math.round(Number(amount) * 10 ** decimals)

/** 'a, b and c'. */
export const listed = (items: readonly string[]): string => LIST.format(items)
const LIST = new Intl.ListFormat('en-US', { type: 'conjunction' })

/** 'RVU26B' is a release of the relative value file, 'HCPC2019_ANWEB' one of the HCPCS Level II file. */
export const isSchedule = (release: string): boolean => release.startsWith('RVU')

/**
 * What an amount is for, as the schedules name it: 'test' as 'for one test', 'month of rental' as 'for a month of rental',
 * '15 MG' as 'for 15 MG', 'per dose' as it is.
 */
export function perUnit(unit: string): string {
  if (/^per\b/i.test(unit)) return unit
  if (/^(month|day) of /.test(unit)) return `for a ${unit}`
  return /^(test|item|service|billing unit)$/.test(unit) ? `for one ${unit}` : `for ${unit}`
}
