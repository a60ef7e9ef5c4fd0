/** THE merge: what a release says about its days becomes versions. Generic over every versioned table. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export interface VersionedTable {
  readonly schema: string
  readonly table: string
  readonly key: readonly string[]
  /** Key and content columns. */
  readonly columns: readonly string[]
}

/** Temporary table that a dataset's rows are staged in. */
export const stagingOf = (dataset: string): string => `stage_${dataset}`

/**
 * Makes the staged rows of `stage` true in `period` (a date range as text), and nothing else true there.
 * Returns how many versions were inserted, extended, shortened or removed; none where nothing changed.
 */
export async function merge(
  trx: Kysely<Tables>,
  target: VersionedTable,
  stage: string,
  period: string,
): Promise<number> {
  const table = sql.table(`${target.schema}.${target.table}`)
  const staged = sql.table(stage)
  const days = sql`datemultirange(${period}::daterange)`
  const identity = [...target.key, 'content_hash']
  const list = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))
  const columns = [...target.columns, 'content_hash']
  const same = sql.join(
    identity.map((name) => sql`${sql.ref(`v.${name}`)} = ${sql.ref(`d.${name}`)}`),
    sql` and `,
  )

  const { rows } = await sql<{ versions: number }>`
    with differing as materialized (
      -- Versions that hold in the period and that CMS does not state there, and rows that it states and that do not hold
      -- on all of its days. What says nothing new is not touched, and costs neither locks nor write-ahead log.
      select ${list(identity)}, s.ctid as staged, v.valid_during, v.valid_during - ${days} as remaining
        from ${table} v
        full join ${staged} s using (${list(identity)})
       where case when s.ctid is null then v.valid_during && ${days} else (v.valid_during @> ${days}) is not true end
    ), removed as (
      delete from ${table} v using differing d
       where ${same} and d.staged is null and isempty(d.remaining)
      returning 1
    ), shortened as (
      update ${table} v set valid_during = d.remaining, known_since = ops.known_at()
        from differing d where ${same} and d.staged is null and not isempty(d.remaining)
      returning 1
    ), extended as (
      update ${table} v set valid_during = v.valid_during + ${days}, known_since = ops.known_at()
        from differing d where ${same} and d.staged is not null
      returning 1
    ), inserted as (
      insert into ${table} (${list(columns)}, valid_during)
      select ${list(columns.map((name) => `s.${name}`))}, ${days}
        from ${staged} s join differing d on s.ctid = d.staged and d.valid_during is null
      returning 1
    )
    select count(*) as versions
      from (table removed union all table shortened union all table extended union all table inserted) written
  `.execute(trx)
  return rows[0]?.versions ?? 0
}
