/** Days of the calendar, as text: 2025-01-10. */

/** Null where there is no such day. */
export function dayOf(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null
}

/** Whether the text is a day of the calendar as 2025-01-10. */
export function isDay(text: string): boolean {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  return dayOf(year, month, day) === text
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
