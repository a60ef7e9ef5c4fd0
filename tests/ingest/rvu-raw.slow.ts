/** PPRRVU of every real release, in every format, beside a count of the raw file that shares nothing with our readers. */
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { rvu } from '../../schemas/pfs/rvu.ts'
import { hasReal, REAL } from '../helpers/real.ts'
import { type NamedRow, readRelease } from '../helpers/release.ts'
import { readZip } from '../helpers/zips.ts'

const ZIPS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['09', '11', '12', '13', '14', '15', '16', '18', '20', '23'].map((year) => [
      `RVU${year}A`,
      `rvu-zips/RVU${year}A.zip`,
    ]),
  ),
  RVU25A: 'rvu25a-updated-01_10_2025.zip',
  RVU25B: 'rvu25b/rvu25b.zip',
  RVU25D: 'rvu25d-0.zip',
}

/** Where CMS's record layouts say that each of them stands: cell of a table, first and last character of a line. */
const PLACES = {
  paired: {
    work_rvu: [5, 60, 65],
    non_facility_pe_rvu: [6, 67, 72],
    facility_pe_rvu: [10, 85, 90],
    mp_rvu: [14, 104, 108],
    non_facility_total_rvu: [15, 110, 115],
    facility_total_rvu: [17, 124, 129],
    fully_implemented_facility_total_rvu: [18, 131, 136],
    mp_opps: [36, 202, 207],
  },
  single: {
    work_rvu: [5, 60, 65],
    non_facility_pe_rvu: [6, 67, 72],
    facility_pe_rvu: [8, 76, 81],
    mp_rvu: [10, 85, 89],
    non_facility_total_rvu: [11, 91, 96],
    facility_total_rvu: [12, 97, 102],
    mp_opps: [30, 166, 171],
  },
} as const

/** What is counted of a file: the sums are in hundredths. */
interface Count {
  rows: number
  codes: Record<string, number>
  sums: Record<string, number>
}

function countOf(rows: readonly NamedRow[], columns: readonly string[]): Count {
  const codes: Record<string, number> = {}
  const add = (kind: string) => {
    codes[kind] = (codes[kind] ?? 0) + 1
  }
  for (const { hcpcs, modifier, status_indicator } of rows) {
    add(`status ${status_indicator}`)
    if (modifier) add(`modifier ${modifier}`)
    if (hcpcs?.startsWith('0')) add('codes that begin with a zero')
  }
  const sums = columns.map((column) => [
    column,
    rows.reduce((sum, row) => sum + Math.round(Number(row[column]) * 100), 0),
  ])
  return { rows: rows.length, codes, sums: Object.fromEntries(sums) }
}

const CODE = /^[A-Z\d]{5}$/

function rawRows(format: string, bytes: Buffer, paired: boolean): NamedRow[] {
  const places = Object.entries(PLACES[paired ? 'paired' : 'single'])
  if (format === 'txt') {
    // RVU09A prints a code twice.
    const lines = [...new Set(bytes.toString('latin1').split('\r\n'))]
    return lines
      .filter((line) => CODE.test(line.slice(0, 5)) && line.length > 100)
      .map((line) => ({
        hcpcs: line.slice(0, 5),
        modifier: line.slice(5, 7).trim(),
        status_indicator: line.slice(57, 58),
        ...Object.fromEntries(
          places.map(([column, [, from, to]]) => [column, line.slice(from - 1, to)]),
        ),
      }))
  }
  const cells = Papa.parse<string[]>(
    [...new Set(bytes.toString('latin1').split('\r\n'))].join('\n'),
  ).data
  return cells
    .filter(([code = '']) => CODE.test(code) && code !== 'HCPCS')
    .map((row) => ({
      hcpcs: row[0] ?? '',
      modifier: row[1] ?? '',
      status_indicator: row[3] ?? '',
      ...Object.fromEntries(places.map(([column, [at]]) => [column, row[at] ?? ''])),
    }))
}

describe.skipIf(!hasReal)("PPRRVU in CMS's own zips", () => {
  test('every release that is called proven is here', () => {
    for (const format of ['csv', 'txt', 'xlsx'] as const) {
      // Of 2026 an excerpt and a TXT are at hand, without a zip; tests/schemas and tests/ingest read them.
      const zipped = rvu.seen[format]?.filter((release) => !release.startsWith('RVU26'))
      expect(zipped).toEqual(Object.keys(ZIPS))
    }
  })

  test.each(Object.entries(ZIPS))('%s', async (release, zip) => {
    const path = join(REAL, zip)
    const members = await readZip(path)
    const paired = release < 'RVU13'
    const columns = Object.keys(PLACES[paired ? 'paired' : 'single'])
    const counts: Count[] = []
    for (const format of ['csv', 'txt'] as const) {
      const read = (await readRelease(path, release, format)).get('rvu')
      const bytes = members.get(read?.file.member ?? '')
      const raw = countOf(rawRows(format, Buffer.from(bytes ?? []), paired), columns)
      expect(raw.rows).toBeGreaterThan(14_000)
      expect(countOf(read?.rows ?? [], columns), format).toEqual(raw)
      counts.push(raw)
    }
    // A workbook has no text to count: it must come to what the CSV and the TXT come to.
    const workbook = (await readRelease(path, release, 'xlsx')).get('rvu')
    expect(countOf(workbook?.rows ?? [], columns), 'xlsx').toEqual(counts[0])
    expect(counts[1]).toEqual(counts[0])
  })
})
