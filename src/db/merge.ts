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
  const columns = sql.join([...target.columns, 'content_hash'].map((name) => sql.ref(name)))
  const same = (left: string, right: string) =>
    sql.join(
      identity.map((name) => sql`${sql.ref(`${left}.${name}`)} = ${sql.ref(`${right}.${name}`)}`),
      sql` and `,
    )

  // 1. Where CMS says something else in the period, the old version was not true in it.
  const gone = sql`not exists (select from ${staged} s where ${same('s', 'v')})`
  const removed = await sql`
    delete from ${table} v where v.valid_during <@ ${days} and ${gone}
  `.execute(trx)
  const shortened = await sql`
    update ${table} v set valid_during = v.valid_during - ${days}, known_since = ops.known_at()
     where v.valid_during && ${days} and ${gone}
  `.execute(trx)

  // 2. What CMS says is true in the period: a known version is extended, a new one inserted. The anti-join
  //    keeps rows that say nothing new free of locks and of write-ahead log.
  const written = await sql`
    insert into ${table} as v (${columns}, valid_during)
    select ${columns}, ${days} from ${staged} s
     where not exists (select from ${table} v where ${same('v', 's')} and v.valid_during @> ${days})
    on conflict (${sql.join(identity.map((name) => sql.ref(name)))})
    do update set valid_during = v.valid_during + excluded.valid_during, known_since = ops.known_at()
  `.execute(trx)

  return [removed, shortened, written].reduce(
    (sum, step) => sum + Number(step.numAffectedRows ?? 0),
    0,
  )
}
