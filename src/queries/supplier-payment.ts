/** What the DMEPOS fee schedule pays at a ZIP code. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** For one combination of modifiers; dollars as decimal text, null where basis says why. */
export interface SupplierPayment {
  readonly modifier: string
  /** What the modifiers say of the item; null where there are none. */
  readonly meaning: string | null
  /** What one fee is for, such as 'month of rental'. */
  readonly unit: string
  readonly state: string | null
  readonly is_rural: boolean | null
  readonly former_bidding_area: string | null
  readonly amount: string | null
  readonly basis: string
}

/** On a day; without one, today. At least one row. */
export async function supplierPayments(
  db: Kysely<Tables>,
  code: string,
  zip: string,
  day: string | null,
): Promise<readonly SupplierPayment[]> {
  const { rows } = await sql<SupplierPayment>`
    select modifier, api.dmepos_meaning(modifier) as meaning, api.dmepos_unit(hcpcs, modifier) as unit, state, is_rural, former_bidding_area, amount, basis
      from api.dmepos_payment(${code}, null, ${zip}, coalesce(${day}::date, current_date))
     order by modifier
  `.execute(db)
  return rows
}
