/** How often Medicare paid for a code, and what was charged and allowed: in the nation, and in a state of the reader's choice. */
import type { Benchmark } from '../../queries/benchmark.ts'
import { changeOf, grouped, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Site } from '../site.ts'
import { type DataInUse, type PlaceInUse, stateChoice } from './use-state.ts'

const SETTINGS: Readonly<Record<Benchmark['setting'], string>> = {
  non_facility: 'Outside a facility',
  facility: 'In a facility',
}

export function oftenSection(site: Site, { place, ...data }: DataInUse): Content {
  if (!place) return null
  const { year, nation } = place
  const national = data.use.filter(({ state_code: state }) => state === '')
  const years = [...Map.groupBy(national, (row) => row.year)]
  return html`<p>In ${year} Original Medicare paid for <b>${grouped(servicesOf(nation))}</b> services of this code.</p>
${stateChoice(site, data, place)}
<div class="scroll" tabindex="0" role="region" aria-label="Services by setting"><table class="use">
<thead><tr><th scope="col">${year}</th><th scope="col" class="number">Services</th><th scope="col" class="number">Patients</th><th scope="col" class="number">Clinicians</th></tr></thead>
<tbody>${nation.map(
    (row, group) =>
      html`<tr><th scope="row">${SETTINGS[row.setting]}</th>${counts(row)}</tr>
${ofState(site, place, group, 0, (state) => state && counts(state), html`<td class="number"></td><td class="number"></td><td class="number"></td>`)}`,
  )}</tbody></table></div>
${years.length > 1 && byYear(years)}
<p class="quiet">Claims of Original Medicare alone. CMS leaves out of the states, not of the nation, what fewer than eleven patients had.</p>`
}

const counts = ({ services, patients, providers }: Benchmark): Html =>
  html`<td class="number">${grouped(services)}</td><td class="number">${grouped(patients)}</td><td class="number">${grouped(providers)}</td>`

function byYear(years: readonly (readonly [number, readonly Benchmark[]])[]): Html {
  const most = Math.max(...years.map(([, rows]) => servicesOf(rows)))
  return html`<table class="ranked"><caption>Services by year</caption><thead class="unseen"><tr><th scope="col">Year</th><td></td><th scope="col">Services</th></tr></thead><tbody>${years.map(
    ([year, rows]) =>
      html`<tr><th scope="row">${year}</th><td class="bar">${bar('above', servicesOf(rows) / most)}</td><td>${grouped(servicesOf(rows))}</td></tr>\n`,
  )}</tbody></table>`
}

const servicesOf = (rows: readonly Benchmark[]): number =>
  Math.round(rows.reduce((sum, { services }) => sum + services, 0))

/** Bars of what was charged, allowed and paid on average. */
export function chargedSection(site: Site, { place }: DataInUse): Content {
  if (!place) return null
  const { year, nation, chosen } = place
  return html`<p>Averages of ${year}. What Medicare allowed includes the patient’s share; what it paid does not.${chosen && html` <a href="#often">Choose another state</a>`}${!chosen && place.states.length > 0 && html` <a href="#often">Choose a state</a>`}</p>
${nation.map(
  (
    row,
    group,
  ) => html`<table class="ranked charged"><caption>${SETTINGS[row.setting]}</caption><thead class="unseen"><tr><th scope="col">What</th><td></td><th scope="col">Average</th></tr></thead>
<tbody>${AVERAGES.map(
    (
      [title, name, column],
      index,
    ) => html`<tr><th scope="row">${title}</th>${average(name, row[column], place)}</tr>
${ofState(site, place, group, 3 + index, (state) => state && average(name, state[column], place), html`<td class="bar">${bar(name, 0)}</td><td></td>`)}`,
  )}</tbody></table>
<p class="quiet">${ratio(row)}</p>`,
)}`
}

const AVERAGES = [
  ['Charged', 'expense', 'average_submitted_charge'],
  ['Allowed', 'above', 'average_allowed_amount'],
  ['Paid by Medicare', 'work', 'average_payment'],
] as const

const average = (name: string, amount: string, { most }: PlaceInUse): Html =>
  html`<td class="bar">${bar(name, Number(amount) / most)}</td><td>${money(amount)}</td>`

/**
 * The row of the chosen state below that of the nation; nothing where it has none in this setting. Where no server answers,
 * an empty row that near.js fills: `group` is the setting's place, `first` that of the first number of an option.
 */
function ofState(
  site: Site,
  { nation, chosen, states }: PlaceInUse,
  group: number,
  first: number,
  cells: (state: Benchmark | undefined) => Content,
  empty: Html,
): Content {
  if (site.static && states.length > 0)
    return html`<tr class="of-state" data-group="${group}" data-first="${first}" hidden><th scope="row"></th>${empty}</tr>\n`
  const row = chosen?.find(({ setting }) => setting === nation[group]?.setting)
  return row && html`<tr class="of-state"><th scope="row">${row.state}</th>${cells(row)}</tr>\n`
}

function ratio({ average_submitted_charge: charged, average_allowed_amount: allowed }: Benchmark) {
  const { direction, percent } = changeOf(allowed, charged)
  if (direction !== 'up' || !percent) return null
  return `Charges were ${(Number(charged) / Number(allowed)).toFixed(1)} times what Medicare allowed.`
}

const bar = (name: string, share: number): Html =>
  html`<svg aria-hidden="true"><rect class="${name}" width="${(Math.min(1, share) * 100).toFixed(1)}%"/></svg>`
