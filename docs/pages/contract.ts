/** What schema `api` holds, read from PostgreSQL's own catalog and comments. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../src/db/tables.ts'

export interface Column {
  readonly name: string
  readonly type: string
  readonly description: string | null
}

export interface Relation {
  readonly name: string
  readonly kind: 'view' | 'type'
  readonly description: string | null
  readonly columns: readonly Column[]
}

export interface ApiFunction {
  readonly name: string
  readonly arguments: string
  readonly result: string
  readonly description: string | null
}

/** Views, and the row types of functions. */
export async function readRelations(db: Kysely<Tables>): Promise<Relation[]> {
  const { rows } = await sql<Relation>`
    select c.relname as name,
           case c.relkind when 'v' then 'view' else 'type' end as kind,
           coalesce(obj_description(c.oid, 'pg_class'), obj_description(c.reltype, 'pg_type')) as description,
           json_agg(json_build_object('name', a.attname,
                                      'type', format_type(a.atttypid, null),
                                      'description', col_description(c.oid, a.attnum)) order by a.attnum) as columns
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'api'::regnamespace
       and c.relkind in ('v', 'c')
     group by c.oid
     order by c.relname collate "C"
  `.execute(db)
  return rows
}

export async function readFunctions(db: Kysely<Tables>): Promise<ApiFunction[]> {
  const { rows } = await sql<ApiFunction>`
    select proname as name,
           pg_get_function_arguments(oid) as arguments,
           pg_get_function_result(oid) as result,
           obj_description(oid, 'pg_proc') as description
      from pg_proc
     where pronamespace = 'api'::regnamespace
     order by proname collate "C", pg_get_function_identity_arguments(oid) collate "C"
  `.execute(db)
  return rows
}

/** The word null stands in a description exactly where the column can be null (sql/api/90_column.sql). */
export const isNullable = ({ description }: Column): boolean => /\bnull\b/i.test(description ?? '')
