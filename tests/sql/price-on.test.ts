/** One question, one answer: what each schedule pays for a code (the sample releases of January 2025). */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src/db/session.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { plansOf } from '../helpers/plans.ts'

const database = useDatabase()
const SAMPLES = {
  RVU25A: 'rvu25a.zip',
  DME25A: 'dme25a.zip',
  CLFS25Q1: 'clfs25q1.zip',
  ASP25Q1: 'asp25q1.zip',
  ASC25Q1: 'asc25q1.zip',
  ZIP5_OCT2025: 'zip5_oct2025.zip',
}
beforeAll(async () => {
  for (const [release, name] of Object.entries(SAMPLES)) {
    await ingest({ release, from: join(FIXTURES, name), allowMissing: true }, database)
  }
  // Of January 2025 no ZIP code file is at hand: the sample is taken to have held since then.
  await database.rows(`
    update zip.zip5 set valid_during = '{[2025-01-01,)}';
    update ops.release set effective_from = '2025-01-01' where release = 'ZIP5_OCT2025';
    select ops.refresh_calendar()`)
})

const text = (value: string | null) => (value === null ? 'null' : `'${value}'`)
const pricesOf = (hcpcs: string | null, modifier: string | null, zip: string | null, day: string) =>
  database.rows<Record<string, string | null>>(
    `select schedule, setting, modifier, amount, unit, depends_on, basis, release
       from api.price_on(${text(hcpcs)}, ${text(modifier)}, ${text(zip)}, '${day}')
      order by schedule, setting desc, modifier`,
  )
const DAY = '2025-02-15'
const CENTREVILLE = '35042'

