/** The page of one code: every section that its row of api.code_page has, in the order of reading. */
import type { HistoryPoint, PageRow } from './data.ts'
import type { Page } from './document.ts'
import { historySection } from './history.ts'
import { type Content, html } from './html.ts'
import { rvuSection } from './rvus.ts'
import { inline, isEmpty, isFields, labelOf, showValue } from './value.ts'

interface Section {
  readonly id: string
  readonly title: string
  readonly content: Content
}

/** Columns that the head of the page shows, or that say nothing to a reader. */
const HEAD = [
  'hcpcs',
  'name',
  'code_system',
  'short_description',
  'category',
  'synonyms',
  'release',
]

/** Sections in their order. A column that is not here follows them under its own name. */
const TITLES: Readonly<Record<string, string>> = {
  description: 'Description',
  long_description: 'Official description',
  plain_language: 'In plain language',
  clinical_context: 'Clinical context',
  family: 'What such codes are for',
  rvu_information: 'RVUs and payment',
  history: 'History',
  billing_and_documentation: 'Billing and documentation',
  category_payment: 'How such codes are paid',
  specialties: 'Specialties',
  faq: 'Questions',
}

/** Sections that end the page. */
const LAST: Readonly<Record<string, string>> = {
  notices: 'Notices',
  provenance: 'Where this comes from',
}

export function codePageOf(row: PageRow, history: readonly HistoryPoint[]): Page {
  const sections = sectionsOf(row, history)
  const main = html`<article class="code">
<header>
<p class="eyebrow">${row.code_system}${row.category && html` · ${row.category}`}</p>
<h1><span class="number">${row.hcpcs}</span> ${row.name}</h1>
${row.short_description !== row.name && html`<p class="short">CMS’s short description: ${row.short_description}</p>`}
${synonyms(row.synonyms)}
</header>
<nav class="contents" aria-label="On this page"><ul>${sections.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>
<div class="sections">${sections.map(
    ({ id, title, content }) =>
      html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${content}${source(row, id)}</section>\n`,
  )}</div>
</article>`
  return { title: `${row.hcpcs} ${row.name ?? ''}`, main }
}

/** The page of a code that earlier releases had. */
export function pastCodePage(code: string, history: readonly HistoryPoint[]): Page {
  return {
    title: code,
    main: html`<h1><span class="number">${code}</span></h1>
<p>The schedule in force today does not have this code.</p>
<section aria-labelledby="history-title"><h2 id="history-title">History</h2>${historySection(history)}</section>`,
  }
}

function sectionsOf(row: PageRow, history: readonly HistoryPoint[]): readonly Section[] {
  const known = new Set([...HEAD, ...Object.keys(TITLES), ...Object.keys(LAST)])
  const others = Object.keys(row).filter((column) => !known.has(column) && column !== 'coverage')
  const columns = [...Object.keys(TITLES), ...others, ...Object.keys(LAST)]
  const content = (column: string): Content => {
    if (column === 'history') return historySection(history)
    if (isEmpty(row[column])) return null
    if (column === 'rvu_information') return rvuSection(row[column])
    if (column === 'family') return family(row[column])
    if (column === 'provenance') return provenance(row[column])
    return showValue(row[column])
  }
  return columns
    .map((column) => ({
      id: column,
      title: TITLES[column] ?? LAST[column] ?? labelOf(column),
      content: content(column),
    }))
    .filter(({ content }) => content !== null)
}

function synonyms(value: unknown): Content {
  if (isEmpty(value)) return null
  const names = Array.isArray(value) ? value : [value]
  return html`<div class="synonyms"><h2>Also called</h2><ul>${names.map((name) => html`<li>${inline(name)}</li>`)}</ul></div>`
}

/** What holds for the family of the code. */
function family(value: unknown): Content {
  if (!isFields(value)) return showValue(value)
  const { name, plain_language, performed_by, payment } = value
  return html`<p><strong>${inline(name)}.</strong> ${inline(plain_language)}</p>
<p>Done or supplied by: ${[performed_by].flat().map((who, at) => html`${at > 0 && ' · '}${inline(who)}`)}</p>
<p>${inline(payment)}</p>`
}

/** Where a section comes from, where the row says so for it alone. */
function source(row: PageRow, section: string): Content {
  const known = isFields(row.provenance) ? row.provenance[section] : null
  return !isEmpty(known) && html`<p class="source">Source: ${inline(known)}</p>`
}

function provenance(value: unknown): Content {
  if (!isFields(value)) return showValue(value)
  const shown = Object.entries(value).filter(
    ([name, inner]) => !isEmpty(inner) && !(name in TITLES),
  )
  if (shown.length === 0) return null
  return html`<dl>${shown.map(
    ([name, inner]) => html`<div><dt>${labelOf(name)}</dt><dd>${inline(inner)}</dd></div>`,
  )}</dl>`
}
