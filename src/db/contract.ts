/** What schema `api` is made of, so that a part that somebody dropped or replaced is missed. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** A line for each view and function: its name, its columns or arguments, and a hash of what it does. */
async function contractOf(trx: Kysely<Tables>): Promise<string[]> {
  // Names in a view's text have their schema where it is not in the path.
  await sql`set local search_path = pg_catalog`.execute(trx)
  const { rows } = await sql<{ line: string }>`
    select format('%s: %s %s', c.oid::regclass,
                  string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum),
                  md5(pg_get_viewdef(c.oid))) as line
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = to_regnamespace('api') and c.relkind = 'v'
     group by c.oid
     union all
    select format('%s: %s %s', p.oid::regprocedure, pg_get_function_result(p.oid), md5(p.prosrc))
      from pg_proc p
     where p.pronamespace = to_regnamespace('api')
     order by 1
  `.execute(trx)
  return rows.map(({ line }) => line)
}

const KEY = 'api_objects'

/** Keeps what `migrate` has made. */
export async function recordContract(trx: Kysely<Tables>): Promise<void> {
  const value = (await contractOf(trx)).join('\n')
  await trx
    .insertInto('ops.setting')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

/** Views and functions that are not as `migrate` made them. */
export function contractDamage(db: Kysely<Tables>): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const kept = await trx
      .selectFrom('ops.setting')
      .select('value')
      .where('key', '=', KEY)
      .executeTakeFirst()
    const found = new Set(await contractOf(trx))
    const lines = (kept?.value ?? '').split('\n')
    return lines.filter((line) => !found.has(line)).map((line) => line.replace(/: .*/, ''))
  })
}
