/** Whatever stands in a table of claims, each line has its row, and nobody else's price changes. */
import { beforeAll, describe, expect, test } from 'vitest'
import { makeCodes, priceLines } from '../helpers/claims.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
beforeAll(async () => {
  await loadSamples(database, 'RVU25D', 'ZIP5_OCT2025')
})

/** All text, as a CSV has it. */
const TEXT = Object.fromEntries(
  [
    'claim_id',
    'line',
    'hcpcs',
    'modifiers',
    'units',
    'service_date',
    'place_of_service',
    'zip',
    'mac',
    'locality',
    'charge',
    'participating',
    'practitioner',
    'report_percent',
    'minutes',
  ].map((name) => [name, 'text']),
)
const good = { hcpcs: 'G0402', zip: '35042', mac: null, locality: null }

describe('a line that is wrong', () => {
  const bad: [Record<string, string | null>, RegExp][] = [
    [{ hcpcs: null }, /^no code$/],
    [{ hcpcs: 'nonsense' }, /'nonsense' is not a HCPCS code/],
    [{ hcpcs: 'G0001' }, /not in the schedule of this day/],
    [{ modifiers: '26' }, /has G0402 without modifier 26/],
    [{ modifiers: '26 TC' }, /several of 26, TC and 53/],
    [{ modifiers: 'ABC' }, /not two characters long/],
    [
      { modifiers: '25 ZZ' },
      /^unknown modifier ZZ: neither CPT nor a loaded HCPCS Level II file has it/,
    ],
    [{ units: null }, /^no units$/],
    [{ units: '0' }, /units 0 are not between/],
    [{ units: '-1' }, /units '-1' is no number/],
    [{ units: 'NaN' }, /units 'NaN' is no number/],
    [{ units: '1e9' }, /is no number/],
    [{ units: '1.5' }, /no whole number/],
    [{ service_date: null }, /no date of service/],
    [{ service_date: '2025-02-30' }, /service_date '2025-02-30' is no date/],
    [{ service_date: '1999-01-01' }, /no loaded release governs this day/],
    [{ service_date: '2026-01-06' }, /RVU26A, which governs this day, is not loaded/],
    [{ place_of_service: null }, /no place of service/],
    [{ place_of_service: '00' }, /'00' is no place of service/],
    [{ place_of_service: '115' }, /'115' is no place of service/],
    [{ place_of_service: '07' }, /Not applicable for the adjudication/],
    [{ zip: null }, /no ZIP code/],
    [{ zip: 'ABCDE' }, /'ABCDE' is not a ZIP code/],
    [{ zip: '00000' }, /no such ZIP code on this day \(ZIP5_OCT2025\)/],
    [{ zip: null, mac: '99999', locality: '1' }, /no such locality on this day/],
    [{ charge: 'free' }, /charge 'free' is no number/],
    [{ participating: 'maybe' }, /participating 'maybe' is no yes or no/],
    [{ minutes: '-30' }, /^minutes '-30' is no number/],
    [{ hcpcs: '9'.repeat(100_000) }, /^'9{50}' is not a HCPCS code$/],
    [{ units: 'x'.repeat(100_000) }, /^units 'x{50}' is no number/],
    [{ practitioner: 'witch' }, /'WITCH' is no practitioner/],
    // The first in the table's order.
    [
      { charge: 'free', service_date: 'soon', units: '-1' },
      /^units '-1' is no number; write it as 2 or 1250.50, not below zero$/,
    ],
  ]

  test('says what is wrong, and leaves the others their price', async () => {
    const lines = bad.map(([line], at) => ({ ...good, ...line, claim_id: `bad ${at}` }))
    const priced = await priceLines(database, [...lines, { ...good, claim_id: 'good' }], TEXT)
    expect(priced.map(({ amount, basis }) => [amount, basis])).toEqual([
      ...bad.map(([, basis]) => [null, expect.stringMatching(basis)]),
      ['149.20', 'fee schedule'],
    ])
  })

  test('of which a day cannot be, in a table of dates and times', async () => {
    for (const type of ['date', 'timestamp']) {
      const days = ['2025-10-06', 'infinity', '-infinity', '4000-01-01', '0044-03-15 BC']
      const priced = await priceLines(
        database,
        days.map((service_date) => ({ ...good, service_date })),
        { ...TEXT, service_date: type },
      )
      expect(priced.map(({ amount, basis }) => [amount, basis])).toEqual([
        ['149.20', 'fee schedule'],
        ...days
          .slice(1)
          .map(() => [
            null,
            expect.stringMatching(
              /^service_date .* is no date of a claim; give one from 1900 to 2199$/,
            ),
          ]),
      ])
    }
  })

  test('has no amount because it has a charge', async () => {
    const lines = [{ hcpcs: 'A4306' }, { modifiers: '22' }, { zip: null }]
    const priced = await priceLines(
      database,
      lines.map((line) => ({ ...good, ...line, charge: '100' })),
      TEXT,
    )
    expect(priced.map(({ amount, medicare_pays }) => [amount, medicare_pays])).toEqual(
      lines.map(() => [null, null]),
    )
  })

  test('among lines at random has a row of its own, with an amount or a basis', async () => {
    let state = 7
    const random = (list: readonly (string | null)[]) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return list[state % list.length] ?? null
    }
    const odd = [
      null,
      '',
      ' ',
      "'",
      '\\',
      '\u0000'.slice(1),
      'é',
      '9'.repeat(400),
      '-0',
      '1/0',
      '{}',
      'null',
      '2025-10-06',
      '11',
      'G0402',
    ]
    // One or two columns of each are odd, and every seventh is as it should be.
    const names = Object.keys(TEXT).filter((name) => name !== 'claim_id')
    const lines = Array.from({ length: 500 }, (_, at) => ({
      ...{ ...good, claim_id: String(at) },
      ...(at % 7 === 0
        ? {}
        : { [random(names) ?? '']: random(odd), [random(names) ?? '']: random(odd) }),
    }))
    const priced = await priceLines(database, lines, TEXT)
    expect(priced).toHaveLength(500)
    for (const { claim_id, amount, basis } of priced) {
      if (Number(claim_id) % 7 === 0) expect([amount, basis]).toEqual(['149.20', 'fee schedule'])
      else expect([amount !== null, basis]).not.toEqual([false, 'fee schedule'])
      expect(basis).toBeTruthy()
    }
  })
})

