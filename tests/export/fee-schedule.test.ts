/** `cms-fees export fee-schedule`: one place's schedule, the same in each format. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as XLSX from '@e965/xlsx'
import papa from 'papaparse'
import { beforeAll, expect, test } from 'vitest'
import { exportFeeSchedule, type FileFormat, formatOf } from '../../src/export/fee-schedule.ts'
import { placeOfZip } from '../../src/queries/fee-schedule-file.ts'
import { useDatabase } from '../helpers/database.ts'
import { readFileRows } from '../helpers/duckdb.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const folder = await makeFolder('schedule')
const day = '2025-10-06'
type Row = Record<string, string | null>
let expected: Row[]

beforeAll(async () => {
  await loadSamples(database, 'RVU25D', 'ZIP5_OCT2025')
  expected = await database.rows<Row>(
    `select hcpcs, modifier, status_indicator, non_facility_amount::text, facility_amount::text, basis
       from api.fee_schedule('10112', '00', '${day}') order by hcpcs, modifier`,
  )
})

const read: Readonly<Record<FileFormat, (path: string) => Promise<Row[]>>> = {
  csv: async (path) =>
    papa.parse<Row>(await readFile(path, 'utf8'), { header: true, skipEmptyLines: true }).data,
  xlsx: async (path) => {
    const book = XLSX.read(await readFile(path))
    return XLSX.utils.sheet_to_json<Row>(Object.values(book.Sheets)[0] ?? {}, {
      defval: null,
      raw: false,
    })
  },
  parquet: (path) => readFileRows(path),
}

/** What a format cannot tell apart is alike. */
const comparable = (rows: readonly Row[]) =>
  rows.map((row) => Object.keys(expected[0] ?? {}).map((name) => row[name] || null))

test.each(['csv', 'xlsx', 'parquet'] as const)('%s has every row and amount', async (format) => {
  const path = join(folder, `out.${format}`)
  const place = await placeOfZip(database.session.client, '35042', day)
  const rows = await exportFeeSchedule(
    { ...place, day, qualifyingApm: false },
    path,
    formatOf(path, undefined),
    database,
  )
  expect(rows).toBe(expected.length)
  expect(rows).toBeGreaterThan(100)
  expect(comparable(await read[format](path))).toEqual(comparable(expected))
})

test('what cannot be written leaves no file', async () => {
  const before = await readdir(folder)
  const place = { mac: '10112', locality: '00', day: '2019-01-01', qualifyingApm: false }
  await expect(
    exportFeeSchedule(place, join(folder, 'none.csv'), 'csv', database),
  ).rejects.toMatchObject({ code: 'E_UNKNOWN_PLACE' })
  expect(await readdir(folder)).toEqual(before)
  expect(() => formatOf('out.pdf', undefined)).toThrow(/E_USAGE|written as/)
})
