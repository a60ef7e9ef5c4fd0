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
    ['E0601', 'RR', '35004', 'DMEPOS', 'supplier', '55.11', 'item', 'DME25A'],
    ['e0601', 'rr, kx', '35004', 'DMEPOS', 'supplier', '55.11', 'item', 'DME25A'],
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
      /not loaded for this day: ASC rates, DMEPOS, laboratory fees, payment limits of drugs$/,
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
