import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { anesthesia } from '../../schemas/pfs/anesthesia.ts'
import { gpci } from '../../schemas/pfs/gpci.ts'
import { locality } from '../../schemas/pfs/locality.ts'
import { oppsCap } from '../../schemas/pfs/opps-cap.ts'
import { FIXTURES } from '../../src/paths.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { hasReal, REAL } from '../helpers/real.ts'
import { readFileOf } from '../helpers/release.ts'
import { workbookOf } from '../helpers/zips.ts'

const excerpt = (name: string) => readFileSync(join(FIXTURES, 'layouts', name))
const csv = (...lines: string[]) => `${lines.join('\r\n')}\r\n`

describe('GPCI', () => {
  test('2020 has no state; its footnote marks are kept beside the name', async () => {
    const { rows, file } = await readFileOf(gpci, 'RVU20A', 'GPCI2020.csv', excerpt('GPCI2020.csv'))
    expect(rows).toHaveLength(6)
    expect(rows[1]).toEqual({
      mac: '02102',
      locality: '01',
      state: null,
      locality_name: 'ALASKA',
      footnote_mark: '**',
      work_gpci: '1.500',
      work_gpci_without_floor: null,
      pe_gpci: '1.118',
      mp_gpci: '0.661',
    })
    expect(rows[3]).toMatchObject({ locality_name: 'HAWAII, GUAM', footnote_mark: null })
    expect(file.blank).toBe(2)
  })

  test('2022 lost its leading zeros, and ends in footnotes', async () => {
    const { rows, file } = await readFileOf(gpci, 'RVU22A', 'GPCI2022.csv', excerpt('GPCI2022.csv'))
    expect(rows).toHaveLength(6)
    expect(rows[2]).toMatchObject({ mac: '01112', locality: '07', state: 'CA', pe_gpci: '1.329' })
    expect(rows[4]).toMatchObject({ locality_name: 'MONTANA', footnote_mark: '**' })
    expect(file.notes).toBe(3)
  })

  const since2026 = (...work: string[]) => [
    'ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES',
    '',
    ['Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name', ...work]
      .concat('2026 PE GPCI', '2026 MP GPCI')
      .join(','),
  ]

  test('2026 prints the work GPCI without and with the floor', async () => {
    const header = since2026('2026 PW GPCI (without 1.0 Floor)', '2026 PW GPCI (with 1.0 Floor)')
    const file = csv(...header, '10112,AL,00,ALABAMA,0.98,1,0.869,0.575')
    expect((await readFileOf(gpci, 'RVU26A', 'GPCI2026.csv', file)).rows).toEqual([
      expect.objectContaining({ work_gpci: '1.000', work_gpci_without_floor: '0.980' }),
    ])
  })

  test('later 2026 revisions print the one with the floor only', async () => {
    const file = csv(
      ...since2026('2026 PW GPCI (with 1.0 Floor)***'),
      '10112,AL,00,ALABAMA,1,0.869,0.575',
    )
    expect((await readFileOf(gpci, 'RVU26B', 'GPCI2026.csv', file)).rows).toEqual([
      expect.objectContaining({ work_gpci: '1.000', work_gpci_without_floor: null }),
    ])
  })

  test('a work GPCI that does not say whether it holds the floor is refused in 2026', async () => {
    const file = csv(...since2026('2026 PW GPCI'), '10112,AL,00,ALABAMA,1,0.869,0.575')
    const work = () => readFileOf(gpci, 'RVU26B', 'GPCI2026.csv', file)
    expect(await codeOfAsync(work)).toBe('E_HEADER_DRIFT')
  })

  test.skipIf(!hasReal)('2026, the real file', async () => {
    const path = join(REAL, 'rvu26b-partial/GPCI2026.csv')
    const { rows, rejected } = await readFileOf(gpci, 'RVU26B', 'GPCI2026.csv', readFileSync(path))
    expect(rejected).toEqual([])
    expect(rows).toHaveLength(109)
    const differ = rows.filter((row) => row.work_gpci !== row.work_gpci_without_floor)
    expect(differ).toHaveLength(47)
  })

  test.each([
    [
      'RVU17A',
      'GPCI2017.csv',
      'Contractor,Locality,Locality Name,2017 Work GPCI 2,2017 PE GPCI,MP GPCI',
    ],
    ['RVU14C', 'GPCI2014.csv', 'Carrier,Locality,State/County,Work RVU,PE RVU,MP RVU'],
    [
      'RVU21A',
      'GPCI2021.csv',
      'Medicare Administrative Contractor (MAC),Locality Number,Locality Name,2021 PW GPCI,2021 PE GPCI,2021 MP GPCI',
    ],
  ])(
    '%s: words that CMS has used, with years and footnote numbers',
    async (release, name, header) => {
      const file = csv('ADDENDUM E', '', header, '510,0,"Alabama, AL",1.000,0.853,0.496')
      const { rows, rejected } = await readFileOf(gpci, release, name, file)
      expect(rejected).toEqual([])
      expect(rows).toEqual([
        expect.objectContaining({
          mac: '00510',
          work_gpci: '1.000',
          pe_gpci: '0.853',
          mp_gpci: '0.496',
        }),
      ])
    },
  )
})

