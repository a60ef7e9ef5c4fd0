import { beforeAll, describe, expect, test } from 'vitest'
import type { PaymentRow } from '../../src/fee-schedule-database.ts'
import { rowsAfter } from '../helpers/changed.ts'
import { useDatabase } from '../helpers/database.ts'
import { exactFee, exactShare } from '../helpers/exact.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const payments = (query: string) => database.rows<PaymentRow<string>>(`select * from ${query}`)

const changed = <T>(change: string, query: string) => rowsAfter<T>(database, change, query)

beforeAll(() => loadSamples(database, 'RVU25A', 'RVU26B'))

describe('api.payment', () => {
  test('names modifiers that it does not price, and those that nobody knows', async () => {
    const bases = await database.rows<{ basis: string }>(
      `select p.basis from unnest('{25,LT 52,FX,zz 25,26 ZZ}'::text[]) with ordinality m (modifier, place)
         cross join lateral api.payment('G0130', m.modifier, '10112', '00', '2025-02-03') p order by place`,
    )
    expect(bases.map(({ basis }) => basis)).toEqual([
      'fee schedule',
      'fee schedule (before modifier 52)',
      'fee schedule (before modifier FX)',
      'fee schedule (unknown modifier ZZ)',
      'fee schedule (unknown modifier ZZ)',
    ])
  })

  test('shows an amount, and every number that it comes from', async () => {
    const [row] = await payments(`api.payment('G0402', '', '10112', '00', '2025-02-03')`)
    // (2.60 + 2.21 x 0.869 + 0.16 x 0.575) x 32.3465 = 149.197907785
    expect(row).toEqual({
      hcpcs: 'G0402',
      modifier: '',
      mac: '10112',
      locality: '00',
      on_date: '2025-02-03',
      qualifying_apm: false,
      status_indicator: 'A',
      basis: 'fee schedule',
      work_rvu: '2.60',
      adjusted_work_rvu: '2.60',
      non_facility_pe_rvu: '2.21',
      facility_pe_rvu: '1.13',
      mp_rvu: '0.16',
      non_facility_na_indicator: null,
      facility_na_indicator: null,
      work_gpci: '1.000',
      pe_gpci: '0.869',
      mp_gpci: '0.575',
      conversion_factor: '32.3465',
      adjustment: '1',
      non_facility_fee: '149.20',
      facility_fee: '118.84',
      non_facility_pe_opps: null,
      facility_pe_opps: null,
      mp_opps: null,
      non_facility_opps_amount: null,
      facility_opps_amount: null,
      non_facility_capped: false,
      facility_capped: false,
      non_facility_amount: '149.20',
      facility_amount: '118.84',
      non_facility_non_participating_amount: '141.74',
      facility_non_participating_amount: '112.90',
      non_facility_limiting_charge: '163.00',
      facility_limiting_charge: '129.84',
    })
  })

  test('takes a missing modifier for none, and knows nothing of a code that the schedule lacks', async () => {
    expect(await payments(`api.payment('G0402', null, '10112', '00', '2025-02-03')`)).toHaveLength(
      1,
    )
    const basisOf = async (input: string) => {
      const [row] = await payments(`api.payment(${input})`)
      expect(row).toMatchObject({ work_rvu: null, non_facility_amount: null })
      return row?.basis
    }
    expect(await basisOf(`'G0402', 'TC', '10112', '00', '2025-02-03'`)).toBe(
      'the schedule of this day has G0402 without modifier TC',
    )
    expect(await basisOf(`'G0001', '', '10112', '00', '2025-02-03'`)).toBe(
      'not in the schedule of this day',
    )
    expect(await basisOf(`'G0402', '', '10112', '00', '2024-12-31'`)).toBe(
      'no loaded release governs this day',
    )
  })

  test('rounds once, half up', async () => {
    const rows = await database.rows(`
      select api.fee(2.675, 0, 0, 1, 1, 1, 1)::text as half,
             api.fee(0, 1.005, 0, 1, 1, 1, 1)::text as half_of_odd,
             api.fee(0.50, 0.50, 0.50, 0.111, 0.111, 0.111, 30.0)::text as once`)
    expect(rows).toEqual([{ half: '2.68', half_of_odd: '1.01', once: '5.00' }])
  })

  test('is one query for the planner: a condition on the code reaches the index', async () => {
    const plan = await database.rows(
      `explain select * from api.payment('G0402', '', '10112', '00', '2025-02-03')`,
    )
    expect(JSON.stringify(plan)).not.toContain('Function Scan')
    expect(JSON.stringify(plan)).toContain('Index Cond: ((hcpcs = ')
  })

  test('gives national amounts as MAC 00000, locality 00', async () => {
    const [row] = await payments(`api.payment('G0402', '', '00000', '00', '2025-02-03')`)
    expect(row).toMatchObject({
      work_gpci: '1.000',
      pe_gpci: '1.000',
      mp_gpci: '1.000',
      non_facility_amount: '160.76',
    })
  })
})

