/** What other schedules pay for a code: laboratory tests, drugs, supplies, surgery centers; now, and before. */
import type { SchedulePrice } from '../../queries/schedule-prices.ts'
import { changeOf, day, listed, money, month, perUnit } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import { changeLine } from './change.ts'
import { chart } from './chart.ts'

const SCHEDULES: Readonly<Record<string, string>> = {
  laboratory: 'Laboratory fee schedule',
  drugs: 'Payment limits of drugs',
  DMEPOS: 'Equipment and supplies (DMEPOS)',
  ASC: 'Surgery center',
}

const nameOf = ({ schedule, modifier }: SchedulePrice): Html =>
  html`${SCHEDULES[schedule] ?? schedule}${modifier && html` <span class="tag">modifier ${modifier}</span>`}`

/** The prices of each schedule and modifier, the oldest first. */
const byPrice = (prices: readonly SchedulePrice[]): readonly (readonly SchedulePrice[])[] => [
  ...Map.groupBy(prices, ({ schedule, modifier }) => `${schedule} ${modifier}`).values(),
]

/** What the latest releases pay; those that later ones left out are history. */
export const latestOf = (prices: readonly SchedulePrice[]): readonly SchedulePrice[] =>
  prices.filter(({ is_latest: latest }) => latest)

export const elsewhereSection = (prices: readonly SchedulePrice[]): Content =>
  latestOf(prices).length > 0 && [table(prices), elsewhereBehind(prices)]

/** Large, where the physician schedule pays nothing. */
export function elsewhereFigures(prices: readonly SchedulePrice[]): Content {
  const latest = latestOf(prices)
  if (latest.length === 0) return null
  const title = html`<h2>What Medicare pays</h2>`
  if (latest.length > MOST_FIGURES) return html`${title}${table(prices)}`
  return html`${title}<div class="figures">${latest.map((price) => figure(price, prices))}</div>`
}

const MOST_FIGURES = 3

function figure(price: SchedulePrice, prices: readonly SchedulePrice[]): Html {
  const own = ownOf(price, prices)
  const before = own[own.indexOf(price) - 1]
  return html`<div class="figure"><h3>${nameOf(price)}</h3><p class="amount">${range(price)}</p><p class="where">${perUnit(price.unit)}, since ${day(firstDay(price, prices))}</p>${before && !isSame(before, price) && changeLine(before.lowest, price.lowest, [`the release before (${month(before.effective_from)})`])}<p class="where">${basisOf(price)}</p></div>\n`
}

/** Says which schedules of today are not loaded. */
export function elsewhereBehind(prices: readonly SchedulePrice[]): Content {
  const missing = latestOf(prices).filter(({ is_current: current }) => !current)
  const names = [...new Set(missing.map(({ release }) => release))]
  if (names.length === 0) return null
  const verb =
    names.length > 1 ? ['are the latest releases', 'are'] : ['is the latest release', 'is']
  return html`<p class="warning"><b>Not the latest.</b> ${listed(names)} ${verb[0]} of ${names.length > 1 ? 'their' : 'its'} kind that ${verb[1]} loaded; later ones are out.</p>`
}

function table(prices: readonly SchedulePrice[]): Html {
  const latest = latestOf(prices)
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Other schedules"><table class="elsewhere">
<thead><tr><th scope="col">Schedule</th><th scope="col" class="number">Pays</th><th scope="col">What for</th><th scope="col">Since</th><th scope="col">How</th></tr></thead>
<tbody>${latest.map((price) => row(price, firstDay(price, prices)))}</tbody></table></div>
`
}

function row(price: SchedulePrice, since: string): Html {
  return html`<tr><th scope="row">${nameOf(price)}</th><td class="number"><b>${range(price)}</b></td><td>${perUnit(price.unit)}</td><td><time datetime="${since}">${day(since)}</time></td><td><small>${basisOf(price)}</small></td></tr>\n`
}

/** How the amount comes about; the schedule's name stands beside it. */
function basisOf({ basis }: SchedulePrice): string {
  const text = basis.replace(/^(laboratory|DMEPOS) fee schedule: /, '')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

const range = ({ lowest, highest }: Pick<SchedulePrice, 'lowest' | 'highest'>): string =>
  lowest === highest ? money(lowest) : `${money(lowest)} to ${money(highest)}`

const isSame = (a: SchedulePrice, b: SchedulePrice): boolean => range(a) === range(b)

/** Those of the same schedule and modifier, the oldest first. */
const ownOf = (price: SchedulePrice, prices: readonly SchedulePrice[]): readonly SchedulePrice[] =>
  prices.filter(
    ({ schedule, modifier }) => schedule === price.schedule && modifier === price.modifier,
  )

/** Since when a price is what it is, as far as the loaded releases say. */
function firstDay(price: SchedulePrice, prices: readonly SchedulePrice[]): string {
  const own = ownOf(price, prices)
  const other = own.findLastIndex((one) => !isSame(one, price))
  return own[other + 1]?.effective_from ?? price.effective_from
}

/** Of each price that ever changed: a chart where it is one amount, and a row for each change, the newest first. */
export function elsewhereHistory(prices: readonly SchedulePrice[]): Content {
  const changed = byPrice(prices).filter((own) => own.some((one) => !isSame(one, own[0] ?? one)))
  return changed.length > 0 && changed.map((own, index) => history(own, `elsewhere-${index}`))
}

function history(own: readonly SchedulePrice[], id: string): Content {
  const [first] = own
  if (!first) return null
  const steps = own.filter(
    (price, index) => !own[index - 1] || !isSame(own[index - 1] ?? price, price),
  )
  const isOne = own.every(({ lowest, highest }) => lowest === highest)
  const points = own.map(({ effective_from, lowest }) => ({
    effective_from,
    non_facility_amount: lowest,
    facility_amount: lowest,
  }))
  return html`<h3>${nameOf(first)}</h3>
${isOne && html`<figure>${chart(points, id, 'For one')}</figure>`}
<table><thead><tr><th scope="col">From</th><th scope="col" class="number">Paid</th><th scope="col" class="number">Change</th></tr></thead>
<tbody>${steps.map((price, index) => step(price, steps[index - 1])).reverse()}</tbody></table>`
}

function step(price: SchedulePrice, before: SchedulePrice | undefined): Html {
  return html`<tr><th scope="row"><time datetime="${price.effective_from}">${day(price.effective_from)}</time> <span class="quiet">${price.release}</span></th><td class="number">${range(price)}</td><td class="number">${before ? change(before, price) : html`<span class="quiet">first at hand</span>`}</td></tr>\n`
}

function change(before: SchedulePrice, after: SchedulePrice): Content {
  const { direction, amount, percent } = changeOf(before.lowest, after.lowest)
  if (direction === 'same') return 'the highest alone'
  return html`<span class="change ${direction}">${direction === 'up' ? '+' : '−'}${amount}${percent && ` (${percent})`}</span>`
}