describe('api.price_on', () => {
  test.each([
    ['A4351', null, '35004', 'DMEPOS', 'supplier', '2.53', 'item', 'DME25A'],
    ['E0601', 'RR', '35004', 'DMEPOS', 'supplier', '55.11', 'month of rental', 'DME25A'],
    ['e0601', 'rr, kx', '35004', 'DMEPOS', 'supplier', '55.11', 'month of rental', 'DME25A'],
    ['G0103', null, CENTREVILLE, 'laboratory', 'laboratory', '19.31', 'test', 'CLFS25Q1'],
    ['J0897', null, CENTREVILLE, 'drugs', 'drug', '27.656', '1 MG', 'ASP25Q1'],
    ['C5271', null, CENTREVILLE, 'ASC', 'ASC', '328.29', 'service', 'ASC25Q1'],
  ])(
    '%s %s at %s: %s, %s',
    async (hcpcs, modifier, zip, schedule, setting, amount, unit, release) => {
      const prices = await pricesOf(hcpcs, modifier, zip, DAY)
      expect(prices.filter((price) => price.schedule === schedule)).toEqual([
        expect.objectContaining({ schedule, setting, amount, unit, release }),
      ])
    },
  )

  test('a practitioner has a fee in each setting, as api.payment_by_zip has it', async () => {
    const prices = await pricesOf('G0402', null, CENTREVILLE, DAY)
    const [payment] = await database.rows<Record<string, string>>(
      `select non_facility_amount, facility_amount from api.payment_by_zip('G0402', '', '${CENTREVILLE}', '${DAY}')`,
    )
    expect(prices.map(({ setting, amount }) => [setting, amount])).toEqual([
      ['non-facility', payment?.non_facility_amount],
      ['facility', payment?.facility_amount],
    ])
    expect(prices[0]).toMatchObject({ depends_on: 'locality 10112-00', release: 'RVU25A' })
  })

  test('of two schedules that list a code it says which one pays', async () => {
    const prices = await pricesOf('J1885', null, CENTREVILLE, DAY)
    expect(prices.find(({ schedule }) => schedule === 'drugs')).toMatchObject({
      amount: '0.751',
      basis: expect.stringMatching(
        /; the physician schedule lists the code with status E and sets no amount$/,
      ),
    })
    const drug = (await pricesOf('J0897', null, CENTREVILLE, DAY)).find(
      ({ schedule }) => schedule === 'drugs',
    )
    expect(drug?.basis).toMatch(/the patient pays 18.237 percent/)
  })

  test.each([
    ['A4306', CENTREVILLE, DAY, /^physician fee schedule: .*; no other schedule lists it$/],
    [
      'A4306',
      CENTREVILLE,
      '2025-05-15',
      /is not loaded; not loaded for this day, so that they cannot be ruled out: ASC rates, DMEPOS, laboratory fees, payment limits of drugs$/,
    ],
    ['nothing', CENTREVILLE, DAY, /'nothing' is not a HCPCS code; no other schedule lists it$/],
    [null, null, DAY, /no code; no other schedule lists it$/],
  ])(
    '%s at %s on %s has one row without an amount that says why',
    async (hcpcs, zip, day, basis) => {
      expect(await pricesOf(hcpcs, null, zip, day)).toEqual([
        expect.objectContaining({
          schedule: null,
          amount: null,
          basis: expect.stringMatching(basis),
        }),
      ])
    },
  )

  test.each([
    ['A4351', 'ZZ', /^unknown modifier ZZ: /],
    ['G0402', 'RH', /^unknown modifier RH: /],
    ['C5271', 'XYZ', /^'XYZ' has a modifier that is not two characters long$/],
    [
      'C5271',
      '80',
      /^ASC addendum AA.*; modifier 80: The fee of an assistant at surgery\.; physician/,
    ],
    ['G0103', '26', /a part of a service \(26, TC, 53\) is the physician schedule's alone/],
  ])('%s with modifier %s has no amount, and why', async (hcpcs, modifier, basis) => {
    expect(await pricesOf(hcpcs, modifier, CENTREVILLE, DAY)).toEqual([
      expect.objectContaining({
        schedule: null,
        amount: null,
        basis: expect.stringMatching(basis),
      }),
    ])
  })

  test('a schedule that lists the code and is not loaded for the day is not passed over', async () => {
    const [code] = await database.rows<{ hcpcs: string }>(
      `select min(a.hcpcs) as hcpcs from api.asc_on('${DAY}') a join api.rvu_on('${DAY}') r using (hcpcs)
        where r.status_indicator = 'A' and a.payment_rate is not null`,
    )
    const asc = async (day: string, modifier = '') =>
      (await pricesOf(code?.hcpcs ?? '', modifier, CENTREVILLE, day)).filter(
        ({ schedule }) => schedule === 'ASC',
      )
    expect(await asc(DAY)).toEqual([expect.objectContaining({ amount: expect.anything() })])
    await database.rows(
      `update ops.calendar set is_known = false, missing_release = 'ASC25Q1' where table_name like 'asc_%' and period @> date '${DAY}'`,
    )
    const basis = 'ASC25Q1, which governs this day, is not loaded; other releases list the code'
    expect(await asc(DAY)).toEqual([expect.objectContaining({ amount: null, basis })])
    expect(await asc(DAY, '80')).toEqual([])
    await database.rows('select ops.refresh_calendar()')
  })

  test('without a day there is no amount', async () => {
    expect(
      await database.rows(`select amount, basis from api.price_on('G0103', '', '35042', null)`),
    ).toEqual([{ amount: null, basis: 'no date of service' }])
  })

  test('an ambulance has the modifiers of its way', async () => {
    const [price] = await pricesOf('A0428', 'RH', CENTREVILLE, DAY)
    expect(price?.basis).not.toMatch(/unknown modifier/)
  })

  test('every modifier that a rule or a fee has is known', async () => {
    const unknown = await database.rows(`
      with rule as materialized (
        select modifier from api.modifier_rule union select modifier from api.asc_modifier_rule
         union select modifier from api.anesthesia_modifier_rule union select name from api.coinsurance_rule where kind = 'modifier'
         union select modifier from api.dmepos_modifier_rule union select modifier from api.dmepos_modifier
         union select modifiers from api.dmepos_fee
      )
      select modifier from rule where api.unknown_modifiers('', modifier) is not null`)
    expect(unknown).toEqual([])
  })

  test('a surgical center is paid half of a procedure that ended before anesthesia; of both sides nothing is priced', async () => {
    const ofCenter = async (modifier: string) =>
      (await pricesOf('C5271', modifier, CENTREVILLE, DAY)).filter(
        ({ schedule }) => schedule === 'ASC',
      )
    expect(await ofCenter('RT 73')).toEqual([
      expect.objectContaining({ modifier: '73', amount: '164.15', unit: 'service' }),
    ])
    expect(await ofCenter('50')).toEqual([
      expect.objectContaining({
        amount: null,
        unit: null,
        basis: expect.stringMatching(/modifier 50: A center reports both sides/),
      }),
    ])
    expect(await ofCenter('TC')).toEqual([expect.objectContaining({ amount: '328.29' })])
  })

  test('a surgical center is not paid for the device of a procedure that ended before anesthesia', async () => {
    const ofCenter = async (modifier: string) => {
      const prices = await pricesOf('C7531', modifier, CENTREVILLE, DAY)
      return prices.find(({ schedule }) => schedule === 'ASC')
    }
    // 6102.28, of which 2180.79 are the device's; modifier 52 halves the whole.
    expect(await ofCenter('73')).toMatchObject({ amount: '1960.75', unit: 'service' })
    expect(await ofCenter('52')).toMatchObject({ amount: '3051.14' })
    await database.rows(
      `update ops.calendar set is_known = false where table_name = 'asc_device_offset'`,
    )
    const unknown = await ofCenter('73')
    await database.rows('select ops.refresh_calendar()')
    expect(unknown).toMatchObject({
      amount: null,
      unit: null,
      basis: expect.stringMatching(/; the device offset of this day \(addendum FF\) is not loaded/),
    })
  })

  test("a surgical center's drug is for its billing unit, and has no wage index", async () => {
    const [drug] = await database.rows<{ hcpcs: string }>(
      `select min(hcpcs) as hcpcs from api.asc_on('${DAY}') where payment_indicator = 'K2'`,
    )
    for (const [hcpcs, unit, depends] of [
      [drug?.hcpcs ?? '', 'billing unit', 'nothing: national'],
      ['C5271', 'service', 'nothing: national, before a wage index'],
    ] as const) {
      const prices = await pricesOf(hcpcs, null, CENTREVILLE, DAY)
      expect(prices.find(({ schedule }) => schedule === 'ASC')).toMatchObject({
        unit,
        depends_on: depends,
      })
    }
  })

  test('reads the large tables by their index', async () => {
    // Of its own, since a session keeps the plan of its first call.
    const session = await openSession(database.url)
    await session.client.query('set enable_seqscan = off')
    const all = await plansOf(
      { ...database, session },
      `select * from api.price_on('E0601', 'RR', '${CENTREVILLE}', '${DAY}')`,
    )
    await session.close()
    for (const index of ['rvu_pkey', 'dmepos_pkey', 'dmepos_former_cba_pkey', 'zip5_pkey'])
      expect(all).toContain(index)
  })

  test('a fee that would be paid, at a place that is not known, is not left out', async () => {
    const prices = await pricesOf('G0402', null, '00000', DAY)
    expect(prices.map(({ amount, basis }) => [amount, basis])).toEqual(
      Array.from({ length: 2 }, () => [null, expect.stringContaining('no such ZIP code')]),
    )
  })
})

test('api.price_national: one amount, or between what it lies', async () => {
  const national = (hcpcs: string) =>
    database.rows(
      `select schedule, setting, modifier, amount, lowest, highest from api.price_national('${hcpcs}', '${DAY}')`,
    )
  const [payment] = await database.rows<Record<string, string>>(
    `select non_facility_amount as amount from api.payment('G0402', '', '00000', '00', '${DAY}')`,
  )
  expect((await national('G0402'))[0]).toEqual({
    schedule: 'physician',
    setting: 'non-facility',
    modifier: '',
    amount: payment?.amount,
    lowest: payment?.amount,
    highest: payment?.amount,
  })
  const [lab] = await national('G0103')
  expect(lab).toMatchObject({ schedule: 'laboratory', amount: '19.31' })
  const [rental] = await national('E0601')
  expect(rental).toMatchObject({
    schedule: 'DMEPOS',
    modifier: 'RR',
    amount: null,
    lowest: '44.16',
  })
  expect(await national('A4306')).toEqual([])
})
