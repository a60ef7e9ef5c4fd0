/** An export of sample releases: a few places, and the made-up codes of the manuals' examples beside the real ones. */
import { join } from 'node:path'
import { beforeAll } from 'vitest'
import { exportAll } from '../../src/export/export.ts'
import { EXAMPLE_CODES } from './claim-codes.ts'
import { makeCodes } from './claims.ts'
import { type TestDatabase, useDatabase } from './database.ts'
import { makeFolder } from './folder.ts'
import { loadSamples, type SampleRelease } from './samples.ts'

/** Codes with conversion factors and GPCIs as CMS has them, beside dollars of the examples. */
async function addExampleCodes(database: TestDatabase): Promise<void> {
  const tables = ['gpci', 'conversion_factor']
  for (const name of tables)
    await database.rows(`create temporary table ${name}_before as select * from pfs.${name}`)
  await makeCodes(database, EXAMPLE_CODES)
  for (const name of tables) {
    await database.rows(`delete from pfs.${name}`)
    await database.rows(`insert into pfs.${name} select * from ${name}_before`)
  }
}

/** The database of a test file, and the folder of its export. */
export async function useExport(...releases: SampleRelease[]) {
  const database = useDatabase()
  const folder = join(await makeFolder('export'), 'fees')
  beforeAll(async () => {
    await loadSamples(database, ...releases)
    // Places that differ in every GPCI.
    await database.rows(`delete from pfs.gpci where mac not in ('10112', '01112', '13282')`)
    await addExampleCodes(database)
    await exportAll(folder, database)
  })
  return { database, folder, current: join(folder, 'current') }
}
