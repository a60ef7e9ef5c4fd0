/** Every other page: search, codes by their first character, releases, differences, errors. */
import type { Fields, ReleaseChange } from '../queries/changes.ts'
import { type FoundCode, MOST_FOUND } from '../queries/search.ts'
import type { CodeLine, ReleaseLine } from './data.ts'
import type { Page } from './document.ts'
import { type Content, type Html, html } from './html.ts'
import type { Site } from './site.ts'
import { labelOf, tableOf } from './value.ts'

export type Initials = readonly { initial: string; codes: number }[]

export function homePage(site: Site, initials: Initials): Page {
  return {
    title: 'Medicare codes',
    main: html`<h1>What a code is, what it pays, and when that changed</h1>
<p class="lead">Every code of the Medicare physician fee schedule in force today. Type a code, a name or what people call it, or browse.</p>
${browse(site, initials)}`,
  }
}

type Found = Pick<FoundCode, 'hcpcs' | 'name'> & { readonly paged: boolean }

export function resultsPage(site: Site, query: string, found: readonly Found[]): Page {
  return { title: `Search: ${query}`, query, main: resultsMain(site, query, found) }
}

export function resultsMain(site: Site, query: string, found: readonly Found[]): Html {
  return html`<h1>${countOf(found.length)} for “${query}”</h1>
${found.length === 0 && html`<p>Try fewer words, or the first characters of a code.</p>`}
${
  found.length > 0 &&
  html`<ul class="codes">${found.map(
    (code) =>
      html`<li>${code.paged ? codeLink(site, code) : html`<b>${code.hcpcs}</b> <span>${code.name}</span> (not in the physician fee schedule)`}</li>\n`,
  )}</ul>`
}`
}

function countOf(found: number): string {
  if (found === 0) return 'No code'
  if (found === 1) return '1 code'
  return found < MOST_FOUND ? `${found} codes` : `The best ${found} codes`
}

export function browsePage(site: Site, initials: Initials): Page {
  return { title: 'Codes', main: html`<h1>Codes</h1>${browse(site, initials)}` }
}

export function initialPage(site: Site, initial: string, codes: readonly CodeLine[]): Page {
  return {
    title: `Codes that begin with ${initial}`,
    main: html`<h1>Codes that begin with ${initial}</h1>
<p><a href="${site.page('browse')}">All first characters</a></p>
${codeList(site, codes)}`,
  }
}

function browse(site: Site, initials: Initials): Content {
  if (initials.length === 0)
    return html`<p>No release is in force today. Load one with <code>cms-fees ingest</code>.</p>`
  return html`<nav aria-label="Codes by first character"><ul class="initials">${initials.map(
    ({ initial, codes }) =>
      html`<li><a href="${site.page('browse', initial)}"><b>${initial}</b> <span>${codes.toLocaleString('en-US')} ${codes === 1 ? 'code' : 'codes'}</span></a></li>`,
  )}</ul></nav>`
}

function codeList(site: Site, codes: readonly CodeLine[]): Content {
  if (codes.length === 0) return null
  return html`<ul class="codes">${codes.map(
    (code) =>
      html`<li>${codeLink(site, { ...code, name: code.name ?? code.short_description })}</li>\n`,
  )}</ul>`
}

function codeLink(site: Site, { hcpcs, name }: { hcpcs: string; name: string | null }): Html {
  return html`<a href="${site.page('codes', hcpcs)}"><b>${hcpcs}</b> <span>${name}</span></a>`
}

export function releasesPage(site: Site, releases: readonly ReleaseLine[]): Page {
  const loaded = releases.filter(({ state }) => state !== 'not loaded')
  const rows = releases.map((line) => {
    const before = predecessor(releases, line)
    return [
      line.release,
      line.state,
      line.effective_from,
      line.in_force_to ?? '–',
      line.published ?? 'unknown',
      line.rows_accepted?.toLocaleString('en-US') ?? '–',
      before
        ? html`<a href="${site.page('diff', before.release, line.release)}">${before.release} → ${line.release}</a>`
        : '–',
    ]
  })
  return {
    title: 'Releases',
    main: html`<h1>Releases</h1>
${!site.static && compareForm(loaded.map(({ release }) => release))}
${tableOf(['Release', 'State', 'From', 'To', 'Published', 'Rows', 'What changed'], rows, 'Releases of the relative value files')}`,
  }
}

