/** Payment in a locality that the reader chooses, or in that of a ZIP code; and in all of them, ranked. */
import type { CodePage } from '../../queries/code-page.ts'
import type { Locality, LocalPayment } from '../../queries/local-payment.ts'
import { changeOf, count, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Page } from '../page.ts'
import type { Site } from '../site.ts'
import { isPriced, wholeOf } from './facts.ts'

export interface Near {
  readonly localities: readonly Locality[]
  /** As the reader typed or chose it; empty where nothing was asked. */
  readonly zip: string
  readonly chosen: string
  readonly answer: LocalPayment | null
  /** What is wrong with the question, or uncertain about the answer. */
  readonly remark: string | null
}

/** The value that stands for a locality in an address: '10112-00'. */
export const keyOf = ({ mac, locality }: Pick<Locality, 'mac' | 'locality'>): string =>
  `${mac}-${locality}`

export function nearSection(site: Site, page: CodePage, near: Near | null): Content {
  if (!near || !isPriced(page) || near.localities.length === 0) return null
  return html`<form class="near" action="${site.page('codes', page.hcpcs)}#near" method="get">
<label>ZIP code <input name="zip" value="${near.zip}" inputmode="numeric" autocomplete="postal-code" maxlength="10" size="8"></label>
<span class="or">or</span>
<label>Locality <select name="locality"><option value="">Choose</option>${near.localities.map(
    (place) =>
      html`<option value="${keyOf(place)}"${keyOf(place) === near.chosen && html` selected`}>${nameOf(place)}</option>`,
  )}</select></label>
<button>Show</button>
</form>
<div role="status">${near.remark && html`<p class="warning">${near.remark}</p>`}${near.answer && answer(page, near.answer)}</div>
<p><a href="${site.page('codes', page.hcpcs, 'localities')}">All ${near.localities.length} localities, ranked</a></p>`
}

function answer(page: CodePage, place: LocalPayment): Html {
  const whole = wholeOf(page)
  return html`<p class="here"><b>${nameOf(place)}</b></p>
<div class="figures">${figure('Outside a facility', place.non_facility_amount, whole?.non_facility_amount)}
${place.facility_amount !== place.non_facility_amount && figure('In a facility', place.facility_amount, whole?.facility_amount)}</div>`
}

function figure(
  title: string,
  amount: string | null,
  national: string | null | undefined,
): Content {
  if (!amount || !national) return null
  return html`<div class="figure"><h3>${title}</h3><p class="amount">${money(amount)}</p><p class="change">${besideNational(national, amount)}</p></div>`
}

function besideNational(national: string, amount: string): string {
  const { direction, percent } = changeOf(national, amount)
  if (direction === 'same' || percent === '0.0%') return 'as the national amount'
  return `${percent} ${direction === 'up' ? 'above' : 'below'} the national amount`
}

/** 'CALIFORNIA' and 'SAN FRANCISCO-OAKLAND-BERKELEY (SAN FRANCISCO CNTY)' as people write them. */
export function nameOf({ state_code: state, locality_name: name }: Locality): string {
  const place = name
    .replace(/\*+/g, '')
    .trim()
    .replace(/[A-Z]+/g, (word) => WORDS[word] ?? word.charAt(0) + word.slice(1).toLowerCase())
  return state ? `${state}: ${place}` : place
}

const WORDS: Readonly<Record<string, string>> = {
  CNTY: 'County',
  CNTYS: 'Counties',
  DC: 'DC',
  MD: 'MD',
  NJ: 'NJ',
  NY: 'NY',
  NYC: 'NYC',
  OF: 'of',
  VA: 'VA',
}

/** Every locality, the highest payment first, with a bar for each. */
export function localitiesPage(site: Site, page: CodePage, places: readonly LocalPayment[]): Page {
  const whole = wholeOf(page)
  const most = Math.max(...places.map((place) => Number(place.non_facility_amount)))
  const same = places.every((place) => place.facility_amount === place.non_facility_amount)
  const rows = places.map(
    (place) => html`<tr><th scope="row">${nameOf(place)}</th>
<td class="bar"><svg width="100%" height="12" aria-hidden="true"><rect width="${((Number(place.non_facility_amount) / most) * 100).toFixed(1)}%" height="12" rx="2"/></svg></td>
<td class="number">${money(place.non_facility_amount ?? '')}</td>${!same && html`<td class="number">${money(place.facility_amount ?? '')}</td>`}
<td class="number optional">${percentOf(whole?.non_facility_amount, place.non_facility_amount)}</td></tr>\n`,
  )
  return {
    title: `${page.hcpcs} in every locality`,
    main: html`<p class="crumbs"><a href="${site.page('codes', page.hcpcs)}">${page.hcpcs} ${page.name}</a></p>
<h1>What Medicare pays for <span class="code">${page.hcpcs}</span> in every locality</h1>
<p class="lead">${count(places.length, 'locality', 'localities')}, the highest payment first. The national amount is ${money(whole?.non_facility_amount ?? '')} outside a facility${!same && html` and ${money(whole?.facility_amount ?? '')} in one`}.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Payment by locality"><table class="ranked">
<thead><tr><th scope="col">Locality</th><td></td><th scope="col" class="number">${same ? 'Payment' : 'Outside a facility'}</th>${!same && html`<th scope="col" class="number">In a facility</th>`}<th scope="col" class="number optional">Beside national</th></tr></thead>
<tbody>${rows}</tbody></table></div>`,
  }
}

function percentOf(national: string | null | undefined, amount: string | null): string {
  if (!national || !amount) return '–'
  const { direction, percent } = changeOf(national, amount)
  const sign = { up: '+', down: '−', same: '' }[direction]
  return `${sign}${percent}`
}