describe('api.fee_schedule', () => {
  test.each([
    ['2025-02-03', '10112', '00'],
    ['2025-02-03', '02102', '01'],
    ['2025-02-03', '01112', '05'],
    ['2026-04-01', '10112', '00'],
    ['2026-04-01', '04412', '99'],
  ])('equals exact arithmetic on every row, on %s in %s/%s', async (day, mac, locality) => {
    const rows = await payments(`api.fee_schedule('${mac}', '${locality}', '${day}')`)
    const priced = rows.filter((row) => row.non_facility_fee !== null)
    expect(priced.length).toBeGreaterThan(200)
    for (const row of priced) {
      const { work_gpci, pe_gpci, mp_gpci, conversion_factor } = row
      const { work_rvu, non_facility_pe_rvu, facility_pe_rvu, mp_rvu } = row
      if (!work_gpci || !pe_gpci || !mp_gpci || !conversion_factor) throw new Error(row.hcpcs)
      if (!work_rvu || !non_facility_pe_rvu || !facility_pe_rvu || !mp_rvu)
        throw new Error(row.hcpcs)
      const factors = { work_gpci, pe_gpci, mp_gpci, conversion_factor }
      const fee = (pe: string) => exactFee(work_rvu, pe, mp_rvu, factors)
      expect([row.hcpcs, row.non_facility_fee, row.facility_fee]).toEqual([
        row.hcpcs,
        fee(non_facility_pe_rvu),
        fee(facility_pe_rvu),
      ])
      const amount = row.facility_amount ?? ''
      const nonparticipating = exactShare(amount, '0.95')
      expect(row.facility_non_participating_amount).toBe(nonparticipating)
      // 42 CFR 414.48(b): 115 percent of the amount for those who do not participate, which is one of whole cents.
      expect(row.facility_limiting_charge).toBe(exactShare(nonparticipating, '1.15'))
    }
  })

  test('has a row for every code of the day, and null exactly where the basis says why', async () => {
    const rows = await database.rows(`
      select status_indicator, work_rvu + facility_pe_rvu + mp_rvu > 0 as has_rvus, basis,
             count(facility_amount) > 0 as has_amount,
             count(facility_amount) in (0, count(*)) as alike
        from api.fee_schedule('10112', '00', '2025-02-03')
       group by 1, 2, 3
       order by 1, 2`)
    const row = (
      status_indicator: string,
      has_rvus: boolean,
      has_amount: boolean,
      basis: string,
    ) => ({
      status_indicator,
      has_rvus,
      basis,
      has_amount,
      alike: true,
    })
    expect(rows).toEqual([
      row('A', true, true, 'fee schedule'),
      row('B', false, false, 'bundled'),
      row('C', false, false, 'contractor-priced'),
      row('E', false, false, 'excluded by regulation'),
      row('I', false, false, 'not valid for Medicare'),
      row('M', false, false, 'measurement only'),
      row('N', false, false, 'not covered'),
      row('N', true, false, 'not covered'),
      row('P', false, false, 'bundled or excluded'),
      row('R', false, false, 'contractor-priced'),
      row('R', true, true, 'fee schedule, where covered'),
      row('T', true, true, 'fee schedule, if nothing else is payable that day'),
      row('X', false, false, 'not a physician service'),
      row('X', true, false, 'not a physician service'),
    ])
  })

  test('knows no amount in a locality that the day does not have', async () => {
    const rows = await database.rows(`
      select basis, count(*) filter (where non_facility_fee is not null or facility_limiting_charge is not null) as priced
        from api.fee_schedule('99999', '00', '2025-02-03')
       where status_indicator = 'A'
       group by 1`)
    expect(rows).toEqual([{ basis: 'no such locality on this day', priced: 0 }])
  })

  test('never takes the ordinary conversion factor for a qualifying APM participant', async () => {
    const one = (day: string, qualifying: boolean) =>
      payments(`api.payment('G0402', '', '10112', '00', '${day}', ${qualifying})`)
    expect(await one('2025-02-03', true)).toMatchObject([{ non_facility_amount: '149.20' }])
    expect(await one('2026-04-01', false)).toMatchObject([{ conversion_factor: '33.4009' }])
    expect(await one('2026-04-01', true)).toMatchObject([
      {
        basis: 'no conversion factor on this day',
        conversion_factor: null,
        non_facility_fee: null,
        non_facility_amount: null,
        non_facility_limiting_charge: null,
      },
    ])
  })
})

