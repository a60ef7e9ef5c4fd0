/** Every check of sql/checks passes on good rows and finds planted bad ones. */
import { type Kysely, sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { readSqlFolder } from '../../src/db/schema-files.ts'
import type { Tables } from '../../src/db/tables.ts'
import { type CheckResult, refuseBroken, runChecks } from '../../src/ingest/check.ts'
import { stageWitnesses } from '../../src/ingest/witness.ts'
import { CHECKS } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { codeOf } from '../helpers/errors.ts'
import { loadSamples } from '../helpers/samples.ts'

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
  'opps-cap-codes-known': {
    stage: ['opps_cap', 'rvu'],
    bad: {
      'a capped code has no relative values': `insert into stage_opps_cap select 'G9999', modifier, mac, locality from stage_opps_cap limit 1`,
    },
  },
  'opps-cap-whole': {
    stage: ['opps_cap'],
    bad: {
      'a code has no cap in one locality': `delete from stage_opps_cap where (hcpcs, mac, locality) = ('GXXX9', '01112', '05')`,
    },
  },
  'opps-cap-values': {
    stage: ['opps_cap'],
    bad: {
      'a cap is twice what it was': `
        update pfs.opps_cap set hcpcs = 'G0101' where hcpcs = 'GXXX9';
        update stage_opps_cap set hcpcs = 'G0101', facility_price = 2 * facility_price where hcpcs = 'GXXX9'`,
      'a cap is higher than any': `update stage_opps_cap set non_facility_price = 7001 where (hcpcs, locality) = ('GXXX9', '05')`,
    },
  },
  'row-count': {
    stage: [],
    bad: {
      'a file is cut': `update ops.release_file set rows_accepted = 0.9 * rows_accepted where (release, dataset) = ('RVU25D', 'gpci')`,
      'a file is doubled': `update ops.release_file set rows_accepted = 2 * rows_accepted where (release, dataset) = ('RVU25D', 'gpci')`,
    },
  },
  amounts: {
    stage: ['gpci'],
    bad: {
      'one amount is three times what it was': `
        update ops.source_file set amount_column = 'pe_gpci', amount_times = 2, amounts_doubled = 100 where dataset = 'gpci';
        update stage_gpci set pe_gpci = 3 * pe_gpci where (mac, locality) = ('01112', '05')`,
      'most amounts doubled': `
        update ops.source_file set amount_column = 'pe_gpci', amount_times = 9, amounts_doubled = 50 where dataset = 'gpci';
        update stage_gpci set pe_gpci = 3 * pe_gpci`,
    },
  },
  'moved-amounts': {
    stage: ['gpci'],
    bad: {
      'one amount is eleven times what it was': `
        update ops.source_file set amount_column = 'pe_gpci' where dataset = 'gpci';
        update stage_gpci set pe_gpci = 11 * pe_gpci where (mac, locality) = ('01112', '05')`,
    },
  },
  'areas-kept': {
    stage: ['gpci'],
    bad: {
      'an area is gone': `
        update ops.source_file set areas = '{areas}' where dataset = 'gpci';
        alter table pfs.gpci add areas text[] not null default '{AL,AK}';
        alter table stage_gpci add areas text[] not null default '{AK}'`,
    },
  },
  'codes-kept': {
    stage: ['rvu'],
    bad: {
      'six codes are gone within a year': `delete from stage_rvu where hcpcs in ('A4305', 'A4306', 'G0101', 'G0102', 'G0103', 'G0104')`,
      'many codes are new': `insert into stage_rvu select 'X' || right(hcpcs, 4), modifier || 'X' from stage_rvu where hcpcs < 'J'`,
      'many codes have another status': `update stage_rvu set status_indicator = 'N' where hcpcs < 'B'`,
      'many RVUs change within a year': `update stage_rvu set mp_rvu = mp_rvu + 0.01`,
    },
  },
  'rvu-values': {
    stage: ['rvu', 'conversion_factor'],
    bad: {
      'a small RVU of a frequent service is a tenth of what it was': `update stage_rvu set mp_rvu = mp_rvu / 10 where hcpcs = 'G0438'`,
      'a work RVU is ten times what it was': `update stage_rvu set work_rvu = 10 * work_rvu where hcpcs = 'G0101'`,
      'a work RVU is a tenth of what it was': `update stage_rvu set work_rvu = work_rvu / 10 where hcpcs = 'G0438'`,
      'a work RVU vanished': `update stage_rvu set work_rvu = 0 where hcpcs = 'G0438'`,
      'a practice expense RVU is ten times what it was': `update stage_rvu set non_facility_pe_rvu = 10 * non_facility_pe_rvu where hcpcs = 'G0108'`,
      'a malpractice RVU is higher than any': `update stage_rvu set mp_rvu = 41 where hcpcs = 'G0101'`,
    },
  },
  'gpci-values': {
    stage: ['gpci'],
    bad: {
      'a work GPCI of 1.5 is 15': `update stage_gpci set work_gpci = 15 where (mac, locality) = ('10112', '00')`,
      'a malpractice GPCI is a tenth of what it was': `update stage_gpci set mp_gpci = mp_gpci / 10 where (mac, locality) = ('10112', '00')`,
    },
  },
  'anesthesia-values': {
    stage: ['anesthesia'],
    bad: {
      'a factor is twice what it was': `update stage_anesthesia set conversion_factor = 2 * conversion_factor where (mac, locality) = ('10112', '00')`,
      'a factor is lower than any': `update stage_anesthesia set conversion_factor = 9 where (mac, locality) = ('10112', '00')`,
    },
  },
  'file-end': {
    stage: ['rvu'],
    bad: {
      'the file ends before it did': `update ops.release_file set last_key = 'V5000' where (release, dataset) = ('RVU25D', 'rvu')`,
    },
  },
  'known-count': {
    stage: ['rvu'],
    bad: {
      'a whole file has fewer rows than are known, and ends elsewhere': `insert into stage_rvu (hcpcs, modifier) values ('99213', '')`,
    },
  },
  'known-count-met': {
    stage: ['rvu'],
    bad: {
      'a whole file has another number of rows than is known': `insert into stage_rvu (hcpcs, modifier) values ('99213', '')`,
    },
  },
  'formats-agree': {
    stage: [],
    bad: {
      'the other format has one record more': `insert into stage_witness values ('rvu', 'a.csv', 99, 'a.txt', 100, 0, null)`,
      'the other format has another amount': `insert into stage_witness values ('rvu', 'a.csv', 99, 'a.txt', 99, 1, 'work_rvu of G0101/ is 4.50 in the one, 0.45 in the other')`,
    },
  },
  'rejected-codes': {
    stage: ['rvu'],
    bad: {
      'a row was rejected whose code was there before': `
        insert into stage_rejected values ('pfs', 'rvu', 'PPRRVU.csv', 12, '{"hcpcs": "G0101", "modifier": ""}', '["G0101", ""]',
          '[{"column": "work_rvu", "message": "''1.3O'' is not a number"}]')`,
    },
  },
  'canary-codes': {
    stage: ['rvu'],
    bad: { 'a code is gone that was always there': `delete from stage_rvu where hcpcs = 'G0438'` },
  },
  'conversion-factor': {
    stage: ['conversion_factor'],
    bad: {
      'the conversion factor is another unit': `update stage_conversion_factor set conversion_factor = conversion_factor / 10`,
      'the conversion factor is higher than any': `update stage_conversion_factor set conversion_factor = 46`,
    },
  },
  'gpci-coverage': {
    stage: ['gpci', 'anesthesia', 'locality'],
    bad: {
      'a locality has no GPCI': `delete from stage_gpci where (mac, locality) = ('01112', '05')`,
      'a GPCI is of no known locality': `delete from stage_locality where (mac, locality) = ('01112', '05')`,
    },
  },
  'gpci-kept': {
    stage: ['gpci'],
    bad: {
      'a locality ends within a year': `delete from stage_gpci where (mac, locality) = ('01112', '05')`,
    },
  },
  'release-covers-its-days': {
    stage: ['rvu'],
    bad: {
      'a row of the release does not hold': `delete from pfs.rvu where hcpcs = 'G0101'`,
      'a row holds on a part of the days': `update pfs.rvu set valid_during = valid_during - '{[2025-11-01,2025-11-02)}' where hcpcs = 'G0101'`,
      'a row holds that the release does not state': `delete from stage_rvu where hcpcs = 'G0101'`,
      'two versions of a key hold on one day': `
        alter table pfs.rvu disable trigger refuse_inserted_overlap;
        insert into pfs.rvu select (jsonb_populate_record(r, '{"content_hash": "00000000-0000-0000-0000-000000000000", "valid_during": "{[2025-11-01,2025-11-02)}"}')).* from pfs.rvu r where hcpcs = 'G0101'`,
    },
  },
}

