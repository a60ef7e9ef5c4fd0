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
  const columns = list([...target.columns, 'content_hash'])
  const same = (left: string, right: string) =>
    sql.join(
      identity.map((name) => sql`${sql.ref(`${left}.${name}`)} = ${sql.ref(`${right}.${name}`)}`),
      sql` and `,
    )

  const { rows } = await sql<{ versions: number }>`
    with gone as materialized (
      -- Where CMS says something else in the period, the old version was not true in it.
      select ${list(identity)}, v.valid_during - ${days} as remaining
        from ${table} v
       where v.valid_during && ${days} and not exists (select from ${staged} s where ${same('s', 'v')})
    ), removed as (
      delete from ${table} v using gone g where ${same('g', 'v')} and isempty(g.remaining)
      returning 1
    ), shortened as (
      update ${table} v set valid_during = g.remaining, known_since = ops.known_at()
        from gone g where ${same('g', 'v')} and not isempty(g.remaining)
      returning 1
    ), told as materialized (
      -- What CMS says is true in the period: a known version is extended, a new one inserted. Rows that say nothing
      -- new are not touched, and cost neither locks nor write-ahead log.
      select ${sql.join(identity.map((name) => sql.ref(`s.${name}`)))}, v.content_hash is not null as known
        from ${staged} s
        left join ${table} v on ${same('v', 's')}
       where not coalesce(v.valid_during @> ${days}, false)
    ), extended as (
      update ${table} v set valid_during = v.valid_during + ${days}, known_since = ops.known_at()
        from told t where ${same('t', 'v')} and t.known
      returning 1
    ), inserted as (
      insert into ${table} (${columns}, valid_during)
      select ${sql.join([...target.columns, 'content_hash'].map((name) => sql.ref(`s.${name}`)))}, ${days}
        from ${staged} s join told t on ${same('t', 's')} and not t.known
      returning 1
    )
    select count(*) as versions
      from (table removed union all table shortened union all table extended union all table inserted) written
  `.execute(trx)
  return rows[0]?.versions ?? 0
}
