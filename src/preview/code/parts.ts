/** What an amount is made of: the relative values of each form of the code, as stacked bars with their numbers. */
import type { CodePage, Component } from '../../queries/code-page.ts'
import { money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import { isPriced } from './facts.ts'

const FORMS: Readonly<Record<string, string>> = {
  '': 'Whole service',
  '26': 'Professional part, modifier 26',
  TC: 'Technical part, modifier TC',
  '53': 'Discontinued procedure, modifier 53',
}

const hasRvus = (part: Component): boolean =>
  Number(part.non_facility_total_rvu) > 0 || Number(part.facility_total_rvu) > 0

/** Null where CMS gives no RVUs at all. */
export function partsSection(page: CodePage): Content {
  const parts = page.rvu_information.has_rvus ? page.rvu_information.components.filter(hasRvus) : []
  if (parts.length === 0) return null
  const most = Math.max(
    ...parts.flatMap((part) => [part.non_facility_total_rvu, part.facility_total_rvu].map(Number)),
  )
  return html`${!isPriced(page) && html`<p>CMS publishes these relative values although Medicare does not pay by them. Other payers may.</p>`}
<p class="key"><span class="work">Work</span> <span class="expense">Practice expense</span> <span class="malpractice">Malpractice</span></p>
${parts.map((part) => form(part, most, parts.length > 1))}
${isPriced(page) && html`<p class="quiet">Each locality weighs the three parts with its own cost indices before the conversion factor turns them into dollars.</p>`}`
}

function form(part: Component, most: number, named: boolean): Html {
  const title = FORMS[part.modifier] ?? `Modifier ${part.modifier}`
  const same = part.non_facility_total_rvu === part.facility_total_rvu
  return html`${named && html`<h3>${title}</h3>`}
<div class="scroll" tabindex="0" role="region" aria-label="RVUs: ${title}"><table class="parts">
<thead><tr><th scope="col">RVUs</th><td></td><th scope="col" class="number">Work</th><th scope="col" class="number">Practice expense</th><th scope="col" class="number">Mal&shy;practice</th><th scope="col" class="number">Total</th><th scope="col" class="number">Payment</th></tr></thead>
<tbody>${!same && row('Outside a facility', part, 'non_facility', most)}${row(same ? 'Every setting' : 'In a facility', part, 'facility', most)}</tbody></table></div>`
}

function row(
  title: string,
  part: Component,
  setting: 'non_facility' | 'facility',
  most: number,
): Html {
  const values = [part.work_rvu, part[`${setting}_pe_rvu`], part.mp_rvu] as const
  const amount = part[`${setting}_amount`]
  return html`<tr><th scope="row">${title}</th><td class="bar">${bar(values, most)}</td>${values.map((value) => html`<td class="number">${value}</td>`)}<td class="number"><b>${part[`${setting}_total_rvu`]}</b></td><td class="number">${amount ? money(amount) : '–'}</td></tr>\n`
}

const CLASSES = ['work', 'expense', 'malpractice']

function bar(values: readonly (string | null)[], most: number): Html {
  let start = 0
  const rects = values.map((value, index) => {
    const width = (Number(value) / most) * 100
    start += width
    return html`<rect class="${CLASSES[index]}" x="${(start - width).toFixed(2)}%" width="${width.toFixed(2)}%" height="18"/>`
  })
  return html`<svg width="100%" height="18" aria-hidden="true">${rects}</svg>`
}
