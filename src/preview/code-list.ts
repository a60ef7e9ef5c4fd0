/** Codes with their names and payments, as links; a code that the site has no page of is text. */
import type { ListPrice } from '../queries/list-prices.ts'
import { money, perUnit } from './format.ts'
import { type Content, type Html, html } from './html.ts'
import type { Site } from './site.ts'

interface Line {
  readonly hcpcs: string
  readonly name: string | null
  /** Absent where every code has a page. */
  readonly paged?: boolean
  readonly description?: string | null
}

/** National payment by code. */
export type Prices = ReadonlyMap<string, ListPrice>

export function codeList(site: Site, codes: readonly Line[], prices: Prices): Html {
  return html`<ul class="codes">${codes.map((line) => html`<li>${item(site, line, prices.get(line.hcpcs))}</li>\n`)}</ul>`
}

function item(site: Site, line: Line, price: ListPrice | undefined): Html {
  const { hcpcs, name, paged = true, description } = line
  const text = html`<b class="code">${hcpcs}</b> <span class="words">${name}${description && description !== name && html`<small>${description}</small>`}</span>${price && html` <span class="price">${paid(price)}</span>`}`
  return paged && site.has(hcpcs)
    ? html`<a href="${site.page('codes', hcpcs)}">${text}</a>`
    : html`<div>${text}</div>`
}

/** Of the schedule that pays, where the physician fee schedule does not. */
export const PAID_NATIONALLY =
  'With the national payment: of physicians outside a facility, or of the schedule that pays.'

function paid(price: ListPrice): Content {
  const [amount, beside] = priceTexts(price)
  return html`${amount}${beside && html`<small>${beside}</small>`}`
}

/** The amount, and what is said beside it, if anything. */
export function priceTexts(price: ListPrice): readonly string[] {
  if ('unit' in price) {
    const { lowest, highest, unit } = price
    const range = lowest === highest ? money(lowest) : `${money(lowest)} to ${money(highest)}`
    return [range, perUnit(unit)]
  }
  const { non_facility_amount: outside, facility_amount: inside } = price
  return outside === inside ? [money(inside)] : [money(outside), `in a facility ${money(inside)}`]
}
