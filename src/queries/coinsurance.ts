/** Whose coinsurance Medicare waives. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** Those of the codes of which the patient owes no coinsurance today. */
export async function waivedCoinsurance(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select name from api.coinsurance_rule
     where kind = 'code' and share = 0 and valid_during @> current_date and name = any(${codes}::text[])
  `.execute(db)
  return new Set(rows.map(({ name }) => name))
}
