/** Payment from release to release: a chart, and what each release changed in words. */
import type { PricePoint } from '../../queries/price-history.ts'
import { changeOf, day, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import { chart } from './chart.ts'

/** The code as a whole, or its first modifier, in each release. */
export function historySection(history: readonly PricePoint[]): Content {
  const releases = Map.groupBy(history, ({ release }) => release)
  return historyOf(
    [...releases.values()].flatMap(
      (points) => points.find(({ modifier }) => modifier === '') ?? points.slice(0, 1),
    ),
  )
}

/** Null where no release has the code. */
function historyOf(points: readonly PricePoint[]): Content {
  const listedPoints = points.filter(({ hcpcs }) => hcpcs !== null)
  const [first] = listedPoints
  if (!first) return null
  const paid = points.filter(({ facility_amount: amount }) => amount !== null)
  const changes = points.map((point, index) => changesOf(points[index - 1], point))
  if (paid.length === 0 && changes.slice(1).every((texts) => texts.length === 0))
    return html`<p>Every release at hand since <time datetime="${first.effective_from}">${day(first.effective_from)}</time> (${first.release}) says the same: status ${first.status_indicator}, and no payment by relative values.</p>`
  return [
    paid.length > 1 && html`<figure>${chart(points)}</figure>`,
    releasesTable(points, changes),
  ]
}

const FIRST = 10

/** The newest first. What is older than the first ten is a click away. */
function releasesTable(
  points: readonly PricePoint[],
  changes: readonly (readonly string[])[],
): Content {
  const same = points.every((point) => point.non_facility_amount === point.facility_amount)
  const rows = points
    .map((point, index) => row(point, points[index - 1], changes[index] ?? [], same))
    .reverse()
  const older = rows.slice(FIRST)
  return [
    table(rows.slice(0, FIRST), same),
    older.length > 0 &&
      html`<details><summary>Earlier releases (${older.length})</summary>${table(older, same)}</details>`,
  ]
}

/** One column of payments where both settings always paid the same. */
function table(rows: readonly Html[], same: boolean): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Payment by release"><table class="history${same && ' single'}">
<thead><tr><th scope="col">From</th>${!same && html`<th scope="col" class="number">Outside a facility</th>`}<th scope="col" class="number">${same ? 'Payment' : 'In a facility'}</th><th scope="col">What changed</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function row(
  point: PricePoint,
  before: PricePoint | undefined,
  changes: readonly string[],
  same: boolean,
): Html {
  return html`<tr><th scope="row"><time datetime="${point.effective_from}">${day(point.effective_from)}</time> <span class="quiet">${point.release}</span></th>${!same && html`<td class="number">${amount(before?.non_facility_amount, point.non_facility_amount)}</td>`}<td class="number">${amount(before?.facility_amount, point.facility_amount)}</td><td>${changes.length > 0 ? changes.map((text) => html`<p>${text}</p>`) : html`<p class="quiet">No change</p>`}${before && point.gap && html`<p class="quiet">${point.gap}.</p>`}</td></tr>\n`
}

/** With the change since the release before, where both have an amount. */
function amount(before: string | null | undefined, after: string | null): Content {
  if (!before || !after || before === after) return dollars(after)
  const { direction, percent } = changeOf(before, after)
  return html`${money(after)}<br><small class="change ${direction}">${direction === 'up' ? '+' : '−'}${percent}</small>`
}

const dollars = (amount: string | null): string => (amount === null ? '–' : money(amount))

/** In words: what made the payment of a release differ from that of the one before. */
function changesOf(before: PricePoint | undefined, after: PricePoint): readonly string[] {
  if (!before) return ['The first release at hand']
  if (before.hcpcs === null && after.hcpcs === null) return []
  if (after.hcpcs === null) return ['Not in the schedule']
  if (before.hcpcs === null) return [`In the schedule with status ${after.status_indicator}`]
  const isPaid = before.facility_amount !== null || after.facility_amount !== null
  const rvus = rvuChanges(before, after)
  return [
    ...(before.status_indicator === after.status_indicator
      ? []
      : [`Status ${before.status_indicator} → ${after.status_indicator}`]),
    ...(rvus.length === 0 ? [] : [`RVUs: ${rvus.join(', ')}`]),
    ...(isPaid && before.conversion_factor !== after.conversion_factor
      ? [
          `Conversion factor ${dollars(before.conversion_factor)} → ${dollars(after.conversion_factor)}`,
        ]
      : []),
  ]
}

function rvuChanges(before: PricePoint, after: PricePoint): readonly string[] {
  const same = (point: PricePoint) => point.non_facility_pe_rvu === point.facility_pe_rvu
  const expense =
    same(before) && same(after)
      ? ([['practice expense', 'facility_pe_rvu']] as const)
      : ([
          ['practice expense outside a facility', 'non_facility_pe_rvu'],
          ['practice expense in a facility', 'facility_pe_rvu'],
        ] as const)
  const parts = [['work', 'work_rvu'], ...expense, ['malpractice', 'mp_rvu']] as const
  return parts
    .filter(([, column]) => Number(before[column]) !== Number(after[column]))
    .map(([name, column]) => `${name} ${before[column]} → ${after[column]}`)
}
