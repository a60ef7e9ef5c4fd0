/** Claim lines that other schedules pay: laboratory, drugs, DMEPOS and surgical centers. */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { type ClaimLine, priceLines } from '../helpers/claims.ts'
import { useDatabase } from '../helpers/database.ts'
import { hasReal, REAL } from '../helpers/real.ts'

const database = useDatabase()
beforeAll(async () => {
  const files = [
    ['RVU25A', 'rvu25a.zip'],
    ['CLFS24Q4', 'clfs24q4.zip'],
    ['CLFS25Q1', 'clfs25q1.zip'],
    ['ASP25Q1', 'asp25q1.zip'],
    ['DME25A', 'dme25a.zip'],
    ['ASC25Q1', 'asc25q1.zip'],
  ]
  for (const [release = '', file = ''] of files)
    await ingest({ release, from: join(FIXTURES, file), allowMissing: true }, database)
})

const lines = (...given: ClaimLine[]) =>
  given.map((line, at) => ({
    ...{ claim_id: String(at), line: 1, service_date: '2025-02-03', zip: '35203' },
    ...{ mac: null, locality: null, ...line },
  }))
const price = async (...given: ClaimLine[]) => priceLines(database, lines(...given))

describe('a line', () => {
  test('of each schedule has the amount that api.price_on has, whatever its ZIP code', async () => {
    await database.rows(`create temporary table other_code as
      select row_number() over (order by hcpcs, modifiers, zip) as claim_id, 1 as line, hcpcs, modifiers, 1 as units, date '2025-02-03' as service_date,
             case when practitioner = 'ASC' then '24' else '12' end as place_of_service, zip, practitioner
        from (select hcpcs, modifier as modifiers, null as practitioner, '35203' as zip from clfs.clfs where hcpcs ~ '^[A-Z]'
               union select hcpcs, '', null, '35203' from asp.asp
               union select hcpcs, '', 'ASC', '35203' from asc_addenda.asc_procedure
               union select hcpcs, '', 'ASC', '35203' from asc_addenda.asc_ancillary
               union select hcpcs, concat_ws(' ', nullif(modifier, ''), nullif(modifier_2, ''), nullif(modifier_3, '')), null, zip
                 from api.dmepos_fee cross join (select min(zip) as zip from dmepos.dmepos_rural_zip union all select min(zip) from dmepos.dmepos_former_cba_zip) z) code`)
    const rows = await database.rows<{ schedule: string | null; count: string }>(`
      select p.schedule, count(*)
        from api.price_claims('other_code') p
        join other_code c on c.claim_id::text = p.claim_id
       where p.unit_amount is not distinct from (
         select s.amount from api.price_on(p.hcpcs, p.modifiers, c.zip, p.service_date) s
          where s.schedule = p.schedule and s.setting not in ('facility', 'non-facility') limit 1)
       group by 1`)
    const found = Object.fromEntries(
      rows.map(({ schedule, count }) => [String(schedule), Number(count)] as const),
    )
    const [all] = await database.rows<{ count: string }>('select count(*) from other_code')
    expect(Object.values(found).reduce((sum, count) => sum + count, 0)).toBe(Number(all?.count))
    for (const schedule of ['laboratory', 'drugs', 'DMEPOS', 'ASC'])
      expect(found[schedule], schedule).toBeGreaterThan(4)
  })

  test('says what it costs and who pays, step by step', async () => {
    const priced = await price(
      { hcpcs: 'G0103', units: 2 },
      { hcpcs: 'J0897', modifiers: 'JZ', units: 60 },
      { hcpcs: 'A4351', units: 100, place_of_service: '12', zip: '35004' },
      { hcpcs: 'A4351', units: 100, place_of_service: '12', zip: '35004', charge: 99 },
      { hcpcs: 'G0105', place_of_service: '24', practitioner: 'ASC' },
    )
    expect(
      priced.map((line) => [
        ...[line.schedule, line.unit_amount, line.amount],
        ...[line.medicare_pays, line.patient_owes, line.medicare_pays_after_sequestration],
      ]),
    ).toEqual([
      ['laboratory', '19.31', '38.62', '38.62', '0.00', '37.85'],
      // 18.237 percent of 60 billing units at 27.656 dollars.
      ['drugs', '27.656', '1659.36', '1356.74', '302.62', '1329.61'],
      ['DMEPOS', '2.53', '253.00', '202.40', '50.60', '198.35'],
      ['DMEPOS', '2.53', '99.00', '79.20', '19.80', '77.62'],
      ['ASC', '489.47', '489.47', '489.47', '0.00', '479.68'],
    ])
    expect(priced[1]?.steps.map(({ rule, document, factor }) => [rule, document, factor])).toEqual([
      ['payment limit of drugs', expect.stringContaining('42 CFR 414.904'), 60],
      ['coinsurance', expect.stringContaining('1847A(i)(5)'), 0.81763],
      ['sequestration', 'Public Law 117-71, section 2', 0.98],
    ])
  })

  test('is paid where no relative value file of its day is loaded', async () => {
    const day = { service_date: '2024-11-05' }
    const [lab, visit] = await price({ hcpcs: 'G0103', ...day }, { hcpcs: 'G0402', ...day })
    expect(lab).toMatchObject({ schedule: 'laboratory', amount: '19.31' })
    expect(visit).toMatchObject({ amount: null, basis: 'no loaded release governs this day' })
  })

  test('without a price says why, in words of the schedule that would pay', async () => {
    const expected: [ClaimLine, RegExp][] = [
      [
        { hcpcs: 'E0601', place_of_service: '12', zip: '35004' },
        /^DMEPOS fee schedule: no fee without a modifier/,
      ],
      [{ hcpcs: 'A4351', place_of_service: '12', zip: null }, /^DMEPOS fee schedule: no ZIP code$/],
      [{ hcpcs: 'A9270' }, /^not covered; no other schedule lists it$/],
      [{ hcpcs: 'A4239', zip: '35004' }, /^bundled or excluded$/],
      [
        { hcpcs: 'G0402', practitioner: 'ASC', place_of_service: '24' },
        /^the ASC addenda of this day do not list it$/,
      ],
      [
        { hcpcs: 'G0105', practitioner: 'ASC' },
        /^a surgical center bills place of service 24, not 11$/,
      ],
      [{ hcpcs: 'G0105', modifiers: 'SG 50', place_of_service: '24' }, /^modifier 50: /],
      // Whatever schedule has the code.
      [{ hcpcs: 'A4351', modifiers: 'GY', place_of_service: '12', zip: '35004' }, /^modifier GY: /],
      [{ hcpcs: 'G0103', modifiers: 'GZ' }, /^modifier GZ: /],
    ]
    const priced = await price(...expected.map(([line]) => line))
    expect(priced.map(({ amount, basis }) => [amount, basis])).toEqual(
      expected.map(([, basis]) => [null, expect.stringMatching(basis)]),
    )
  })
})

