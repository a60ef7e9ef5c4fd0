/** What Medicare pays for anesthesia: base units of the code, time, and a conversion factor of the locality. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** Of one code, nationally, today or by the latest known release; numbers are decimal text, amounts in dollars. */
export interface AnesthesiaPayment {
  readonly hcpcs: string
  readonly base_units: string
  /** Whether time counts besides the base units. */
  readonly timed: boolean
  /** CMS's list that gives the base units. */
  readonly document: string
  readonly conversion_factor: string
  readonly qualifying_apm_conversion_factor: string | null
  /** Of all localities. */
  readonly lowest_conversion_factor: string
  readonly highest_conversion_factor: string
  /** For one hour, given in person; of the base units alone where time does not count. */
  readonly hour_amount: string
  readonly effective_from: string
}

/** By code; absent without base units, or where no conversion factor is loaded. */
export async function anesthesiaPayments(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, AnesthesiaPayment>> {
  const { rows } = await sql<AnesthesiaPayment>`
    select b.hcpcs, b.base_units, b.timed, b.document, f.*, p.amount as hour_amount
      from api.anesthesia_base_units b
     cross join (
        select max(conversion_factor) filter (where mac = '00000' and not qualifying_apm) as conversion_factor,
               max(conversion_factor) filter (where mac = '00000' and qualifying_apm) as qualifying_apm_conversion_factor,
               min(conversion_factor) filter (where mac <> '00000' and not qualifying_apm) as lowest_conversion_factor,
               max(conversion_factor) filter (where mac <> '00000' and not qualifying_apm) as highest_conversion_factor,
               (select lower(period) from api.release_period
                 where table_name = 'anesthesia_cf' and period @> current_date) as effective_from
          from api.payment_anesthesia_cf
         where valid_during @> current_date
     ) f
     cross join lateral api.anesthesia_payment(b.base_units, case when b.timed then 60 else 0 end, '00000', '00', current_date, false, 'latest') p
     where b.hcpcs = any(${codes}::text[]) and b.valid_during @> current_date and p.amount is not null
  `.execute(db)
  return new Map(rows.map((row) => [row.hcpcs, row]))
}
