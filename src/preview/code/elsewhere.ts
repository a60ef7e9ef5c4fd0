/** What other schedules pay for a code: supplies, drugs, laboratory tests, surgery centers. */
import { money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'

/** A row of what Medicare pays for a code, of any schedule. */
export interface SchedulePrice {
  /** In words: 'Durable medical equipment'. */
  readonly schedule: string
  /** In words; null where the schedule knows one alone. */
  readonly setting: string | null
  /** In dollars, as decimal text; null where `basis` says why. */
  readonly amount: string | null
  /** What the amount pays: 'a month of rental', '10 mg'. */
  readonly unit: string | null
  /** What makes it differ: state, rural area, modifier. */
  readonly depends_on: string | null
  readonly basis: string
}

export const elsewhereSection = (prices: readonly SchedulePrice[]): Content =>
  prices.length > 0 && elsewhereTable(prices)

export function elsewhereTable(prices: readonly SchedulePrice[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Other schedules"><table class="elsewhere">
<thead><tr><th scope="col">Schedule</th><th scope="col" class="number">Pays</th><th scope="col">For</th><th scope="col">How</th></tr></thead>
<tbody>${prices.map(row)}</tbody></table></div>`
}

function row({ schedule, setting, amount, unit, depends_on: on, basis }: SchedulePrice): Html {
  return html`<tr><th scope="row">${schedule}${setting && html` <small>${setting}</small>`}</th><td class="number">${amount === null ? '–' : html`<b>${money(amount)}</b>`}</td><td>${unit ?? '–'}</td><td>${basis}${on && html` <small>Differs by ${on}.</small>`}</td></tr>\n`
}
