/** Worked examples of Medicare's manuals, in their own dollars (tests/helpers/claims.ts). */
import { describe, expect, test } from 'vitest'
import { priceLines, useExamples } from '../helpers/claims.ts'

const { database, amounts, only } = useExamples()
const codes = (...list: string[]) => list.map((hcpcs) => ({ hcpcs }))

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

test('both sides of a code without the adjustment are paid once, though each side charges less: 125 of 200', async () => {
  // Medicare Claims Processing Manual, chapter 23, addendum: the example of bilateral indicator 0.
  expect(
    await amounts(
      { hcpcs: 'X2000', modifiers: 'LT', charge: 100 },
      { hcpcs: 'X2000', modifiers: 'RT', charge: 100 },
    ),
  ).toEqual([62.5, 62.5])
})

describe('modifiers', () => {
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
      ['X9001', 'PB', null, /wrong patient/],
      ['X9001', '25', 100, /fee schedule/],
      ['X3002', '80 80', 160, /fee schedule/],
      ['X3002', 'as,AS', 136, /fee schedule/],
      // Of an assistant who is no physician AS tells, whatever stands beside it (Novitas, modifier AS).
      ['X3002', 'AS 80', 136, /fee schedule/],
      ['X3002', '80 81', null, /several of 80, 81, 82/],
      ['X3090', '54 55', null, /several of 54, 55, 56/],
      ['X3002', '62 AS', null, /names a surgeon \(62, 66\) and an assistant/],
      ['X5001', 'CQ CO', null, /several of CQ, CO/],
      ['00100', 'AA QX', null, /several of AA, AD, QK, QX, QY, QZ/],
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

test('care after surgery that two share is paid by their days: chapter 12, section 40.4.B', async () => {
  // Of 17 percent for 90 days, 60 and 30 of them.
  const share = (days: number, more: object = {}) => ({
    ...{
      hcpcs: 'X3091',
      modifiers: '55',
      postoperative_days: days,
      claim_id: String(days),
      ...more,
    },
  })
  expect(
    await amounts(...[share(60), share(30), share(90), { ...share(1), postoperative_days: null }], {
      hcpcs: 'X3091',
      modifiers: '54',
      claim_id: 'surgeon',
    }),
  ).toEqual([113.33, 56.67, 170, 170, 830])
  expect(await only(share(30, { units: 30, postoperative_days: null }))).toMatchObject({
    amount: null,
    basis: expect.stringMatching(
      /^modifier 55 .* units are 30: give its days in postoperative_days$/,
    ),
  })
  expect(await only(share(91))).toMatchObject({
    amount: null,
    basis: 'postoperative_days 91 are not between 0 and the 90 of the code',
  })
  expect((await only(share(30)))?.steps.map(({ rule, after }) => [rule, after])).toEqual(
    expect.arrayContaining([['days of care after surgery', 56.6667]]),
  )
})

describe('who is paid', () => {
  test('practitioners, participation, charges, coinsurance and sequestration', async () => {
    expect(
      await amounts(
        { hcpcs: 'X9001', practitioner: 'NP' },
        { hcpcs: 'X9001', practitioner: 'CSW', claim_id: '2' },
        { hcpcs: 'X9001', practitioner: 'dpm', claim_id: '3' },
      ),
    ).toEqual([85, 75, 100])
    // 42 CFR 414.56(c): an assistant at surgery who is no physician, billed without AS.
    expect(await amounts({ hcpcs: 'X3002', modifiers: '80', practitioner: 'NP' })).toEqual([136])
    const alone = { hcpcs: 'X9001', participating: false, assigned: false }
    expect(await only(alone)).toMatchObject({ amount: '95.00', limiting_charge: '109.25' })
    expect(await only({ ...alone, charge: 80 })).toMatchObject({
      amount: '80.00',
      limiting_charge: '109.25',
    })
    // Who must take assignment has no limiting charge.
    expect(await only({ ...alone, practitioner: 'PA' })).toMatchObject({ limiting_charge: null })
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
    const owed = (
      await priceLines(database, [
        { hcpcs: 'X9001', modifiers: 'PT' },
        { hcpcs: 'X9001', modifiers: 'PT 33' },
        { hcpcs: 'X9001', modifiers: '33 PT' },
        // CS is of the public health emergency; after it the code decides again.
        { hcpcs: 'X9001', modifiers: 'CS' },
        { hcpcs: 'G0101', modifiers: 'CS' },
      ])
    ).map(({ patient_owes }) => patient_owes)
    expect(owed).toEqual(['15.00', '15.00', '0.00', '20.00', '0.00'])
    expect(await only({ hcpcs: 'X9001', modifiers: 'CQ' })).toMatchObject({
      amount: '100.00',
      medicare_pays: '68.00',
      patient_owes: '20.00',
    })
  })

  test('sequestration, by the day of service: suspended until March 2022, one percent until June, then two', async () => {
    expect(
      await database.rows(
        `select day::text, value from unnest('{2013-03-31,2013-04-01,2020-04-30,2020-05-01,2022-03-31,2022-04-01,2022-06-30,2022-07-01}'::date[]) day
           join api.payment_rule r on r.rule = 'sequestration' and r.valid_during @> day order by day`,
      ),
    ).toEqual([
      { day: '2013-03-31', value: '0' },
      { day: '2013-04-01', value: '0.02' },
      { day: '2020-04-30', value: '0.02' },
      { day: '2020-05-01', value: '0' },
      { day: '2022-03-31', value: '0' },
      { day: '2022-04-01', value: '0.01' },
      { day: '2022-06-30', value: '0.01' },
      { day: '2022-07-01', value: '0.02' },
    ])
  })

  test('waivers of coinsurance, from the day that CMS names to the last of the code', async () => {
    // CMS, quick reference of preventive services; Change Requests 9246 and 10181.
    const expected: [string, string, string | null][] = [
      ['G0402', '2010-12-31', null],
      ['G0402', '2011-01-01', '0'],
      ['G0403', '2025-01-01', null],
      ['G0124', '2011-01-01', '0'],
      ['77063', '2014-12-31', null],
      ['77063', '2015-01-01', '0'],
      ['74263', '2024-12-31', null],
      ['74263', '2025-01-01', '0'],
      ['CS', '2023-05-11', '0'],
      ['CS', '2023-05-12', null],
      ['G0130', '2010-12-31', null],
      ['G0130', '2011-01-01', '0'],
      ['G0297', '2015-02-04', null],
      ['G0297', '2015-02-05', '0'],
      ['G0297', '2021-01-01', null],
      ['71271', '2021-01-01', '0'],
      ['00812', '2017-12-31', null],
      ['00812', '2018-01-01', '0'],
      ['PT', '2022-12-31', null],
      ['PT', '2026-12-31', '0.15'],
      ['PT', '2029-12-31', '0.10'],
      ['PT', '2030-01-01', '0'],
    ]
    for (const [name, day, share] of expected) {
      const rows = await database.rows(
        `select share from api.coinsurance_rule where name = '${name}' and valid_during @> date '${day}'`,
      )
      expect(rows, `${name} on ${day}`).toEqual(share === null ? [] : [{ share }])
    }
  })

  test('a service that is paid only if nothing else is', async () => {
    expect(await amounts({ hcpcs: 'X8001' })).toEqual([20])
    expect(await amounts({ hcpcs: 'X8001' }, { hcpcs: 'X9001' })).toEqual([null, 100])
    expect(await amounts({ hcpcs: 'X8001' }, { hcpcs: 'X9002' })).toEqual([20, null])
    expect(await amounts({ hcpcs: 'X8001' }, { hcpcs: 'X9001', modifiers: 'GY' })).toEqual([
      20,
      null,
    ])
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

test('each step begins where the one before it ended', async () => {
  const lines = [
    ...['X0101', 'X0102', 'X1002', 'X1003'].map((hcpcs) => ({ hcpcs, claim_id: 'a' })),
    ...['LT', 'RT'].map((modifiers) => ({ hcpcs: 'X2000', modifiers, claim_id: 'b' })),
    { hcpcs: 'X2001', units: 2, claim_id: 'c', participating: false, charge: 100 },
    { hcpcs: 'X2002', units: 2, claim_id: 'd' },
    { hcpcs: 'X4012', modifiers: 'FX', units: 3, claim_id: 'e' },
    ...['70450', '70460'].map((hcpcs) => ({ hcpcs, modifiers: 'CT', units: 2, claim_id: 'f' })),
    { hcpcs: '00100', modifiers: 'QX', practitioner: 'PA', units: 70, claim_id: 'g' },
    { hcpcs: 'X0102', modifiers: '50 AS', documented: true, practitioner: 'NP', claim_id: 'h' },
    { hcpcs: 'X3091', modifiers: '55', postoperative_days: 30, claim_id: 'i' },
  ]
  for (const { claim_id, steps, amount } of await priceLines(database, lines)) {
    expect(amount).not.toBeNull()
    for (const [at, step] of steps.slice(1).entries())
      expect(step.before, `${claim_id}: ${step.rule}`).toBeCloseTo(steps[at]?.after ?? 0, 1)
  }
})
