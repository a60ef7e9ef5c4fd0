/** The page of one code: a first screen, and sections in the order of reading. */
import type { CodePage } from '../../queries/code-page.ts'
import type { PricePoint } from '../../queries/price-history.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Page } from '../page.ts'
import type { Site } from '../site.ts'
import { isBehind } from './behind.ts'
import type { CodeData } from './data.ts'
import { elsewhereHistory, elsewhereSection } from './elsewhere.ts'
import { isPriced } from './facts.ts'
import { headOf, paymentColumn, paymentOf, SHOWN_IN_HEAD, sourcesOfHead } from './head.ts'
import { historySection } from './history.ts'
import { nearSection } from './near.ts'
import { partsSection } from './parts.ts'
import { relatedSection } from './related.ts'
import { rulesSection } from './rules.ts'
import { type Footnotes, footnotesOf } from './sources.ts'
import { suppliesSection } from './supplies.ts'
import { billingSection, paragraphs, questionsSection, specialtiesSection } from './texts.ts'
import { chargedSection, oftenSection } from './use.ts'
import { type DataInUse, placeInUse } from './use-state.ts'

interface Section {
  readonly id: string
  readonly title: string
  /** Columns of api.code_page that it shows. */
  readonly shows: readonly (keyof CodePage)[]
  /** Columns whose sources are its footnotes, where it does not show all of them. */
  rests?(page: CodePage): readonly (keyof CodePage)[]
  /** Nothing leaves the section out. */
  content(data: DataInUse, site: Site): Content
}

/** In the order of reading. A column of api.code_page that no place shows fails tests/preview/places.test.ts. */
const SECTIONS: readonly Section[] = [
  {
    id: 'plain',
    title: 'In plain language',
    shows: ['plain_language'],
    content: ({ page }) => paragraphs(page.plain_language),
  },
  {
    id: 'use',
    title: 'When it is used',
    shows: ['clinical_context'],
    content: ({ page }) => paragraphs(page.clinical_context),
  },
  {
    id: 'near',
    title: 'Payment near you',
    shows: ['rvu_information'],
    content: (data, site) => nearSection(site, data) ?? suppliesSection(site, data),
  },
  {
    id: 'elsewhere',
    title: 'What other schedules pay',
    shows: ['schedule_prices', 'unpriced_because'],
    // Without an amount in the physician schedule, the first screen has them.
    content: ({ page }) => isPriced(page) && elsewhereSection(page),
  },
  {
    id: 'parts',
    title: 'What the payment is made of',
    shows: ['rvu_information'],
    content: ({ page }) => partsSection(page),
  },
  {
    id: 'history',
    title: 'How it changed',
    shows: ['rvu_information'],
    content: ({ history }) => historySection(history),
  },
  {
    id: 'elsewhere-history',
    title: 'What other schedules paid before',
    shows: ['schedule_prices'],
    content: ({ page }) => elsewhereHistory(page),
  },
  {
    id: 'rules',
    title: 'Rules that apply',
    shows: ['rvu_information'],
    content: ({ page }) => rulesSection(page),
  },
  {
    id: 'billing',
    title: 'Billing and documentation',
    shows: ['billing_and_documentation', 'notes'],
    content: ({ page }) => billingSection(page),
  },
  {
    id: 'often',
    title: 'How often',
    shows: [],
    content: (data, site) => oftenSection(site, data),
  },
  {
    id: 'charged',
    title: 'What is charged',
    shows: [],
    content: (data, site) => chargedSection(site, data),
  },
  {
    id: 'paid',
    title: 'How codes of its kind are paid',
    shows: ['family', 'category_payment'],
    rests: (page) => [paymentColumn(page)],
    // Without an amount of its own, the first screen says it. The family is narrower than the category.
    content: ({ page }) => isPriced(page) && paragraphs(paymentOf(page)),
  },
  {
    id: 'specialties',
    title: 'Who uses it',
    shows: ['specialties', 'family'],
    rests: ({ specialties }) => [specialties ? 'specialties' : 'family'],
    content: ({ page }) => specialtiesSection(page),
  },
  {
    id: 'questions',
    title: 'Questions',
    shows: ['faq'],
    content: ({ page }) => questionsSection(page),
  },
  {
    id: 'official',
    title: 'In CMS’s words',
    shows: ['long_description'],
    content: ({ page }) =>
      page.long_description && html`<blockquote>${page.long_description}</blockquote>`,
  },
  {
    id: 'related',
    title: 'Related codes',
    shows: [],
    content: ({ page, related }, site) => relatedSection(site, page, related),
  },
]

/** Columns that end the page. */
const SHOWN_AT_END = ['notices', 'provenance'] as const

export const SHOWN_COLUMNS: readonly string[] = [
  ...SHOWN_IN_HEAD,
  ...SECTIONS.flatMap(({ shows }) => shows),
  ...SHOWN_AT_END,
]

export function codePageOf(site: Site, data: CodeData): Page {
  const { page } = data
  const inUse = { ...data, place: placeInUse(data) }
  const sections = SECTIONS.map((section) => ({
    ...section,
    body: section.content(inUse, site),
  })).filter(({ body }) => !isNothing(body))
  const columns = [
    ...sourcesOfHead(page),
    ...sections.flatMap((section) => sourcesOf(section, page)),
  ]
  const notes = footnotesOf(page, columns)
  const links = [...sections, { id: 'sources', title: 'Sources' }]
  return {
    title: `${page.hcpcs} ${page.name ?? ''}`,
    main: html`<article class="page-of-code">
${headOf(site, data, notes)}
<nav class="contents" aria-label="On this page"><ul>${links.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<div class="sections">${sections.map((section) => sectionOf(section, page, notes))}
${sources(page, notes)}</div>
</article>`,
  }
}

const isNothing = (content: Content): boolean =>
  content === null ||
  content === undefined ||
  content === false ||
  content === '' ||
  (Array.isArray(content) && content.every(isNothing))

type Filled = Section & { readonly body: Content }

const sourcesOf = (section: Section, page: CodePage): readonly string[] =>
  section.rests?.(page) ?? section.shows

function sectionOf(section: Filled, page: CodePage, notes: Footnotes): Html {
  const { id, title, body } = section
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}${notes.marks(...sourcesOf(section, page))}</h2>
${body}</section>\n`
}

function sources({ notices }: CodePage, notes: Footnotes): Html {
  const others = (notices ?? []).filter((notice) => !isBehind(notice))
  return html`<section id="sources" class="sources" aria-labelledby="sources-title"><h2 id="sources-title">Sources</h2>
<ol>${notes.list}</ol>
${others.map((notice) => html`<p>${notice}</p>`)}</section>`
}

/** The page of a code that earlier releases had. */
export function pastCodePage(
  { hcpcs, name }: Pick<CodePage, 'hcpcs' | 'name'>,
  history: readonly PricePoint[],
): Page {
  return {
    title: `${hcpcs} ${name ?? ''}`,
    main: html`<article class="page-of-code"><header class="head"><h1><span class="code">${hcpcs}</span> ${name}</h1>
<p class="lead">The schedule in force today does not have this code.</p></header>
<div class="sections"><section aria-labelledby="history-title"><h2 id="history-title">How it changed</h2>${historySection(history)}</section></div></article>`,
  }
}
