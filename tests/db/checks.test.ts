/** Every check of sql/checks passes on good rows and finds planted bad ones. */
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { ingest } from '../../pipelines/run.ts'
import { readSqlFolder } from '../../src/db/migrate.ts'
import type { Tables } from '../../src/db/tables.ts'
import { CHECKS, FIXTURES } from '../../src/paths.ts'
import { type CheckResult, refuseBroken, runChecks } from '../../src/stages/check.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()

/** What is staged and merged on good rows, and the statements that break it, for each check. */
const PLANTS: Record<string, { stage: string[]; bad: Record<string, string> }> = {
  'qpp-rvus-agree': {
    stage: ['rvu', 'rvu_qpp'],
    bad: {
      'an RVU differs': `update stage_rvu_qpp set mp_rvu = mp_rvu + 0.01 where hcpcs = 'G0101'`,
    },
  },
  'qpp-codes-known': {
    stage: ['rvu', 'rvu_qpp'],
    bad: { 'a code is in the QPP file only': `delete from stage_rvu where hcpcs = 'G0101'` },
  },
  'opps-cap-localities-known': {
    stage: ['opps_cap', 'gpci'],
    bad: {
      'a locality has no GPCI': `delete from stage_gpci where (mac, locality) = ('01112', '05')`,
    },
  },
  'release-covers-its-days': {
    stage: ['rvu'],
    bad: {
      'a row of the release does not hold': `delete from pfs.rvu where hcpcs = 'G0101'`,
      'a row holds on a part of the days': `update pfs.rvu set valid_during = valid_during - '{[2025-02-01,2025-02-02)}' where hcpcs = 'G0101'`,
      'a row holds that the release does not state': `delete from stage_rvu where hcpcs = 'G0101'`,
      'two versions of a key hold on one day': `
        alter table pfs.rvu disable trigger refuse_inserted_overlap;
        insert into pfs.rvu select (jsonb_populate_record(r, '{"content_hash": "00000000-0000-0000-0000-000000000000", "valid_during": "{[2025-02-01,2025-02-02)}"}')).* from pfs.rvu r where hcpcs = 'G0101'`,
    },
  },
}

beforeAll(async () => {
  const from = join(FIXTURES, 'rvu25a.zip')
  await ingest({ release: 'RVU25A', from }, database)
})

/** Runs the checks in a transaction that is rolled back, on the loaded release as if it were being loaded. */
async function check(staged: readonly string[], bad?: string): Promise<CheckResult[]> {
  let results: CheckResult[] = []
  const { db } = database.session
  await db
    .transaction()
    .execute(async (trx) => {
      for (const dataset of staged) await stageLoaded(trx, dataset)
      await sql`
        select set_config('cms_fees.release', release, true), set_config('cms_fees.sha256', sha256, true),
               set_config('cms_fees.schema', 'pfs', true) from ops.release
      `.execute(trx)
      if (bad) await sql.raw(bad).execute(trx)
      results = await runChecks(trx, CHECKS)
      throw new Error('roll back')
    })
    .catch((error) => {
      if (error.message !== 'roll back') throw error
    })
  return results
}

async function stageLoaded(trx: Kysely<Tables>, dataset: string): Promise<void> {
  const table = dataset === 'rvu_qpp' ? 'rvu' : dataset
  await sql
    .raw(`create temporary table stage_${dataset} on commit drop as select * from pfs.${table}`)
    .execute(trx)
  // The fixture's OPPSCAP has the six localities that CMS's own has and the GPCI file lacks.
  if (dataset === 'opps_cap') {
    await sql`delete from stage_opps_cap where (mac, locality) not in (select mac, locality from pfs.gpci)`.execute(
      trx,
    )
  }
}

describe('checks', async () => {
  const files = await readSqlFolder(CHECKS)

  test('each has planted rows here', () => {
    expect(files.map(({ name }) => name).sort()).toEqual(Object.keys(PLANTS).sort())
  })

  const cases = Object.entries(PLANTS).flatMap(([name, { stage, bad }]) =>
    Object.entries(bad).map(([what, statement]) => ({ name, stage, what, statement })),
  )
  test.for(cases)('$name finds that $what', async ({ name, stage, statement }) => {
    const good = await check(stage)
    expect(good.find(({ check_name }) => check_name === name)).toMatchObject({ broken_rows: 0 })
    const found = (await check(stage, statement)).find(({ check_name }) => check_name === name)
    expect(found?.broken_rows).toBeGreaterThan(0)
    expect(found?.sample.length).toBeGreaterThan(0)
    const refuses = () => refuseBroken(found ? [found] : [])
    if (found?.severity === 'refuse') expect(refuses).toThrow(/E_CHECK_FAILED|rows, such as/)
    else expect(refuses).not.toThrow()
  })

  test('a version cannot be without days', async () => {
    await expect(
      sql`update pfs.rvu set valid_during = '{}' where hcpcs = 'G0101'`.execute(
        database.session.db,
      ),
    ).rejects.toThrow(/check constraint/)
  })
})
