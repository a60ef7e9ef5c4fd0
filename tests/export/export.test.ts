/** `cms-fees export` on the sample releases: every rate against the database, what a second export does, and what is left of a broken one. */
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportAll } from '../../src/export/export.ts'
import { readManifest } from '../../src/export/manifest.ts'
import {
  differing,
  makeClaimLines,
  makeRankedLines,
  writeClaimLines,
} from '../helpers/claim-lines.ts'
import { type DuckDB, openDuckDB, pricingOfLines } from '../helpers/duckdb.ts'
import { useExport } from '../helpers/export.ts'
import { makeFolder } from '../helpers/folder.ts'

const { database, folder, current } = await useExport(
  'RVU25A',
  'RVU25D',
  'RVU26B',
  'ZIP5_OCT2025',
  'CLFS25Q1',
)
let duckdb: DuckDB

beforeAll(async () => {
  duckdb = await openDuckDB(current)
})
afterAll(() => duckdb?.close())

describe('rates', () => {
  test('of physicians are all that api.fee_schedule gives on their first and last days, and no others', async () => {
    const days = await duckdb.rows<{ geography: string; qualifying_apm: boolean; day: string }>(
      `select distinct geography, qualifying_apm, unnest([valid_from, valid_to])::text as day from rate where schedule = 'physician'
        order by md5(concat(geography, qualifying_apm, day)) limit 4`,
    )
    expect(days).toHaveLength(4)
    for (const { geography, qualifying_apm, day } of days) {
      const rates = await duckdb.rows<{ line: string }>(`
        select concat_ws(' ', hcpcs, modifier, setting, amount::decimal(12,2), basis) as line from rate
         where schedule = 'physician' and geography = '${geography}' and qualifying_apm = ${qualifying_apm} and date '${day}' between valid_from and valid_to`)
      const [mac, locality] = geography.split('-')
      const expected = await database.rows<{ line: string }>(`
        select concat_ws(' ', hcpcs, modifier, setting, amount, basis) as line
          from api.fee_schedule('${mac}', '${locality}', '${day}', ${qualifying_apm})
         cross join lateral (values ('non_facility', non_facility_amount), ('facility', facility_amount)) s (setting, amount)
         where amount is not null`)
      const texts = (rows: { line: string }[]) => rows.map(({ line }) => line).sort()
      expect(texts(rates)).toEqual(texts(expected))
    }
  })

  test('join what goes on', async () => {
    expect(
      await duckdb.rows(`
        select a.* from rate a join rate b on (a.hcpcs, a.modifier, a.setting, a.geography, a.qualifying_apm, a.amount, a.basis, a.year)
             = (b.hcpcs, b.modifier, b.setting, b.geography, b.qualifying_apm, b.amount, b.basis, b.year) and b.valid_from = a.valid_to + 1
         where a.schedule = 'physician' and (a.uncapped_amount, a.opps_cap_amount, a.reduced_amount) is not distinct from (b.uncapped_amount, b.opps_cap_amount, b.reduced_amount)`),
    ).toEqual([])
  })
})

test('every file stands in the order that the manifest tells', async () => {
  const manifest = await readManifest(current)
  expect(manifest?.tables.length).toBeGreaterThan(30)
  for (const { path, sorted_by } of manifest?.tables ?? []) {
    const key = `(${sorted_by.join(', ')})`
    expect(
      await duckdb.rows(`
        select key, before from (select ${key} as key, lag(${key}) over (order by file_row_number) as before
          from read_parquet('${current}/${path}/*.parquet', file_row_number = true, hive_partitioning = false)) where key < before limit 1`),
      path,
    ).toEqual([])
  }
})

test('versions are those of the database, a row for each range', async () => {
  const count = `select count(*)::int as rows, sum(work_rvu)::text as work, count(valid_to)::int as ended`
  expect(await duckdb.rows(`${count} from rvu`)).toEqual(
    await database.rows(`${count} from api.rvu_versions`),
  )
})

