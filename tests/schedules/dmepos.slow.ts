/** The widest release, 280,000 fees: too slow for every run. */
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { unpackSource } from '../../fixtures/zip.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { useDatabase } from '../helpers/database.ts'
import { hasReal, REAL } from '../helpers/real.ts'

describe.skipIf(!hasReal)('DME25A of ../shared/cms', () => {
  const database = useDatabase()
  const from = join(REAL, 'dmepos/dme25-a-rezipped.zip')

  test('is read whole, to the cent, as papaparse alone reads it', async () => {
    const report = await ingest({ release: 'DME25A', from }, database)
    const files = await unpackSource(from, (name) => name.endsWith('.csv'))
    /** Records below the header, and the sum of the cells from one column to the last but so many. */
    const counted = (member: string, first: number, last: number) => {
      const { data } = Papa.parse<string[]>(Buffer.from(files.get(member) ?? '').toString('latin1'))
      const records = data.filter(([code = '']) => /^[A-Z]\d{4}$/.test(code))
      const cells = records.flatMap((row) => row.slice(first, row.length - last))
      const cents = cells.reduce(
        (sum, cell) => sum + Math.round(100 * (Number(cell.replace(',', '')) || 0)),
        0,
      )
      return { records: records.length, dollars: (cents / 100).toFixed(2) }
    }
    const stored = async (table: string, fee: string) => {
      const [row] = await database.rows<{ dollars: string }>(
        `select sum(${fee}) as dollars from api.${table}_on('2025-02-01')`,
      )
      return {
        records: report.files.find(({ dataset }) => dataset === table)?.rows_accepted,
        dollars: row?.dollars,
      }
    }
    const both = 'coalesce(non_rural_fee, 0) + coalesce(rural_fee, 0)'
    expect(await stored('dmepos', both)).toEqual(counted('DMEPOS_JAN.csv', 7, 1))
    expect(await stored('dmepos_pen', both)).toEqual(counted('DMEPEN_JAN.csv', 3, 1))
    expect(await stored('dmepos_former_cba', 'fee')).toEqual(
      counted('Former CBA Fee Schedule File_JAN 2025.csv', 5, 1),
    )
    expect(report.files).toMatchObject(
      [3487, 614, 16119, 8, 50, 15913].map((rows) => ({ rows_read: rows, rows_accepted: rows })),
    )
  })
})
