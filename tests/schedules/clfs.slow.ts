/** CMS's own files, counted a second way: without our readers. */
import { execFileSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { hasReal, REAL } from '../helpers/real.ts'

describe.skipIf(!hasReal)('the laboratory files from ../shared/cms', () => {
  const database = useDatabase()
  const text = (zip: string, member: string) =>
    execFileSync('unzip', ['-p', join(REAL, 'clfs', zip), member], {
      encoding: 'latin1',
      maxBuffer: 1e8,
    })

  test.each([
    ['CLFS24Q4', '24clabq4.zip', 'CLFS 2024 Q4V1.txt', 2068],
    ['CLFS25Q1', '25CLABQ1.zip', 'CLFS 2025 Q1V1.txt', 2087],
  ])('%s is read whole, to the cent', async (release, zip, member, rows) => {
    const report = await ingest({ release, from: join(REAL, 'clfs', zip) }, database)
    expect(report.files).toMatchObject([{ rows_read: rows, rows_accepted: rows }])
    // Counted a second way: in the TXT, without our readers, where ingest reads the CSV.
    const cells = text(zip, member)
      .split('\r\n')
      .filter((line) => /^2/.test(line))
      .map((line) => line.split('~'))
    const cents = cells.reduce((sum, [, , , , , rate]) => sum + Math.round(Number(rate) * 100), 0)
    const day = `20${release.slice(4, 6)}-${release.endsWith('Q4') ? '10' : '01'}-01`
    expect(
      await database.rows(
        `select count(*) as rows, (sum(rate) * 100)::bigint::int as cents, count(*) filter (where rate is null) as local from api.clfs_on('${day}')`,
      ),
    ).toEqual([{ rows, cents, local: cells.filter((one) => one[4] === 'L').length }])
  })

  test('a quarter adds versions for what it changes: 179 of 2,087 rows in January 2025', async () => {
    expect(
      await database.rows(
        `select count(*) as versions from api.clfs_versions where first_release = 'CLFS25Q1'`,
      ),
    ).toEqual([{ versions: 179 }])
  })

  test('CLFS26Q1 is read from its workbook', async () => {
    const folder = await makeFolder('clfs')
    await cp(join(REAL, 'clfs/CLFS_2026_Q1V1.xlsx'), join(folder, 'CLFS_2026_Q1V1.xlsx'))
    const report = await ingest({ release: 'CLFS26Q1', from: folder }, database)
    expect(report.files).toMatchObject([{ rows_read: 2162, rows_accepted: 2162 }])
  })
})
