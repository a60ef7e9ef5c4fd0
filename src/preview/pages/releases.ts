/** Releases of the relative value files, the newest first, and what is loaded of the other schedules. */
import { schedules } from '../../../pipelines/index.ts'
import type { OtherRelease, ReleaseLine } from '../../queries/releases.ts'
import { day, listed, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Page } from '../page.ts'
import type { Site } from '../site.ts'
import { diffPath, predecessor } from './changes.ts'

export function releasesPage(
  site: Site,
  releases: readonly ReleaseLine[],
  others: readonly OtherRelease[],
): Page {
  const loaded = releases.filter(({ state }) => state !== 'not loaded')
  return {
    title: 'Releases',
    main: html`<h1>Releases</h1>
<p class="lead">CMS publishes the physician fee schedule in January, April, July and October. Each release holds until the next takes over.</p>
${!site.static && compareForm(loaded.map(({ release }) => release))}
${releases.length > 0 ? releasesTable(site, releases) : html`<p>None is loaded. Load one with <code>cms-fees ingest</code>.</p>`}
${otherSchedules(others)}`,
  }
}

const releasesTable = (site: Site, releases: readonly ReleaseLine[]): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="Releases"><table class="releases">
<thead><tr><th scope="col">Release</th><th scope="col">In force</th><th scope="col" class="optional">Published</th><th scope="col" class="number">Pays for one RVU</th><th scope="col">What changed</th></tr></thead>
<tbody>${rows(site, releases)}</tbody></table></div>`

const STATES: Readonly<Record<ReleaseLine['state'], Content>> = {
  'in force': html`<span class="tag strong">in force</span>`,
  future: html`<span class="tag">to come</span>`,
  past: null,
  superseded: html`<span class="tag">replaced</span>`,
  retracted: html`<span class="tag">retracted</span>`,
  'not loaded': html`<span class="tag">not loaded</span>`,
}

function row(site: Site, releases: readonly ReleaseLine[], line: ReleaseLine): Html {
  const before = predecessor(releases, line)
  const factors = [...new Set(line.conversion_factors.map((one) => money(one.conversion_factor)))]
  const isOne = line.state !== 'superseded' && line.state !== 'retracted'
  return html`<tr${isOne && html` id="${line.release}"`}><th scope="row">${line.release} ${STATES[line.state]}</th>
<td><time datetime="${line.effective_from}">${day(line.effective_from)}</time>${until(line)}</td>
<td class="optional">${line.published ? html`<time datetime="${line.published}">${day(line.published)}</time>` : '–'}</td>
<td class="number">${factors.length > 0 ? factors.map((factor, index) => html`${index > 0 && html`<br>or `}${factor}`) : '–'}</td>
<td>${before ? html`<a href="${site.page(...diffPath(before.release, line.release, 1))}">since ${before.release}</a>` : '–'}</td></tr>\n`
}

/** One row for releases in a row that are not loaded. */
const gap = (lines: readonly ReleaseLine[]): Html =>
  html`<tr class="gap"><th scope="row" colspan="5">${listed(lines.map(({ release }) => release).reverse())} ${STATES['not loaded']}</th></tr>\n`

function rows(site: Site, releases: readonly ReleaseLine[]): readonly Html[] {
  const runs: ReleaseLine[][] = []
  for (const line of releases) {
    const last = runs.at(-1)
    if (last && line.state === 'not loaded' && last[0]?.state === 'not loaded') last.push(line)
    else runs.push([line])
  }
  return runs.map((run) =>
    run[0]?.state === 'not loaded' ? gap(run) : row(site, releases, run[0] as ReleaseLine),
  )
}

function until({ in_force_to: last, state }: ReleaseLine): Content {
  if (last) return html` to <time datetime="${last}">${day(last)}</time>`
  return state === 'in force' && ' until the next'
}

function compareForm(names: readonly string[]): Content {
  if (names.length < 2) return null
  const options = (chosen: string | undefined) =>
    [...new Set(names)].map(
      (name) => html`<option${name === chosen && html` selected`}>${name}</option>`,
    )
  return html`<form class="compare" action="/diff" method="get">
<label>Compare <select name="from">${options(names[1])}</select></label>
<label>with <select name="to">${options(names[0])}</select></label>
<button>Show what changed</button>
</form>`
}

/** A row for each schedule: the release in force, and what came before. */
function otherSchedules(lines: readonly OtherRelease[]): Content {
  const loaded = lines.filter(({ state }) => state !== 'not loaded' && state !== 'retracted')
  const families = Map.groupBy(loaded, ({ family }) => family)
  if (families.size === 0) return null
  const rows = schedules.map(({ family, title }) => {
    const [latest, ...earlier] = families.get(family) ?? []
    return latest && otherRow(title, latest, earlier, isBehind(lines, latest))
  })
  return html`<h2>Other schedules</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Other schedules"><table>
<thead><tr><th scope="col">Schedule</th><th scope="col">Latest that is loaded</th><th scope="col">In force since</th><th scope="col" class="optional">Loaded before</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}

const isBehind = (lines: readonly OtherRelease[], latest: OtherRelease): boolean =>
  lines.some(
    ({ family, state, effective_from: from }) =>
      family === latest.family && state === 'not loaded' && from > latest.effective_from,
  )

function otherRow(
  title: string,
  latest: OtherRelease,
  earlier: readonly OtherRelease[],
  behind: boolean,
): Html {
  return html`<tr id="${latest.release}"><th scope="row">${title.charAt(0).toUpperCase()}${title.slice(1)}</th><td>${latest.release} ${behind && html`<span class="tag">later ones are out</span>`}</td><td><time datetime="${latest.effective_from}">${day(latest.effective_from)}</time></td><td class="optional">${earlier.length > 0 ? listed(earlier.map(({ release }) => release)) : '–'}</td></tr>\n`
}
