/** Brings a database to this version: numbered migrations forward, then the `api` contract as it is now. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { CmsFeesError } from '../errors.ts'
import { API, MIGRATIONS } from '../paths.ts'
import type { Tables } from './tables.ts'

const OLDEST_SERVER = 150_000

/** Names of the migrations that ran, and whether `api` was made anew. Idempotent. */
export interface Migrated {
  readonly migrations: readonly string[]
  readonly api: boolean
}

/** `anew`: makes `api` and its grants again though nothing changed. Throws E_DATABASE_UNFIT, E_SCHEMA_NEWER, E_API_IN_USE. */
export async function migrate(
  db: Kysely<Tables>,
  { anew = false }: { anew?: boolean } = {},
): Promise<Migrated> {
  await refuseOldServer(db)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: readMigrations },
    migrationTableSchema: 'ops',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw explain(error)
  return {
    migrations: (results ?? []).map((result) => result.migrationName),
    api: await replaceApi(db, anew),
  }
}

async function refuseOldServer(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ number: number; name: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as name
  `.execute(db)
  const [version] = rows
  if (version && version.number < OLDEST_SERVER) {
    throw new CmsFeesError('E_DATABASE_UNFIT', `the server is PostgreSQL ${version.name}`)
  }
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = await readSqlFolder(MIGRATIONS)
  return Object.fromEntries(
    files.map(({ name, text }) => [
      name,
      { up: async (db) => void (await sql.raw(text).execute(db)) },
    ]),
  )
}

/** The files of a folder in the order of their names. */
export async function readSqlFolder(folder: string): Promise<{ name: string; text: string }[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (file) => ({
      name: basename(file, '.sql'),
      text: await readFile(join(folder, file), 'utf8'),
    })),
  )
}

function explain(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error)
  if (/corrupted migrations/.test(message)) {
    return new CmsFeesError('E_SCHEMA_NEWER', message, { cause: error })
  }
  if (/permission denied|must be owner|is not available|could not open extension/.test(message)) {
    return new CmsFeesError('E_DATABASE_UNFIT', message, { cause: error })
  }
  return error
}

/** Makes every object of `api` anew where its files changed. Refuses to break what others built on it. */
async function replaceApi(db: Kysely<Tables>, anew: boolean): Promise<boolean> {
  const files = await readSqlFolder(API)
  const hash = createHash('sha256')
  for (const { name, text } of files) hash.update(`${name}\n${text}\n`)
  // What a migration adds gets its rights with the contract (99_grant).
  for (const { name } of await readSqlFolder(MIGRATIONS)) hash.update(`${name}\n`)
  const wanted = hash.digest('hex')
  return db.transaction().execute(async (trx) => {
    const current = await trx
      .selectFrom('ops.setting')
      .select('value')
      .where('key', '=', 'api_sha256')
      .executeTakeFirst()
    if (current?.value === wanted && !anew) return false
    await refuseDependents(trx)
    await sql`drop schema if exists api cascade`.execute(trx)
    for (const { text } of files) await sql.raw(text).execute(trx)
    await trx
      .insertInto('ops.setting')
      .values({ key: 'api_sha256', value: wanted })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: wanted }))
      .execute()
    return true
  })
}

/** Views of other schemas that read `api`: dropping `api` would silently drop them too. */
async function refuseDependents(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ object: string }>`
    select distinct dependent.oid::regclass::text as object
      from pg_depend d
      join pg_rewrite w on w.oid = d.objid and d.classid = 'pg_rewrite'::regclass
      join pg_class dependent on dependent.oid = w.ev_class
      left join pg_class used on d.refclassid = 'pg_class'::regclass and used.oid = d.refobjid
      left join pg_proc called on d.refclassid = 'pg_proc'::regclass and called.oid = d.refobjid
     where coalesce(used.relnamespace, called.pronamespace) = to_regnamespace('api')
       and dependent.relnamespace <> to_regnamespace('api')
  `.execute(db)
  if (rows.length > 0) {
    throw new CmsFeesError(
      'E_API_IN_USE',
      `these read schema api: ${rows.map((row) => row.object).join(', ')}`,
    )
  }
}

/** Whether the database has never seen cms-fees. */
export async function isEmpty(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`
    select to_regclass('ops.migration') is null as empty
  `.execute(db)
  return rows[0]?.empty === true
}

/** Throws E_NOT_MIGRATED where `migrate` has something to do, for commands that only read. */
export async function requireMigrated(db: Kysely<Tables>): Promise<void> {
  const done = (await isEmpty(db))
    ? { rows: [] }
    : await sql<{ name: string }>`select name from ops.migration`.execute(db)
  const names = new Set(done.rows.map((row) => row.name))
  const pending = (await readSqlFolder(MIGRATIONS)).filter(({ name }) => !names.has(name))
  if (pending.length > 0) {
    throw new CmsFeesError(
      'E_NOT_MIGRATED',
      `not yet run: ${pending.map(({ name }) => name).join(', ')}`,
    )
  }
}
