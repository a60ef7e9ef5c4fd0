/** What one release changed against another. */
import type { Fields, ReleaseChange } from '../../queries/changes.ts'
import type { ReleaseLine } from '../../queries/releases.ts'
import { changeOf, count, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Page } from '../page.ts'
import type { Site } from '../site.ts'
import { pager } from './pager.ts'

export const CHANGES_ON_A_PAGE = 100

/** The release that was in force before; null for the first, and for those that govern no day. */
export function predecessor(
  releases: readonly ReleaseLine[],
  line: ReleaseLine,
): ReleaseLine | null {
  const governs = ({ state }: ReleaseLine) => ['in force', 'past', 'future'].includes(state)
  if (!governs(line)) return null
  return releases.slice(releases.indexOf(line) + 1).find(governs) ?? null
}

/** Known and not loaded between two releases: what the later seems to have changed may have begun in their time. */
export const missingBetween = (
  releases: readonly ReleaseLine[],
  before: ReleaseLine,
  after: ReleaseLine,
): readonly string[] =>
  releases
    .slice(releases.indexOf(after) + 1, releases.indexOf(before))
    .flatMap(({ release, state }) => (state === 'not loaded' ? [release] : []))
    .reverse()

const isCode = ({ hcpcs }: ReleaseChange): boolean => hcpcs !== null

export const pagesOf = (changes: readonly ReleaseChange[]): number =>
  Math.max(1, Math.ceil(changes.filter(isCode).length / CHANGES_ON_A_PAGE))

export const diffPath = (before: string, after: string, page: number): readonly string[] =>
  page === 1 ? ['diff', before, after] : ['diff', before, after, String(page)]

export function diffPage(
  site: Site,
  [before, after]: readonly [string, string],
  changes: readonly ReleaseChange[],
  page: number,
): Page {
  const codes = changes.filter(isCode)
  const shown = codes.slice((page - 1) * CHANGES_ON_A_PAGE, page * CHANGES_ON_A_PAGE)
  const many = (change: string) => codes.filter((row) => row.change === change).length
  return {
    title: `${before} → ${after}`,
    main: html`<p class="crumbs"><a href="${site.page('releases')}">Releases</a></p>
<h1>What changed from ${before} to ${after}</h1>
<ul class="totals"><li><b>${count(many('changed'), 'code')}</b> changed</li><li><b>${count(many('added'), 'code')}</b> added</li><li><b>${count(many('deleted'), 'code')}</b> deleted</li></ul>
${changes.filter((row) => !isCode(row)).map(factor)}
${codes.length === 0 ? html`<p>Nothing else changed.</p>` : table(site, shown)}
<p class="quiet">National payment, the largest change first. A code whose payment changed by the conversion factor alone is not listed.</p>
${pager(page, pagesOf(changes), (number) => site.page(...diffPath(before, after, number)))}`,
  }
}

function factor({ description, fields }: ReleaseChange): Content {
  const change = fields?.conversion_factor
  if (!change) return null
  const whose = description === 'ordinary' ? '' : ` ${description}`
  const { before, after } = change
  if (after === null) return html`<p>The later release has no conversion factor${whose}.</p>`
  return before === null
    ? html`<p>The conversion factor${whose} is new: <b>${money(after)}</b>.</p>`
    : html`<p>The conversion factor${whose} went from ${money(before)} to <b>${money(after)}</b>.</p>`
}

function table(site: Site, rows: readonly ReleaseChange[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Changes"><table class="changes">
<thead><tr><th scope="col">Code</th><th scope="col" class="number">Outside a facility</th><th scope="col" class="number">In a facility</th><th scope="col">What changed</th></tr></thead>
<tbody>${rows.map((row) => changeRow(site, row))}</tbody></table></div>`
}

function changeRow(site: Site, row: ReleaseChange): Html {
  const code = row.hcpcs ?? ''
  const name = html`<b class="code">${code}${row.modifier && `-${row.modifier}`}</b>`
  return html`<tr><th scope="row">${site.has(code) ? html`<a href="${site.page('codes', code)}">${name}</a>` : name} <small>${row.description}</small></th>
<td class="number">${amounts(row.non_facility_before, row.non_facility_after)}</td>
<td class="number">${amounts(row.facility_before, row.facility_after)}</td>
<td>${row.change === 'changed' ? html`<small>${fieldChanges(row.fields)}</small>` : html`<span class="tag strong">${row.change}</span>`}</td></tr>\n`
}

function amounts(before: string | null, after: string | null): Content {
  if (after === null) return before === null ? '–' : html`<del>${money(before)}</del>`
  if (before === null || before === after) return money(after)
  const { direction, percent } = changeOf(before, after)
  return html`${money(after)} <small class="change ${direction}"><span class="unseen">${direction}</span> ${direction === 'up' ? '+' : '−'}${percent}</small>`
}

const fieldChanges = (fields: Fields | null): string =>
  Object.entries(fields ?? {})
    .filter(([field]) => !UNSAID.has(field))
    .toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map(
      ([field, { before, after }]) =>
        `${LABELS[field] ?? field} ${before ?? 'none'} → ${after ?? 'none'}`,
    )
    .join('; ')

/** They follow from the others, or ended with the transition of practice expense in 2012. */
export const UNSAID: ReadonlySet<string> = new Set([
  'non_facility_total_rvu',
  'facility_total_rvu',
  'conversion_factor',
  'fully_implemented_non_facility_pe_rvu',
  'fully_implemented_non_facility_na_indicator',
  'fully_implemented_facility_pe_rvu',
  'fully_implemented_facility_na_indicator',
  'fully_implemented_non_facility_total_rvu',
  'fully_implemented_facility_total_rvu',
])

/** Columns of pfs.rvu in words; tests/preview/places.test.ts knows when one is missing. */
export const LABELS: Readonly<Record<string, string>> = {
  description: 'description',
  status_indicator: 'status',
  not_used_for_medicare_payment: 'not used for Medicare payment',
  work_rvu: 'work',
  non_facility_pe_rvu: 'practice expense outside a facility',
  non_facility_na_indicator: 'rarely done outside a facility',
  facility_pe_rvu: 'practice expense in a facility',
  facility_na_indicator: 'rarely done in a facility',
  mp_rvu: 'malpractice',
  pctc_indicator: 'professional and technical part',
  global_days: 'global period',
  preoperative_share: 'share before the operation',
  intraoperative_share: 'share of the operation',
  postoperative_share: 'share after the operation',
  multiple_procedure_indicator: 'several procedures',
  bilateral_surgery_indicator: 'both sides',
  assistant_at_surgery_indicator: 'assistant at surgery',
  co_surgeons_indicator: 'two surgeons',
  team_surgery_indicator: 'team of surgeons',
  endoscopic_base: 'endoscopic base',
  physician_supervision: 'supervision',
  calculation_flag: 'calculation flag',
  imaging_family: 'imaging family',
  non_facility_pe_opps: 'cap outside a facility',
  facility_pe_opps: 'cap in a facility',
  mp_opps: 'cap, malpractice',
  pricing_indicator: 'pricing indicator',
}

const ORDER = Object.keys(LABELS)
