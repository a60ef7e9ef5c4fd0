/** Payment in a locality that the reader chooses, or in that of a ZIP code; and in all of them, ranked. */
import type { CodePage } from '../../queries/code-page.ts'
import type { Locality, LocalPayment } from '../../queries/local-payment.ts'
import type { SupplierPayment } from '../../queries/supplier-payment.ts'
import { changeOf, count, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Page } from '../page.ts'
import type { Site } from '../site.ts'
import type { CodeData } from './data.ts'
import { wholeOf } from './facts.ts'
import { localityMap } from './map.ts'
import { hidden } from './use-state.ts'

/** What the reader asked; empty text where nothing. */
export interface Asked {
  readonly zip: string
  /** As `keyOf` writes a locality. */
  readonly chosen: string
  /** What is wrong with the question, or uncertain about the answer. */
  readonly remark: string | null
  /** What suppliers are paid at the ZIP code; empty where the code is not theirs. */
  readonly supplies: readonly SupplierPayment[]
  /** State of which the reader wants to know how often and what was charged, as in api.benchmark. */
  readonly state: string
}

/** The value that stands for a locality in an address: '10112-00'. */
export const keyOf = ({ mac, locality }: Pick<Locality, 'mac' | 'locality'>): string =>
  `${mac}-${locality}`

/** Outside a facility, unless the service is hardly ever done there. */
const amountOf =
  (page: CodePage) =>
  (place: LocalPayment): string | null =>
    wholeOf(page)?.non_facility_na_indicator ? place.facility_amount : place.non_facility_amount

const nationalOf = (page: CodePage): string => {
  const whole = wholeOf(page)
  return (
    (whole?.non_facility_na_indicator ? whole.facility_amount : whole?.non_facility_amount) ?? ''
  )
}

/** The highest first. */
function ranked(page: CodePage, places: readonly LocalPayment[]): readonly LocalPayment[] {
  const amount = amountOf(page)
  return places.toSorted((a, b) => Number(amount(b)) - Number(amount(a)))
}

export function nearSection(site: Site, { page, local, asked }: CodeData): Content {
  const [highest] = ranked(page, local)
  const lowest = ranked(page, local).at(-1)
  if (!highest || !lowest) return null
  const here = local.find((place) => keyOf(place) === asked?.chosen)
  const amount = amountOf(page)
  return html`${asked ? form(site, page, local, asked) : choice(local)}
<div role="status" class="answer">${asked?.remark && html`<p class="warning">${asked.remark}</p>`}${here && answer(page, here)}</div>
<p>From <b>${money(amount(lowest) ?? '')}</b> in ${nameOf(lowest)} to <b>${money(amount(highest) ?? '')}</b> in ${nameOf(highest)}${!isSame(local) && (amount(lowest) === lowest.non_facility_amount ? ', outside a facility' : ', in a facility')}.</p>
${localityMap(local, nationalOf(page), amount, here?.state_code ?? null)}
${!site.static && html`<p><a href="${site.page('codes', page.hcpcs, 'localities')}">All ${local.length} localities, ranked</a></p>`}`
}

function form(site: Site, page: CodePage, places: readonly Locality[], asked: Asked): Html {
  return html`<form class="near" action="${site.page('codes', page.hcpcs)}#near" method="get">${hidden('state', asked.state)}
<label>ZIP code <input name="zip" value="${asked.zip}" inputmode="numeric" autocomplete="postal-code" maxlength="10" size="8"></label>
<span class="or">or</span>
<label>Locality <select name="locality"><option value="">Choose</option>${places.map(
    (place) =>
      html`<option value="${keyOf(place)}"${keyOf(place) === asked.chosen && html` selected`}>${nameOf(place)}</option>`,
  )}</select></label>
<button>Show</button>
</form>`
}

/** Without a server, the list itself says the amounts; near.js shows the chosen ones large. */
function choice(places: readonly LocalPayment[]): Html {
  const same = isSame(places)
  const amounts = (place: LocalPayment) =>
    [place.non_facility_amount, !same && place.facility_amount]
      .filter((amount) => typeof amount === 'string')
      .map(money)
      .join(' · ')
  return html`<p class="near"><label>Locality <select data-near="${same ? 'In every setting' : 'Outside a facility · In a facility'}"><option value="">${same ? 'Choose' : 'Choose: outside · in a facility'}</option>${places.map(
    (place) => html`<option>${nameOf(place)} · ${amounts(place)}</option>`,
  )}</select></label></p>`
}

