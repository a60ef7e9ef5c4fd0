/** What other schedules pay for a code: laboratory tests, drugs, supplies, surgery centers. */
import type { SchedulePrice } from '../../queries/schedule-prices.ts'
import { money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'

const SCHEDULES: Readonly<Record<string, string>> = {
  laboratory: 'Laboratory fee schedule',
  drugs: 'Payment limits of drugs',
  DMEPOS: 'Equipment and supplies (DMEPOS)',
  ASC: 'Surgery center',
}

export const elsewhereSection = (prices: readonly SchedulePrice[]): Content =>
  prices.length > 0 && elsewhereTable(prices)

export function elsewhereTable(prices: readonly SchedulePrice[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Other schedules"><table class="elsewhere">
<thead><tr><th scope="col">Schedule</th><th scope="col" class="number">Pays</th><th scope="col">For one</th><th scope="col">How</th></tr></thead>
<tbody>${prices.map(row)}</tbody></table></div>`
}

function row({ schedule, modifier, lowest, highest, unit, basis }: SchedulePrice): Html {
  const range = lowest === highest ? money(lowest) : `${money(lowest)} to ${money(highest)}`
  return html`<tr><th scope="row">${SCHEDULES[schedule] ?? schedule}${modifier && html` <span class="tag">modifier ${modifier}</span>`}</th><td class="number"><b>${range}</b></td><td>${unit}</td><td><small>${basis}</small></td></tr>\n`
}
