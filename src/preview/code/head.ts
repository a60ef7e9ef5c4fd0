/** The first screen of a code: what it is, what Medicare pays, since when, and what that was before. */
import type { CodePage, Component } from '../../queries/code-page.ts'
import type { PricePoint } from '../../queries/price-history.ts'
import { changeOf, day, isSchedule, listed, money } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Site } from '../site.ts'
import type { CodeData } from './data.ts'
import { elsewhereTable } from './elsewhere.ts'
import { isPriced, wholeOf } from './facts.ts'
import type { Footnotes } from './sources.ts'

/** Columns of api.code_page that stand here. */
export const SHOWN_IN_HEAD = [
  'hcpcs',
  'code_system',
  'name',
  'category',
  'family',
  'description',
  'synonyms',
  'release',
] as const

/** Where the text on payment comes from: a family is narrower than a category. */
export const paymentColumn = ({ family }: CodePage) => (family ? 'family' : 'category_payment')

export const paymentOf = ({ family, category_payment: payment }: CodePage): string | null =>
  family?.payment ?? payment

/** Columns that the first screen rests on, in the order of reading. */
export const sourcesOfHead = (page: CodePage): readonly string[] => [
  page.description ? 'description' : 'family',
  'rvu_information',
  ...(isPriced(page) ? [] : [paymentColumn(page)]),
]

export function headOf(site: Site, data: CodeData, notes: Footnotes): Html {
  const { page } = data
  return html`<header class="head">
<p class="crumbs"><a href="${site.page('browse')}">Codes</a>${kind(site, page)} <span class="tag">${page.code_system}</span></p>
<h1><span class="code">${page.hcpcs}</span> ${page.name}</h1>
${lead(page, notes)}
${synonyms(page)}
</header>
${isPriced(page) ? payment(data, notes) : noPayment(data, notes)}`
}

function kind(site: Site, { family, category }: CodePage): Content {
  const arrow = html` <span aria-hidden="true">›</span> `
  if (family)
    return html`${arrow}<a href="${site.page('browse', family.family)}">${family.name}</a>`
  return category && html`${arrow}${category}`
}

/** What it is; where nobody has written that yet, what codes of its family are. */
function lead({ description, family }: CodePage, notes: Footnotes): Content {
  if (description) return html`<p class="lead">${description}${notes.marks('description')}</p>`
  if (!family) return null
  return html`<p class="lead"><span class="quiet">${family.name}.</span> ${family.plain_language}${notes.marks('family')}</p>`
}

function synonyms({ synonyms: names }: CodePage): Content {
  return names && html`<p class="synonyms"><b>Also called</b> ${names.join(' · ')}</p>`
}

/** One figure where both settings pay the same. */
function payment({ page, history }: CodeData, notes: Footnotes): Html {
  const whole = wholeOf(page) as Component
  const settings = settingsOf(whole)
  const point = currentPoint(page, history)
  return html`<section class="payment" aria-labelledby="payment">
<h2 id="payment">National payment${notes.marks('rvu_information')}</h2>
<div class="figures">
${settings.map((setting) => figure(page, history, setting))}
<div class="figure"><h3>Work RVUs</h3><p class="amount">${whole.work_rvu}</p><p class="where">the clinician’s time, skill and effort</p></div>
</div>
<p class="since">${point && html`In force since <time datetime="${point.effective_from}">${day(point.effective_from)}</time> (${page.release}). `}One RVU pays ${money(whole.conversion_factor ?? '')}. ${qualifying(whole, settings)}Amounts are those of physicians before adjustment for the locality; the patient’s share is part of them.</p>
${behind(page)}
</section>`
}

interface Setting {
  readonly title: string
  readonly where: string
  readonly amount: 'non_facility_amount' | 'facility_amount'
  /** Where CMS says that the service is rarely or never done there. */
  readonly rare: boolean
}

function settingsOf(whole: Component): readonly Setting[] {
  const outside = {
    title: 'Outside a facility',
    where: 'office, home',
    amount: 'non_facility_amount',
    rare: whole.non_facility_na_indicator !== null,
  } as const
  const inside = {
    title: 'In a facility',
    where: 'hospital, surgery center',
    amount: 'facility_amount',
    rare: whole.facility_na_indicator !== null,
  } as const
  if (outside.rare !== inside.rare) return [outside, inside]
  return whole.non_facility_amount === whole.facility_amount
    ? [{ ...inside, title: 'In every setting', where: 'office, home, hospital, surgery center' }]
    : [outside, inside]
}

