/** What other schedules than that of physicians pay: laboratory tests, drugs, supplies, surgery centers. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** A row of api.price_national of today. */
export interface SchedulePrice {
  readonly hcpcs: string
  readonly schedule: string
  readonly modifier: string
  /** In dollars, as decimal text; the same where the amount is one for the nation. */
  readonly lowest: string
  readonly highest: string
  readonly unit: string
  readonly basis: string
}

/** By code, in the order of the schedules; a code that none of them prices is absent. */
export async function schedulePrices(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly SchedulePrice[]>> {
  const { rows } = await sql<SchedulePrice>`
    select code as hcpcs, p.schedule, p.modifier, p.lowest, p.highest, p.unit, p.basis
      from unnest(${codes}::text[]) code
     cross join lateral api.price_national(code, current_date) p
     where p.schedule <> 'physician'
  `.execute(db)
  return Map.groupBy(rows, ({ hcpcs }) => hcpcs)
}
