/** What Medicare pays for each code of a list, nationally, today or by the latest known release. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { SchedulePrice } from './code-page.ts'

/** Amounts in dollars, as decimal text. */
export type ListPrice =
  | { readonly non_facility_amount: string; readonly facility_amount: string }
  | Pick<SchedulePrice, 'lowest' | 'highest' | 'unit'>

/** A code that no schedule prices is absent. Where the physician fee schedule pays, its amounts stand for the code. */
export async function listPrices(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, ListPrice>> {
  const { rows } = await sql<{
    hcpcs: string
    non_facility_amount: string
    facility_amount: string
  }>`
    select hcpcs, non_facility_amount, facility_amount
      from api.known_payments(${codes}::text[], array[current_date])
     where mac = '00000' and modifier = '' and facility_amount is not null
  `.execute(db)
  const physician = new Map<string, ListPrice>(rows.map((row) => [row.hcpcs, row]))
  const others = codes.filter((code) => !physician.has(code))
  return new Map([...physician, ...(await otherPrices(db, others))])
}

/** Of each code the first schedule and modifier that prices it by its latest loaded release. */
async function otherPrices(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, ListPrice>> {
  type Row = Pick<SchedulePrice, 'lowest' | 'highest' | 'unit'> & { readonly hcpcs: string }
  const { rows } = await sql<Row>`
    select distinct on (hcpcs) hcpcs, lowest, highest, unit
      from api.price_history
      join api.price_schedule s using (schedule)
     where hcpcs = any(${codes}::text[]) and coalesce(valid_to, 'infinity') >= current_date
     order by hcpcs, s.place, modifier
  `.execute(db)
  return new Map(rows.map((row) => [row.hcpcs, row]))
}
