/** Govern: a posting's staged rows become what is true on the days on which it is in force. */
import { type Kysely, sql } from 'kysely'
import type { Table } from '../../schemas/table.ts'
import type { Tables } from '../db/tables.ts'
import { merge } from './merge.ts'
import type { PostingKey } from './record.ts'

/** Returns how many versions were inserted, extended, shortened or removed. */
export async function govern(
  trx: Kysely<Tables>,
  posting: PostingKey,
  table: Table,
  stage: string,
): Promise<number> {
  const own = await trx
    .selectFrom('ops.governed_period')
    .select('period')
    .where('release', '=', posting.release)
    .where('sha256', '=', posting.sha256)
    .where('table_name', '=', table.name)
    .executeTakeFirst()
  if (own) return merge(trx, table, stage, own.period)
  await believeBriefly(trx, posting, table, stage)
  return 0
}

/**
 * A posting that another one of the same day supersedes is true on no day. It is told all the same, and
 * its superseder told again at the next instant, so that knowledge time holds what each posting said:
 * `api.rvu_as_known(effective_from, loaded_at)` gives the rows of any posting, and `diff` compares any two.
 */
async function believeBriefly(
  trx: Kysely<Tables>,
  posting: PostingKey,
  table: Table,
  stage: string,
): Promise<void> {
  const superseder = await trx
    .selectFrom('ops.governed_period as g')
    .innerJoin('ops.release as r', 'r.effective_from', 'g.effective_from')
    .select('g.period')
    .where('r.release', '=', posting.release)
    .where('r.sha256', '=', posting.sha256)
    .where('g.table_name', '=', table.name)
    .executeTakeFirstOrThrow()
  const back = `${stage}_back`
  await sql`
    create temporary table ${sql.table(back)} on commit drop as
    select ${sql.join([...Object.keys(table.columns), 'valid_during', 'content_hash'].map((name) => sql.ref(name)))}
      from ${sql.table(`${table.schema}.${table.name}`)}
     where valid_during && ${superseder.period}::daterange
  `.execute(trx)
  await merge(trx, table, stage, superseder.period)
  await sql`select set_config('cms_fees.known_at', (now() + interval '1 microsecond')::text, true)`.execute(
    trx,
  )
  await merge(trx, table, back, superseder.period)
  await sql`select set_config('cms_fees.known_at', '', true)`.execute(trx)
  await sql`drop table ${sql.table(back)}`.execute(trx)
}
