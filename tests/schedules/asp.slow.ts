/** CMS's own files, counted a second way: without our readers. */
import { readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { hasReal, REAL } from '../helpers/real.ts'

/** All that is known of the drugs. */
const state = (database: ReturnType<typeof useDatabase>) =>
  database.rows('select hcpcs, content_hash, valid_during from asp.asp order by 1, 2')

describe.skipIf(!hasReal)('the drug files from ../shared/cms', () => {
  const database = useDatabase()
  const load = async (release: string, file: string) => {
    const folder = await makeFolder('asp')
    await cp(join(REAL, 'asp', file), join(folder, file))
    return ingest({ release, from: folder }, database)
  }
  /** Rows below the header, cut by papaparse alone. */
  const rowsOf = (file: string) =>
    Papa.parse<string[]>(readFileSync(join(REAL, 'asp', file), 'latin1')).data.filter(
      ([code = '']) => /^[A-Z\d]\d{3}[\dA-Z]$/.test(code),
    )
  const thousandths = (cells: readonly (string | undefined)[]) =>
    cells.reduce((sum, cell) => sum + Math.round(Number(cell === 'N/A' ? 0 : cell) * 1000), 0)

  test.each([
    [
      'ASP24Q1',
      '2024-01-01',
      'section 508 version of January 2024 ASP Pricing File 121223.csv',
      823,
    ],
    ['ASP25Q1', '2025-01-01', 'section 508 version of Jan 2025 ASP Pricing File 121924.csv', 877],
    ['ASP25Q2', '2025-04-01', 'section 508 version of APR 2025 ASP Pricing File 032725.csv', 942],
    [
      'ASP26Q1',
      '2026-01-01',
      'section 508 version of January 2026 Medicare Part B Payment Limit File 121725.csv',
      877,
    ],
  ])('%s is read whole, to the tenth of a cent', async (release, day, file, rows) => {
    const report = await load(release, file)
    expect(report.files).toMatchObject([{ rows_read: rows, rows_accepted: rows }])
    const raw = rowsOf(file)
    expect(raw).toHaveLength(rows)
    expect(
      await database.rows(
        `select count(*) as rows, (sum(payment_limit) * 1000)::bigint::text as limits, (sum(coinsurance_percentage) * 1000)::bigint::text as shares
           from api.asp_on('${day}')`,
      ),
    ).toEqual([
      {
        rows,
        limits: String(thousandths(raw.map((row) => row[3]))),
        shares: String(thousandths(raw.map((row) => row[4]))),
      },
    ])
  })

  test('the XLS of January 2025 says what its CSV does', async () => {
    const from = join(REAL, 'asp/january-2025-asp-pricing-file-12_19_24-final-file.zip')
    const told: unknown[] = []
    for (const format of ['csv', 'xlsx'] as const) {
      const report = await ingest({ release: 'ASP25Q1', from, format }, database)
      expect(report.files).toMatchObject([{ rows_accepted: 877 }])
      told.push(await state(database))
    }
    expect(told[1]).toEqual(told[0])
  })

  test.each([
    [
      'NDC25Q1',
      '2025-01-01',
      'section 508 version of January 2025 ASP NDC-HCPCS Crosswalk 122024.csv',
      7172,
    ],
    [
      'NDC26Q1',
      '2026-01-01',
      'section 508 version of January 2026 ASP NDC-HCPCS Crosswalk 121725.csv',
      7125,
    ],
  ])('%s is read whole, with every unit', async (release, day, file, rows) => {
    await load(release, file)
    const raw = rowsOf(file)
    expect(raw).toHaveLength(rows)
    expect(
      await database.rows(
        `select count(*) as rows, (sum(billing_units_per_package) * 1000)::bigint::text as units from api.asp_ndc_on('${day}')`,
      ),
    ).toEqual([{ rows, units: String(thousandths(raw.map((row) => row[9]))) }])
  })
})
