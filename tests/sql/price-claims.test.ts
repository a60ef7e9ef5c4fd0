/** Worked examples of Medicare's manuals, in their own dollars (tests/helpers/claims.ts). */
import { beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLE_CODES } from '../helpers/claim-codes.ts'
import { type ClaimLine, makeCodes, priceLines } from '../helpers/claims.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
beforeAll(async () => {
  await loadSamples(database, 'RVU25D', 'ZIP5_OCT2025')
  await makeCodes(database, EXAMPLE_CODES)
  await database.rows(
    `update pfs.anesthesia_cf set conversion_factor = 20, national_conversion_factor = 20`,
  )
})

const amounts = async (...lines: ClaimLine[]) =>
  (await priceLines(database, lines)).map(({ amount }) => amount && Number(amount))
const only = async (line: ClaimLine) => (await priceLines(database, [line]))[0]
const codes = (...list: string[]) => list.map((hcpcs) => ({ hcpcs }))

describe('several procedures', () => {
  test('of surgery are paid 100, 50, 50, 50 and 50 percent, and then by report, whatever their order', async () => {
    const lines = await priceLines(
      database,
      codes('X0106', 'X0103', 'X0101', 'X0104', 'X0102', 'X0105'),
    )
    expect(lines.map(({ amount }) => amount)).toEqual([
      null,
      '300.00',
      '1000.00',
      '250.00',
      '400.00',
      '200.00',
    ])
    expect(lines[0]?.basis).toMatch(/sixth and further procedures .* by report/)
  })

  test('count units, and not the lines of another day, claim, surgeon or assistant', async () => {
    expect(await amounts({ hcpcs: 'X0101', units: 3 })).toEqual([1000 + 500 + 500])
    expect(
      await amounts(
        { hcpcs: 'X0101', rendering_npi: '1' },
        { hcpcs: 'X0102', rendering_npi: '2' },
        { hcpcs: 'X0103', rendering_npi: '1', service_date: '2025-10-07' },
        { hcpcs: 'X0104', claim_id: '2' },
      ),
    ).toEqual([1000, 800, 600, 500])
    expect(
      await amounts(
        { hcpcs: 'X0101', patient_id: 'p' },
        { hcpcs: 'X0102', claim_id: '2', patient_id: 'p' },
      ),
    ).toEqual([1000, 400])
  })

  test('of one endoscopic family are paid less the base: chapter 12, section 40.6.C, 405.14 in all', async () => {
    expect(await amounts(...codes('X1002', 'X1003'))).toEqual([30.58, 374.56])
    expect(await amounts(...codes('X1001', 'X1002', 'X1003'))).toEqual([0, 30.58, 374.56])
    expect((await priceLines(database, codes('X1001', 'X1002')))[0]).toMatchObject({
      ...{ amount: '0.00', basis: 'included in the other endoscopy of its family' },
    })
    expect(await amounts(...codes('X1002'))).toEqual([285.98])
  })

  test('of one endoscopic family, as coders reckon them for four shoulder codes: 310.02, 75.12 and 70.13', async () => {
    // aapc.com, "Applying special rules for multiple endoscopic procedures"; in all half of 455.27 beside a higher surgery.
    expect(await amounts(...codes('X1022', 'X1023', 'X1024'))).toEqual([310.02, 75.12, 70.13])
    expect(await amounts(...codes('X1022', 'X1023', 'X1024', 'X0101'))).toEqual([
      155.01, 37.56, 35.07, 1000,
    ])
  })

  test('of two families count each as one surgery', async () => {
    // 405.14 is more than 200 + (150 - 100), which is paid by half.
    expect(await amounts(...codes('X1002', 'X1003', 'X1012', 'X1013'))).toEqual([
      30.58, 374.56, 100, 25,
    ])
    expect(await amounts(...codes('X1002', 'X1003', 'X0101'))).toEqual([15.29, 187.28, 1000])
  })

  test('of imaging reduce both parts, each by its own rank: Change Request 7442, 860 in all until 2016', async () => {
    expect(await amounts(...codes('X4001', 'X4002'))).toEqual([600, 276])
    expect(
      await database.rows(
        `select share from api.multiple_procedure_rule where multiple_procedure_indicator = '4' and first_rank = 2 and valid_during @> date '2016-12-31' order by part`,
      ),
    ).toEqual([{ share: '0.75' }, { share: '0.50' }])
    expect(
      await amounts({ hcpcs: 'X4001', modifiers: 'TC' }, { hcpcs: 'X4002', modifiers: '26' }),
    ).toEqual([500, 80])
    expect(await amounts({ hcpcs: 'X4001' }, { hcpcs: 'X4002', modifiers: '59' })).toEqual([
      600, 480,
    ])
  })

  test('of imaging are reduced before the OPPS cap is compared', async () => {
    expect(await amounts({ hcpcs: 'X4003', modifiers: 'TC' })).toEqual([60])
    // Half of 100 is below the cap of 60.
    expect(
      await amounts({ hcpcs: 'X4001', modifiers: 'TC' }, { hcpcs: 'X4003', modifiers: 'TC' }),
    ).toEqual([500, 50])
  })

  test('of therapy reduce the practice expense by half: chapter 5, section 10.7', async () => {
    // 7 + 7 + 11 of work, 10 + 5 + 4 of practice expense, 1 + 1 + 1 of malpractice.
    expect(await amounts({ hcpcs: 'X5001', units: 2 }, { hcpcs: 'X5002' })).toEqual([18 + 13, 16])
  })

  test('of cardiovascular and eye tests reduce the technical part: Change Request 7848', async () => {
    expect(await amounts(...codes('X6001', 'X6002'))).toEqual([504, 65 + 111])
    expect(await amounts(...codes('X7001', 'X7002'))).toEqual([138, 35 + 42.4])
  })

  test('leave out a return to the operating room', async () => {
    expect(await amounts({ hcpcs: 'X3090', modifiers: '78' }, { hcpcs: 'X0101' })).toEqual([
      690, 1000,
    ])
  })
})

