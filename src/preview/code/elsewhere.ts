/** What other schedules pay for a code, and paid before: laboratory tests, drugs, supplies, surgery centers. */
import type { CodePage, ScheduleHistory, SchedulePrice } from '../../queries/code-page.ts'
import { day, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'

const SCHEDULES: Readonly<Record<string, string>> = {
  laboratory: 'Laboratory fee schedule',
  drugs: 'Payment limits of drugs',
  DMEPOS: 'Equipment and supplies (DMEPOS)',
  ASC: 'Surgery center',
}

export const elsewhereSection = ({ schedule_prices: prices }: CodePage): Content =>
  prices && elsewhereTable(prices)

export function elsewhereTable(prices: readonly ScheduleHistory[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Other schedules"><table class="elsewhere">
<thead><tr><th scope="col">Schedule</th><th scope="col" class="number">Pays</th><th scope="col">For one</th><th scope="col">How</th></tr></thead>
<tbody>${prices.map(row)}</tbody></table></div>`
}

function row({ history, schedule, modifier, unit, basis, ...latest }: ScheduleHistory): Html {
  const earlier = history.slice(1)
  return html`<tr><th scope="row">${SCHEDULES[schedule] ?? schedule}${modifier && html` <span class="tag">modifier ${modifier}</span>`}</th><td class="number"><b>${amount(latest)}</b></td><td>${unit}</td><td><small>${daysOf(latest)}. ${basis}${earlier.map(past)}</small></td></tr>\n`
}

type Amounts = Pick<SchedulePrice, 'lowest' | 'highest'>
type Days = Pick<SchedulePrice, 'valid_from' | 'valid_to' | 'known_to' | 'release'>

const amount = ({ lowest, highest }: Amounts): string =>
  lowest === highest ? money(lowest) : `${money(lowest)} to ${money(highest)}`

/** What is known of a range ends where a release that is not loaded took over. */
function daysOf({ valid_from, valid_to, known_to, release }: Days): string {
  const last = known_to ?? valid_to
  const days = last ? `${day(valid_from)} to ${day(last)}` : `Since ${day(valid_from)}`
  return `${days}${release ? ` (${release})` : ''}${known_to ? '; no later release is loaded' : ''}`
}

const past = (price: SchedulePrice): Html =>
  html`<br>${amount(price)} from ${day(price.valid_from)}${price.valid_to && ` to ${day(price.valid_to)}`}`
