import { describe, expect, test } from 'vitest'
import { schedules } from '../../pipelines/index.ts'
import type { Label, SourceFile } from '../../schemas/file.ts'
import { anesthesia } from '../../schemas/pfs/anesthesia.ts'
import { gpci } from '../../schemas/pfs/gpci.ts'
import { locality } from '../../schemas/pfs/locality.ts'
import { oppsCap } from '../../schemas/pfs/opps-cap.ts'
import { HeaderDriftError, proposalsIn } from '../../src/formats/header-drift.ts'
import { spellingsOf } from '../../src/formats/label.ts'
import { readFileOf } from '../helpers/release.ts'
import { workbookOf } from '../helpers/zips.ts'

const HEADER = 'HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILITY PRICE'
const ROWS = ['GXXX1,TC,C,01112,05,150.69,160.69', 'GXXX2,TC,C,02102,01,7,8.5']

/** The labels of the amounts of 2014 and 2015. */
const layout = oppsCap.csv[1]
const amounts: SourceFile = {
  ...oppsCap,
  csv: [
    {
      ...layout,
      since: '2007-01-01',
      headerRows: 1,
      labels: {
        ...layout?.labels,
        facility_price: 'FACILITY AMOUNT',
        non_facility_price: 'NON-FACILITY AMOUNT',
      },
    },
  ],
}

async function driftOf(
  header: string,
  { rows = ROWS, dataset = oppsCap, member = 'OPPSCAP_JAN.csv' }: Partial<Source> = {},
): Promise<HeaderDriftError> {
  const error = await readFileOf(
    dataset,
    'RVU25A',
    member,
    `${[header, ...rows].join('\r\n')}\r\n`,
  ).then(
    () => undefined,
    (thrown) => thrown,
  )
  if (error instanceof HeaderDriftError) return error
  throw error ?? new Error('the header was accepted')
}

interface Source {
  readonly rows: readonly string[]
  readonly dataset: SourceFile
  readonly member: string
}

const proposed = (error: HeaderDriftError) =>
  Object.fromEntries(proposalsIn(error.columns).map(({ text, field }) => [text, field]))

describe('what CMS really misspelled is proposed as what it is', () => {
  test('CARRIERR', async () => {
    const error = await driftOf(HEADER.replace('CARRIER', 'CARRIERR'))
    expect(error.message).toBe(
      'OPPSCAP_JAN.csv: the columns are not those of the layout since 2009-01-01; unknown: "CARRIERR", whose values are 01112, 02102: most likely it is "CARRIER" (mac), which holds a MAC of five digits',
    )
    expect(error.next).toBe(
      'Compare the values. If each column is what it is taken for, run the command again with --accept-columns "CARRIERR" --because "<why>"; or add the spelling to the layout (CONTRIBUTING.md, "Add a layout").',
    )
  })

  test('FACLITY AMOUNTS and NON-FACILTIY AMOUNTS, in either order', async () => {
    for (const names of [
      'FACLITY AMOUNTS,NON-FACILTIY AMOUNTS',
      'NON-FACILTIY AMOUNTS,FACLITY AMOUNTS',
    ]) {
      for (const dataset of [oppsCap, amounts]) {
        const header = HEADER.replace('FACILITY PRICE,NON-FACILITY PRICE', names)
        expect(proposed(await driftOf(header, { dataset }))).toEqual({
          'FACLITY AMOUNTS': 'facility_price',
          'NON-FACILTIY AMOUNTS': 'non_facility_price',
        })
      }
    }
  })

  test('Adminstrative, in the first column of all', async () => {
    const error = await driftOf(
      'Medicare Adminstrative Contractor (MAC),State,Locality Number,Locality Name,2025 PW GPCI (with 1.0 Floor),2025 PE GPCI,2025 MP GPCI',
      { dataset: gpci, member: 'GPCI2025.csv', rows: ['10112,AL,00,ALABAMA,1.000,0.869,0.575'] },
    )
    expect(proposed(error)).toEqual({ 'Medicare Adminstrative Contractor (MAC)': 'mac' })
    expect(error.next).toContain('--accept-columns "Medicare Adminstrative Contractor (MAC)"')
  })

  test('a name that is also like one that has its column', async () => {
    const error = await driftOf(
      'MEDICARE ADMINISTRATIVE CONTRACTOR,STATE,LOCALITY NUMBER,LOCALITY NAME,2025 PW GPCI (WITH 1.0 FLOOR),2025 PX GPCI,2025 MP GPCI',
      { dataset: gpci, member: 'GPCI2025.csv', rows: ['10112,AL,00,ALABAMA,1.000,0.869,0.575'] },
    )
    expect(proposed(error)).toEqual({ '2025 PX GPCI': 'pe_gpci' })
  })

  test('a label that is a pattern', async () => {
    const error = await driftOf('Contracter,Locality,Locality Name,National Anes CF of 20.3178', {
      dataset: anesthesia,
      member: 'ANES2025.csv',
      rows: ['10112,00,ALABAMA,19.31'],
    })
    expect(proposed(error)).toEqual({ Contracter: 'mac' })
  })

  test('in a workbook', async () => {
    const cells = [HEADER.replace('CARRIER', 'CARRIERR'), ...ROWS].map((row) => row.split(','))
    const work = () =>
      workbookOf(cells).then((bytes) => readFileOf(oppsCap, 'RVU25A', 'OPPSCAP_JAN.xlsx', bytes))
    await expect(work()).rejects.toThrow(/"CARRIERR", .* most likely it is "CARRIER" \(mac\)/)
  })
})