describe('DuckDB', () => {
  const LINES = 2000
  let lines: string

  /** Lines that only PostgreSQL prices, and three beside them. */
  async function addLines(): Promise<void> {
    const laboratory = `(select min(hcpcs) from rate where schedule = 'laboratory' and hcpcs not in (select hcpcs from rvu where status_indicator not in ('E', 'N', 'X')))`
    const given = [
      [laboratory, 'QW', ''],
      ["'G0402'", 'SG', ''],
      ["'G0402'", '', 'ASC'],
      ["'G0402'", '59 GA GC KX 25 76', ''],
      ["'G0402'", '', ''],
      ["'G0402'", null, ''],
    ].map(
      ([code, modifiers, practitioner], at) =>
        `(${LINES + 1 + at}, ${code}, ${modifiers === null ? null : `'${modifiers}'`}, '${practitioner}')`,
    )
    await duckdb.run(`
      insert into claim_line by name
      select l.*, '0' as claim_id, l.source_row::varchar as line, date '2025-02-03' as service_date, '11' as place_of_service, '10112' as mac, '00' as locality, 1 as units
        from (values ${given.join(', ')}) l (source_row, hcpcs, modifiers, practitioner)`)
  }

  beforeAll(async () => {
    lines = await makeFolder('lines')
    await makeClaimLines(database, LINES)
    await makeRankedLines(database)
    await writeClaimLines(database, duckdb, lines)
    await duckdb.run(`create temp table claim_line as from '${lines}/claim_line.parquet'`)
    await addLines()
    await duckdb.run(await pricingOfLines())
  })

  test('answers as api.payment and api.price_on do', async () => {
    const [row] = await duckdb.rows(`from payment('G0402', '', '10112', '00', '2025-10-06')`)
    expect(row).toMatchObject({ non_facility_amount: '149.2000', basis: 'fee schedule' })
    const prices = await duckdb.rows(
      `select setting, amount::decimal(12,2)::text as amount from price_on('G0402', '', '35042', '2025-10-06')`,
    )
    const expected = await database.rows(
      `select replace(setting, '-', '_') as setting, amount::text from api.price_on('G0402', '', '35042', '2025-10-06') order by 1`,
    )
    expect(prices).toEqual(expected)
    expect(prices).toHaveLength(2)
  })

  test('prices claim lines as api.price_claims does, by every rule', async () => {
    const priced = `(from priced_line where source_row <= ${LINES})`
    expect(await duckdb.rows(differing(`'${lines}/expected.parquet'`, priced))).toEqual([])
    const [count] = await duckdb.rows<{ priced: number; anesthesia: number; outcomes: number }>(
      `select count(amount)::int as priced, count(amount) filter (where schedule = 'anesthesia')::int as anesthesia, (select count(*) from outcome)::int as outcomes from ${priced}`,
    )
    expect(
      await duckdb.rows(`select amount from ${priced} where claim_id like 'R%' and amount > 0`),
    ).toHaveLength(28)
    expect(count?.priced).toBeGreaterThan(400)
    expect(count?.anesthesia).toBeGreaterThan(40)
    expect(count?.outcomes).toBeGreaterThan(50)
  })

  test('says of a line that only PostgreSQL prices it, and has each line once', async () => {
    const only = 'priced only in PostgreSQL: '
    expect(
      await duckdb.rows(
        `select amount is not null as priced, basis from priced_line where source_row > ${LINES} order by source_row`,
      ),
    ).toEqual([
      {
        ...{ priced: true },
        basis: 'laboratory fee schedule: one national rate; no coinsurance and no deductible',
      },
      { priced: false, basis: `${only}services of an ambulatory surgical center` },
      { priced: false, basis: `${only}services of an ambulatory surgical center` },
      { priced: false, basis: `${only}more than five modifiers` },
      { priced: true, basis: 'fee schedule' },
      { priced: true, basis: 'fee schedule' },
    ])
  })
})

describe('a folder', () => {
  test('is left alone where nothing has changed, and written where something has', async () => {
    const before = await readlink(current)
    expect(await exportAll(folder, database)).toMatchObject({ outcome: 'nothing_new', written: [] })
    expect(await readlink(current)).toBe(before)
    await database.rows(`update claim.practitioner set share = 0.86 where practitioner = 'RD'`)
    expect((await exportAll(folder, database)).written).toEqual(['rules/practitioner_rule'])
    expect(await readlink(current)).not.toBe(before)
    // The one before stays for its readers.
    expect(await readdir(folder)).toContain(before)
    const manifest = await readManifest(current)
    for (const { file } of manifest?.tables ?? []) {
      expect((await readFile(join(current, file.path))).byteLength).toBe(file.bytes)
    }
  })

  test('keeps what it has where an export is cut off, and loses what that one left', async () => {
    await mkdir(join(folder, '.unfinished-1'))
    await writeFile(join(folder, '.unfinished-1', 'half.parquet'), 'PAR1')
    await symlink('nowhere', join(folder, '.unfinished-2'))
    expect(await exportAll(folder, database)).toMatchObject({ outcome: 'nothing_new' })
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('of others is refused', async () => {
    const other = await makeFolder('other')
    await writeFile(join(other, 'letter.txt'), '')
    await expect(exportAll(other, database)).rejects.toMatchObject({ code: 'E_USAGE' })
    expect(await readdir(other)).toEqual(['letter.txt'])
  })
})

test('a rate that the database does not give ends the export, and the one before stays', async () => {
  const before = await readlink(current)
  const wrong = `create or replace function api.physician_rates(year integer) returns setof api.physician_rate_row language sql stable as
    'select hcpcs, modifier, mac, locality, false, on_date, on_date, basis, non_facility_amount + 0.01, facility_amount, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric, null::numeric from api.fee_schedule(''10112'', ''00'', ''2025-10-06'') where non_facility_amount > 0'`
  await database.rows(wrong)
  await database.rows(
    `update pfs.rvu set work_rvu = work_rvu + 1, content_hash = gen_random_uuid() where hcpcs = 'G0402'`,
  )
  await expect(exportAll(folder, database)).rejects.toMatchObject({ code: 'E_EXPORT_CHECK' })
  expect(await readlink(current)).toBe(before)
})