describe('the OPPS cap', () => {
  const query = `
    select modifier, non_facility_fee, non_facility_opps_amount, non_facility_capped,
           non_facility_amount, non_facility_limiting_charge
      from api.fee_schedule('10112', '00', '2025-02-03')
     where hcpcs = 'G0130'
     order by modifier`

  test('does not bite where it is above the fee, and does not apply to the professional part', async () => {
    expect(await database.rows(query)).toMatchObject([
      { modifier: '', non_facility_capped: false, non_facility_opps_amount: '102.21' },
      { modifier: '26', non_facility_capped: false, non_facility_opps_amount: null },
      { modifier: 'TC', non_facility_capped: false, non_facility_opps_amount: '92.10' },
    ])
  })

  test('is payable where it is below the fee, and is what the other amounts follow', async () => {
    const rows = await changed(
      `update pfs.rvu set non_facility_pe_opps = 0.30, mp_opps = 0.01 where (hcpcs, modifier) = ('G0130', 'TC')`,
      query,
    )
    // (0.30 x 0.869 + 0.01 x 0.575) x 32.3465 = 8.61872...
    expect(rows.at(-1)).toEqual({
      modifier: 'TC',
      non_facility_fee: '22.67',
      non_facility_opps_amount: '8.62',
      non_facility_capped: true,
      non_facility_amount: '8.62',
      non_facility_limiting_charge: '9.42',
    })
  })
})

test('a reader of schema api alone can call every function', async () => {
  const rows = await changed(
    `create role reader_of_payment_test;
     grant usage on schema api to reader_of_payment_test;
     grant select on all tables in schema api to reader_of_payment_test;
     set local role reader_of_payment_test`,
    `select (select count(*) from api.fee_schedule('10112', '00', '2025-02-03')) as fee_schedule,
            (select count(*) from api.payment_by_zip('G0402', '', '36104', '2025-02-03')) as by_zip,
            (select count(*) from api.wrvu('G0402', '', '2025-02-03')) as wrvu,
            (select count(*) from api.anesthesia_payment(5, 60, '10112', '00', '2025-02-03')) as anesthesia,
            (select count(*) from api.payment_change('G0402', '', '10112', '00', '2025-02-03', '2026-04-01')) as change`,
  )
  expect(rows).toEqual([{ fee_schedule: 1594, by_zip: 1, wrvu: 1, anesthesia: 1, change: 2 }])
})