const isSame = (places: readonly LocalPayment[]): boolean =>
  places.every((place) => place.facility_amount === place.non_facility_amount)

function answer(page: CodePage, place: LocalPayment): Html {
  const whole = wholeOf(page)
  const same = isSame([place])
  return html`<p class="here"><b>${nameOf(place)}</b></p>
<div class="figures">${figure(same ? 'In every setting' : 'Outside a facility', place.non_facility_amount, whole?.non_facility_amount, place.non_facility_limiting_charge)}
${!same && figure('In a facility', place.facility_amount, whole?.facility_amount, place.facility_limiting_charge)}</div>
<p class="quiet">The limiting charge is the most that a physician who does not take part in Medicare may charge. Costs here, where 1 is the national average: work ${place.work_gpci}, practice expense ${place.pe_gpci}, malpractice ${place.mp_gpci}.</p>`
}

function figure(
  title: string,
  amount: string | null,
  national: string | null | undefined,
  limit: string | null,
): Content {
  if (!amount || !national) return null
  return html`<div class="figure"><h3>${title}</h3><p class="amount">${money(amount)}</p><p class="change">${besideNational(national, amount)}</p>${limit && html`<p class="where">limiting charge ${money(limit)}</p>`}</div>`
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

/** Every locality, the highest payment first, with a bar that leaves the national amount to either side. */
export function localitiesPage(site: Site, page: CodePage, places: readonly LocalPayment[]): Page {
  const national = nationalOf(page)
  const amount = amountOf(page)
  const same = isSame(places)
  const reach = Math.max(
    ...places.map((place) => Math.abs(Number(amount(place)) - Number(national))),
  )
  const rows = ranked(page, places).map(
    (place) => html`<tr><th scope="row">${nameOf(place)}</th>
<td class="bar">${bar((Number(amount(place)) - Number(national)) / reach)}</td>
${!same && html`<td>${money(place.non_facility_amount ?? '')}</td>`}<td>${money(place.facility_amount ?? '')}</td>
<td class="optional">${percentOf(national, amount(place))}</td></tr>\n`,
  )
  const whole = wholeOf(page)
  return {
    title: `${page.hcpcs} in every locality`,
    sheets: ['tables', 'charts'],
    main: html`<p class="crumbs"><a href="${site.page('codes', page.hcpcs)}">${page.hcpcs} ${page.name}</a></p>
<h1>What Medicare pays for <span class="code">${page.hcpcs}</span> in every locality</h1>
<p class="lead">${count(places.length, 'locality', 'localities')}, the highest payment first. The national amount is ${same ? money(national) : html`${money(whole?.non_facility_amount ?? '')} outside a facility and ${money(whole?.facility_amount ?? '')} in one`}.</p>
${localityMap(places, national, amount, null)}
<div class="scroll" tabindex="0" role="region" aria-label="Payment by locality"><table class="ranked">
<thead><tr><th scope="col">Locality</th><td></td>${!same && html`<th scope="col" class="number">Outside a facility</th>`}<th scope="col" class="number">${same ? 'Payment' : 'In a facility'}</th><th scope="col" class="number optional">Beside national</th></tr></thead>
<tbody>${rows}</tbody></table></div>`,
  }
}

/** `share` is from -1 to 1; nothing where every locality pays the same. */
function bar(share: number): Html {
  const width = Number.isFinite(share) ? Math.abs(share) * 50 : 0
  return html`<svg aria-hidden="true"><rect class="${share < 0 ? 'below' : 'above'}" x="${(share < 0 ? 50 - width : 50).toFixed(1)}%" width="${width.toFixed(1)}%"/></svg>`
}

function percentOf(national: string, amount: string | null): string {
  if (!amount) return '–'
  const { direction, percent } = changeOf(national, amount)
  const sign = { up: '+', down: '−', same: '' }[direction]
  return `${sign}${percent}`
}
