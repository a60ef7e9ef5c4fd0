/** Shows whatever JSON a section holds by its shape, so that a new section or field needs no code here. */
import { type Content, Html, html } from './html.ts'

type Fields = Readonly<Record<string, unknown>>

/** Words that are not written as they are in a column's name. */
const WORDS: Readonly<Record<string, string>> = {
  apm: 'APM',
  betos: 'BETOS',
  cf: 'conversion factor',
  cms: 'CMS',
  cpt: 'CPT',
  faq: 'FAQ',
  hcpcs: 'HCPCS',
  medicare: 'Medicare',
  mp: 'malpractice',
  na: 'NA',
  non: 'non-',
  opps: 'OPPS',
  pctc: 'PC/TC',
  pe: 'practice expense',
  rbcs: 'RBCS',
  rvu: 'RVU',
  rvus: 'RVUs',
}

/** `non_facility_pe_rvu` as 'Non-facility practice expense RVU'. */
export function labelOf(name: string): string {
  const words = name.split('_').map((word) => WORDS[word] ?? word)
  const label = words.join(' ').replaceAll('- ', '-')
  return label.charAt(0).toUpperCase() + label.slice(1)
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Html)

/** Nothing to show: null, an empty text, or a container of nothing else. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  if (typeof value === 'object') return Object.values(value).every(isEmpty)
  return false
}

const scalar = (value: unknown): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)

/** The value as blocks: paragraphs, a list, questions with answers, a table or terms with descriptions. */
export function showValue(value: unknown): Content {
  if (isEmpty(value)) return null
  if (Array.isArray(value)) return showList(value.filter((item) => !isEmpty(item)))
  if (isFields(value)) return showFields(value)
  return scalar(value)
    .split(/\n\s*\n/)
    .map((paragraph) => html`<p>${paragraph}</p>`)
}

function showList(items: readonly unknown[]): Content {
  if (items.every((item) => isFields(item) && 'question' in item)) {
    return (items as readonly Fields[]).map(
      (item) =>
        html`<div class="question"><h3>${scalar(item.question)}</h3>${showValue(item.answer)}</div>`,
    )
  }
  if (items.every(isFields)) return showTable(items)
  return html`<ul>${items.map((item) => html`<li>${inline(item)}</li>`)}</ul>`
}

/** Terms and descriptions, and a table for each list of fields; what has no value is left out. */
export function showFields(fields: Fields): Content {
  const shown = Object.entries(fields).filter(([, value]) => !isEmpty(value))
  const tables = shown.filter(([, value]) => isTable(value))
  const terms = shown.filter(([, value]) => !isTable(value))
  return [
    terms.length > 0 &&
      html`<dl>${terms.map(
        ([name, value]) => html`<div><dt>${labelOf(name)}</dt><dd>${inline(value)}</dd></div>`,
      )}</dl>`,
    tables.map(([name, value]) => showTable(value as readonly Fields[], labelOf(name))),
  ]
}

const isTable = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isFields)

function showTable(rows: readonly Fields[], caption = ''): Html {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const columns = names.filter((name) => rows.some((row) => !isEmpty(row[name])))
  return tableOf(
    columns.map(labelOf),
    rows.map((row) => columns.map((name) => inline(row[name]))),
    caption,
  )
}

/** A table that scrolls by itself where the screen is narrow; the first cell of a row is its header. */
export function tableOf(
  header: readonly Content[],
  rows: readonly (readonly Content[])[],
  caption = '',
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption || 'Table'}"><table>
${caption && html`<caption>${caption}</caption>`}
<thead><tr>${header.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
  )}</tbody></table></div>`
}

/** The value in one line: fields as 'Label: value', joined by semicolons. */
export function inline(value: unknown): string {
  if (isEmpty(value)) return '–'
  if (Array.isArray(value)) return value.map(inline).join(', ')
  if (!isFields(value)) return scalar(value)
  return Object.entries(value)
    .filter(([, inner]) => !isEmpty(inner))
    .map(([name, inner]) => `${labelOf(name)}: ${inline(inner)}`)
    .join('; ')
}