describe('both sides', () => {
  test('are paid by the indicator of the code, however they are billed', async () => {
    const expected: [indicator: string, both: number, side: number, twoUnits: number][] = [
      ['0', 125, 62.5, 250],
      ['1', 187.5, 93.75, 187.5],
      ['2', 125, 62.5, 125],
      ['3', 250, 125, 250],
    ]
    const lines = expected.flatMap(([indicator]) =>
      [
        { claim_id: `${indicator}a`, modifiers: '50' },
        { claim_id: `${indicator}b`, modifiers: 'RT LT' },
        { claim_id: `${indicator}c`, modifiers: 'RT' },
        { claim_id: `${indicator}c`, modifiers: 'LT' },
        { claim_id: `${indicator}d`, units: 2 },
      ].map((line) => ({ hcpcs: `X200${indicator}`, ...line })),
    )
    expect(await amounts(...lines)).toEqual(
      expected.flatMap(([, both, side, twoUnits]) => [both, both, side, side, twoUnits]),
    )
  })

  test('come before the rule for several procedures, and are one unit', async () => {
    expect(await amounts({ hcpcs: 'X0102', modifiers: '50' }, { hcpcs: 'X0101' })).toEqual([
      1200, 500,
    ])
    // One side is paid in full, whatever the code's other indicators.
    expect(
      await amounts({ hcpcs: 'X2001', modifiers: 'LT' }, { hcpcs: 'X0101', modifiers: 'RT' }),
    ).toEqual([125, 1000])
    expect(await only({ hcpcs: 'X2009', modifiers: '50' })).toMatchObject({
      amount: null,
      basis: 'modifier 50: The code has no sides.',
    })
    expect(await only({ hcpcs: 'X2001', modifiers: '50', units: 2 })).toMatchObject({
      amount: null,
      basis: expect.stringMatching(/one unit/),
    })
  })
})

describe('modifiers', () => {
  test('of years whose base units were never seen have no amount of anesthesia, and say so', async () => {
    const line = { hcpcs: '00100', modifiers: 'AA', units: 60, service_date: '2025-10-06' }
    await database.rows(`update claim.anesthesia_base_units set valid_during = '[2025-10-08,)'`)
    expect(await only(line)).toMatchObject({
      amount: null,
      basis: 'the base units of this year were never seen: give them in base_units',
    })
    expect(await amounts({ ...line, base_units: 5 })).toEqual([180])
    await database.rows(`update claim.anesthesia_base_units set valid_during = '[2022-01-01,)'`)
  })

  test('choose a share of the amount, or none, by the indicators of the code', async () => {
    const expected: [string, string, number | null, RegExp][] = [
      ['X3002', '80', 160, /fee schedule/],
      ['X3002', '82', 160, /fee schedule/],
      ['X3002', 'AS', 136, /fee schedule/],
      ['X3000', '80', null, /documentation/],
      ['X3001', '81', null, /no assistant is paid/],
      ['X3009', 'AS', null, /no surgery/],
      ['X3002', '62', 625, /fee schedule/],
      ['X3001', '62', null, /documentation/],
      ['X3000', '62', null, /not paid/],
      ['X3002', '66', null, /by report/],
      ['X3090', '54', 790, /fee schedule/],
      ['X3090', '55', 210, /fee schedule/],
      ['X3090', '56', 100, /fee schedule/],
      ['X3090', '78', 690, /fee schedule/],
      ['X9001', '54', null, /no global period/],
      ['X9001', '22', null, /by report. \(give report_percent\)/],
      ['X9001', '53', null, /by report/],
      ['X3000', '53', 400, /fee schedule/],
      ['X9001', '73', null, /facilities/],
      ['X9001', 'GY', null, /excludes/],
      ['X9001', '25', 100, /fee schedule/],
      ['X3002', '80 80', 160, /fee schedule/],
      ['X3002', 'as,AS', 136, /fee schedule/],
    ]
    const lines = await priceLines(
      database,
      expected.map(([hcpcs, modifiers], at) => ({ claim_id: String(at), hcpcs, modifiers })),
    )
    expect(lines.map(({ amount, basis }) => [amount && Number(amount), basis])).toEqual(
      expected.map(([, , amount, basis]) => [amount, expect.stringMatching(basis)]),
    )
  })

  test('that ask for a decision take it from the claim', async () => {
    expect(await amounts({ hcpcs: 'X3000', modifiers: '80', documented: true })).toEqual([160])
    expect(await amounts({ hcpcs: 'X9001', modifiers: '52', report_percent: 40 })).toEqual([40])
    expect(await amounts({ hcpcs: 'X9001', modifiers: '22', report_percent: 125 })).toEqual([125])
  })
})

