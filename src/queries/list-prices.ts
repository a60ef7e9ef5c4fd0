/** What Medicare pays for each code of a list, nationally, today or by the latest known release. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { latestSchedulePrices, type SchedulePrice } from './schedule-prices.ts'

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
      from api.fee_schedule('00000', '00', current_date, false, 'latest')
     where hcpcs = any(${codes}::text[]) and modifier = '' and facility_amount is not null
  `.execute(db)
  const physician = new Map<string, ListPrice>(rows.map((row) => [row.hcpcs, row]))
  const others = codes.filter((code) => !physician.has(code))
  const listed = [...(await latestSchedulePrices(db, others))].flatMap(([code, [first]]) =>
    first ? [[code, first] as const] : [],
  )
  return new Map([...physician, ...listed])
}
