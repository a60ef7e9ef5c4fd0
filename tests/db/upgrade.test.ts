/** A database of each released schema is brought to this one, and answers as if it had been made by it. */
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { ingest } from '../../pipelines/run.ts'
import { migrate } from '../../src/db/migrate.ts'
import { readSqlFolder } from '../../src/db/schema-files.ts'
import { openSession, type Session } from '../../src/db/session.ts'
import { MIGRATIONS } from '../../src/paths.ts'
import { searchCodes } from '../../src/search.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples, sampleOf } from '../helpers/samples.ts'

/** The last migration of each schema that was released, or that people run. */
const SCHEMAS = ['0004_editorial', '0021_layouts', '0040_hcpcs', '0050_search']

const database = useDatabase()
beforeAll(() => loadSamples(database, 'RVU25A', 'RVU25D'))

/** A database of its own at the schema of a migration, without `api`, as an older version left it. */
async function databaseAt(last: string): Promise<Session & { drop(): Promise<void> }> {
  const { client } = database.session
  const name = `cms_fees_upgrade_${process.pid}_${last}`
  await client.query(`create database ${name} template template0`)
  const url = new URL(database.url)
  url.pathname = `/${name}`
  const session = await openSession(url.href)
  await migrate(session.db)
  // What kysely's migrator keeps is made by itself; then everything else is made as it was.
  const { rows } = await sql<{ name: string }>`select name from ops.migration`.execute(session.db)
  await session.client.query(`
    drop schema api, search, hcpcs, zip, pfs, editorial cascade;
    create schema kept; alter table ops.migration set schema kept; alter table ops.migration_lock set schema kept;
    drop schema ops cascade;`)
  for (const { name: file, text } of await readSqlFolder(MIGRATIONS)) {
    if (file <= last) await session.client.query(text)
  }
  await session.client.query(
    `alter table kept.migration set schema ops; alter table kept.migration_lock set schema ops; drop schema kept`,
  )
  const later = rows.map((row) => row.name).filter((file) => file > last)
  await sql`delete from ops.migration where name = any(${later})`.execute(session.db)
  const drop = async () => {
    await session.close()
    await client.query(`drop database ${name}`)
  }
  return { ...session, drop }
}

/** Brings the rows of the loaded database into the older one: those columns that it has. */
async function copyRows(older: Session): Promise<void> {
  await older.client.query(`set session_replication_role = replica`)
  const { rows: tables } = await older.client.query<{ name: string; columns: string }>(`
    select c.oid::regclass::text as name,
           (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
             where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
      from pg_class c
     where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('ops', 'pfs', 'zip', 'hcpcs', 'editorial', 'search')
       and c.relname not like 'migration%' and c.relname <> 'setting'`)
  // Migrations fill some tables themselves.
  await older.client.query(`truncate ${tables.map(({ name }) => name).join(', ')}`)
  for (const { name, columns } of tables) {
    const loaded = await database.rows<{ rows: string | null }>(
      // Older schemas had no gates.
      `select jsonb_agg(t)::text as rows from ${name} t where to_jsonb(t) ->> 'severity' is distinct from 'gate'`,
    )
    await older.client.query(
      `insert into ${name} (${columns}) overriding system value
       select ${columns} from jsonb_populate_recordset(null::${name}, $1)`,
      [loaded[0]?.rows ?? '[]'],
    )
  }
  await older.client.query(`
    select setval(pg_get_serial_sequence('ops.run', 'run_id'), (select max(run_id) from ops.run));
    set session_replication_role = origin`)
}

const ANSWERS = [
  `select md5(string_agg(v::text, '|' order by v::text)) as hash, count(*) as rows from api.rvu_versions v`,
  `select md5(string_agg(v::text, '|' order by v::text)) as hash, count(*) as rows from api.gpci_versions v`,
  `select release, state, effective_from, in_force_to from api.release order by 1, 2`,
  `select amount from (select to_jsonb(p) as amount from api.payment('G0101', '', '01112', '05', '2025-02-01') p) x`,
]

describe.each(SCHEMAS)('from %s', (last) => {
  test('nothing is lost, and the next release loads', async () => {
    const older = await databaseAt(last)
    try {
      await copyRows(older)
      const { migrations } = await migrate(older.db)
      expect(migrations[0]?.slice(0, 4)).not.toBe(last.slice(0, 4))
      expect(await migrate(older.db)).toEqual({ migrations: [], api: false })
      for (const query of ANSWERS) {
        expect((await older.client.query(query)).rows, query).toEqual(await database.rows(query))
      }
      const context = { ...database, session: older }
      expect((await ingest(sampleOf('RVU25D'), context)).outcome).toBe('nothing_new')
      expect((await ingest(sampleOf('RVU26B'), context)).outcome).toBe('done')
      expect((await searchCodes(older.db, 'portable medicine pump'))[0]?.hcpcs).toBe('A4306')
    } finally {
      await older.drop()
    }
  })
})
