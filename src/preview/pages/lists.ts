/** Search results, families of codes, and messages. */
import type { CodeLine, Hit } from '../../queries/code-lists.ts'
import { MOST_FOUND } from '../../queries/search.ts'
import { codeList, PAID_NATIONALLY, type Prices } from '../code-list.ts'
import { count } from '../format.ts'
import { type Html, html } from '../html.ts'
import type { Page } from '../page.ts'
import type { Site } from '../site.ts'
import { type FilledFamily, shelf } from './home.ts'
import { pager } from './pager.ts'

export function resultsPage(
  site: Site,
  query: string,
  found: readonly Hit[],
  prices: Prices,
): Page {
  return {
    title: `Search: ${query}`,
    query,
    sheets: [],
    main: resultsMain(site, query, found, prices),
  }
}

/** Also without a frame, for search.js. */
export function resultsMain(
  site: Site,
  query: string,
  found: readonly Hit[],
  prices: Prices,
): Html {
  const [first] = found
  return html`<h1>${countOf(found.length)} for “${query}”</h1>
${!first && html`<p>Try fewer words, another name, or the first characters of a code.</p>`}
${first?.matched === 'some words' && html`<p class="quiet">No code has all of these words; these have some.</p>`}
${first && NOTE}
${first && codeList(site, found, prices)}`
}

function countOf(found: number): string {
  if (found === 0) return 'No code'
  return found < MOST_FOUND ? count(found, 'code') : `The best ${found} codes`
}

/** 'CPT surgery: eye' as 'cpt-surgery-eye'. */
const anchorOf = (category: string): string => category.toLowerCase().replace(/[^a-z0-9]+/g, '-')

/** Every family, a card for each category. */
export function browsePage(site: Site, families: readonly FilledFamily[]): Page {
  const categories = Map.groupBy(families, ({ category }) => category)
  return {
    title: 'Codes by kind',
    sheets: [],
    main: html`<h1>Codes by kind</h1>
<p class="quiet">With the number of codes in each.</p>
<ul class="jump">${[...categories.keys()].map((category) => html`<li><a href="#${anchorOf(category)}">${category}</a></li>`)}</ul>
<h2 class="unseen">By category</h2>
<div class="shelves">${[...categories].map(([category, members]) => shelf(site, category, members, anchorOf(category)))}</div>`,
  }
}

const NOTE = html`<p class="quiet">${PAID_NATIONALLY}</p>`

const CODES_ON_A_PAGE = 300

export const pagesOfFamily = ({ codes }: FilledFamily): number =>
  Math.max(1, Math.ceil(codes.length / CODES_ON_A_PAGE))

/** The codes of a family that a page of it shows. */
export const onPage = ({ codes }: FilledFamily, page: number): readonly CodeLine[] =>
  codes.slice((page - 1) * CODES_ON_A_PAGE, page * CODES_ON_A_PAGE)

export const familyPath = ({ family }: FilledFamily, page: number): readonly string[] =>
  page === 1 ? ['browse', family] : ['browse', family, String(page)]

export function familyPage(site: Site, family: FilledFamily, prices: Prices, page: number): Page {
  const shown = onPage(family, page)
  return {
    title: family.name,
    sheets: [],
    main: html`<p class="crumbs"><a href="${site.page('browse')}">Codes</a> <span aria-hidden="true">›</span> ${family.category}</p>
<h1>${family.name}</h1>
<p class="lead">${family.plain_language}</p>
<p><b>How they are paid</b> ${family.payment}</p>
<h2>${count(family.codes.length, 'code')} <span class="tag">${family.ranges}</span></h2>
${NOTE}
${codeList(site, shown, prices)}
${pager(page, pagesOfFamily(family), (number) => site.page(...familyPath(family, number)))}`,
  }
}

export function messagePage(title: string, text: string): Page {
  return { title, sheets: [], main: html`<h1>${title}</h1><p class="lead">${text}</p>` }
}
