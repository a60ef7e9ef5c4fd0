/** What Medicare pays for a code in the localities of the physician fee schedule, today or by the latest known release. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

export interface Locality {
  readonly mac: string
  readonly locality: string
  readonly state_code: string | null
  readonly locality_name: string
}

/** Amounts in dollars, as decimal text; null where Medicare sets none. */
export interface LocalPayment extends Locality {
  readonly non_facility_amount: string | null
  readonly facility_amount: string | null
}

/** By state, then by name. */
export async function localities(db: Kysely<Tables>): Promise<readonly Locality[]> {
  const { rows } = await sql<Locality>`
    select mac, locality, state_code, locality_name from api.locality_directory
     order by state_code nulls last, locality_name, mac, locality
  `.execute(db)
  return rows
}

/** The code as a whole in every locality, the highest amount outside a facility first. */
export async function paymentEverywhere(
  db: Kysely<Tables>,
  code: string,
): Promise<readonly LocalPayment[]> {
  const { rows } = await sql<LocalPayment>`
    select d.mac, d.locality, d.state_code, d.locality_name, f.non_facility_amount, f.facility_amount
      from api.locality_directory d
     cross join lateral api.fee_schedule(d.mac, d.locality, current_date, false, 'latest') f
     where f.hcpcs = ${code} and f.modifier = ''
     order by f.non_facility_amount desc nulls last, f.facility_amount desc, d.state_code, d.locality_name
  `.execute(db)
  return rows
}

export async function paymentIn(
  db: Kysely<Tables>,
  code: string,
  { mac, locality }: Pick<Locality, 'mac' | 'locality'>,
): Promise<LocalPayment | undefined> {
  const { rows } = await sql<LocalPayment>`
    select d.mac, d.locality, d.state_code, d.locality_name, f.non_facility_amount, f.facility_amount
      from api.locality_directory d
     cross join lateral api.fee_schedule(d.mac, d.locality, current_date, false, 'latest') f
     where d.mac = ${mac} and d.locality = ${locality} and f.hcpcs = ${code} and f.modifier = ''
  `.execute(db)
  return rows[0]
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
