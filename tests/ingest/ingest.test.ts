import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const load = (release: string, file: string) =>
  ingest({ release, from: join(FIXTURES, file), allowMissing: true }, database)

describe('the sample releases', () => {
  test('RVU25A is loaded whole', async () => {
    const report = await load('RVU25A', 'rvu25a.zip')
    expect(
      report.files.map((file) => [file.dataset, file.rows_accepted, file.versions_written]),
    ).toEqual([
      ['anesthesia', 109, 218],
      ['conversion_factor', 2, 2],
      ['gpci', 109, 109],
      ['locality', 110, 110],
      ['opps_cap', 1035, 1035],
      ['rvu', 1594, 1594],
    ])
    expect(report.outcome).toBe('done')
  })

  test('the same bytes again write nothing', async () => {
    const before = await database.rows(
      `select tableoid::regclass, xmin, ctid from pfs.rvu order by ctid`,
    )
    const report = await load('RVU25A', 'rvu25a.zip')
    expect(report.outcome).toBe('nothing_new')
    expect(
      await database.rows(`select tableoid::regclass, xmin, ctid from pfs.rvu order by ctid`),
    ).toEqual(before)
  })

  test('leading zeros are intact where CMS lost them', async () => {
    expect(
      await database.rows(`select mac, locality, state from pfs.locality where state = 'ALASKA'`),
    ).toEqual([{ mac: '02102', locality: '01', state: 'ALASKA' }])
  })

  test('RVU26B, in the 2026 layout, governs from its date and leaves the tables it lacks', async () => {
    await load('RVU26B', 'rvu26b.zip')
    const counts = await database.rows(`
      select day::date::text as day,
             (select count(*) from api.rvu_on(day::date)) as rvu,
             (select count(*) from api.gpci_on(day::date)) as gpci,
             (select count(*) from api.opps_cap_on(day::date)) as opps_cap,
             (select array_agg(conversion_factor::text order by qualifying_apm) from api.conversion_factor_on(day::date)) as factors
        from unnest(array['2024-12-31', '2025-01-01', '2026-03-31', '2026-04-01']::date[]) day`)
    expect(counts).toEqual([
      { day: '2024-12-31', rvu: 0, gpci: 0, opps_cap: 0, factors: null },
      { day: '2025-01-01', rvu: 1594, gpci: 109, opps_cap: 1035, factors: ['32.3465', '32.3465'] },
      { day: '2026-03-31', rvu: 1594, gpci: 109, opps_cap: 1035, factors: ['32.3465', '32.3465'] },
      { day: '2026-04-01', rvu: 1634, gpci: 109, opps_cap: 1035, factors: ['33.4009'] },
    ])
  })
})

describe('the 2026 layout with both relative value files', () => {
  const other = useDatabase()

  test('RVU26A keeps one conversion factor from each, and their codes apart', async () => {
    const from = join(FIXTURES, 'rvu26a-excerpt.zip')
    const report = await ingest({ release: 'RVU26A', from, allowMissing: true }, other)
    expect(report.warnings).toEqual([
      'qpp-codes-known: Q4184 is in the QPP file only; Q4199 is in the QPP file only',
    ])
    expect(report.files.map((file) => [file.dataset, file.rows_read])).toEqual([
      ['conversion_factor', 2],
      ['rvu', 12],
      ['rvu_qpp', 2],
    ])
    expect(
      await other.rows(
        `select qualifying_apm, conversion_factor::text from api.conversion_factor_on('2026-01-01') order by 1`,
      ),
    ).toEqual([
      { qualifying_apm: false, conversion_factor: '33.4009' },
      { qualifying_apm: true, conversion_factor: '33.5675' },
    ])
  })
})

test('a zip that is named after another release is refused', async () => {
  const from = join(await makeFolder('misnamed'), 'rvu24a.zip')
  await copyFile(join(FIXTURES, 'rvu25d.zip'), from)
  await expect(ingest({ release: 'RVU25D', from }, database)).rejects.toMatchObject({
    code: 'E_WRONG_RELEASE',
    message: expect.stringContaining('its title says 2025-10, the zip rvu24a.zip says 2024-01'),
  })
})
