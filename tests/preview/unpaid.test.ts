/** The page of a code without an amount in the physician fee schedule: why, who pays, and what. */
import { describe, expect, test } from 'vitest'
import type { SchedulePrice } from '../../src/queries/code-page.ts'
import { codePage, point, unpaidPage } from './rows.ts'
import { codeMarkup, textOf } from './text.ts'

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
      ...{ unit: 'month of rental', basis: 'From the lowest to the highest fee', known_to: null },
      ...{ valid_from: '2025-01-01', valid_to: '2025-03-31', release: 'DME25A', ...more },
    })
    const latest = price('1034.50', { valid_to: null, known_to: '2025-02-28' })
    const before = price('1000.00', { valid_from: '2024-10-01', valid_to: '2024-12-31' })
    const schedule_prices = [
      { ...latest, meaning: 'rented', vouched_to: '2025-02-28', history: [latest, before] },
    ]
    const markup = codeMarkup({ page: { ...unpaidPage(), schedule_prices } })
    // A tag does not break over lines; what the modifier means may be long.
    expect(markup).toContain('modifier RR</span> <small>rented</small>')
    const unpaid = textOf(markup)
    expect(unpaid).toContain(
      'What Medicare pays Equipment and supplies (DMEPOS) modifier RR rented $1,034.50 to $1,234.50 for a month of rental, since January 1, 2025 ▲ up $34.50 (3.5%) since Oct 2024, the price before From the lowest to the highest fee.',
    )
    expect(unpaid).toContain(
      'Equipment and supplies (DMEPOS): no loaded release has an amount after February 28, 2025.',
    )
    const notices = ['The values are those of RVU25D, the latest release that is loaded.']
    const both = textOf(codeMarkup({ page: unpaidPage({ schedule_prices, notices }) }))
    expect(both.split('Not the latest.')).toHaveLength(2)
    expect(both).toContain(
      'after February 28, 2025. Physician fee schedule: the values are those of RVU25D,',
    )
    const asc = {
      ...latest,
      schedule: 'ASC',
      meaning: null,
      vouched_to: '2025-03-31',
      history: [latest],
    }
    expect(
      textOf(codeMarkup({ page: { ...unpaidPage(), schedule_prices: [...schedule_prices, asc] } })),
    ).toContain(
      'Equipment and supplies (DMEPOS): no loaded release has an amount after February 28, 2025. Surgery center: no loaded release has an amount after March 31, 2025.',
    )
    expect(unpaid).toContain('October 1, 2024 DME25A $1,000.00 to $1,234.50 first at hand')
    const paid = textOf(codeMarkup({ page: codePage({ schedule_prices }) }))
    expect(paid).toContain(
      'What other schedules pay Schedule Pays What for When How Equipment and supplies (DMEPOS) modifier RR rented $1,034.50 to $1,234.50 for a month of rental since January 1, 2025 From the lowest to the highest fee.',
    )
  })

  test('shows what suppliers are paid at a ZIP code, or why nothing is known of it', () => {
    const price: SchedulePrice = {
      ...{ schedule: 'DMEPOS', setting: 'supplier', modifier: 'RR', lowest: '44.16' },
      ...{ highest: '98.07', unit: 'month of rental', basis: 'fees', valid_from: '2025-01-01' },
      ...{ valid_to: null, known_to: '2025-03-31', release: 'DME25A' },
    }
    const page = {
      ...unpaidPage(),
      schedule_prices: [{ ...price, meaning: null, vouched_to: '2025-03-31', history: [price] }],
    }
    const payment = {
      modifier: 'RR',
      meaning: 'rented',
      unit: 'month of rental',
      state: 'AK',
      is_rural: true,
      former_bidding_area: null,
    }
    const text = (amount: string | null) =>
      textOf(
        codeMarkup({
          page,
          asked: {
            ...{ zip: '99501', chosen: '', remark: null, state: '' },
            supplies: [{ ...payment, amount, basis: 'rural fee' }],
          },
        }),
      )
    expect(text('98.07')).toContain(
      'ZIP code 99501: AK, rural Modifier RR: rented $98.07 for a month of rental rural fee',
    )
    expect(text('98.07')).toContain('As of March 31, 2025')
    expect(text(null)).toContain('No amount at ZIP code 99501: rural fee.')
    expect(textOf(codeMarkup({ page }))).not.toContain('ZIP code')
  })

  test('draws the past of a price that is one for the nation, and says when it ended', () => {
    const price = (lowest: string, more: Partial<SchedulePrice>): SchedulePrice => ({
      ...{ schedule: 'drugs', setting: 'drug', modifier: '', lowest, highest: lowest },
      ...{ unit: '15 MG', basis: 'payment limit', known_to: null, valid_to: null },
      ...{ valid_from: '2025-04-01', release: 'ASP25Q2', ...more },
    })
    const latest = price('0.501', { valid_to: '2025-06-30' })
    const before = price('0.751', { valid_from: '2025-01-01', valid_to: '2025-03-31' })
    const schedule_prices = [
      { ...latest, meaning: null, vouched_to: '2025-06-30', history: [latest, before] },
    ]
    const markup = codeMarkup({ page: { ...unpaidPage(), schedule_prices } })
    expect(textOf(markup)).toContain('$0.501 for 15 MG, from April 1, 2025 to June 30, 2025')
    expect(markup).toMatch(/<figure><svg/)
    expect(markup).not.toMatch(/NaN|Infinity/)
    expect(markup).toContain('class="figure lesser"')
    expect(textOf(markup)).not.toContain('the price before')
    // Nothing is known of the two quarters between: the line breaks, and the row says how long its amount held.
    const later = price('0.333', {
      valid_from: '2026-01-01',
      valid_to: '2026-03-31',
      release: 'ASP26Q1',
    })
    const gap = [
      { ...later, meaning: null, vouched_to: '2026-03-31', history: [later, latest, before] },
    ]
    const broken = codeMarkup({ page: { ...unpaidPage(), schedule_prices: gap } })
    expect(textOf(broken)).toContain('April 1, 2025 to June 30, 2025 ASP25Q2 $0.501')
    expect(textOf(broken)).toContain('January 1, 2025 ASP25Q2 $0.751 first at hand')
    expect(broken.match(/<path d="[^"]*/)?.[0].match(/M/g)).toHaveLength(2)
    // While its quarter lasts, the amount is that of today, although the day on which it ends is known.
    const today = [{ ...latest, meaning: null, vouched_to: null, history: [latest, before] }]
    const current = codeMarkup({ page: { ...unpaidPage(), schedule_prices: today } })
    expect(current).not.toContain('class="figure lesser"')
    expect(textOf(current)).toContain('down $0.250 (33.3%) since Jan 2025, the price before')
    expect(textOf(current)).not.toContain('Payment limits of drugs: no loaded release')
    const older = {
      ...latest,
      schedule: 'ASC',
      valid_to: null,
      meaning: null,
      vouched_to: '2025-03-31',
      history: [latest],
    }
    const both = codeMarkup({ page: { ...unpaidPage(), schedule_prices: [...today, older] } })
    expect(both.match(/class="figure lesser"><h3>[^<]*/g)).toEqual([
      'class="figure lesser"><h3>Surgery center',
    ])
  })

  test('shows base units, the conversion factor and an example of anesthesia', () => {
    const text = textOf(
      codeMarkup({
        page: unpaidPage(),
        anesthesia: {
          hcpcs: '00142',
          base_units: '4',
          timed: true,
          document: 'List of 2022',
          conversion_factor: '20.3178',
          qualifying_apm_conversion_factor: '20.4',
          lowest_conversion_factor: '19.12',
          highest_conversion_factor: '27.86',
          hour_amount: '162.54',
          effective_from: '2025-10-01',
        },
      }),
    )
    expect(text).toContain('Base units 4 plus one for every 15 minutes')
    expect(text).toContain('One hour $162.54 (4 + 4 units) × $20.3178')
    expect(text).toContain('$19.12 to $27.86 by locality')
  })

  test('says why no other schedule sets an amount', () => {
    const page = { ...unpaidPage(), unpriced_because: 'not listed in ASC rates' }
    expect(textOf(codeMarkup({ page }))).toContain(
      'No other schedule sets an amount: not listed in ASC rates.',
    )
    const paid = codePage({ unpriced_because: 'not listed in ASC rates' })
    expect(textOf(codeMarkup({ page: paid }))).not.toContain('No other schedule')
  })

  const NO_AMOUNT = { non_facility_amount: null, facility_amount: null }
})
