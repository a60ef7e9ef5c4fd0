/** The first screen of a code: what it is, what Medicare pays, since when, and what that was before. */
import type { CodePage, Component } from '../../queries/code-page.ts'
import type { PricePoint } from '../../queries/price-history.ts'
import { day, isSchedule, money, month } from '../format.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Site } from '../site.ts'
import { anesthesiaFigures } from './anesthesia.ts'
import { elsewhereRemarks, notTheLatest, physicianRemarks } from './behind.ts'
import { changeLine } from './change.ts'
import type { CodeData } from './data.ts'
import { elsewhereFigures } from './elsewhere.ts'
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
  'short_description',
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

/** What people call it, and how the schedule does where that says more than the title. */
function synonyms({ synonyms: names, short_description: short, name }: CodePage): Content {
  return [
    names && html`<p class="synonyms"><b>Also called</b> ${names.join(' · ')}</p>`,
    short && short !== name && html`<p class="synonyms"><b>In CMS’s files</b> ${short}</p>`,
  ]
}

/** One figure where both settings pay the same. */
function payment({ page, history, waived }: CodeData, notes: Footnotes): Html {
  const whole = wholeOf(page) as Component
  const point = currentPoint(page, history)
  return html`<section class="payment" aria-labelledby="payment">
<h2 id="payment">National payment${notes.marks('rvu_information')}</h2>
<div class="figures">
${settingsOf(whole).map((setting) => figure(page, history, setting))}
<div class="figure lesser"><h3>Work RVUs</h3><p class="amount">${whole.work_rvu}</p><p class="where">the clinician’s time, skill and effort</p></div>
<div class="figure lesser"><h3>Conversion factor</h3><p class="amount">${money(whole.conversion_factor ?? '')}</p><p class="where">for one RVU</p>${qualifying(whole, 'conversion_factor')}</div>
</div>
<p class="since">${point && html`In force since <time datetime="${point.effective_from}">${day(point.effective_from)}</time> (${page.release}). `}Amounts are those of physicians before adjustment for the locality${waived ? '. The patient owes no coinsurance.' : '; the patient’s share is part of them.'}${differs(whole) && ' Clinicians who qualify through an advanced alternative payment model (APM) have a conversion factor of their own.'}</p>
${notTheLatest(physicianRemarks(page))}
</section>`
}

/** Clinicians who qualify through an advanced payment model have a conversion factor of their own since 2026. */
const differs = (whole: Component): boolean =>
  whole.qualifying_apm_conversion_factor !== null &&
  whole.qualifying_apm_conversion_factor !== whole.conversion_factor

function qualifying(
  whole: Component,
  column: 'conversion_factor' | 'non_facility_amount' | 'facility_amount',
): Content {
  const amount = whole[`qualifying_apm_${column}`]
  if (!differs(whole) || !amount) return null
  return html`<p class="qualifying"><b>${money(amount)}</b> qualifying APM</p>`
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
  const whole = wholeOf(page)
  const amount = whole?.[setting.amount]
  if (!whole || setting.rare || !amount)
    return html`<div class="figure rare"><h3>${setting.title}</h3><p class="amount">–</p><p class="where">rarely or never done there</p></div>\n`
  // What was the same on several days changed by the same: one line names the days.
  const earlier = Map.groupBy(earlierPoints(page, history), ({ point }) => point[setting.amount])
  const changes = [...earlier].map(
    ([before, points]) =>
      before &&
      changeLine(
        before,
        amount,
        points.map(({ point, name }) => `${name} (${month(point.effective_from)})`),
      ),
  )
  return html`<div class="figure"><h3>${setting.title}</h3><p class="amount">${money(amount)}</p><p class="where">${setting.where}</p>${qualifying(whole, setting.amount)}${changes}</div>\n`
}

/** The first screen where the physician schedule sets no amount: who pays how, and why that schedule does not. */
function noPayment({ page, history, anesthesia }: CodeData, notes: Footnotes): Html {
  const [first = '', rest = ''] = split(page.rvu_information.explanation ?? '')
  const point = currentPoint(page, history)
  const paid = paymentOf(page)
  return html`<section class="payment none" aria-labelledby="payment">
${anesthesia && anesthesiaFigures(anesthesia)}
${elsewhereFigures(page)}
<div class="reasons"><div><h2 id="payment">No national amount in the physician fee schedule${notes.marks('rvu_information')}</h2>
<p>${first !== 'No.' && html`<b>${first}</b> `}${rest}</p>
${page.unpriced_because && html`<p class="quiet">No other schedule sets an amount: ${page.unpriced_because}.</p>`}</div>
${paid && html`<div><h2>Who pays, and how${notes.marks(paymentColumn(page))}</h2><p>${paid}</p></div>`}</div>
${point && html`<p class="since">As of <time datetime="${point.effective_from}">${day(point.effective_from)}</time> (${page.release}).</p>`}
${notTheLatest([...elsewhereRemarks(page.schedule_prices), ...physicianRemarks(page).map(ofPhysicians)])}
</section>`
}

/** Beside what is said of other schedules. */
const ofPhysicians = (remark: string): string =>
  `Physician fee schedule: ${remark.charAt(0).toLowerCase()}${remark.slice(1)}`

/** The first sentence and what follows it. */
function split(text: string): readonly string[] {
  const end = text.indexOf('. ')
  return end < 0 ? [text] : [text.slice(0, end + 1), text.slice(end + 2)]
}

export function currentPoint(
  page: CodePage,
  history: readonly PricePoint[],
): PricePoint | undefined {
  const points = history.filter(({ release }) => release === page.release)
  return points.find(({ modifier }) => !modifier) ?? points[0]
}

interface Earlier {
  readonly point: PricePoint
  readonly name: string
}

/** The release before, and the one that was in force a year before the current one took over, where that is another. */
function earlierPoints(page: CodePage, history: readonly PricePoint[]): readonly Earlier[] {
  const whole = history.filter(({ modifier, release }) => !modifier && isSchedule(release))
  const now = whole.findIndex(({ release }) => release === page.release)
  const current = whole[now]
  if (!current) return []
  const before = whole.slice(0, now)
  const [year, rest] = [current.effective_from.slice(0, 4), current.effective_from.slice(4)]
  const yearAgo = `${Number(year) - 1}${rest}`
  const twoYearsAgo = `${Number(year) - 2}${rest}`
  const last = before.at(-1)
  const lastYear = before.findLast(
    ({ effective_from: from }) => from <= yearAgo && from > twoYearsAgo,
  )
  return [
    ...(last
      ? [
          {
            point: last,
            name: current.gap ? 'the release loaded before it' : 'the release before',
          },
        ]
      : []),
    ...(lastYear && lastYear !== last ? [{ point: lastYear, name: 'a year before' }] : []),
  ]
}