describe('LOCCO', () => {
  test.each([
    ['RVU17A', '17LOCCO.csv', 'Carrier Number,Locality Number,State ,Fee Schedule Area ,Counties,'],
    ['RVU20A', '20LOCCO.csv', 'Carrier Number,Locality Number,State,Fee Schedule Area,Counties'],
    [
      'RVU22A',
      '22LOCCO.csv',
      'Medicare Adminstrative Contractor,Locality Number,State,Fee Schedule Area,Counties',
    ],
  ])('%s', async (release, name, header) => {
    const { rows, file } = await readFileOf(
      locality,
      release,
      name,
      csv(
        'COUNTIES INCLUDED IN LOCALITIES',
        ',,,,,',
        header,
        '2102,1,ALASKA ,STATEWIDE ,ALL COUNTIES ,',
        ',,,,,',
        '5302,99,MISSOURI,REST OF STATE*,ALL OTHER COUNTIES,',
        '5302,99,,REST OF STATE*,ALL OTHER COUNTIES,',
        '*  Payment locality is serviced by two carriers.,,,,,',
      ),
    )
    expect(rows).toMatchObject([
      { mac: '02102', locality: '01', entry: '1', state: 'ALASKA' },
      { mac: '05302', locality: '99', entry: '1', state: 'MISSOURI' },
      { mac: '05302', locality: '99', entry: '2', state: 'MISSOURI' },
    ])
    expect(file.notes).toBe(1)
  })

  test('RVU26C ships it as XLSX only', async () => {
    const sheet = await workbookOf([
      ['COUNTIES INCLUDED IN 2026 LOCALITIES'],
      [],
      [
        'Medicare Adminstrative Contractor',
        'Locality Number',
        'State ',
        'Fee Schedule Area ',
        'Counties',
      ],
      [],
      ['10112', '00', 'ALABAMA', 'STATEWIDE', 'ALL COUNTIES'],
      [],
      ['02102', '01', 'ALASKA', 'STATEWIDE', 'ALL COUNTIES'],
    ])
    const { rows } = await readFileOf(locality, 'RVU26C', '26LOCCO.xlsx', sheet)
    expect(rows.map((row) => [row.mac, row.state])).toEqual([
      ['10112', 'ALABAMA'],
      ['02102', 'ALASKA'],
    ])
  })
})

describe('ANES', () => {
  const both = (factor: string, national: string | null, mark: string | null = null) =>
    ['false', 'true'].map((qualifying_apm) => ({
      mac: '02102',
      locality: '01',
      qualifying_apm,
      locality_name: 'ALASKA',
      footnote_mark: mark,
      conversion_factor: factor,
      national_conversion_factor: national,
    }))

  test.each([
    ['National Anes CF of 20.3178', '20.3178'],
    ['National Anes CF of $15.93', '15.93'],
    ['National Anes CF of 20.4349 ', '20.4349'],
    ['Anes CF of 20.3178', '20.3178'],
    ['2024 Anesthesia Conversion Factor', null],
    ['2024 Anes. Conversion Factor', null],
    ['National Anes CF of 0.0000', null],
  ])('the header %j carries %j, and one factor serves everybody', async (label, factor) => {
    const file = csv(`Contractor,Locality,Locality Name,${label}`, '2102,1,ALASKA*  ,27.86', ',,,')
    expect((await readFileOf(anesthesia, 'RVU24A', 'ANES2024.csv', file)).rows).toEqual(
      both('27.86', factor, '*'),
    )
  })

  test('2014 prints cents, and 2015 has no header', async () => {
    const cents = csv(
      'Carrier,Locality,Locality Name,2014 Anes. Conversion Factor',
      '02102,01,ALASKA,3105',
    )
    expect((await readFileOf(anesthesia, 'RVU14A', 'ANES 2014_V0103.csv', cents)).rows).toEqual(
      both('31.05', null),
    )
    const bare = csv('02102,01,ALASKA,3092')
    expect((await readFileOf(anesthesia, 'RVU15A', 'Anes_2015_122314.csv', bare)).rows).toEqual(
      both('30.92', null),
    )
  })

  /** The header that two programs expect of RVU26B and RVU26C. */
  const HEADER_2026 =
    'Contractor,Locality,Locality Name,Qualifying APM National Anes CF (with 2.5% statutory increase) of 20.599835,Non-Qualifying APM National Anes CF (with 2.5% Statutory increase)  of 20.49754'

  test.each([
    ['ANES2026.csv', csv(HEADER_2026, '02102 ,01 ,ALASKA*,28.29,28.15')],
    [
      'ANES2026.txt',
      '02102       01    ALASKA                                           2829  2815\r\n',
    ],
  ])('2026 has two factors, %s', async (name, file) => {
    const { rows } = await readFileOf(anesthesia, 'RVU26A', name, file)
    const national = name.endsWith('csv') ? ['20.49754', '20.599835'] : [null, null]
    expect(rows).toMatchObject([
      {
        qualifying_apm: 'false',
        conversion_factor: '28.15',
        national_conversion_factor: national[0],
      },
      {
        qualifying_apm: 'true',
        conversion_factor: '28.29',
        national_conversion_factor: national[1],
      },
    ])
  })

  test('one factor in 2026 is refused by the column that is missing', async () => {
    const file = csv(
      'Contractor,Locality,Locality Name,National Anes CF of 20.3178',
      '02102,01,ALASKA,27.86',
    )
    await expect(readFileOf(anesthesia, 'RVU26A', 'ANES2026.csv', file)).rejects.toMatchObject({
      code: 'E_HEADER_DRIFT',
      message: expect.stringContaining('NON-QUALIFYING APM'),
    })
  })
})

test('OPPSCAP, header as CMS misspells it, and the end of a DOS file', async () => {
  const file = csv(
    'HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE',
    'G0130,TC,A,1112,5,38.4,38.4',
    ',,,,,,',
    '\u001a,,,,,,',
  )
  expect((await readFileOf(oppsCap, 'RVU20A', 'OPPSCAP_JAN.csv', file)).rows).toEqual([
    {
      hcpcs: 'G0130',
      modifier: 'TC',
      mac: '01112',
      locality: '05',
      status_indicator: 'A',
      facility_price: '38.40',
      non_facility_price: '38.40',
    },
  ])
})