describe('the lines of a surgical center', () => {
  const center = { claim_id: 'c', place_of_service: '24', practitioner: 'ASC' }
  test('are paid in full for the highest rate of a session and by half for the others', async () => {
    // G0105 489.47, G0260 371.75; C1762 is packaged.
    const priced = await price(
      { ...center, hcpcs: 'G0260' },
      { ...center, hcpcs: 'G0105', units: 2 },
      { ...center, hcpcs: 'G0260', modifiers: '73' },
      { ...center, hcpcs: 'G0260', modifiers: 'SG', practitioner: null },
      // Ended after anesthesia was given, it is paid as if it had not been: Novitas and Palmetto, terminated procedures.
      { ...center, claim_id: 'd', hcpcs: 'G0260', modifiers: '74' },
      { ...center, claim_id: 'e', hcpcs: 'G0260', modifiers: '52' },
    )
    expect(priced.map(({ amount }) => amount)).toEqual([
      ...['185.88', '734.21', '185.88', '185.88', '371.75', '185.88'],
    ])
  })

  test('that are refused for their place take no rank', async () => {
    const priced = await price(
      { ...center, hcpcs: 'G0105', place_of_service: '11' },
      { ...center, hcpcs: 'G0260' },
    )
    expect(priced.map(({ amount }) => amount)).toEqual([null, '371.75'])
  })

  // Pub. 100-04, chapter 14, section 40.5: "The multiple procedure payment reduction is the last pricing routine applied to
  // applicable ASC procedure codes. In determining the ranking of procedures for application of the multiple procedure
  // reduction, contractors shall use the lower of the billed charge or the ASC payment amount."
  test.each([
    ['a charge decides the rank', [300, 900], [1, 1], ['150.00', '371.75']],
    ['half of the charge, not of the rate', [2000, 200], [1, 1], ['489.47', '100.00']],
    ['a charge is that of all units', [600, null], [2, 1], ['300.00', '371.75']],
    ['the first unit of the highest charge in full', [800, null], [2, 1], ['600.00', '185.88']],
    ['a charge of several units is rounded once', [100, null], [7, 1], ['50.00', '371.75']],
    ['no charge', [null, null], [1, 1], ['489.47', '185.88']],
    ['nothing charged', [0, 0], [1, 1], ['0.00', '0.00']],
  ] as const)(
    'take the lower of charge and rate before the half: %s',
    async (_, charges, units, amounts) => {
      const priced = await price(
        { ...center, hcpcs: 'G0105', charge: charges[0], units: units[0] },
        { ...center, hcpcs: 'G0260', charge: charges[1], units: units[1] },
      )
      expect(priced.map(({ amount }) => amount)).toEqual(amounts)
    },
  )

  test('tell the charge before the half', async () => {
    const [line] = await price(
      { ...center, hcpcs: 'G0105', charge: 300 },
      { ...center, hcpcs: 'G0260', charge: 900 },
    )
    expect(line?.steps.map(({ rule, after }) => [rule, after]).slice(0, 3)).toEqual([
      ['ASC rate', 489.47],
      ['charge', 300],
      ['several procedures', 150],
    ])
  })

  // CR 9297: Medicare "removes the unused device portion of the program payment prior to the program payment reduction when
  // the 73 modifier is appended to the claim"; it "does not apply to" modifier 74, and says nothing of 52.
  test('that ended before anesthesia are half of the rate without its device', async () => {
    // C7531 6102.28, of which 2180.79 are the device's; not device-intensive: G0260.
    const given = [
      ['C7531', '73'],
      ['C7531', '74'],
      ['C7531', '52'],
      ['G0260', '73'],
    ] as const
    const priced = await price(
      ...given.map(([hcpcs, modifiers]) => ({
        ...center,
        claim_id: modifiers + hcpcs,
        hcpcs,
        modifiers,
      })),
      { ...center, claim_id: 'two', hcpcs: 'C7531', modifiers: '73', units: 2 },
      { ...center, claim_id: 'charge', hcpcs: 'C7531', modifiers: '73', charge: 1500 },
    )
    expect(priced.map(({ amount }) => amount)).toEqual([
      ...['1960.75', '6102.28', '3051.14', '185.88', '3921.49', '1500.00'],
    ])
    expect(priced[0]?.steps.map(({ rule, after }) => [rule, after]).slice(0, 3)).toEqual([
      ['ASC rate', 6102.28],
      ['device portion', 3921.49],
      ['modifier 73', 1960.745],
    ])
    expect(priced[0]?.unit_amount).toBe('6102.28')
    expect(priced[0]?.steps[1]?.document).toMatch(/chapter 14, sections 40.4 and 40.10; CR 9297$/)
  })

  // 42 CFR 416.179(b): all of the device, or half of it, and then the rule for several procedures.
  test('whose device cost nothing, or half, are paid less, and keep their rank', async () => {
    const priced = await price(
      { ...center, claim_id: 'a', hcpcs: 'C7531', modifiers: 'FB' },
      { ...center, claim_id: 'b', hcpcs: 'C7531', modifiers: 'FC' },
      { ...center, claim_id: 'c', hcpcs: 'G0260', modifiers: 'FB' },
      { ...center, claim_id: 'd', hcpcs: 'C7531', modifiers: 'FB' },
      { ...center, claim_id: 'd', hcpcs: 'G0260' },
      { ...center, claim_id: 'd', hcpcs: 'G0260', modifiers: 'FC 73' },
    )
    expect(priced.map(({ amount }) => amount)).toEqual([
      ...['3921.49', '5011.89', '371.75', '3921.49', '185.88', '185.88'],
    ])
    expect(priced[1]?.steps.map(({ rule, after }) => [rule, after]).slice(0, 2)).toEqual([
      ['ASC rate', 6102.28],
      ['device portion', 5011.885],
    ])
  })

  test('stand beside those of the surgeon, whom the physician schedule pays', async () => {
    const priced = await price(
      { ...center, hcpcs: 'G0105' },
      { ...center, hcpcs: 'G0105', practitioner: null, mac: '10112', locality: '00' },
    )
    expect(priced.map(({ schedule }) => schedule)).toEqual(['ASC', 'physician'])
  })
})

