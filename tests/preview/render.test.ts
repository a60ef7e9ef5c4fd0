/** What a page says: what its code is, what it pays, and what it was. */
import { describe, expect, test } from 'vitest'
import type { CodeData } from '../../src/preview/code/data.ts'
import { codePageOf, pastCodePage } from '../../src/preview/code/page.ts'
import { documentOf } from '../../src/preview/document.ts'
import { changeOf, money } from '../../src/preview/format.ts'
import { pagesOf } from '../../src/preview/pages/changes.ts'
import { exported, served } from '../../src/preview/site.ts'
import type { SchedulePrice } from '../../src/queries/code-page.ts'
import { codeData, codePage, component, point, unpaidPage } from './rows.ts'

const codeMarkup = (data: Partial<CodeData> = {}): string =>
  documentOf(served, codePageOf(served, codeData(data))).toString()

/** What a reader reads of the page. */
const textOf = (markup: string): string =>
  markup
    .replace(/<(head|title|script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('a code that Medicare pays by RVUs', () => {
  const history = [
    point('RVU24D', '2024-10-01', '50.00'),
    point('RVU25A', '2025-01-01', '60.00'),
    point('RVU25D', '2025-10-01', '56.61', { facility_amount: '27.49' }),
  ]

  test('says on its first screen what both settings pay, since when, and what that was', () => {
    const text = textOf(codeMarkup({ history }))
    expect(text).toContain(
      'Outside a facility $56.61 office, home ▼ down $3.39 (5.7%) since January 1, 2025',
    )
    expect(text).toContain('▲ up $6.61 (13.2%) since October 1, 2024')
    expect(text).toContain('In a facility $27.49')
    expect(text).toContain('Work RVUs 0.50')
    expect(text).toContain('In force since October 1, 2025 (RVU25D). One RVU pays $32.3465.')
    expect(text).not.toContain('alternative payment model')
  })

  test('names the amounts of qualifying clinicians where they differ', () => {
    const whole = component({
      qualifying_apm_conversion_factor: '33.5675',
      qualifying_apm_non_facility_amount: '58.74',
      qualifying_apm_facility_amount: '28.53',
    })
    const { rvu_information } = codePage()
    const page = codePage({ rvu_information: { ...rvu_information, components: [whole] } })
    expect(textOf(codeMarkup({ page }))).toMatch(
      /advanced alternative payment model it pays \$33\.5675: \$58\.74 and \$28\.53/,
    )
  })

  test('shows one figure where both settings pay the same, and none where it is hardly ever done', () => {
    const { rvu_information } = codePage()
    const text = (whole: ReturnType<typeof component>) =>
      textOf(
        codeMarkup({
          page: codePage({ rvu_information: { ...rvu_information, components: [whole] } }),
        }),
      )
    expect(text(component({ facility_amount: '56.61' }))).toContain('In every setting $56.61')
    const rare = component({ non_facility_amount: '27.49', non_facility_na_indicator: 'NA' })
    expect(text(rare)).toContain('Outside a facility – rarely or never done there')
  })

  test('lists rules in words with their indicators, and what the figures say not again', () => {
    const text = textOf(codeMarkup())
    expect(text).toContain('Global period Ten days belong to it. indicator 010')
    expect(text).not.toContain('The national amount is in the figures.')
  })

  test('says in words what each release changed', () => {
    const changed = point('RVU25D', '2025-10-01', '56.61', {
      work_rvu: '0.60',
      conversion_factor: '33.4009',
    })
    const text = textOf(codeMarkup({ history: [...history.slice(0, 2), changed] }))
    expect(text).toContain('RVUs: work 0.50 → 0.60 Conversion factor $32.3465 → $33.4009')
    expect(text).toMatch(/October 1, 2024 RVU24D \$50\.00 \$50\.00 The first release at hand/)
  })
})

describe('a code without an amount', () => {
  const family = {
    family: 'pumps',
    name: 'Pumps',
    plain_language: 'Things that pump.',
    performed_by: ['Suppliers'],
    payment: 'Suppliers are paid by another schedule.',
  }

  test('says why, who pays and how, and shows no number that is nothing', () => {
    const markup = codeMarkup({
      page: unpaidPage({ family }),
      history: [
        point('RVU25A', '2025-01-01', '1', { ...NO_AMOUNT, status_indicator: 'P' }),
        point('RVU25D', '2025-10-01', '1', { ...NO_AMOUNT, status_indicator: 'P' }),
      ],
    })
    const text = textOf(markup)
    expect(text).toContain('Bundled or excluded. It has no RVUs.')
    expect(text).toContain('Who pays, and how Suppliers are paid by another schedule.')
    expect(text).toContain('Pumps. Things that pump.')
    expect(text).toContain('Every release at hand since January 1, 2025 (RVU25A) says the same')
    expect(text).not.toMatch(/0\.00|\$|null|undefined/)
    expect(markup).not.toMatch(/<table|<svg|id="parts"|id="near"/)
  })

  test('says what other schedules pay and paid, first where the physician schedule pays nothing', () => {
    const price = (lowest: string, more: Partial<SchedulePrice>): SchedulePrice => ({
      ...{ schedule: 'DMEPOS', setting: 'supplier', modifier: 'RR', lowest, highest: '1234.50' },
      ...{ unit: 'item', basis: 'From the lowest to the highest fee', known_to: null },
      ...{ valid_from: '2025-01-01', valid_to: '2025-03-31', release: 'DME25A', ...more },
    })
    const latest = price('1034.50', { known_to: '2025-02-28' })
    const before = price('1000.00', { valid_from: '2024-10-01', valid_to: '2024-12-31' })
    const schedule_prices = [{ ...latest, history: [latest, before] }]
    const row =
      'Equipment and supplies (DMEPOS) modifier RR $1,034.50 to $1,234.50 item January 1, 2025 to February 28, 2025 (DME25A); no later release is loaded. From the lowest to the highest fee'
    const unpaid = textOf(codeMarkup({ page: { ...unpaidPage(), schedule_prices } }))
    expect(unpaid).toContain(`What Medicare pays Schedule Pays For one How ${row}`)
    expect(unpaid).toContain('$1,000.00 to $1,234.50 from October 1, 2024 to December 31, 2024')
    const paid = textOf(codeMarkup({ page: codePage({ schedule_prices }) }))
    expect(paid).toContain(`What other schedules pay Schedule Pays For one How ${row}`)
  })

  test('says why no other schedule sets an amount', () => {
    const page = { ...unpaidPage(), unpriced_because: 'not listed in ASC rates' }
    expect(textOf(codeMarkup({ page }))).toContain('No separate amount: not listed in ASC rates.')
    const paid = codePage({ unpriced_because: 'not listed in ASC rates' })
    expect(textOf(codeMarkup({ page: paid }))).not.toContain('No separate amount')
  })

  const NO_AMOUNT = { non_facility_amount: null, facility_amount: null }
})

describe('every page of a code', () => {
  test('leaves out the sections of which there is nothing, and shows nothing internal', () => {
    const markup = codeMarkup({ page: codePage({ faq: [], notices: ['CPT is a trademark.'] }) })
    expect([...markup.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
      'parts',
      'rules',
      'sources',
    ])
    expect(textOf(markup)).not.toMatch(/\.yaml|\.csv|global_days|editorial\/|reviewed_on/)
    expect(markup).not.toMatch(/style=|NaN|Infinity/)
  })

  test('numbers its sources in the order in which it rests on them', () => {
    const editorial = (file: string, sources: readonly string[] = []) =>
      ({
        source: 'editorial',
        file,
        status: 'reviewed',
        reviewed_on: '2026-11-26',
        reviewed_against: 'RVU26B',
        sources,
      }) as const
    const { provenance } = codePage()
    const own = editorial('editorial/codes/G0001.yaml', ['A manual'])
    const page = codePage({
      description: 'What it is.',
      plain_language: 'In short.',
      provenance: { ...provenance, description: own, plain_language: own },
    })
    const text = textOf(codeMarkup({ page }))
    expect(text).toContain('What it is. 1 ')
    expect(text).toContain('National payment 2 ')
    expect(text).toContain('In plain language 1 ')
    expect(text).toMatch(
      /Sources Our own text on this code, reviewed on November 26, 2026 against RVU26B\. It rests on: A manual CMS, National Physician Fee Schedule Relative Value File, release RVU25D, in force since October 1, 2025\./,
    )
  })

  test('warns first where the schedule of today is not loaded', () => {
    const notice = 'The values are those of RVU25D, the latest release that is loaded.'
    const text = textOf(codeMarkup({ page: codePage({ notices: [notice, 'Another.'] }) }))
    expect(text.indexOf(notice)).toBeLessThan(text.indexOf('What the payment is made of'))
    expect(text.split(notice)).toHaveLength(2)
    expect(text.indexOf('Another.')).toBeGreaterThan(text.indexOf('Sources'))
  })
})

describe('the chart', () => {
  const releases = ['24A', '24B', '24C', '24D', '25A'].map((name) => `RVU${name}`)
  const days = ['2024-01-01', '2024-04-01', '2024-07-01', '2024-10-01', '2025-01-01']
  const history = (amounts: readonly (string | null)[]) =>
    amounts.map((amount, index) => point(releases[index] ?? '', days[index] ?? '', amount))

  test('has a mark for each release, and a gap where a release lacks the code', () => {
    const markup = pastCodePage(
      { hcpcs: 'G0001', name: null },
      history(['10.00', '11.00', null, '13.00', '13.00']),
    ).main?.toString()
    expect(markup?.match(/<circle/g)).toHaveLength(4)
    // Two lines: until the gap, and after it.
    expect(markup?.match(/<path d="M[^M]+M[^M]+"/g)).toHaveLength(1)
    expect(markup).toContain('Not in the schedule')
    expect(markup).not.toMatch(/NaN|Infinity|style=/)
  })

  test.for(['0.01', '3.00', '12345.67'])('is left out for one release of %s', (amount) => {
    expect(codeMarkup({ history: history([amount]) })).not.toMatch(/NaN|Infinity|<figure/)
  })

  test('draws amounts that never change', () => {
    expect(codeMarkup({ history: history(['5.00', '5.00']) })).not.toMatch(/NaN|Infinity/)
  })
})

test('money and changes are exact', () => {
  expect(['1234.5', '0.01', '33.4009', '1234567.89'].map(money)).toEqual([
    '$1,234.50',
    '$0.01',
    '$33.4009',
    '$1,234,567.89',
  ])
  expect(changeOf('0.10', '0.30')).toEqual({ direction: 'up', amount: '$0.20', percent: '200.0%' })
  expect(changeOf('1.00', '1.00').direction).toBe('same')
  expect(changeOf('0.00', '1.00').percent).toBeNull()
})

test('addresses are absolute on the server and relative in files', () => {
  expect(served.page('diff', 'RVU25A#1', 'RVU25D')).toBe('/diff/RVU25A%231/RVU25D')
  expect(exported(2, new Set()).page('codes', 'A4306')).toBe('../../codes/A4306/index.html')
  expect(exported(0, new Set()).page()).toBe('index.html')
})

test('a difference without codes is one page', () => {
  expect(pagesOf([])).toBe(1)
})
