/** How often Medicare paid for a code in the nation and in states, and what was charged (api.benchmark). */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** Of one year, setting, and state or the nation; amounts are averages in dollars, as decimal text. */
export interface Benchmark {
  readonly hcpcs: string
  readonly year: number
  /** FIPS code, or CMS's two characters for what is no state; empty text: the nation. */
  readonly state_code: string
  readonly state: string
  readonly setting: 'facility' | 'non_facility'
  readonly providers: number
  readonly patients: number
  readonly services: number
  readonly average_submitted_charge: string
  readonly average_allowed_amount: string
  readonly average_payment: string
}

/**
 * By code, the latest year first, in it the nation before its states by name; of states the latest year of the code alone.
 * A code without services is absent, and all are where no year is loaded.
 */
export async function benchmarks(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly Benchmark[]>> {
  const { rows } = await sql<Benchmark>`
    select hcpcs, year, state_code, state, setting, providers::float8, patients::float8, services::float8,
           round(average_submitted_charge, 2) as average_submitted_charge,
           round(average_allowed_amount, 2) as average_allowed_amount,
           round(average_payment, 2) as average_payment
      from (select *, max(year) over (partition by hcpcs) as latest
              from api.benchmark where hcpcs = any(${codes}::text[])) b
     where state_code = '' or year = latest
     order by year desc, state_code <> '', state, setting desc
  `.execute(db)
  return Map.groupBy(rows, ({ hcpcs }) => hcpcs)
}