/** The release that was in force before; null for the first, and for those that govern no day. */
export function predecessor(
  releases: readonly ReleaseLine[],
  line: ReleaseLine,
): ReleaseLine | null {
  const governs = ({ state }: ReleaseLine) => ['in force', 'past', 'future'].includes(state)
  if (!governs(line)) return null
  return releases.slice(releases.indexOf(line) + 1).find(governs) ?? null
}

function compareForm(names: readonly string[]): Content {
  if (names.length < 2) return null
  const options = (chosen: string | undefined) =>
    [...new Set(names)].map((name) =>
      name === chosen ? html`<option selected>${name}</option>` : html`<option>${name}</option>`,
    )
  return html`<form class="compare" action="/diff" method="get">
<label>Compare <select name="from">${options(names[1])}</select></label>
<label>with <select name="to">${options(names[0])}</select></label>
<button>Show what changed</button>
</form>`
}

export const CHANGES_ON_A_PAGE = 500

export function diffPage(
  site: Site,
  [before, after]: readonly [string, string],
  changes: readonly ReleaseChange[],
  page: number,
): Page {
  const codes = changes.filter(({ change }) => change !== 'conversion factor')
  const pages = pagesOf(changes)
  const shown = codes.slice((page - 1) * CHANGES_ON_A_PAGE, page * CHANGES_ON_A_PAGE)
  const count = (change: string) =>
    codes.filter((row) => row.change === change).length.toLocaleString('en-US')
  return {
    title: `${before} → ${after}`,
    main: html`<h1>What changed from ${before} to ${after}</h1>
<p class="lead">${count('changed')} changed, ${count('added')} added, ${count('deleted')} deleted; the largest change in national payment first.</p>
${changes
  .filter(({ change }) => change === 'conversion factor')
  .map((row) => html`<p>Conversion factor, ${row.description}: ${fieldChanges(row.fields)}</p>`)}
${
  codes.length === 0
    ? html`<p>Nothing changed.</p>`
    : tableOf(
        ['Code', 'Change', 'Non-facility $', 'Facility $', 'What'],
        shown.map((row) => changeCells(site, row)),
        pages > 1 ? `Changes, page ${page} of ${pages}` : 'Changes',
      )
}
<p class="note">Amounts are national, in dollars; a dash where Medicare does not pay by RVUs.</p>
${
  pages > 1 &&
  html`<nav class="pages" aria-label="Pages">
${page > 1 && html`<a rel="prev" href="${diffAddress(site, before, after, page - 1)}">Page ${page - 1}</a>`}
${page < pages && html`<a rel="next" href="${diffAddress(site, before, after, page + 1)}">Page ${page + 1}</a>`}
</nav>`
}`,
  }
}

export const pagesOf = (changes: readonly ReleaseChange[]): number =>
  Math.max(1, Math.ceil(changes.filter(({ hcpcs }) => hcpcs).length / CHANGES_ON_A_PAGE))

export const diffPath = (before: string, after: string, page: number): readonly string[] =>
  page === 1 ? ['diff', before, after] : ['diff', before, after, String(page)]

const diffAddress = (site: Site, before: string, after: string, page: number): string =>
  site.page(...diffPath(before, after, page))

function changeCells(site: Site, row: ReleaseChange): readonly Content[] {
  const code = row.hcpcs ?? ''
  return [
    html`${site.has(code) ? html`<a href="${site.page('codes', code)}">${code}</a>` : code}${row.modifier && `-${row.modifier}`} <span class="short">${row.description}</span>`,
    row.change,
    amounts(row.non_facility_before, row.non_facility_after),
    amounts(row.facility_before, row.facility_after),
    fieldChanges(row.fields),
  ]
}

const amounts = (before: string | null, after: string | null): string =>
  before === after ? (before ?? '–') : `${before ?? '–'} → ${after ?? '–'}`

function fieldChanges(fields: Fields | null): string {
  return Object.entries(fields ?? {})
    .map(([field, { before, after }]) => `${labelOf(field)} ${before ?? '–'} → ${after ?? '–'}`)
    .join('; ')
}

export function messagePage(title: string, text: string): Page {
  return { title, main: html`<h1>${title}</h1><p>${text}</p>` }
}
