/** On CMS's own bytes, where ../shared/cms is there. What this proves is also proven on the fixtures. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { useDatabase } from '../helpers/database.ts'
import { hasReal, REAL } from '../helpers/real.ts'

describe.skipIf(!hasReal)('CMS releases from ../shared/cms', () => {
  const database = useDatabase()
  const load = (release: string, source: string) =>
    ingest({ release, from: join(REAL, source), allowMissing: true }, database)
  const accepted = (report: Awaited<ReturnType<typeof load>>) =>
    Object.fromEntries(report.files.map((file) => [file.dataset, file.rows_accepted]))
  const rejected = (report: Awaited<ReturnType<typeof load>>) =>
    report.files.reduce((sum, file) => sum + file.rows_rejected, 0)

  const releases: [string, string, string, string, object][] = [
    [
      'RVU25A',
      'rvu25a-updated-01_10_2025.zip',
      'PPRRVU25_JAN.csv',
      '2025-02-01',
      {
        rvu: 18865,
        gpci: 109,
        opps_cap: 16100,
        anesthesia: 109,
        locality: 110,
        conversion_factor: 2,
      },
    ],
    [
      'RVU25D',
      'rvu25d-0.zip',
      'PPRRVU2025_Oct.csv',
      '2025-10-01',
      {
        rvu: 19090,
        gpci: 109,
        opps_cap: 16100,
        anesthesia: 109,
        locality: 110,
        conversion_factor: 2,
      },
    ],
  ]

  test.for(releases)(
    '%s: every row, and the sums of the CSV',
    async ([release, zip, member, day, counts]) => {
      const report = await load(release, zip)
      expect(accepted(report)).toEqual(counts)
      expect(rejected(report)).toBe(0)

      const csv = execFileSync('unzip', ['-p', join(REAL, zip), member], {
        encoding: 'latin1',
        maxBuffer: 1e8,
      })
      const rows = Papa.parse<string[]>(csv).data.filter(
        (row) => /^[\dA-Z]{5}$/.test(row[0] ?? '') && row[0] !== 'HCPCS',
      )
      const sum = (column: number) =>
        rows.reduce((total, row) => total + Math.round(Number(row[column]) * 100), 0)
      expect(
        await database.rows(`
        select count(*) as rows, (sum(work_rvu) * 100)::bigint as work,
               (sum(non_facility_total_rvu) * 100)::bigint as non_facility, (sum(facility_total_rvu) * 100)::bigint as facility
          from api.rvu_on('${day}')`),
      ).toEqual([{ rows: rows.length, work: sum(5), non_facility: sum(11), facility: sum(12) }])
    },
  )

  test('RVU26B: fixed width, and the GPCI file with two work columns', async () => {
    const report = await load('RVU26B', 'rvu26b-partial')
    expect(accepted(report)).toEqual({ rvu: 19277, gpci: 109, conversion_factor: 1 })
    expect(
      await database.rows(
        `select work_gpci::text, work_gpci_without_floor::text from api.gpci_on('2026-04-01') where (mac, locality) = ('10112', '00')`,
      ),
    ).toEqual([{ work_gpci: '1.000', work_gpci_without_floor: '0.988' }])
  })

  test('each release keeps its values in its period', async () => {
    expect(
      await database.rows(
        `select valid_from, valid_to, first_release from api.rvu_versions where hcpcs = 'A4306' order by valid_from`,
      ),
    ).toEqual([{ valid_from: '2025-01-01', valid_to: null, first_release: 'RVU25A' }])
  })
})

describe.skipIf(!hasReal)('the two files of RVU26A, into an empty database', () => {
  const database = useDatabase()

  test('both conversion factors are stored', async () => {
    const request = { release: 'RVU26A', from: join(REAL, 'rvu26a-excerpt'), allowMissing: true }
    const report = await ingest(request, database)
    expect(report.warnings).toEqual([
      expect.stringMatching(/^qpp-codes-known: .* is in the QPP file only; and 6 more$/),
    ])
    expect(
      await database.rows(
        `select qualifying_apm, conversion_factor::text from api.conversion_factor_on('2026-01-01') order by 1`,
      ),
    ).toEqual([
      { qualifying_apm: false, conversion_factor: '33.4009' },
      { qualifying_apm: true, conversion_factor: '33.5675' },
    ])
  })
})
