/** How often Medicare paid for a code in the nation, and what was charged (api.benchmark). */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** Of one year and setting; amounts are averages in dollars, as decimal text. */
export interface Benchmark {
  readonly hcpcs: string
  readonly year: number
  readonly setting: 'facility' | 'non_facility'
  readonly providers: number
  readonly patients: number
  readonly services: number
  readonly average_submitted_charge: string
  readonly average_allowed_amount: string
  readonly average_payment: string
}

/** Of the nation, by code, the latest year first; a code without services is absent, and all are where no year is loaded. */
export async function benchmarks(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly Benchmark[]>> {
  const { rows } = await sql<Benchmark>`
    select hcpcs, year, setting, providers::float8, patients::float8, services::float8,
           round(average_submitted_charge, 2) as average_submitted_charge,
           round(average_allowed_amount, 2) as average_allowed_amount,
           round(average_payment, 2) as average_payment
      from api.benchmark
     where hcpcs = any(${codes}::text[]) and state_code = ''
     order by year desc, setting desc
  `.execute(db)
  return Map.groupBy(rows, ({ hcpcs }) => hcpcs)
}