describe('nothing is proposed where nobody can say what a column is', () => {
  test.for([
    [
      'the same name twice',
      HEADER.replace(/FACILITY.*/, 'CAPPED AMT,CAPPED AMT'),
      /"CAPPED AMT", .*it stands twice/,
    ],
    [
      'a name that is like nothing',
      HEADER.replace('CARRIER', 'JURISDICTION'),
      /"JURISDICTION", .*like no column that is missing/,
    ],
    [
      'a column that is too much',
      `${HEADER},CARRIER NAME`,
      /"CARRIER NAME", .*like no column that is missing/,
    ],
    [
      'two candidates',
      HEADER.replace('FACILITY PRICE,NON-FACILITY PRICE', 'N-FACILITY PRICE,FACILITY COSTS'),
      /"N-FACILITY PRICE", .*it may be "NON-FACILITY PRICE" \(non_facility_price\) or "FACILITY PRICE" \(facility_price\)/,
    ],
  ] as const)('%s', async ([, header, why]) => {
    const rows = ROWS.map((row) => (header.endsWith('NAME') ? `${row},x` : row))
    const error = await driftOf(header, { rows })
    expect(error.message).toMatch(why)
    expect(error.next).toMatch(/^Open the file .* add a layout/)
  })

  test('one name between two missing columns', async () => {
    const error = await driftOf(
      'MEDICARE ADMINISTRATIVE CONTRACTOR,STATE,LOCALITY NUMBER,LOCALITY NAME,2025 PW GPCI (WITH 1.0 FLOOR),2025 P GPCI,2025 X GPCI',
      {
        dataset: gpci,
        member: 'GPCI2025.csv',
        rows: ['10112,AL,00,ALABAMA,1.000,0.869,0.575'],
      },
    )
    expect(error.message).toContain(
      '"2025 P GPCI", whose values are 0.869: it may be "YYYY PE GPCI" (pe_gpci) or "YYYY MP GPCI" (mp_gpci)',
    )
    expect(proposed(error)).toEqual({})
  })

  test('two names for one missing column', async () => {
    const error = await driftOf(
      'HCPCS,MOD,PROCSTAT,CARRIERR,CARRER,LOCALITY,FACILITY PRICE,NON-FACILITY PRICE',
      {
        rows: ROWS.map((row) =>
          row.replace(',01112', ',01112,01112').replace(',02102', ',02102,02102'),
        ),
      },
    )
    expect(error.message).toContain('it is like "CARRIER" (mac), but so is "CARRER"')
    expect(proposed(error)).toEqual({})
  })

  test('an amount that is none, in whatever line', async () => {
    const many = Array.from(
      { length: 300 },
      (_, at) => `GXXX1,TC,C,01112,${String(at % 100)},1.00,2.00`,
    )
    const error = await driftOf(HEADER.replace('FACILITY PRICE', 'FACLITY PRICE'), {
      rows: [...many, 'GXXX3,TC,C,01112,05,n/a,1.00'],
    })
    expect(error.message).toContain(
      'it is like "FACILITY PRICE" (facility_price), but its value "n/a" in line 302 is not dollars: a number with at most 2 decimals',
    )
    expect(proposed(error)).toEqual({})
  })

  test('a column without a value', async () => {
    const error = await driftOf(HEADER.replace('MOD', 'MODD'), {
      rows: ROWS.map((row) => row.replace('TC', '')),
    })
    expect(error.message).toContain(
      '"MODD", whose values are all blank: it is like "MOD" (modifier), but no value of it shows whether it is',
    )
  })
})

test('a footer below the data is no value', async () => {
  const error = await driftOf(
    'Medicare Administrative Contractr,Locality Number,State,Fee Schedule Area,Counties',
    {
      dataset: locality,
      member: '25LOCCO.csv',
      rows: ['10112,00,ALABAMA,STATEWIDE,ALL COUNTIES', '* A footnote of CMS.,,,,'],
    },
  )
  expect(proposed(error)).toEqual({ 'Medicare Administrative Contractr': 'mac' })
})

test('optional parts and alternatives of a pattern are written out', () => {
  expect(spellingsOf(/^(YYYY )?(PW|WORK)\W+(GPCI( \d| \(WITH 1\.0 FLOOR\))?|RVU)$/)).toEqual(
    expect.arrayContaining([
      'PW GPCI',
      'YYYY WORK GPCI (WITH 1.0 FLOOR)',
      'WORK GPCI 1',
      'YYYY PW RVU',
    ]),
  )
  expect(spellingsOf(/^(MEDICARE )?(CONTRACTOR|CARRIER)( \(MAC\))?$/)).toContain('CONTRACTOR (MAC)')
})

test.for(schedules.flatMap(({ files }) => files))(
  'each label of $name has spellings',
  ({ csv }) => {
    for (const { labels } of csv) {
      for (const [field, label] of Object.entries<Label | null>(labels)) {
        if (label !== null) expect(spellingsOf(label), field).not.toEqual([])
      }
    }
  },
)