beforeAll(async () => {
  await loadSamples(database, 'RVU25A', 'RVU25D')
})

/** Runs the checks in a transaction that is rolled back, on the loaded release as if it were being loaded. */
async function check(staged: readonly string[], bad?: string): Promise<CheckResult[]> {
  let results: CheckResult[] = []
  const { db } = database.session
  await db
    .transaction()
    .execute(async (trx) => {
      for (const dataset of staged) await stageLoaded(trx, dataset)
      await stageWitnesses(trx, [], [])
      await sql`
        select set_config('cms_fees.release', release, true), set_config('cms_fees.sha256', sha256, true),
               set_config('cms_fees.schema', 'pfs', true) from ops.release where release = 'RVU25D'
      `.execute(trx)
      if (bad) await sql.raw(bad).execute(trx)
      results = await runChecks(trx, CHECKS, { gates: true })
      throw new Error('roll back')
    })
    .catch((error) => {
      if (error.message !== 'roll back') throw error
    })
  return results
}

async function stageLoaded(trx: Kysely<Tables>, dataset: string): Promise<void> {
  const table = { rvu_qpp: 'rvu', anesthesia: 'anesthesia_cf' }[dataset] ?? dataset
  await sql
    .raw(
      `create temporary table stage_${dataset} on commit drop as select * from pfs.${table} where valid_during @> date '2025-11-01'`,
    )
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
    const refuses = () => refuseBroken(found ? [found] : [], [])
    const code = found?.severity === 'gate' ? 'E_GATE' : 'E_CHECK_FAILED'
    expect(codeOf(refuses)).toBe(found?.severity === 'warn' ? undefined : code)
    if (found?.severity === 'gate') expect(refuseBroken([found], [name])).toEqual([name])
  })

  test('a version cannot be without days', async () => {
    await expect(
      sql`update pfs.rvu set valid_during = '{}' where hcpcs = 'G0101'`.execute(
        database.session.db,
      ),
    ).rejects.toThrow(/check constraint/)
  })
})
