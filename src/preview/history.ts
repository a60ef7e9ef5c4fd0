/** Total RVUs of a code over the releases: a chart, and the same numbers as a table. */
import { chart } from './chart.ts'
import type { HistoryPoint } from './data.ts'
import { type Content, html } from './html.ts'
import { rvu } from './rvus.ts'
import { tableOf } from './value.ts'

/** Null where no release is loaded. */
export function historySection(history: readonly HistoryPoint[]): Content {
  if (history.length === 0) return null
  const whole = history.filter(({ modifier }) => modifier === history[0]?.modifier)
  const hasRvus = history.some(
    (point) => Number(point.non_facility_total_rvu) > 0 || Number(point.facility_total_rvu) > 0,
  )
  const modified = history.some(({ modifier }) => modifier)
  const rows = history.map((point) => [
    point.release,
    html`<time datetime="${point.effective_from}">${point.effective_from}</time>`,
    ...(modified ? [point.modifier || '–'] : []),
    point.status_indicator ?? 'not in the release',
    rvu(point.non_facility_total_rvu),
    rvu(point.facility_total_rvu),
  ])
  return [
    hasRvus
      ? html`<figure>${chart(whole)}<figcaption><span class="key non-facility">Non-facility</span> <span class="key facility">Facility</span></figcaption></figure>`
      : html`<p>No loaded release gives this code RVUs.</p>`,
    tableOf(
      ['Release', 'From', ...(modified ? ['Modifier'] : []), 'Status', 'Non-facility', 'Facility'],
      rows,
      'Total RVUs by release',
    ),
  ]
}
