import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rvu, rvuQpp } from '../../schemas/pfs/rvu.ts'
import { FIXTURES } from '../../src/paths.ts'
import { readFileOf } from '../helpers/release.ts'
import { readZip } from '../helpers/zips.ts'

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

describe('the transition of practice expense, 2009 to 2012', () => {
  const read = async (release: string, extension: string) => {
    const files = await readZip(join(FIXTURES, `${release.toLowerCase()}.zip`))
    const name = [...files.keys()].find((file) => /PPRRVU/.test(file) && file.endsWith(extension))
    return readFileOf(rvu, release, name ?? '', files.get(name ?? '') ?? new Uint8Array())
  }

  test.each(['.csv', '.txt'])(
    'G0101 of RVU09A, %s: paid and fully implemented',
    async (extension) => {
      const { rows, rejected, constants } = await read('RVU09A', extension)
      expect(rejected).toEqual([])
      expect(rows.find(({ hcpcs }) => hcpcs === 'G0101')).toMatchObject({
        work_rvu: '0.45',
        non_facility_pe_rvu: '0.49',
        fully_implemented_non_facility_pe_rvu: '0.48',
        facility_na_indicator: 'NA',
        fully_implemented_facility_na_indicator: 'NA',
        non_facility_total_rvu: '0.96',
        fully_implemented_non_facility_total_rvu: '0.95',
      })
      expect(constants.conversion_factor).toBe('36.0666')
    },
  )

  test('it was over in 2013: the file has one pair of columns', async () => {
    const { rows } = await read('RVU13A', '.csv')
    expect(rows.find(({ hcpcs }) => hcpcs === 'G0101')).toMatchObject({
      work_rvu: '0.45',
      fully_implemented_non_facility_pe_rvu: null,
    })
  })

  test('bare CR ends a line', async () => {
    const files = await readZip(join(FIXTURES, 'rvu13a.zip'))
    const text = Buffer.from(files.get('PPRRVU13.csv') ?? []).toString('latin1')
    const whole = await readFileOf(rvu, 'RVU13A', 'PPRRVU13.csv', text)
    const bare = await readFileOf(rvu, 'RVU13A', 'PPRRVU13.csv', text.replaceAll('\r\n', '\r'))
    expect(bare.rows).toEqual(whole.rows)
  })
})

describe("a file's date", () => {
  const titled = (year: string) =>
    excerpt('PPRRVU22_JAN.csv').toString('latin1').replace('2022 National', `${year} National`)

  test.each([
    ['RVU24A', 'PPRRVU22_JAN.csv', '2022'],
    ['RVU22B', 'PPRRVU22_JAN.csv', '2022'],
    ['RVU22A', 'PPRRVU22_JAN.csv', '2021'],
  ])('%s refuses %s, titled %s, with all that it says', async (release, name, year) => {
    await expect(readFileOf(rvu, release, name, titled(year))).rejects.toMatchObject({
      code: 'E_WRONG_RELEASE',
      message: expect.stringMatching(/its title says .*its name says .*is the release of/),
    })
  })

  test('what the title says outweighs the name, and the contradiction is told', async () => {
    const { file } = await readFileOf(rvu, 'RVU22A', 'PPRRVU21_JAN.csv', titled('2022'))
    expect(file.contradiction).toBe(
      'PPRRVU21_JAN.csv: its title says 2022-01, its name says 2021-01; RVU22A is the release of 2022-01',
    )
  })
})
