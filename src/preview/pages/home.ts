/** Home: search first, what the release in force changed, and families of codes by what they are. */
import type { CodeFamily } from '../../queries/code-lists.ts'
import type { PriceMove } from '../../queries/price-history.ts'
import type { ReleaseLine } from '../../queries/releases.ts'
import { searchForm } from '../document.ts'
import { changeOf, count, day, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Page } from '../page.ts'
import type { Site } from '../site.ts'
import { diffPath, predecessor } from './changes.ts'

export interface HomeData {
  readonly families: readonly CodeFamily[]
  readonly releases: readonly ReleaseLine[]
  readonly moves: { readonly up: readonly PriceMove[]; readonly down: readonly PriceMove[] }
}

export function homePage(site: Site, data: HomeData): Page {
  return {
    title: 'What Medicare pays',
    home: true,
    main: html`<section class="hero">
<h1>What a code is, what Medicare pays, and when that changed</h1>
${searchForm(site, '')}
<p class="examples">A code, a name or what people call it: ${['G0101', 'mammogram', 'infusion pump', 'office visit'].map((query) => html`<a href="${searchAddress(site, query)}">${query}</a>`)}</p>
</section>
${news(site, data)}
${familiesSection(site, data.families)}`,
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
<p class="quiet">National payment outside a facility, compared with the day before.</p>`
}
</section>`
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
  return html`<tr><th scope="row"><a href="${site.page('codes', hcpcs)}"><b class="code">${hcpcs}${modifier && `-${modifier}`}</b> ${name}</a></th><td class="number">${money(after)} <small class="change ${direction}"><b>${direction === 'up' ? '+' : '−'}${amount}</b> (${percent})</small></td></tr>\n`
}

/** A card for each category, with its families. */
export function familiesSection(site: Site, families: readonly CodeFamily[]): Content {
  if (families.length === 0)
    return html`<p>No release is in force today. Load one with <code>cms-fees ingest</code>.</p>`
  const categories = Map.groupBy(families, ({ category }) => category)
  return html`<section aria-labelledby="families"><h2 id="families">Browse by kind</h2>
<div class="shelves">${[...categories].map(([name, members]) => shelf(site, name, members))}</div></section>`
}

function shelf(site: Site, category: string, families: readonly CodeFamily[]): Html {
  return html`<div><h3>${category}</h3><ul>${families.map(
    (family) =>
      html`<li><a href="${site.page('browse', family.family)}">${family.name} <small>${count(family.codes, 'code')}</small></a></li>\n`,
  )}</ul></div>`
}
