import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rvu, rvuQpp } from '../../schemas/pfs/rvu.ts'
import { FIXTURES } from '../../src/paths.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { readFileOf } from '../helpers/release.ts'
import { BEHIND, csvFile, IMAGING, lineOf, OPPS, PAIRED, VALUES } from '../helpers/synthetic.ts'
import { readZip, workbookOf } from '../helpers/zips.ts'

const excerpt = (name: string) => readFileSync(join(FIXTURES, 'layouts', name))

describe("header blocks of CMS's own files", () => {
  test.each([
    ['RVU22A', 'PPRRVU22_JAN.csv', '34.6062'],
    ['RVU24C', 'PPRRVU24_JUL.csv', '33.2875'],
  ])('%s', async (release, name, factor) => {
    const { rows, rejected, constants } = await readFileOf(rvu, release, name, excerpt(name))
    expect(rejected).toEqual([])
    expect(rows).toHaveLength(6)
    expect(constants.conversion_factor).toBe(factor)
    expect(rows[5]).toMatchObject({ global_days: 'XXX', imaging_family: '99', mp_opps: '0.00' })
  })

  test.each([
    [rvu, 'PPRRVU2026_Jan_nonQPP.excerpt.csv', '33.4009', '9'],
    [rvuQpp, 'PPRRVU2026_Jan_QPP.excerpt.csv', '33.5675', '1'],
  ] as const)('RVU26A, %#', async (dataset, member, factor, indicator) => {
    const files = await readZip(join(FIXTURES, 'rvu26a-excerpt.zip'))
    const name = [...files.keys()].find((file) => file.endsWith(member)) ?? ''
    const content = files.get(name) ?? new Uint8Array()
    // CMS's QPP file ends in thousands of rows of commas.
    const emptyRows = Buffer.from(`${','.repeat(31)}\r\n`.repeat(8000))
    const { rows, constants, file } = await readFileOf(
      dataset,
      'RVU26A',
      name,
      Buffer.concat([content, emptyRows]),
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(file.blank).toBeGreaterThanOrEqual(8000)
    expect(constants).toEqual({ conversion_factor: factor, pricing_indicator: indicator })
  })

  test('RVU26C and RVU26D write the same header without lone and trailing spaces', async () => {
    const files = await readZip(join(FIXTURES, 'rvu26a-excerpt.zip'))
    const [name = ''] = [...files.keys()].filter((file) => file.includes('nonQPP'))
    const text = Buffer.from(files.get(name) ?? []).toString('latin1')
    const trimmed = text
      .replaceAll(/ +(?=[,\r\n])/g, '')
      .replaceAll(', ,', ',,')
      .replace('January Release', 'July Release')
    const { rows } = await readFileOf(rvu, 'RVU26C', 'PPRRVU2026_Jul_nonQPP.csv', trimmed)
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('a header that was edited is refused, column by column', () => {
  const edit = (from: string, to: string) => {
    const text = excerpt('PPRRVU22_JAN.csv').toString('latin1')
    expect(text).toContain(from)
    return readFileOf(rvu, 'RVU22A', 'PPRRVU22_JAN.csv', text.replace(from, to))
  }

  test.each([
    [
      'renamed',
      'CODE,PAYMENT,RVU,PE RVU',
      'CODE,PAYMENT,RVUS,PE RVU',
      /unknown: "WORK RVUS", whose values are .*: most likely it is "WORK RVU" \(work_rvu\)/,
    ],
    ['doubled', 'HCPCS,MOD,', 'HCPCS,HCPCS,', /missing: "MOD" \(modifier\); doubled: \["HCPCS"\]/],
    [
      'added',
      'AMOUNT\r\nA0021',
      'AMOUNT,EXTRA\r\nA0021',
      /unknown: "EXTRA", whose values are all blank: it is like no/,
    ],
    [
      'removed',
      ',FLAG,INDICATOR,AMOUNT',
      ',,INDICATOR,AMOUNT',
      /unknown: "CALCULATION", .* most likely it is "CALCULATION FLAG"/,
    ],
    [
      'the first',
      'HCPCS,MOD,DESCRIPTION',
      'CPT,MOD,DESCRIPTION',
      /unknown: "CPT", .*missing: "HCPCS"/,
    ],
  ])('%s', async (_, from, to, message) => {
    await expect(edit(from, to)).rejects.toMatchObject({
      code: 'E_HEADER_DRIFT',
      message: expect.stringMatching(message),
    })
  })

  test('spaces, an asterisk and case are not a change', async () => {
    const { rows } = await edit('HCPCS,MOD,DESCRIPTION', ' Hcpcs ,MOD*, description  ')
    expect(rows).toHaveLength(6)
  })
})

const EXPECTED = {
  hcpcs: 'G0101',
  work_rvu: '0.45',
  non_facility_pe_rvu: '0.52',
  non_facility_na_indicator: null,
  facility_pe_rvu: '0.17',
  mp_rvu: '0.02',
  non_facility_total_rvu: '0.99',
  facility_total_rvu: '0.64',
  fully_implemented_non_facility_pe_rvu: '0.61',
  fully_implemented_non_facility_na_indicator: 'NA',
  fully_implemented_facility_pe_rvu: '0.18',
  fully_implemented_non_facility_total_rvu: '1.08',
  fully_implemented_facility_total_rvu: '0.65',
  physician_supervision: '09',
}

describe('epochs before 2014, after published layouts', () => {
  test.each([
    ['RVU04A', 'PPRRVU04.csv', 4, [], { imaging_family: null, non_facility_pe_opps: null }],
    ['RVU06A', 'PPRRVU06.csv', 4, IMAGING, { imaging_family: '99', non_facility_pe_opps: null }],
    ['RVU06D', 'PPRRVU06.csv', 5, IMAGING, { imaging_family: '99', non_facility_pe_opps: null }],
    ['RVU08C', 'PPRRVU08.csv', 5, [...IMAGING, ...OPPS], { imaging_family: '99', mp_opps: '0.01' }],
    ['RVU10AR1', 'PPRRVU10_V1.csv', 5, [...IMAGING, ...OPPS], { mp_opps: '0.01' }],
    ['RVU13D', 'PPRRVU13_V0828.csv', 5, [...IMAGING, ...OPPS], { facility_pe_opps: '0.07' }],
  ])('%s, CSV', async (release, name, depth, more, expected) => {
    const year = 2000 + Number(release.slice(3, 5))
    const tail = ['99', '.08', '.07', '.01'].slice(0, more.length)
    const file = csvFile(year, [...PAIRED, ...BEHIND, ...more], depth, [...VALUES, ...tail])
    const { rows, rejected, file: parsed } = await readFileOf(rvu, release, name, file)
    expect(rejected).toEqual([])
    expect(rows).toEqual([expect.objectContaining({ ...EXPECTED, ...expected })])
    expect(parsed.evidence).toBe('synthetic')
  })

  test('2013 ends its lines with a bare CR', async () => {
    const labels = [...PAIRED, ...BEHIND, ...IMAGING, ...OPPS]
    const file = csvFile(2013, labels, 5, [...VALUES, '99', '.08', '.07', '.01'], '\r')
    const { rows } = await readFileOf(rvu, 'RVU13D', 'PPRRVU13_V0828.csv', file)
    expect(rows).toEqual([expect.objectContaining(EXPECTED)])
  })

  test('the XLSX is read as the CSV is', async () => {
    const labels = [...PAIRED, ...BEHIND, ...IMAGING, ...OPPS]
    const file = csvFile(2010, labels, 5, [...VALUES, '99', '.08', '.07', '.01'])
    const sheet = await workbookOf(file.split('\r\n').map((line) => line.split(',')))
    const { rows } = await readFileOf(rvu, 'RVU10AR1', 'PPRRVU10_V1.xlsx', sheet)
    expect(rows).toEqual([expect.objectContaining({ ...EXPECTED, mp_opps: '0.01' })])
  })

  test('a file with one pair of practice expense columns has no fully implemented ones', async () => {
    const single = PAIRED.filter((label) => !label.startsWith('FULLY')).map((label) =>
      label.replace('TRANSITIONED ', ''),
    )
    const values = VALUES.filter((_, at) => !PAIRED[at]?.startsWith('FULLY'))
    const labels = [...single, ...BEHIND, ...IMAGING, ...OPPS]
    const file = csvFile(2014, labels, 5, [...values, '99', '.08', '.07', '.01'])
    const { rows } = await readFileOf(rvu, 'RVU14A', 'PPRRVU14_V1219.csv', file)
    expect(rows).toEqual([
      expect.objectContaining({
        non_facility_pe_rvu: '0.52',
        facility_total_rvu: '0.64',
        fully_implemented_non_facility_pe_rvu: null,
      }),
    ])
  })

  test('a column that an epoch has may be neither missing nor blank', async () => {
    const labels = [...PAIRED, ...BEHIND, ...IMAGING, ...OPPS]
    const without = csvFile(2010, labels.slice(0, -1), 5, [...VALUES, '99', '.08', '.07'])
    const read = (file: string) => readFileOf(rvu, 'RVU10AR1', 'PPRRVU10_V1.csv', file)
    expect(await codeOfAsync(() => read(without))).toBe('E_HEADER_DRIFT')
    const blank = csvFile(2010, labels, 5, [...VALUES, '', '.08', '.07', '.01'])
    expect((await read(blank)).rejected[0]?.issues[0]?.column).toBe('imaging_family')
  })

  const line = lineOf({
    ...{ 1: 'G0101', 8: 'CA screen; pelvic/breast exam', 58: 'A', 60: '  0.45' },
    ...{ 67: '  0.52', 76: '  0.61', 82: 'NA', 85: '  0.17', 94: '  0.18', 104: ' 0.02' },
    ...{ 110: '  0.99', 117: '  1.08', 124: '  0.64', 131: '  0.65', 139: '0', 140: 'XXX' },
    ...{ 143: '.00', 146: '.00', 149: '.00', 152: '00000', 169: ' 36.0666', 178: '09', 180: '0' },
  })

  test.each([
    ['RVU04A', 'PPRRVU04.TXT', line, { imaging_family: null, mp_opps: null }],
    ['RVU06B', 'PPRRVU06.TXT', `${line} 99`, { imaging_family: '99', mp_opps: null }],
    [
      'RVU09A',
      'PPRRVU09.TXT',
      lineOf({ 1: line, 182: '99', 188: '  0.08', 195: '  0.07', 202: '  0.01' }),
      { imaging_family: '99', non_facility_pe_opps: '0.08', mp_opps: '0.01' },
    ],
  ])('%s, TXT', async (release, name, record, expected) => {
    const text = `HDR CPT codes and descriptions only are copyright\r\n${record}\r\n\u001a`
    const { rows, rejected } = await readFileOf(rvu, release, name, text)
    expect(rejected).toEqual([])
    expect(rows).toEqual([expect.objectContaining({ ...EXPECTED, ...expected })])
  })
})
