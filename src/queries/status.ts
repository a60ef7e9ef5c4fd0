/** What is loaded, what is due, and how the last runs ended. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** Of a row of api.release. */
export interface Loaded {
  readonly published: string | null
  readonly published_source: string | null
}

/** A row of api.freshness. */
export interface Due {
  readonly family: string
  readonly release: string
  readonly due_on: string
  readonly state: 'loaded' | 'missing' | 'due'
  readonly days_overdue: number | null
}

export interface Status {
  readonly releases: readonly Loaded[]
  /** The last ten. */
  readonly runs: readonly object[]
  readonly freshness: readonly Due[]
}

export async function status(db: Kysely<Tables>): Promise<Status> {
  const releases = await sql<Loaded>`
    select release, revision, family, state, effective_from, in_force_to, published, published_source,
           rows_accepted, rows_rejected, source
      from api.release order by effective_from, release, revision
  `.execute(db)
  const runs = await sql<object>`
    select run_id as run, command, release, coalesce(outcome, 'running') as outcome, error_code,
           to_char(started_at, 'YYYY-MM-DD HH24:MI:SS') as started,
           round(extract(epoch from finished_at - started_at), 2) as seconds
      from ops.run order by run_id desc limit 10
  `.execute(db)
  const freshness = await sql<Due>`select * from api.freshness`.execute(db)
  return { releases: releases.rows, runs: runs.rows, freshness: freshness.rows }
}
