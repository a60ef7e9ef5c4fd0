/** What differs between releases, and between the versions of a code. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'

export type Fields = Readonly<Record<string, { before: string | null; after: string | null }>>

/** A row of api.release_changes; amounts in dollars as decimal text. */
export interface ReleaseChange {
  readonly change: 'added' | 'deleted' | 'changed' | 'conversion factor'
  readonly hcpcs: string | null
  readonly modifier: string | null
  readonly description: string | null
  readonly fields: Fields | null
  readonly non_facility_before: string | null
  readonly non_facility_after: string | null
  readonly non_facility_change: string | null
  readonly facility_before: string | null
  readonly facility_after: string | null
  readonly facility_change: string | null
}

/** Throws E_NOT_LOADED. */
export async function releaseChanges(
  db: Kysely<Tables>,
  before: string,
  after: string,
): Promise<readonly ReleaseChange[]> {
  const changes = sql<ReleaseChange>`select * from api.release_changes(${before}, ${after})`
  const { rows } = await changes.execute(db).catch((cause) => {
    if (cause.code !== 'P0002') throw cause
    throw new CmsFeesError('E_NOT_LOADED', cause.message, { cause })
  })
  return rows
}

/** A version of a code: the days on which it held, and what differs from the one before it. */
export interface CodeVersion {
  readonly hcpcs: string
  readonly modifier: string
  readonly valid_from: string
  readonly valid_to: string | null
  readonly first_release: string
  readonly fields: Fields | null
  /** Which releases before it are not loaded, in whose time the changes may have begun, as a sentence without its period. */
  readonly gap: string | null
}

/** Versions of a code in the order of their days, for each modifier. */
export async function codeHistory(
  db: Kysely<Tables>,
  code: string,
): Promise<readonly CodeVersion[]> {
  const { rows } = await sql<CodeVersion>`
    select * from api.code_history where hcpcs = ${code.trim().toUpperCase()} order by modifier, valid_from
  `.execute(db)
  return rows
}
