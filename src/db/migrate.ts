/**
 * Brings a database to this version in one transaction: numbered migrations forward, then functions and schema `api` as
 * they are now.
 */
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { CmsFeesError } from '../errors.ts'
import { takeRunLockFor } from '../runs/lock.ts'
import { recordContract } from './contract.ts'
import { readSchema, type SqlFile } from './schema-files.ts'
import { refuseOldServer } from './server.ts'
import type { Tables } from './tables.ts'

/** Names of the migrations that ran, and whether functions and `api` were made anew. Idempotent. */
export interface Migrated {
  readonly migrations: readonly string[]
  readonly api: boolean
}

/**
 * Everything or nothing: whatever ends it, the database is as it was. `anew`: makes functions, `api` and grants again though
 * nothing changed. Throws E_DATABASE_UNFIT, E_SCHEMA_NEWER, E_API_IN_USE, E_LOCKED.
 */
export async function migrate(
  db: Kysely<Tables>,
  { anew = false }: { anew?: boolean } = {},
): Promise<Migrated> {
  await refuseOldServer(db)
  const { migrations, renewed, sha256 } = await readSchema()
  const work = db.transaction().execute(async (trx) => {
    // Where nothing is there, another process may be setting it up at this moment.
    await takeRunLockFor(trx, { wait: await isEmpty(trx) })
    if (!anew && (await schemaIn(trx)) === sha256) return { migrations: [], api: false }
    await refuseDependents(trx)
    await sql`drop schema if exists api cascade`.execute(trx)
    const done = await runMigrations(trx, migrations)
    for (const file of renewed) await runFile(trx, file)
    await trx
      .insertInto('ops.setting')
      .values({ key: 'api_sha256', value: sha256 })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: sha256 }))
      .execute()
    await recordContract(trx)
    return { migrations: done, api: true }
  })
  return work.catch((error) => {
    throw explain(error)
  })
}

async function runMigrations(trx: Kysely<Tables>, files: readonly SqlFile[]): Promise<string[]> {
  const migrations: Record<string, Migration> = Object.fromEntries(
    files.map((file) => [file.name, { up: (db) => runFile(db, file) }]),
  )
  const migrator = new Migrator({
    db: trx,
    provider: { getMigrations: async () => migrations },
    migrationTableSchema: 'ops',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error
  return results.map((result) => result.migrationName)
}

/** What PostgreSQL says of a file is told with its name. */
async function runFile(db: Kysely<Tables>, { name, text }: SqlFile): Promise<void> {
  try {
    await sql.raw(text).execute(db)
  } catch (error) {
    if (error instanceof Error) error.message = `${name}.sql: ${error.message}`
    throw error
  }
}

function explain(error: unknown): unknown {
  if (error instanceof CmsFeesError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/corrupted migrations/.test(message)) {
    return new CmsFeesError('E_SCHEMA_NEWER', message, { cause: error })
  }
  if (/permission denied|must be owner|is not available|could not open extension/.test(message)) {
    return new CmsFeesError('E_DATABASE_UNFIT', message, { cause: error })
  }
  return error
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

/** Hash of the files that the database's schema was made of; null where there is no whole one. */
async function schemaIn(db: Kysely<Tables>): Promise<string | null> {
  if (await isEmpty(db)) return null
  const { rows } = await sql<{ value: string }>`
    select value from ops.setting where key = 'api_sha256' and to_regnamespace('api') is not null
  `.execute(db)
  return rows[0]?.value ?? null
}

/**
 * What it lets pass has the tables and the `api` of this very version. Throws E_NOT_MIGRATED where `migrate` has
 * something to do, and E_SCHEMA_NEWER.
 */
export async function requireMigrated(db: Kysely<Tables>): Promise<void> {
  if (await isEmpty(db)) {
    throw new CmsFeesError('E_NOT_MIGRATED', 'the database has no schema of cms-fees')
  }
  const { migrations, sha256 } = await readSchema()
  const { rows: done } = await sql<{ name: string }>`select name from ops.migration`.execute(db)
  const later = without(done, migrations)
  if (later) throw new CmsFeesError('E_SCHEMA_NEWER', `not known to this version: ${later}`)
  const pending = without(migrations, done)
  if (pending) throw new CmsFeesError('E_NOT_MIGRATED', `not yet run: ${pending}`)
  if ((await schemaIn(db)) !== sha256) {
    throw new CmsFeesError('E_NOT_MIGRATED', 'schema api is missing, or of another version')
  }
}

interface Named {
  readonly name: string
}

/** Names that are in one list and not in the other; empty where there are none. */
function without(list: readonly Named[], other: readonly Named[]): string {
  const known = new Set(other.map(({ name }) => name))
  return list.flatMap(({ name }) => (known.has(name) ? [] : name)).join(', ')
}
