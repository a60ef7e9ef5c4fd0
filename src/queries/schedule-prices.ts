/** What other schedules than that of physicians pay, from release to release: laboratory, drugs, supplies, surgery centers. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** What a schedule pays for a code nationally since a day, as api.price_national gives it. */
export interface SchedulePrice {
  readonly hcpcs: string
  readonly schedule: string
  readonly modifier: string
  /** In dollars, as decimal text; the same where the amount is one for the nation. */
  readonly lowest: string
  readonly highest: string
  readonly unit: string
  readonly basis: string
  readonly release: string
  readonly effective_from: string
  /** Whether the release governs today, or would if no later one were missing. */
  readonly is_latest: boolean
  /** Whether the release of today is loaded. */
  readonly is_current: boolean
}

/** By code, in the order of the schedules, then of their days; a code that none of them ever priced is absent. */
export const schedulePrices = (db: Kysely<Tables>, codes: readonly string[]) =>
  pricesOf(db, codes, sql`true`)

/** By code: only what the latest releases say. */
export const latestSchedulePrices = (db: Kysely<Tables>, codes: readonly string[]) =>
  pricesOf(db, codes, sql`p.period @> current_date`)

async function pricesOf(
  db: Kysely<Tables>,
  codes: readonly string[],
  condition: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, readonly SchedulePrice[]>> {
  const { rows } = await sql<SchedulePrice>`
    with release as materialized (
      select p.table_name, p.release, p.valid_from, p.period @> current_date as is_latest,
             exists (select from api.release_calendar c
                      where c.table_name = p.table_name and c.period @> current_date and c.is_known) as is_current
        from api.release_period p
       where p.table_name in ('clfs', 'asp', 'dmepos', 'asc_procedure') and p.valid_from <= current_date and ${condition}
    ), price as (
      select n.hcpcs, n.schedule, n.modifier, n.amount as lowest, n.amount as highest, n.unit, n.basis, r.*
        from release r
       cross join unnest(${codes}::text[]) code
       cross join lateral (select code as hcpcs, p.* from api.national_prices(code, r.valid_from) p) n
       where (r.table_name, n.schedule) in (('clfs', 'laboratory'), ('asp', 'drugs'), ('asc_procedure', 'ASC'))
       union all
      select n.hcpcs, n.schedule, n.modifier, n.lowest, n.highest, n.unit, n.basis, r.*
        from release r
       cross join unnest(${codes}::text[]) code
       cross join lateral api.price_national(code, r.valid_from) n
       where r.table_name = 'dmepos' and n.schedule = 'DMEPOS'
    )
    select hcpcs, schedule, modifier, lowest, highest, unit, basis, release, valid_from as effective_from, is_latest, is_current
      from price
     where lowest is not null
     order by array_position(array['laboratory', 'drugs', 'DMEPOS', 'ASC'], schedule), modifier, valid_from
  `.execute(db)
  return Map.groupBy(rows, ({ hcpcs }) => hcpcs)
}
