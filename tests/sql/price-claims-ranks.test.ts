/** Which procedure of a day is the highest: PPRRVU record layout, Multiple Procedure and Bilateral Surgery; manual chapter 12, section 40.6.C. */
import { expect, test } from 'vitest'
import { priceLines, useExamples } from '../helpers/claims.ts'

const { database, amounts } = useExamples()
const both = (hcpcs: string) => [
  { hcpcs, modifiers: 'RT' },
  { hcpcs, modifiers: 'LT' },
]

test('Surgeries are ranked by the amount of each procedure, and not of all units of a line', async () => {
  expect(await amounts({ hcpcs: 'X0103', units: 3 }, { hcpcs: 'X0101' })).toEqual([900, 1000])
  expect(await amounts({ hcpcs: 'X0106', units: 5 }, { hcpcs: 'X0105' })).toEqual([null, 400])
  expect(await amounts({ hcpcs: 'X1001', units: 3 }, { hcpcs: 'X0106' })).toEqual([383.1, 300])
})

test('Of surgeries of one value the one that more is charged for comes first', async () => {
  expect(await amounts({ hcpcs: 'X0101', charge: 400 }, { hcpcs: 'X0101', charge: 2000 })).toEqual([
    400, 1000,
  ])
  expect(
    await amounts(
      { hcpcs: 'X1021', charge: 500, units: 2 },
      { hcpcs: 'X1021', charge: 280, modifiers: '59' },
    ),
  ).toEqual([200, 200])
})

test('An endoscopy of both sides on two lines is 150 percent, as with modifier 50, before its family is reckoned', async () => {
  expect(await amounts({ hcpcs: 'X1032', modifiers: '50' })).toEqual([450])
  expect(await amounts(...both('X1032'))).toEqual([225, 225])
  expect(await amounts(...both('X1032'), { hcpcs: 'X0106' })).toEqual([225, 225, 150])
  // 450, and 390 less the base of both sides, 300.
  expect(
    await amounts({ hcpcs: 'X1032', modifiers: '50' }, { hcpcs: 'X1033', modifiers: '50' }),
  ).toEqual([450, 90])
  expect(await amounts(...both('X1033'), ...both('X1032'))).toEqual([45, 45, 225, 225])
  expect(await amounts(...both('X1033'), { hcpcs: 'X1032', modifiers: 'LT' })).toEqual([
    ...[195, 195, 100],
  ])
})

test('The base is included in an endoscopy that is worth less', async () => {
  expect(await amounts({ hcpcs: 'X1041' }, { hcpcs: 'X1042' })).toEqual([0, 245])
  expect(await amounts({ hcpcs: 'X1041', units: 2 })).toEqual([264 + 132])
})

test('A whole test whose technical part is a code of its own is reduced in that part alone', async () => {
  // The reading of 25 is paid in full, the tracing of 16 by three quarters.
  expect(await amounts({ hcpcs: '93000' }, { hcpcs: 'X6001' })).toEqual([37, 504])
  expect(await amounts({ hcpcs: '93000', units: 2 })).toEqual([41 + 37])
  expect(await amounts({ hcpcs: '93000' }, { hcpcs: '93005' })).toEqual([41, 12])
})

test('A test that is paid once for both sides is one test on two lines too: PPRRVU, bilateral surgery indicators 0 and 2', async () => {
  expect(await amounts(...both('X7003'))).toEqual([40, 40])
  // 30 and half of 20; the second test of the day has 80 percent of its technical part.
  expect(await amounts(...both('X7003'), { hcpcs: 'X7001' })).toEqual([35, 35, 138])
  expect(await amounts({ hcpcs: 'X7003' }, { hcpcs: 'X7003', modifiers: 'RT' })).toEqual([80, 70])
})

test('A discontinued test has both of its parts', async () => {
  // 65 and three quarters of 148, and of all that the half.
  expect(
    await amounts({ hcpcs: 'X6002', modifiers: '53', report_percent: 50 }, { hcpcs: 'X6001' }),
  ).toEqual([88, 504])
})

test('The step of an endoscopy that is paid less its base has no factor', async () => {
  const lines = await priceLines(database, [
    { hcpcs: 'X1002' },
    { hcpcs: 'X1003' },
    { hcpcs: 'X0101' },
  ])
  expect(
    lines.map(({ steps }) => steps.find(({ rule }) => rule === 'several procedures')?.factor),
  ).toEqual([null, 0.5, undefined])
})

test('The daily management of an epidural has no time, and base units for each day: chapter 12, section 50.G', async () => {
  const managed = { hcpcs: '01996', modifiers: 'AA', place_of_service: '21' }
  expect(await amounts(managed)).toEqual([60])
  expect(await amounts({ ...managed, minutes: 45 })).toEqual([60])
})

test.for([
  ['77063', '2014-12-31', '2015-01-01'],
  ['77085', '2014-12-31', '2015-01-01'],
  ['G0011', '2024-09-29', '2024-09-30'],
  ['G0012', '2024-09-29', '2024-09-30'],
  ['G0013', '2024-09-29', '2024-09-30'],
  ['74263', '2024-12-31', '2025-01-01'],
])('Nothing is owed of %s, not on %s but from %s on', async ([code, before, from]) => {
  const days = await database.rows(
    `select day, share from unnest('{${before},${from}}'::text[]) day
       join api.coinsurance_rule on kind = 'code' and name = '${code}' and valid_during @> day::date`,
  )
  expect(days).toEqual([{ day: from, share: '0' }])
})

test('Anesthesia by report is the percentage that the contractor decided', async () => {
  const line = { hcpcs: '00100', modifiers: 'AA 53', minutes: 60, place_of_service: '22' }
  expect(await amounts(line)).toEqual([null])
  expect(await amounts({ ...line, report_percent: 50 })).toEqual([90])
})

test('A part of a global package whose shares the file does not have has no amount', async () => {
  for (const modifiers of ['54', '55', '56', '78'])
    expect(await priceLines(database, [{ hcpcs: 'X3099', modifiers }])).toMatchObject([
      { amount: null, basis: expect.stringContaining('The file has no shares') },
    ])
})