describe('who is paid', () => {
  test('practitioners, participation, charges, coinsurance and sequestration', async () => {
    expect(
      await amounts(
        { hcpcs: 'X9001', practitioner: 'NP' },
        { hcpcs: 'X9001', practitioner: 'CSW', claim_id: '2' },
      ),
    ).toEqual([85, 75])
    expect(await only({ hcpcs: 'X9001', participating: false, assigned: false })).toMatchObject({
      amount: '95.00',
      limiting_charge: '109.25',
    })
    expect(await only({ hcpcs: 'X9001', charge: 90 })).toMatchObject({
      ...{
        amount: '90.00',
        medicare_pays: '72.00',
        patient_owes: '18.00',
        medicare_pays_after_sequestration: '70.56',
      },
    })
    expect(await only({ hcpcs: 'X9001', modifiers: '33' })).toMatchObject({
      medicare_pays: '100.00',
      patient_owes: '0.00',
    })
    expect(await only({ hcpcs: 'X9001', modifiers: 'PT' })).toMatchObject({ patient_owes: '15.00' })
    expect(await only({ hcpcs: 'X9001', modifiers: 'CQ' })).toMatchObject({
      amount: '100.00',
      medicare_pays: '68.00',
    })
  })

  test('a service that is paid only if nothing else is', async () => {
    expect(await amounts({ hcpcs: 'X8001' })).toEqual([20])
    expect(await amounts({ hcpcs: 'X8001' }, { hcpcs: 'X9001' })).toEqual([null, 100])
    expect(await amounts({ hcpcs: 'X8001' }, { hcpcs: 'X9002' })).toEqual([20, null])
  })

  test('anesthesia: base units and minutes, by who gave it', async () => {
    const case_ = (modifiers: string) => ({
      hcpcs: '00100',
      modifiers,
      units: 60,
      place_of_service: '22',
    })
    expect(await amounts(case_('AA'))).toEqual([(5 + 4) * 20])
    expect(await amounts(case_('QZ'))).toEqual([180])
    expect(await amounts(case_('QK'), case_('QX'))).toEqual([90, 90])
    expect(await amounts(case_('AD'))).toEqual([60])
    expect(await amounts({ ...case_('AA'), units: 1, minutes: 50, base_units: 7 })).toEqual([
      (7 + 3.3) * 20,
    ])
    // American Society of Anesthesiologists, Anesthesia Payment Basics 3: 7 base units and 129 minutes are 15.6 units.
    expect(await amounts({ ...case_('AA'), units: 129, base_units: 7 })).toEqual([312])
    // Of several anesthesia procedures the highest base counts.
    expect(await amounts(case_('AA'), { ...case_('AA'), hcpcs: '00210', units: 30 })).toEqual([
      80,
      (11 + 2) * 20,
    ])
    expect(await only(case_(''))).toMatchObject({
      amount: null,
      basis: expect.stringMatching(/needs one of the modifiers/),
    })
  })

  test('percentages of Medicare also value what Medicare does not pay, and say so', async () => {
    await priceLines(database, codes('X9001', 'X9002'))
    expect(
      await database.rows(
        `select amount, paid_by_medicare from api.percent_of_medicare('claim_line', 120) order by line`,
      ),
    ).toEqual([
      { amount: '120.00', paid_by_medicare: true },
      { amount: '120.00', paid_by_medicare: false },
    ])
  })
})

test('the steps lead from the fee to what is paid, each with its document', async () => {
  const [line] = await priceLines(database, [
    { hcpcs: 'X0102', modifiers: '50 AS', documented: true, charge: 150 },
    { hcpcs: 'X0101', modifiers: 'AS', documented: true },
  ])
  expect(line?.steps.map(({ rule, after }) => [rule, after])).toEqual([
    ['fee schedule', 800],
    ['both sides', 1200],
    ['modifier AS', 163.2],
    ['charge', 150],
    ['coinsurance', 120],
    ['sequestration', 117.6],
  ])
  for (const step of line?.steps ?? []) expect(step.document).not.toBe('')
})