describe('a device offset that is not loaded', () => {
  test('leaves what ended before anesthesia without an amount, and nothing else', async () => {
    const line = { hcpcs: 'C7531', place_of_service: '24', practitioner: 'ASC' }
    await database.rows(
      `update ops.calendar set is_known = false where table_name = 'asc_device_offset'`,
    )
    const priced = await price({ ...line, modifiers: '73' }, line, {
      ...line,
      hcpcs: 'G0260',
      modifiers: '73',
    })
    await database.rows('select ops.refresh_calendar()')
    expect(priced.map(({ amount }) => amount)).toEqual([null, '6102.28', '185.88'])
    expect(priced[0]?.basis).toMatch(
      /^the device offset of this day \(addendum FF\), .* is not loaded$/,
    )
  })
})

describe.skipIf(!hasReal)('ASC25Q1 of ../shared/cms', () => {
  const real = useDatabase()
  test('pays sessions by the lower of charge and rate, and no device before anesthesia', async () => {
    const from = join(REAL, 'asc/january-2025-asc-approved-hcpcs-code-and-payment-rates.zip')
    await ingest({ release: 'ASC25Q1', from }, real)
    const center = { service_date: '2025-02-05', place_of_service: '24', practitioner: 'ASC' }
    const priced = await priceLines(
      real,
      [
        { claim_id: 'a', hcpcs: '45385', charge: 400 },
        { claim_id: 'a', hcpcs: '43239', charge: 900 },
        { claim_id: 'b', hcpcs: '45385', charge: 2000 },
        { claim_id: 'b', hcpcs: '43239', charge: 300 },
        // 5084.25 less 3135.76 for the device.
        { claim_id: 'c', hcpcs: '63650', modifiers: '73' },
      ].map((line) => ({ ...center, ...line })),
    )
    expect(priced.map(({ unit_amount, amount }) => [unit_amount, amount])).toEqual([
      ['632.96', '200.00'],
      ['503.39', '503.39'],
      ['632.96', '632.96'],
      ['503.39', '150.00'],
      ['5084.25', '974.25'],
    ])
  })
})
