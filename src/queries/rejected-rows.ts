/** CMS's rows that a schema rejected. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** A row of api.rejected_row. */
export interface RejectedRow {
  readonly run: number
  readonly release: string
  readonly dataset: string
  readonly file: string
  readonly line: number
  readonly issues: readonly { readonly column: string; readonly message: string }[]
  readonly raw: string
  readonly replay: string | null
  readonly replay_run: number | null
  readonly open: boolean
}

/** Of a release, or of all (null). `all`: also those that a replay or a later run has accepted. */
export async function rejectedRows(
  db: Kysely<Tables>,
  release: string | null,
  all: boolean,
): Promise<RejectedRow[]> {
  const { rows } = await sql<RejectedRow>`
    select run, release, dataset, file, line, issues, raw, replay, replay_run, open from api.rejected_row
     where (open or ${all}) and release = coalesce(${release}, release)
     order by run, file, line
  `.execute(db)
  return rows
}
