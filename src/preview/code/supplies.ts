/** What the DMEPOS fee schedule pays for supplies and equipment at the reader's ZIP code. */
import type { CodePage, ScheduleHistory } from '../../queries/code-page.ts'
import type { SupplierPayment } from '../../queries/supplier-payment.ts'
import { day, money, perUnit } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Site } from '../site.ts'
import type { CodeData } from './data.ts'
import { hidden } from './use-state.ts'

/** The first price of the DMEPOS schedule, which the others share their days with. */
export const suppliedBy = ({ schedule_prices: prices }: CodePage): ScheduleHistory | undefined =>
  prices?.find(({ schedule }) => schedule === 'DMEPOS')

/** The last day of which the loaded releases say what it pays; null: today. */
export const supplyDay = (price: ScheduleHistory): string | null => price.vouched_to

export function suppliesSection(site: Site, { page, asked }: CodeData): Content {
  const price = suppliedBy(page)
  if (!price || !asked) return null
  const last = supplyDay(price)
  return html`<form class="near" action="${site.page('codes', page.hcpcs)}#near" method="get">${hidden('state', asked.state)}
<label>ZIP code <input name="zip" value="${asked.zip}" inputmode="numeric" autocomplete="postal-code" maxlength="10" size="8"></label>
<button>Show</button>
</form>
<div role="status" class="answer">${answer(asked.zip, asked.supplies)}</div>
${last && asked.supplies.length > 0 && html`<p class="quiet">As of ${day(last)}, the last day that a loaded release vouches for.</p>`}`
}

function answer(zip: string, payments: readonly SupplierPayment[]): Content {
  const [first] = payments
  if (!first) return null
  if (payments.every(({ amount }) => amount === null))
    return html`<p class="warning">No amount at ZIP code ${zip}: ${first.basis}.</p>`
  return html`<p class="here"><b>ZIP code ${zip}: ${placeOf(first)}</b></p>
<div class="figures">${payments.map(figure)}</div>`
}

const placeOf = ({ state, is_rural: rural, former_bidding_area: area }: SupplierPayment): string =>
  [state, rural ? 'rural' : 'not rural', area && `former bidding area ${area}`]
    .filter(Boolean)
    .join(', ')

const figure = ({ modifier, meaning, unit, amount, basis }: SupplierPayment): Html =>
  html`<div class="figure"><h3>${modifier === '' ? 'Without a modifier' : `Modifier ${modifier}${meaning ? `: ${meaning}` : ''}`}</h3><p class="amount">${amount === null ? '–' : money(amount)}</p><p class="where">${perUnit(unit)}</p><p class="where">${basis}</p></div>\n`