test('a table without a column that claims need is refused, with its name', async () => {
  await database.rows('create temporary table few (claim_id text, line text, hcpcs text)')
  await expect(database.rows(`select * from api.price_claims('few')`)).rejects.toThrow(
    /few lacks columns that claim lines need: modifiers, place_of_service, service_date, units, zip/,
  )
})

test('columns of other types than theirs are read as text, and numbers are checked', async () => {
  const columns = {
    ...TEXT,
    service_date: 'integer',
    charge: 'money',
    participating: 'smallint',
    minutes: 'double precision',
    units: 'real',
  }
  const priced = await priceLines(
    database,
    [
      { ...good, service_date: 20251006, charge: 1000, participating: 0 },
      { ...good, service_date: 20251306 },
      { ...good, service_date: 20251006, units: 'NaN' },
      { ...good, service_date: 20251006, minutes: '-Infinity' },
      { ...good, service_date: 20251006, participating: 2 },
    ],
    columns,
  )
  expect(priced.map(({ amount, basis }) => [amount, basis])).toEqual([
    ['141.74', 'fee schedule'],
    [null, "service_date '20251306' is no date; write it as 2025-10-06"],
    [null, 'units NaN are not between 0 and a million'],
    [null, 'minutes -Infinity are not between 0 and 100,000'],
    [null, "participating '2' is no yes or no; write one of them"],
  ])
})

test('modifiers may be an array, and columns of any integer type', async () => {
  const columns = {
    claim_id: 'integer',
    line: 'integer',
    hcpcs: 'text',
    modifiers: 'text[]',
    units: 'integer',
    service_date: 'timestamp',
    place_of_service: 'integer',
    mac: 'integer',
    locality: 'integer',
  }
  const [line] = await priceLines(
    database,
    [
      {
        hcpcs: 'G0130',
        modifiers: '{TC,LT}',
        mac: 10112,
        locality: 0,
        place_of_service: 11,
        claim_id: 1,
        line: 1,
      },
    ],
    columns,
  )
  expect(line).toMatchObject({ amount: '22.67' })
})

test('api.price_claims gives what api.payment does, for every code of the schedule and both settings', async () => {
  await database.rows(`create temporary table every_code as
    select row_number() over () as claim_id, 1 as line, hcpcs, modifier as modifiers, 1 as units, date '2025-10-06' as service_date,
           place_of_service, '10112' as mac, '00' as locality
      from api.rvu_on('2025-10-06') cross join unnest('{11,22}'::text[]) place_of_service where modifier <> '53'`)
  expect(
    await database.rows(`
      select p.hcpcs, p.modifiers, p.amount, p.basis, f.non_facility_amount, f.facility_amount, f.basis
        from api.price_claims('every_code') p
        left join api.fee_schedule('10112', '00', '2025-10-06') f on (f.hcpcs, f.modifier) = (p.hcpcs, p.modifiers)
       where (p.unit_amount, p.amount, split_part(p.basis, '; no other schedule', 1)) is distinct from
             (case p.setting when 'facility' then f.facility_amount else f.non_facility_amount end,
              case p.setting when 'facility' then f.facility_amount else f.non_facility_amount end, f.basis)`),
  ).toEqual([])
  expect(
    await database.rows(
      `select count(*) > 300 as many from api.price_claims('every_code') where amount > 0`,
    ),
  ).toEqual([{ many: true }])
})

test('the parts of an impact add up to the change, to the cent', async () => {
  await makeCodes(database, [{ hcpcs: 'X0001', work: 100 }])
  await priceLines(database, [
    { ...good, units: 3 },
    { ...good, hcpcs: 'X0001' },
    { ...good, hcpcs: 'A4306' },
  ])
  const rows = await database.rows(
    `select *, rvu_change + gpci_change + conversion_factor_change = change as adds_up from api.payment_impact('claim_line', '2025-10-06', '2025-11-06')`,
  )
  expect(rows).toMatchObject([
    { hcpcs: null, lines: 2, lines_without_amount: 1, adds_up: true },
    { hcpcs: 'G0402', change: '0.00' },
    { hcpcs: 'X0001', from_amount: '100.00', to_amount: '100.00' },
    { hcpcs: 'A4306', lines: 0, change: null },
  ])
})
