/** What Medicare pays for anesthesia, which has units instead of RVUs. */
import type { AnesthesiaPayment } from '../../queries/anesthesia.ts'
import { day, money } from '../format.ts'
import { type Html, html } from '../html.ts'

export function anesthesiaFigures(payment: AnesthesiaPayment): Html {
  const { base_units: base, conversion_factor: factor, hour_amount: hour, timed } = payment
  const other = payment.qualifying_apm_conversion_factor
  return html`<h2>What Medicare pays</h2>
<div class="figures">
<div class="figure"><h3>Base units</h3><p class="amount">${Number(base)}</p><p class="where">${timed ? 'plus one for every 15 minutes' : 'for each unit of service; time does not count'}</p></div>
<div class="figure"><h3>Pays for one unit</h3><p class="amount">${money(factor)}</p><p class="where">national; ${money(payment.lowest_conversion_factor)} to ${money(payment.highest_conversion_factor)} by locality</p>${other && other !== factor && html`<p class="where">${money(other)} for qualifying APM clinicians</p>`}</div>
<div class="figure"><h3>${timed ? 'One hour' : 'One unit of service'}</h3><p class="amount">${money(hour)}</p><p class="where">${timed ? html`(${Number(base)} + 4 units) × ${money(factor)}` : html`${Number(base)} units × ${money(factor)}`}, given in person</p></div>
</div>
<p class="since">Conversion factor in force since <time datetime="${payment.effective_from}">${day(payment.effective_from)}</time>. Base units: ${payment.document}, the only list at hand.</p>`
}
