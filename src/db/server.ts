/** What a server must be and have. */
import { type Kysely, sql } from 'kysely'
import { CmsFeesError } from '../errors.ts'
import type { Tables } from './tables.ts'

const OLDEST_SERVER = 150_000

/** Throws E_DATABASE_UNFIT. */
export async function refuseOldServer(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ number: number; name: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as name
  `.execute(db)
  const [version] = rows
  if (version && version.number < OLDEST_SERVER) {
    throw new CmsFeesError('E_DATABASE_UNFIT', `the server is PostgreSQL ${version.name}`)
  }
}

/** Throws E_DATABASE_UNFIT where the server has no such extension. */
export async function requireExtension(db: Kysely<Tables>, name: string): Promise<void> {
  const { rows } = await sql`select from pg_available_extensions where name = ${name}`.execute(db)
  if (rows.length === 0) {
    throw new CmsFeesError('E_DATABASE_UNFIT', 'it is not installed on the server')
  }
}

/** Those of the roles that the server does not have. */
export async function missingRoles(
  db: Kysely<Tables>,
  roles: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${roles}::text[]) name where to_regrole(name) is null
  `.execute(db)
  return rows.map(({ name }) => name)
}
