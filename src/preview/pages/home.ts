/** Home: search first, what the release in force changed, and families of codes by what they are. */
import type { CodeFamily, CodeLine } from '../../queries/code-lists.ts'
import type { PriceMove, PriceMoves } from '../../queries/price-history.ts'
import type { OtherRelease, ReleaseLine } from '../../queries/releases.ts'
import { searchForm } from '../document.ts'
import { changeOf, day, grouped, listed, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Page } from '../page.ts'
import type { Site } from '../site.ts'
import { diffPath, missingBetween, predecessor } from './changes.ts'

/** A family with those of its codes that have a page, in order. */
export type FilledFamily = CodeFamily & { readonly codes: readonly CodeLine[] }

export interface HomeData {
  /** Those that have codes with a page. */
  readonly families: readonly FilledFamily[]
  readonly releases: readonly ReleaseLine[]
  readonly others: readonly OtherRelease[]
  /** The largest, and of those that are asked for COMMON. */
  readonly moves: PriceMoves
}

export function homePage(site: Site, data: HomeData): Page {
  return {
    title: 'What Medicare pays',
    hero: html`<section class="hero">
<h1>What a code is, what Medicare pays, and when that changed</h1>
${searchForm(site, '')}
<p class="examples">A code, a name or what people call it: ${['G0101', 'mammogram', 'infusion pump', 'office visit'].map((query) => html`<a href="${searchAddress(site, query)}">${query}</a>`)}</p>
</section>`,
    main: html`${news(site, data)}
${common(site, data.moves.asked)}
${data.families.length > 0 ? kinds(site, data.families) : html`<p>No release is in force today. Load one with <code>cms-fees ingest</code>.</p>`}`,
  }
}

const searchAddress = (site: Site, query: string): string =>
  `${site.page()}?q=${encodeURIComponent(query)}`

function news(site: Site, { releases, moves }: HomeData): Content {
  const current = releases.find(({ state }) => state === 'in force')
  if (!current) return null
  const before = predecessor(releases, current)
  const factor = factorOf(current)
  const earlier = before && factorOf(before)
  return html`<section class="news" aria-labelledby="news">
<h2 id="news">In force since ${day(current.effective_from)}</h2>
<p>${factor && html`One RVU pays <b>${money(factor)}</b>${earlier && earlier !== factor && html`, ${changeOf(earlier, factor).direction} from ${money(earlier)}`}. `}${before && html`<a href="${site.page(...diffPath(before.release, current.release, 1))}">Everything that changed since ${before.release}</a>`}</p>
${
  before &&
  html`<div class="moves">${movesTable(site, 'Rose most', moves.up)}${movesTable(site, 'Fell most', moves.down)}</div>
<p class="quiet">National payment outside a facility, compared with ${before.release}.${gap(missingBetween(releases, before, current))}</p>`
}
</section>`
}

const gap = (missing: readonly string[]): string =>
  missing.length === 0
    ? ''
    : ` ${missing.length > 3 ? `${missing[0]} to ${missing.at(-1)}` : listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not loaded: changes may have begun in that time.`

/** What clinicians bill most, by where they work; a code that the schedule does not pay is left out. */
export const COMMON: Readonly<Record<string, readonly string[]>> = {
  'In the office': ['99213', '99214', '99203', '99204', 'G2211', 'G0439', 'G0101'],
  'In the hospital and at home': ['99223', '99232', '99233', '99285', '99291', '99309', 'G0180'],
  'Tests and procedures': ['93000', '93306', '71046', '45378', '66984', '20610', 'G0105'],
  'Therapy and mental health': ['97110', '97140', '90837', '90834', '90791', '96127', 'G0447'],
}

function common(site: Site, moves: readonly PriceMove[]): Content {
  const shelves = Object.entries(COMMON).map(([title, codes]) =>
    movesTable(
      site,
      title,
      moves.filter(({ hcpcs }) => codes.includes(hcpcs)),
    ),
  )
  if (moves.length === 0) return null
  return html`<section class="news" aria-labelledby="common"><h2 id="common">What common services pay</h2>
<div class="moves">${shelves}</div></section>`
}

const factorOf = ({ conversion_factors: factors }: ReleaseLine): string | undefined =>
  factors.find(({ qualifying_apm: qualifying }) => !qualifying)?.conversion_factor

function movesTable(site: Site, title: string, moves: readonly PriceMove[]): Content {
  if (moves.length === 0) return null
  return html`<table><caption>${title}</caption><thead class="unseen"><tr><th scope="col">Code</th><th scope="col">Payment and change</th></tr></thead>
<tbody>${moves.map((move) => moveRow(site, move))}</tbody></table>`
}

function moveRow(site: Site, { hcpcs, modifier, name, before, after }: PriceMove): Html {
  const { direction, amount, percent } = changeOf(before, after)
  const sign = { up: '+', down: '−', same: '' }[direction]
  return html`<tr><th scope="row"><a href="${site.page('codes', hcpcs)}"><b class="code">${hcpcs}${modifier && `-${modifier}`}</b> ${name}</a></th><td class="number">${money(after)} <small class="change ${direction}"><b>${sign}${amount}</b> (${percent})</small></td></tr>\n`
}

/** What people look for most; tests/preview/places.test.ts knows when a family is gone. */
export const SHELVES: Readonly<Record<string, readonly string[]>> = {
  Visits: [
    'office-visits',
    'hospital-visits',
    'emergency-visits',
    'nursing-home-visits',
    'telehealth-visits',
    'g-preventive-visits',
    'care-management',
  ],
  'Tests and scans': [
    'x-ray',
    'ct-scans',
    'mri-scans',
    'ultrasound',
    'mammography',
    'echocardiography',
    'sleep-studies',
  ],
  Procedures: [
    'colonoscopy',
    'upper-endoscopy',
    'cataract',
    'skin-biopsy',
    'joint-injections',
    'arthroscopy',
    'spinal-injections',
  ],
  'Therapy and mental health': [
    'physical-occupational-therapy',
    'psychiatry',
    'psychological-testing',
    'speech-swallowing',
    'manipulation',
    'g-opioid-treatment',
  ],
  'Drugs and vaccines': [
    'injected-drugs',
    'chemotherapy-drugs',
    'biosimilars',
    'infusions-injections',
    'vaccines',
    'vaccine-administration',
  ],
  'Equipment and supplies': [
    'wheelchairs',
    'power-wheelchairs',
    'oxygen',
    'breathing-machines',
    'hospital-beds',
    'catheter-drug-delivery',
    'wound-dressings',
  ],
}

function kinds(site: Site, families: readonly FilledFamily[]): Html {
  const byName = new Map(families.map((family) => [family.family, family]))
  const shelves = Object.entries(SHELVES).map(([title, names]) => {
    const members = names.flatMap((name) => byName.get(name) ?? [])
    return members.length > 0 && shelf(site, title, members)
  })
  return html`<section aria-labelledby="kinds"><h2 id="kinds">By kind</h2>
<p class="quiet">With the number of codes in each.</p>
<div class="shelves">${shelves}</div>
<p><a href="${site.page('browse')}">All ${families.length} kinds of codes</a></p></section>`
}

/** Items end where the next one begins: with every kind of code on a page, that is a twentieth of its weight. */
export function shelf(
  site: Site,
  title: string,
  families: readonly FilledFamily[],
  id?: string,
): Html {
  return html`<div><h3${id && html` id="${id}"`}>${title}</h3><ul>${families.map(
    ({ family, name, codes }) =>
      html`<li><a href="${site.page('browse', family)}">${name} <small>${grouped(codes.length)}</small></a>`,
  )}</ul></div>`
}
