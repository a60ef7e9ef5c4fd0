/** THE merge: what a release says about its days becomes versions. Generic over every versioned table. */
import { type Kysely, sql } from 'kysely'
import type { Table } from '../../schemas/table.ts'
import type { Tables } from '../db/tables.ts'

/**
 * Makes the staged rows of `stage` true in `period` (a date range as text), each on the days of it on which it may
 * hold, and nothing else true there. Returns how many versions were inserted, extended, shortened, restated or
 * removed; none where nothing changed.
 */
export async function merge(
  trx: Kysely<Tables>,
  target: Table,
  stage: string,
  period: string,
): Promise<number> {
  const table = sql.table(`${target.schema}.${target.name}`)
  const staged = sql.table(stage)
  const days = sql`datemultirange(${period}::daterange)`
  const list = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))
  const columns = [...Object.keys(target.columns), 'content_hash']
  const identity = [...target.storedKey, 'content_hash']
  const ofStaged = sql.join(identity.map((name) => sql`s.${sql.ref(name)}`))
  const saidBefore = sql`(select ctid from ${table} where (${list(identity)}) = (${ofStaged}))`

  // Rows are named by their place (ctid), which one run at a time (lock.ts) does not move: whatever the planner expects of
  // `differing`, none is looked for. Only where rows hold on a part of the days does each version get days of its own.
  // Versions that hold on no day of the period are not read: the one that says what is stated again is found by its key.
  // That is a lookup for each row: `on conflict` takes twice as long to insert what is new.
  const { rows } = await sql<{ versions: number }>`
    with held as (
      select ${list(identity)}, ctid, valid_during
        from ${table} where ops.holds_in(valid_during, ${period}::daterange)
    ), differing as materialized (
      -- Versions whose days in the period are others than CMS states there, and rows that it states and none of them has.
      -- What says nothing new is not touched, and costs neither locks nor write-ahead log.
      select coalesce(v.ctid, ${saidBefore}) as version, s.ctid as staged, v.valid_during <@ ${days} as goes,
             s.valid_during @> ${days} as throughout, s.valid_during * ${days} as days
        from held v
        full join ${staged} s using (${list(identity)})
       where case when s.ctid is null or v.ctid is null then true
                  when s.valid_during @> ${days} then not v.valid_during @> ${days}
                  else v.valid_during * ${days} <> s.valid_during * ${days} end
    ), removed as (
      delete from ${table} where ctid = any (array(select version from differing where coalesce(isempty(days), true) and goes))
      returning 1
    ), shortened as (
      update ${table} set valid_during = valid_during - ${days}, known_since = ops.known_at()
       where ctid = any (array(select version from differing where coalesce(isempty(days), true) and not goes))
      returning 1
    ), extended as (
      update ${table} set valid_during = valid_during + ${days}, known_since = ops.known_at()
       where ctid = any (array(select version from differing where throughout and version is not null))
      returning 1
    ), restated as (
      update ${table} v set valid_during = (v.valid_during - ${days}) + d.days, known_since = ops.known_at()
        from differing d
       where v.ctid = d.version and not d.throughout and not isempty(d.days)
      returning 1
    ), stated as (
      insert into ${table} (${list(columns)}, valid_during)
      select ${list(columns)}, valid_during * ${days} from ${staged}
       where ctid = any (array(select staged from differing where version is null and not isempty(days)))
      returning 1
    )
    select count(*) as versions
      from (table removed union all table shortened union all table extended union all table restated union all table stated) written
  `.execute(trx)
  const versions = rows[0]?.versions ?? 0
  if (versions > 0) {
    // Autovacuum may never come to it: an embedded server runs no longer than its command.
    const known = list([...target.storedKey, 'valid_during'])
    await sql`analyze ${table} (${known})`.execute(trx)
  }
  return versions
}
