import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { dmepos } from '../../pipelines/dmepos.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'

describe('DMEPOS', () => {
  const database = useDatabase()
  beforeAll(() => ingest({ release: 'DME25A', from: join(FIXTURES, 'dme25a.zip') }, database))

  const fees = (hcpcs: string, state: string) =>
    database.rows(
      `select modifier, modifier_2, non_rural_fee, rural_fee, ceiling, category
         from api.dmepos_on('2025-02-01') where hcpcs = '${hcpcs}' and state = '${state}' order by 1, 2`,
    )

  test('a record is a row in each state, and 0.00 is no fee', async () => {
    expect(
      await database.rows(
        `select count(*) as rows, count(distinct state) as states, count(distinct (hcpcs, modifier, modifier_2)) as records
           from api.dmepos_on('2025-02-01')`,
      ),
    ).toEqual([{ rows: 44 * 53, states: 53, records: 44 }])
    const other = { modifier_2: '', ceiling: null }
    expect(await fees('E0601', 'AL')).toEqual([
      { ...other, modifier: 'RR', category: 'CR', non_rural_fee: '50.58', rural_fee: '94.93' },
    ])
    expect(await fees('A4351', 'AL')).toMatchObject([
      { non_rural_fee: '2.53', rural_fee: null, ceiling: '2.53' },
    ])
    expect(await fees('E0981', 'AL')).toMatchObject([
      { modifier: 'NU', modifier_2: '', non_rural_fee: '48.26', rural_fee: '48.26' },
      { modifier: 'NU', modifier_2: 'KE', non_rural_fee: null, rural_fee: '51.90' },
      { modifier: 'NU', modifier_2: 'KU', non_rural_fee: '48.25', rural_fee: null },
      ...['', 'KE', 'KU'].map((modifier_2) => ({ modifier: 'RR', modifier_2 })),
      ...['', 'KE', 'KU'].map((modifier_2) => ({ modifier: 'UE', modifier_2 })),
    ])
  })

  const price = (hcpcs: string, modifier: string | null, zip: string | null, day = '2025-02-01') =>
    database.rows(
      `select modifier, state, is_rural, former_bidding_area, amount, basis
         from api.dmepos_payment('${hcpcs}', ${modifier === null ? 'null' : `'${modifier}'`}, ${zip === null ? 'null' : `'${zip}'`}, '${day}')`,
    )
  /** ZIP codes of the sample. */
  const [rural, bidding] = ['01223', '35004']

  describe('api.dmepos_payment', () => {
    test.each([
      ['E0601', 'RR', bidding, '55.11', /^fee of the former competitive bidding area Birmingham/],
      ['E0601', 'RR', rural, '86.04', /^rural fee of MA/],
      ['A4351', '', rural, '2.53', /^fee of MA, which has no rural fee/],
      ['A4351', '', bidding, '2.53', /^fee of AL: .* has none for it$/],
      ['A4253', 'NU KL', null, '10.39', /^fee by mail order/],
      ['A4253', 'nu,kl', bidding, '10.39', /^fee by mail order/],
      ['E0776', 'NU', bidding, '170.02', /^fee of AL/],
      ['E0776', 'NU BA KG', bidding, '64.96', /^fee of the former/],
      ['E0776', 'KG NU BA', bidding, '64.96', /^fee of the former/],
      ['E0981', 'NU KE', rural, '57.81', /^rural fee of MA/],
      ['E0601', 'RR KH KX', bidding, '55.11', /; no fee of its own here for KH, KX$/],
      ['B4034', '', rural, '6.03', /^rural fee of MA/],
      // 42 CFR 414.229(b) and 414.226(e); Noridian, "Oxygen Q modifiers".
      ['E0601', 'RR KJ', bidding, '41.33', /; KJ: from the fourth month of rental on, 75 percent/],
      ['E0424', 'RR QE', rural, '86.66', /; QE: below 1 liter per minute, half/],
      ['E0424', 'RR QA', rural, '86.66', /; QA: /],
      ['E0424', 'RR QG', rural, '259.98', /; QG: above 4 liters per minute/],
      ['E0424', 'RR QR', rural, '259.98', /; QR: /],
      ['E0424', 'RR QF', rural, '173.32', /^rural fee of MA/],
    ])('%s with %s at %s is %s', async (hcpcs, modifier, zip, amount, basis) => {
      const [only, ...others] = await price(hcpcs, modifier, zip)
      expect(only).toMatchObject({ amount, basis: expect.stringMatching(basis) })
      expect(others).toEqual([])
    })

    test.each([
      // A flow is below one liter or above four.
      ['E0424', 'RR QE QG', rural, /^the fee of 173.32 dollars does not apply as it is: QE: below/],
      ['E0601', '', bidding, /^no fee without a modifier; its fees here are for RR$/],
      ['E0601', 'NU', bidding, /^no fee with NU; its fees here are for RR$/],
      ['A4306', '', bidding, /^the DMEPOS fee schedule does not list it in AL/],
      ['V2786', '', bidding, /^listed without a fee/],
      ['A4351', '', '99501', /^it is not known in which state ZIP code 99501 lies/],
      ['A4351', '', 'here', /^'here' is not a ZIP code$/],
      ['A4351', '', null, /^no ZIP code$/],
    ])('%s with %s at %s has no amount', async (hcpcs, modifier, zip, basis) => {
      expect(await price(hcpcs, modifier, zip)).toMatchObject([
        { amount: null, basis: expect.stringMatching(basis) },
      ])
    })

    test('power wheelchairs are rented for 15 percent of their price, and for 6 from the fourth month', async () => {
      expect(
        await database.rows(
          `select code, share from unnest('{E1161,K0823,K0864,K0900}'::text[]) code
             join api.dmepos_modifier_rule r on r.modifier = 'KJ' and code between first_hcpcs and last_hcpcs order by 1`,
        ),
      ).toEqual([
        { code: 'E1161', share: '0.75' },
        { code: 'K0823', share: '0.40' },
        { code: 'K0864', share: '0.40' },
        { code: 'K0900', share: '0.75' },
      ])
    })

    test('a day of another release has none', async () => {
      const basis = (release: string) => `${release}, which governs this day, is not loaded`
      expect(await price('A4351', '', bidding, '2025-05-01')).toMatchObject([
        { amount: null, basis: basis('DME25B') },
      ])
      // The catalog ends before.
      expect(await price('A4351', '', bidding, '2031-05-01')).toMatchObject([
        { amount: null, basis: basis('DME31B') },
      ])
    })

    test('a ZIP code stays in its state: a ZIP code file of another day says which', async () => {
      const release = 'ZIP5_OCT2025'
      await ingest({ release, from: join(FIXTURES, 'zip5_oct2025.zip') }, database)
      const [{ zip } = { zip: '' }] = await database.rows<{ zip: string }>(
        `select zip from api.zip5_on('2025-11-01') where state = 'AL'
         except select zip from api.dmepos_zip where place < 3 order by 1 limit 1`,
      )
      expect(await price('A4351', '', zip)).toMatchObject([
        {
          amount: '2.53',
          basis: 'fee of AL; its state is known from ZIP code files of other days',
        },
      ])
    })

    test('without modifiers asked for, each combination has its row', async () => {
      const rows = await price('E0776', null, bidding)
      expect(rows.map(({ modifier }) => modifier)).toEqual([
        ...['NU', 'NU BA', 'NU BA KG', 'RR', 'RR BA', 'RR BA KG', 'UE', 'UE BA', 'UE BA KG'],
      ])
    })
  })
})

test.each([
  ['dme25.zip', 'DME25A'],
  ['dme25-a-rezipped.zip', 'DME25A'],
  ['dme22c-posted-061722.zip', 'DME22C'],
  ['dme-21ar.zip', 'DME21A'],
  ['dme20-cares.zip', 'DME20A'],
  ['DMEPOS_JAN.csv', null],
])('%s is of %s', (name, release) => {
  expect(dmepos.namedAfter(name)).toBe(release)
})
