/**
 * Epochs that are read with the oldest layout known, on the sample release of 2025 made older or younger:
 * what docs/coverage.md calls synthetic where no layout was published. And the real files of 2024 and 2026.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { rvu, rvuQpp } from '../../schemas/pfs/rvu.ts'
import { FIXTURES } from '../../src/paths.ts'
import { hasReal, REAL } from '../helpers/real.ts'
import { readFileOf, readRelease } from '../helpers/release.ts'
import { readZip, workbookOf } from '../helpers/zips.ts'

let sample: Map<string, Uint8Array>
beforeAll(async () => {
  sample = await readZip(join(FIXTURES, 'rvu25a.zip'))
})

const MEMBERS = {
  rvu: ['PPRRVU25_JAN', 5021],
  gpci: ['GPCI2025', 109],
  opps_cap: ['OPPSCAP_JAN', 1035],
  anesthesia: ['ANES2025', 109],
  locality: ['25LOCCO', 110],
} as const

const textOf = (member: string) => Buffer.from(sample.get(member) ?? []).toString('latin1')
const cellsOf = (csv: string) => Papa.parse<string[]>(csv).data
const dated = (text: string, year: string) => text.replaceAll('2025 ', `20${year} `)

describe.each([
  ['RVU14A', ['rvu', 'anesthesia', 'locality', 'opps_cap']],
  ['RVU07A2', ['anesthesia', 'locality', 'opps_cap']],
  ['RVU03A', ['anesthesia', 'locality']],
  ['RVU21A', ['rvu', 'gpci', 'anesthesia', 'locality', 'opps_cap']],
  ['RVU26A', ['gpci', 'anesthesia', 'locality', 'opps_cap']],
] as const)('%s', (release, names) => {
  const year = release.slice(3, 5)
  test.each(names.map((name) => [name, ...MEMBERS[name]] as const))(
    '%s in CSV, TXT and XLSX',
    async (name, member, count) => {
      const dataset = pfs.datasets.find((one) => one.name === name)
      if (!dataset) throw new Error(name)
      const csv = dated(textOf(`${member}.csv`), year)
      const files = [
        ['csv', csv],
        ['txt', textOf(`${member}.txt`)],
        ['xlsx', await workbookOf(cellsOf(csv))],
      ] as const
      for (const [format, content] of files) {
        const file = await readFileOf(
          dataset,
          release,
          `${member.replace('25', year)}.${format}`,
          content,
        )
        expect(file.rejected, format).toEqual([])
        expect(file.rows, format).toHaveLength(count)
      }
    },
  )
})

describe('2026, other formats', () => {
  test.each([
    [rvu, 'nonQPP', '9'],
    [rvuQpp, 'QPP', '1'],
  ] as const)('%#', async (dataset, kind, indicator) => {
    const files = await readZip(join(FIXTURES, 'rvu26a-excerpt.zip'))
    const csv = files.get(`PPRRVU2026_Jan_${kind}.excerpt.csv`) ?? new Uint8Array()
    const cells = cellsOf(Buffer.from(csv).toString('latin1'))
    const read = (format: string, content: string | Uint8Array) =>
      readFileOf(dataset, 'RVU26A', `PPRRVU2026_Jan_${kind}.${format}`, content)
    const [inCsv, inXlsx] = [await read('csv', csv), await read('xlsx', await workbookOf(cells))]
    expect(inXlsx.rows).toEqual(inCsv.rows)

    const line =
      textOf('PPRRVU25_JAN.txt')
        .split('\r\n')
        .find((text) => /^G0101/.test(text)) ?? ''
    const younger = `${line.slice(0, 120)}${indicator}${line.slice(121)}`
    const { rows, constants } = await read('txt', younger)
    expect(rows).toHaveLength(1)
    expect(constants.pricing_indicator).toBe(indicator)
  })

  test.skipIf(!hasReal)('RVU26B, the real TXT', async () => {
    const path = join(REAL, 'rvu26b-partial/PPRRVU2026_Apr_nonQPP.txt')
    const file = await readFileOf(rvu, 'RVU26B', 'PPRRVU2026_Apr_nonQPP.txt', readFileSync(path))
    expect(file.rejected).toEqual([])
    expect(file.rows).toHaveLength(19277)
    expect(file.constants).toEqual({ conversion_factor: '33.4009', pricing_indicator: '9' })
  })
})

test.skipIf(!hasReal).each([
  ['RVU24A', 'rvu24a.zip', 18499, '32.7442'],
  ['RVU24AR', 'rvu24ar.zip', 18499, '33.2875'],
  ['RVU24B', 'rvu24b.zip', 18534, '33.2875'],
])("%s, CMS's values laid out again", async (release, file, rows, factor) => {
  const files = await readRelease(join(REAL, 'relaid', file), release, 'csv')
  expect([...files.keys()].sort()).toEqual(['anesthesia', 'gpci', 'locality', 'opps_cap', 'rvu'])
  for (const { rejected } of files.values()) expect(rejected).toEqual([])
  expect(files.get('rvu')?.rows).toHaveLength(rows)
  expect(files.get('rvu')?.constants.conversion_factor).toBe(factor)
  expect(files.get('gpci')?.rows).toHaveLength(109)
})
