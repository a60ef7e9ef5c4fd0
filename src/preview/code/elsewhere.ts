/** What other schedules pay for a code: laboratory tests, drugs, supplies, surgery centers; now, and before. */
import type { CodePage, ScheduleHistory, SchedulePrice } from '../../queries/code-page.ts'
import { changeOf, day, money, month, perUnit } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import { elsewhereRemarks, notTheLatest } from './behind.ts'
import { changeLine } from './change.ts'
import { chart } from './chart.ts'
import { SCHEDULES } from './schedules.ts'

/** The meaning of the modifiers stands beside the tag, which does not break over lines. */
const nameOf = ({ schedule, modifier, meaning }: ScheduleHistory): Html =>
  html`${SCHEDULES[schedule] ?? schedule}${modifier && html` <span class="tag">modifier ${modifier}</span>`}${meaning && html` <small>${meaning}</small>`}`

const range = ({ lowest, highest }: SchedulePrice): string =>
  lowest === highest ? money(lowest) : `${money(lowest)} to ${money(highest)}`

/** It held until a day that is over: a later release left the code out, or its quarter has ended. */
const isPast = ({ valid_to: last, vouched_to: vouched }: ScheduleHistory): boolean =>
  last !== null && vouched !== null

/** Of several amounts one that is known for fewer days than another. */
const isOlder = (
  { vouched_to: last }: ScheduleHistory,
  others: readonly ScheduleHistory[],
): boolean =>
  last !== null && others.some(({ vouched_to: other }) => other === null || other > last)

const daysOf = ({ valid_from: first, valid_to: last, known_to: known }: SchedulePrice): string =>
  last ? `from ${day(first)} to ${day(known ?? last)}` : `since ${day(first)}`

/** How the amount comes about; the schedule's name stands beside it. */
function basisOf({ basis }: SchedulePrice): string {
  const text = basis.replace(/^(laboratory|DMEPOS) fee schedule: /, '')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

export const elsewhereSection = ({ schedule_prices: prices }: CodePage): Content =>
  prices && [table(prices), notTheLatest(elsewhereRemarks(prices))]

/** On the first screen, where the physician schedule pays nothing. */
export function elsewhereFigures({ schedule_prices: prices }: CodePage): Content {
  if (!prices) return null
  const title = html`<h2>What Medicare pays</h2>`
  if (prices.length > MOST_FIGURES) return html`${title}${table(prices)}`
  return html`${title}<div class="figures">${prices.map((price) => figure(price, prices))}</div>`
}

const MOST_FIGURES = 3

function figure(price: ScheduleHistory, all: readonly ScheduleHistory[]): Html {
  const before = price.history[1]
  const change =
    !isPast(price) &&
    before &&
    changeLine(before.lowest, price.lowest, [`${month(before.valid_from)}, the price before`])
  return html`<div class="figure${(isPast(price) || isOlder(price, all)) && ' lesser'}"><h3>${nameOf(price)}</h3><p class="amount">${range(price)}</p><p class="where">${perUnit(price.unit)}, ${daysOf(price)}</p>${change}<p class="where">${basisOf(price)}</p></div>\n`
}

function table(prices: readonly ScheduleHistory[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Other schedules"><table class="elsewhere">
<thead><tr><th scope="col">Schedule</th><th scope="col" class="number">Pays</th><th scope="col">What for</th><th scope="col">When</th><th scope="col">How</th></tr></thead>
<tbody>${prices.map(row)}</tbody></table></div>`
}

const row = (price: ScheduleHistory): Html =>
  html`<tr><th scope="row">${nameOf(price)}</th><td class="number"><b>${range(price)}</b></td><td>${perUnit(price.unit)}</td><td>${daysOf(price)}</td><td><small>${basisOf(price)}</small></td></tr>\n`

/** Of each price that ever changed: a chart where it is one amount, and a row for each change, the newest first. */
export function elsewhereHistory({ schedule_prices: prices }: CodePage): Content {
  const changed = (prices ?? []).filter(({ history }) => history.length > 1)
  return changed.length > 0 && changed.map(past)
}

function past(price: ScheduleHistory, index: number): Html {
  const { history } = price
  const isOne = history.every(({ lowest, highest }) => lowest === highest)
  const points = history.toReversed().flatMap((each, at, all) => {
    const last = lastBefore(each, all[at + 1])
    return [
      { effective_from: each.valid_from, ...inEverySetting(each.lowest) },
      ...(last && at < all.length - 1 ? [{ effective_from: last, ...inEverySetting(null) }] : []),
    ]
  })
  return html`<h3>${nameOf(price)}</h3>
${isOne && html`<figure>${chart(points, `elsewhere-${index}`, perUnit(price.unit))}</figure>`}
<table><thead><tr><th scope="col">From</th><th scope="col" class="number">Paid</th><th scope="col" class="number">Change</th></tr></thead>
<tbody>${history.map((each, at) => step(each, history[at + 1], history[at - 1]))}</tbody></table>`
}

const inEverySetting = (amount: string | null) => ({
  non_facility_amount: amount,
  facility_amount: amount,
})

/** The last day of a price where nothing is known of the days after it; null where the next follows, or none has ended it. */
function lastBefore(
  { valid_to: last }: SchedulePrice,
  next: SchedulePrice | undefined,
): string | null {
  return last && (!next || Date.parse(next.valid_from) - Date.parse(last) > DAY) ? last : null
}

const DAY = 24 * 60 * 60 * 1000

function step(
  price: SchedulePrice,
  before: SchedulePrice | undefined,
  next: SchedulePrice | undefined,
): Html {
  const last = lastBefore(price, next)
  return html`<tr><th scope="row"><time datetime="${price.valid_from}">${day(price.valid_from)}</time>${last && html` to <time datetime="${last}">${day(last)}</time>`} <span class="quiet">${price.release}</span></th><td class="number">${range(price)}</td><td class="number">${before ? change(before, price) : html`<span class="quiet">first at hand</span>`}${before?.known_to && html`<p class="quiet">releases after ${day(before.known_to)} are not loaded: it may have begun in their time</p>`}</td></tr>\n`
}

function change(before: SchedulePrice, after: SchedulePrice): Content {
  const { direction, amount, percent } = changeOf(before.lowest, after.lowest)
  if (direction === 'same') return before.highest === after.highest ? '–' : 'the highest alone'
  return html`<span class="change ${direction}">${direction === 'up' ? '+' : '−'}${amount}${percent && ` (${percent})`}</span>`
}
