/** How often Medicare paid for a code in the nation, and what was charged and allowed. */
import type { Benchmark } from '../../queries/benchmark.ts'
import { changeOf, grouped, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'

const SETTINGS: Readonly<Record<Benchmark['setting'], string>> = {
  non_facility: 'Outside a facility',
  facility: 'In a facility',
}

/** The latest year, by setting. */
const latest = (use: readonly Benchmark[]): readonly Benchmark[] =>
  use.filter(({ year }) => year === use[0]?.year)

export function oftenSection(use: readonly Benchmark[]): Content {
  const [first] = use
  if (!first) return null
  const years = [...Map.groupBy(use, ({ year }) => year)]
  const most = Math.max(...years.map(([, rows]) => servicesOf(rows)))
  return html`<p>In ${first.year} Original Medicare paid for <b>${grouped(servicesOf(latest(use)))}</b> services of this code.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Services by setting"><table class="use">
<thead><tr><th scope="col">${first.year}</th><th scope="col" class="number">Services</th><th scope="col" class="number">Patients</th><th scope="col" class="number">Clinicians</th></tr></thead>
<tbody>${latest(use).map(
    (row) =>
      html`<tr><th scope="row">${SETTINGS[row.setting]}</th><td class="number">${grouped(row.services)}</td><td class="number">${grouped(row.patients)}</td><td class="number">${grouped(row.providers)}</td></tr>\n`,
  )}</tbody></table></div>
${
  years.length > 1 &&
  html`<table class="ranked"><caption>Services by year</caption><thead class="unseen"><tr><th scope="col">Year</th><td></td><th scope="col">Services</th></tr></thead><tbody>${years.map(
    ([year, rows]) =>
      html`<tr><th scope="row">${year}</th><td class="bar">${bar('above', servicesOf(rows) / most)}</td><td>${grouped(servicesOf(rows))}</td></tr>\n`,
  )}</tbody></table>`
}
<p class="quiet">Claims of Original Medicare alone. CMS leaves out of the states, not of the nation, what fewer than eleven patients had.</p>`
}

const servicesOf = (rows: readonly Benchmark[]): number =>
  Math.round(rows.reduce((sum, { services }) => sum + services, 0))

/** Bars of what was charged, allowed and paid on average. */
export function chargedSection(use: readonly Benchmark[]): Content {
  const rows = latest(use)
  const [first] = rows
  if (!first) return null
  const most = Math.max(...rows.map((row) => Number(row.average_submitted_charge)))
  return html`<p>Averages of ${first.year}. What Medicare allowed includes the patient’s share; what it paid does not.</p>
${rows.map(
  (
    row,
  ) => html`<table class="ranked charged"><caption>${SETTINGS[row.setting]}</caption><thead class="unseen"><tr><th scope="col">What</th><td></td><th scope="col">Average</th></tr></thead>
<tbody>${charge('Charged', 'expense', row.average_submitted_charge, most)}${charge('Allowed', 'above', row.average_allowed_amount, most)}${charge('Paid by Medicare', 'work', row.average_payment, most)}</tbody></table>
<p class="quiet">${ratio(row)}</p>`,
)}`
}

const charge = (title: string, name: string, amount: string, most: number): Html =>
  html`<tr><th scope="row">${title}</th><td class="bar">${bar(name, Number(amount) / most)}</td><td>${money(amount)}</td></tr>\n`

function ratio({ average_submitted_charge: charged, average_allowed_amount: allowed }: Benchmark) {
  const { direction, percent } = changeOf(allowed, charged)
  if (direction !== 'up' || !percent) return null
  return `Charges were ${(Number(charged) / Number(allowed)).toFixed(1)} times what Medicare allowed.`
}

const bar = (name: string, share: number): Html =>
  html`<svg aria-hidden="true"><rect class="${name}" width="${(Math.min(1, share) * 100).toFixed(1)}%"/></svg>`
