/** What SQL asks of the declarations in pipelines/ and schemas/, brought into ops. */
import { type Kysely, sql } from 'kysely'
import { schedules } from '../../pipelines/index.ts'
import type { Tables } from './tables.ts'

/** Writes only what differs. */
export async function mergeRegistry(trx: Kysely<Tables>): Promise<void> {
  const families = schedules.map(({ family, title, quarterly = null }, place) => {
    return { family, place, title, quarterly }
  })
  const files = schedules.flatMap(({ family, files: of }) =>
    of.map(({ name, table, mayChange: { rows, amounts } }) => ({
      dataset: name,
      family,
      rows_within_year: rows.withinYear,
      rows_across_years: rows.acrossYears,
      amount_column: (amounts && table.amount) ?? null,
      amount_times: amounts?.times ?? null,
      amounts_doubled: amounts?.doubled ?? null,
      areas: table.areas ?? [],
    })),
  )
  await replace(trx, 'schedule', 'family', families)
  await replace(trx, 'source_file', 'dataset', files)
}

async function replace(
  trx: Kysely<Tables>,
  name: string,
  key: string,
  rows: readonly object[],
): Promise<void> {
  const table = sql.table(`ops.${name}`)
  const source = sql`jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb)`
  await sql`
    delete from ${table} t
     where not exists (select from ${source} s where row(s.*) is not distinct from row(t.*))
  `.execute(trx)
  await sql`
    insert into ${table} select * from ${source} on conflict (${sql.ref(key)}) do nothing
  `.execute(trx)
}
