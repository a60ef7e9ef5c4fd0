/** What a page says: what its code is, what it pays, and what it was. */
import { describe, expect, test } from 'vitest'
import { codePageOf, pastCodePage } from '../../src/preview/code/page.ts'
import { documentOf } from '../../src/preview/document.ts'
import { changeOf, money } from '../../src/preview/format.ts'
import { pagesOf } from '../../src/preview/pages/changes.ts'
import { exported, served } from '../../src/preview/site.ts'
import type { Benchmark } from '../../src/queries/benchmark.ts'
import { codeData, codePage, component, place, point } from './rows.ts'
import { codeMarkup, textOf } from './text.ts'

describe('a code that Medicare pays by RVUs', () => {
  const history = [
    point('RVU24D', '2024-10-01', '50.00'),
    point('RVU25A', '2025-01-01', '60.00'),
    point('RVU25D', '2025-10-01', '56.61', { facility_amount: '27.49' }),
  ]

  test('says on its first screen what both settings pay, since when, and what that was', () => {
    const text = textOf(codeMarkup({ history }))
    expect(text).toContain(
      'Outside a facility $56.61 office, home ▼ down $3.39 (5.7%) since the release before (Jan 2025)',
    )
    expect(text).toContain('▲ up $6.61 (13.2%) since a year before (Oct 2024)')
    expect(text).toContain('In a facility $27.49')
    expect(text).toContain('Work RVUs 0.50')
    expect(text).toContain('Conversion factor $32.3465 for one RVU')
    expect(text).toContain('In force since October 1, 2025 (RVU25D).')
    expect(text).toContain('the patient’s share is part of them')
    expect(text).not.toMatch(/alternative payment model|qualifying APM/)
  })

  test('names the amounts of qualifying clinicians where they differ', () => {
    const whole = component({
      qualifying_apm_conversion_factor: '33.5675',
      qualifying_apm_non_facility_amount: '58.74',
      qualifying_apm_facility_amount: '28.53',
    })
    const { rvu_information } = codePage()
    const page = codePage({ rvu_information: { ...rvu_information, components: [whole] } })
    const text = textOf(codeMarkup({ page }))
    for (const amount of ['$58.74', '$28.53', '$33.5675'])
      expect(text).toContain(`${amount} qualifying APM`)
  })

  test('says where the patient owes nothing', () => {
    expect(textOf(codeMarkup({ waived: true }))).toContain('The patient owes no coinsurance.')
  })

  const places = [place('AL', '50.00', '25.00'), place('AK', '70.00', '40.00')]

  test('shows the payment of a chosen locality, the range of all, and a map of them', () => {
    const asked = { zip: '', chosen: '10112-AK', remark: null, supplies: [], state: '' }
    const markup = codeMarkup({ local: places, asked })
    const text = textOf(markup)
    expect(text).toContain(
      'AK: Name of Ak Outside a facility $70.00 23.7% above the national amount',
    )
    expect(text).toContain('limiting charge $70.00')
    expect(text).toContain(
      'From $50.00 in AL: Name of Al to $70.00 in AK: Name of Ak, outside a facility.',
    )
    expect(markup).toContain('<path class="level-4"')
    expect(markup).toMatch(/class="chosen">AK/)
    const nowhere = codeMarkup({ local: places, asked: { ...asked, chosen: '' } })
    expect(textOf(nowhere)).not.toContain('limiting charge')
  })

  test('lists the amounts of all localities where no server answers', () => {
    const site = exported(2, new Set())
    const markup = documentOf(site, codePageOf(site, codeData({ local: places }))).toString()
    expect(markup).toContain('<option>AL: Name of Al · $50.00 · $25.00</option>')
    expect(markup).toContain('near.js')
    expect(markup).not.toContain('name="zip"')
  })

  const use = (year: number, state: string, services: number, charge: string): Benchmark => ({
    hcpcs: 'G0001',
    year,
    state_code: state,
    state: { '': 'National', '01': 'Alabama', '06': 'California' }[state] ?? '',
    setting: 'non_facility',
    providers: 180,
    patients: 4000,
    services,
    average_submitted_charge: charge,
    average_allowed_amount: '39.43',
    average_payment: '31.54',
  })
  const used = [
    use(2023, '', 5000, '78.86'),
    use(2023, '01', 351, '100.00'),
    use(2023, '06', 623, '70.00'),
    use(2022, '', 2500, '78.86'),
  ]

  test('shows how often it is done and what is charged, of the latest year', () => {
    const markup = codeMarkup({ use: used })
    const text = textOf(markup)
    expect(text).toContain('In 2023 Original Medicare paid for 5,000 services')
    expect(text).toContain('2022 2,500')
    expect(text).toContain('Charged $78.86 Allowed $39.43 Paid by Medicare $31.54')
    expect(text).toContain('Charges were 2.0 times what Medicare allowed.')
    expect(markup).not.toContain('of-state')
  })

  test('shows both in the state that was asked for, below the nation and on the same scale', () => {
    const asked = { zip: '36104', chosen: '', remark: null, supplies: [], state: '01' }
    const markup = codeMarkup({ use: used, asked })
    const text = textOf(markup)
    expect(text).toContain('Outside a facility 5,000 4,000 180 Alabama 351 4,000 180')
    expect(text).toContain('Charged $78.86 Alabama $100.00 Allowed')
    expect(markup).toContain('<option value="01" selected>Alabama</option>')
    expect(markup).toContain('<input type="hidden" name="zip" value="36104">')
    // The highest charge of all states fills the bar, whichever is chosen.
    expect(markup).toMatch(/class="expense" width="78\.9%"[\s\S]*class="expense" width="100\.0%"/)
  })

  test('lists the numbers of all states where no server answers', () => {
    const site = exported(2, new Set())
    const markup = documentOf(site, codePageOf(site, codeData({ use: used }))).toString()
    expect(markup).toContain(
      '<option>California · 623 · 4,000 · 180 · $70.00 · $39.43 · $31.54</option>',
    )
    expect(markup.match(/<tr class="of-state"[^>]* hidden>/g)).toHaveLength(4)
    expect(markup).not.toContain('name="state"')
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
    expect(text).toMatch(/October 1, 2024 RVU24D \$50\.00 The first release at hand/)
    const late = { ...changed, gap: 'RVU25C is not loaded' }
    const gapped = textOf(codeMarkup({ history: [...history.slice(0, 2), late] }))
    expect(gapped).toContain('→ $33.4009 RVU25C is not loaded.')
    expect(gapped).toContain('since the release loaded before it (Jan 2025)')
  })
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
  expect(changeOf('1.00', '13.34').percent).toBe('1,234.0%')
  // Drugs have three decimals: 0.501 to 0.333 is not 0.50 to 0.33.
  expect(changeOf('0.501', '0.333')).toEqual({
    direction: 'down',
    amount: '$0.168',
    percent: '33.5%',
  })
  expect(changeOf('0.333', '0.334').direction).toBe('up')
})

test('addresses are absolute on the server and relative in files', () => {
  expect(served.page('diff', 'RVU25A#1', 'RVU25D')).toBe('/diff/RVU25A%231/RVU25D')
  expect(exported(2, new Set()).page('codes', 'A4306')).toBe('../../codes/A4306/index.html')
  expect(exported(0, new Set()).page()).toBe('index.html')
})

test('a difference without codes is one page', () => {
  expect(pagesOf([])).toBe(1)
})
