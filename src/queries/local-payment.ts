/** What Medicare pays for a code in the localities of the physician fee schedule, today or by the latest known release. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

export interface Locality {
  readonly mac: string
  readonly locality: string
  readonly state_code: string | null
  readonly locality_name: string
}

/** Amounts in dollars, as decimal text; null where Medicare sets none. GPCIs as they apply, with the floors of law. */
export interface LocalPayment extends Locality {
  readonly non_facility_amount: string | null
  readonly facility_amount: string | null
  readonly non_facility_limiting_charge: string | null
  readonly facility_limiting_charge: string | null
  readonly work_gpci: string
  readonly pe_gpci: string
  readonly mp_gpci: string
}

/** Of the codes as a whole in every locality, by state and name. A code that Medicare does not pay by RVUs is absent. */
export async function localPayments(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly LocalPayment[]>> {
  const { rows } = await sql<LocalPayment & { readonly hcpcs: string }>`
    select f.hcpcs, d.mac, d.locality, d.state_code, d.locality_name, f.non_facility_amount, f.facility_amount,
           f.non_facility_limiting_charge, f.facility_limiting_charge, f.work_gpci, f.pe_gpci, f.mp_gpci
      from api.locality_directory d
      join api.known_payments(${codes}::text[], array[current_date]) f using (mac, locality)
     where f.modifier = '' and f.facility_amount is not null
     order by d.state_code nulls last, d.locality_name, d.mac, d.locality
  `.execute(db)
  return Map.groupBy(rows, ({ hcpcs }) => hcpcs)
}

/** Where a ZIP code lies; undefined where CMS's file of today does not have it. */
export async function localityOfZip(
  db: Kysely<Tables>,
  zip: string,
): Promise<{ mac: string; locality: string; spans: boolean } | undefined> {
  const { rows } = await sql<{ mac: string; locality: string; spans: boolean }>`
    select z.mac, z.locality, z.plus_four_flag = '1' as spans
      from api.payment_zip z
     where z.zip = api.clean_zip(${zip}) and z.valid_during @> current_date
  `.execute(db)
  return rows[0]
}