function figure(page: CodePage, history: readonly PricePoint[], setting: Setting): Html {
  const amount = wholeOf(page)?.[setting.amount]
  if (setting.rare || !amount)
    return html`<div class="figure rare"><h3>${setting.title}</h3><p class="amount">–</p><p class="where">rarely or never done there</p></div>\n`
  // What was the same on several days changed by the same: one line names the days.
  const earlier = Map.groupBy(earlierPoints(page, history), (point) => point[setting.amount])
  const changes = [...earlier].map(
    ([before, points]) => before && changeLine(before, amount, points),
  )
  return html`<div class="figure"><h3>${setting.title}</h3><p class="amount">${money(amount)}</p><p class="where">${setting.where}</p>${changes}</div>\n`
}

function changeLine(before: string, after: string, points: readonly PricePoint[]): Html {
  const { direction, amount, percent } = changeOf(before, after)
  const since = `since ${listed(points.map(({ effective_from: from }) => day(from)))}`
  if (direction === 'same') return html`<p class="change">unchanged ${since}</p>`
  return html`<p class="change ${direction}"><b><span aria-hidden="true">${direction === 'up' ? '▲' : '▼'}</span> ${direction} ${amount}${percent && ` (${percent})`}</b> ${since}</p>`
}

/** Clinicians who qualify through an advanced payment model have a conversion factor of their own since 2026. */
function qualifying(whole: Component, settings: readonly Setting[]): Content {
  const { qualifying_apm_conversion_factor: factor } = whole
  if (!factor || factor === whole.conversion_factor) return null
  const amounts = settings
    .filter(({ rare }) => !rare)
    .map(({ amount }) => whole[`qualifying_apm_${amount}`])
    .filter((amount) => typeof amount === 'string')
  return html`For clinicians who qualify through an advanced alternative payment model it pays ${money(factor)}: <b>${amounts.map(money).join(' and ')}</b>. `
}

/** The first screen where the physician schedule sets no amount: why, and who pays how. */
function noPayment(data: CodeData, notes: Footnotes): Html {
  const { page, history } = data
  const [first = '', rest = ''] = split(page.rvu_information.explanation ?? '')
  const point = currentPoint(page, history)
  const paid = paymentOf(page)
  return html`<section class="payment none" aria-labelledby="payment">
<div class="reasons"><div><h2 id="payment">No national amount in the physician fee schedule${notes.marks('rvu_information')}</h2>
<p>${first !== 'No.' && html`<b>${first}</b> `}${rest}</p></div>
${paid && html`<div><h2>Who pays, and how${notes.marks(paymentColumn(page))}</h2><p>${paid}</p></div>`}</div>
${elsewhere(page)}
${point && html`<p class="since">As of <time datetime="${point.effective_from}">${day(point.effective_from)}</time> (${page.release}).</p>`}
${behind(page)}
</section>`
}

/** What other schedules pay or, where they are loaded, why none does. */
function elsewhere({ schedule_prices: prices, unpriced_because: why }: CodePage): Content {
  if (prices) return html`<h2>What Medicare pays</h2>${elsewhereTable(prices)}`
  return why && html`<h2>What other schedules say</h2><p>No separate amount: ${why}.</p>`
}

/** The first sentence and what follows it. */
function split(text: string): readonly string[] {
  const end = text.indexOf('. ')
  return end < 0 ? [text] : [text.slice(0, end + 1), text.slice(end + 2)]
}

/** Says that the schedule of today is not loaded; the other notices end the page. */
function behind({ notices }: CodePage): Content {
  return (notices ?? [])
    .filter(isBehind)
    .map((notice) => html`<p class="warning"><b>Not the latest.</b> ${notice}</p>`)
}

export const isBehind = (notice: string): boolean => /^The values are those of /.test(notice)

export function currentPoint(
  page: CodePage,
  history: readonly PricePoint[],
): PricePoint | undefined {
  const points = history.filter(({ release }) => release === page.release)
  return points.find(({ modifier }) => !modifier) ?? points[0]
}

/** The release before, and the one that was in force a year before the current one took over, where that is another. */
function earlierPoints(page: CodePage, history: readonly PricePoint[]): readonly PricePoint[] {
  const whole = history.filter(({ modifier, release }) => !modifier && isSchedule(release))
  const now = whole.findIndex(({ release }) => release === page.release)
  const current = whole[now]
  if (!current) return []
  const before = whole.slice(0, now)
  const [year, rest] = [current.effective_from.slice(0, 4), current.effective_from.slice(4)]
  const yearAgo = `${Number(year) - 1}${rest}`
  const twoYearsAgo = `${Number(year) - 2}${rest}`
  const lastYear = before.findLast(
    ({ effective_from: from }) => from <= yearAgo && from > twoYearsAgo,
  )
  return [...new Set([before.at(-1), lastYear])].filter((point) => point !== undefined)
}
