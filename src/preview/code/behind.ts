/** One box that says which amounts of a page are not known to be those of today. */
import type { CodePage, ScheduleHistory } from '../../queries/code-page.ts'
import { day, listed } from '../format.ts'
import { type Content, html } from '../html.ts'
import { SCHEDULES } from './schedules.ts'

/** A notice of api.code_page that the schedule of today is not loaded; the other notices end the page. */
export const isBehind = (notice: string): boolean => /^The values are those of /.test(notice)

export const physicianRemarks = ({ notices }: CodePage): readonly string[] =>
  (notices ?? []).filter(isBehind)

/** Schedules of the same last day are told together. */
export function elsewhereRemarks(prices: readonly ScheduleHistory[] | null): readonly string[] {
  const missing = (prices ?? []).filter((price) => price.vouched_to !== null)
  const bySchedule = Map.groupBy(missing, ({ schedule }) => schedule)
  const byDay = Map.groupBy(bySchedule, ([, [first]]) => first?.vouched_to ?? '')
  return [...byDay].map(
    ([last, schedules]) =>
      `${listed(schedules.map(([schedule]) => SCHEDULES[schedule] ?? schedule))}: no loaded release has an amount after ${day(last)}.`,
  )
}

export const notTheLatest = (remarks: readonly string[]): Content =>
  remarks.length > 0 && html`<p class="warning"><b>Not the latest.</b> ${remarks.join(' ')}</p>`
