/** What differs between two revisions, and between the versions of a key, in the tables of any family. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Table } from '../../schemas/table.ts'
import type { Tables } from '../db/tables.ts'
import type { Fields } from './changes.ts'
import type { LoadedRevision } from './loaded-revision.ts'

/** Key columns with their values, as text. */
export type Key = Readonly<Record<string, string>>

export interface RowChange {
  readonly table: string
  readonly change: 'added' | 'deleted' | 'changed'
  readonly key: Key
  /** Each changed column; null where the row was added or deleted. */
  readonly fields: Fields | null
  /** What the table is about, in dollars as decimal text; null where it has no such column, or nothing in it. */
  readonly amount_before: string | null
  readonly amount_after: string | null
  /** Null where one of them is. */
  readonly amount_change: string | null
}

/** How many keys of a table differ. */
export interface ChangeCount {
  readonly table: string
  readonly added: number
  readonly deleted: number
  readonly changed: number
}

/** Every key that differs, the largest change in dollars first (an amount that appears or vanishes counts whole), then in the order of the keys; tables that only one of the revisions has are left out. */
export async function tableChanges(
  db: Kysely<Tables>,
  tables: readonly Table[],
  before: LoadedRevision,
  after: LoadedRevision,
): Promise<RowChange[]> {
  const changes: RowChange[] = []
  for (const table of shared(tables, before, after)) {
    const { rows } = await sql<RowChange>`
      select ${table.name} as table, ${changeOf} as change, ${objectOf(table.key)} as key,
             case when a.content_hash is not null and b.content_hash is not null then (
               select jsonb_object_agg(name, jsonb_build_object('before', a.content ->> name, 'after', b.content ->> name))
                 from jsonb_object_keys(a.content) name
                where a.content -> name is distinct from b.content -> name) end as fields,
             a.amount::text as amount_before, b.amount::text as amount_after, (b.amount - a.amount)::text as amount_change
        from ${differing(table, before, after)}
       order by abs(coalesce(b.amount, 0) - coalesce(a.amount, 0)) desc, ${columnsOf(table.key)}
    `.execute(db)
    changes.push(...rows)
  }
  return changes
}

/** An amount that moved, came or went. */
export interface AmountMove {
  readonly table: string
  readonly change: 'up' | 'down' | 'new' | 'ended'
  /** The key, with blanks between its columns. */
  readonly key: string
  /** In dollars as decimal text; null before what is new, and after what ended. */
  readonly before: string | null
  readonly after: string | null
  readonly difference: string | null
}

/**
 * Of the amounts of each table the largest of each kind, at most `most`: what rose, what fell, what came and what went. A
 * code that has many, as in each state, is named once in each kind, with its largest.
 */
export async function largestAmountMoves(
  db: Kysely<Tables>,
  tables: readonly Table[],
  before: LoadedRevision,
  after: LoadedRevision,
  most: number,
): Promise<AmountMove[]> {
  const moves: AmountMove[] = []
  for (const table of shared(tables, before, after).filter(({ amount }) => amount)) {
    const [code = ''] = table.key
    const { rows } = await sql<AmountMove>`
      select ${table.name} as table, change, key, before::text, after::text, (after - before)::text as difference
        from (select *, row_number() over (partition by change order by size desc, key) as place
                from (select distinct on (change, code) *
                        from (select ${sql.ref(code)} as code, concat_ws(' ', ${keyTexts(table.key)}) as key,
                                     case when a.amount is null then 'new' when b.amount is null then 'ended'
                                          when b.amount > a.amount then 'up' else 'down' end as change,
                                     a.amount as before, b.amount as after,
                                     abs(coalesce(b.amount, 0) - coalesce(a.amount, 0)) as size
                                from ${differing(table, before, after)} and a.amount is distinct from b.amount) moved
                       order by change, code, size desc, key) each) ranked
       where place <= ${most}
       order by array_position(array['up', 'down', 'new', 'ended'], change), place
    `.execute(db)
    moves.push(...rows)
  }
  return moves
}

/** Empty modifiers leave no gap. */
const keyTexts = (names: readonly string[]) =>
  sql.join(names.map((name) => sql`nullif(${sql.ref(name)}::text, '')`))

/** What differs, counted. */
export async function countChanges(
  db: Kysely<Tables>,
  tables: readonly Table[],
  before: LoadedRevision,
  after: LoadedRevision,
): Promise<ChangeCount[]> {
  const counts: ChangeCount[] = []
  for (const table of shared(tables, before, after)) {
    const { rows } = await sql<ChangeCount>`
      select ${table.name} as table,
             count(*) filter (where change = 'added') as added,
             count(*) filter (where change = 'deleted') as deleted,
             count(*) filter (where change = 'changed') as changed
        from (select ${changeOf} as change from ${differing(table, before, after)}) each
    `.execute(db)
    counts.push(...rows)
  }
  return counts
}

const shared = (tables: readonly Table[], before: LoadedRevision, after: LoadedRevision): Table[] =>
  tables.filter(({ name }) => before.tables.includes(name) && after.tables.includes(name))

const changeOf = sql<RowChange['change']>`case
  when a.content_hash is null then 'added' when b.content_hash is null then 'deleted' else 'changed' end`

/** Rows `a` and `b` of one key that differ, as each revision had them when it was loaded. */
function differing(
  table: Table,
  before: LoadedRevision,
  after: LoadedRevision,
): RawBuilder<unknown> {
  const amount = table.amount ? sql.ref(table.amount) : sql`null::numeric`
  // A row may begin after its release does.
  const rows = ({ effective_from, loaded_at }: LoadedRevision) => sql`(
    select ${columnsOf(table.key)}, content_hash, ${amount} as amount,
           to_jsonb(v) - ${[...table.key, 'content_hash', 'valid_during', 'known_during']}::text[] as content
      from ${sql.table(`api.${table.name}_known`)} v
     where known_during @> ${loaded_at}::timestamptz
       and valid_during && daterange(${effective_from}::date, (
             select min(valid_from) from api.release_period
              where table_name = ${table.name} and valid_from > ${effective_from}::date)))`
  return sql`${rows(before)} a full join ${rows(after)} b using (${columnsOf(table.key)})
    where a.content_hash is distinct from b.content_hash`
}

const columnsOf = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)))

const objectOf = (names: readonly string[]) =>
  sql<Key>`jsonb_build_object(${sql.join(names.map((name) => sql`${name}::text, ${sql.ref(name)}::text`))})`

/** A version of a key: the days on which it held, and what differs from the one before it. */
export interface RowVersion {
  readonly table: string
  readonly key: Key
  readonly valid_from: string
  readonly valid_to: string | null
  readonly first_release: string
  readonly holds_today: boolean
  /** The columns beside the key, as text. */
  readonly row: Readonly<Record<string, string | null>>
  /** Each column that differs from the version before; of the first one all columns, with nothing before. */
  readonly fields: Fields
  /** Which releases before it are not loaded, in whose time the changes may have begun, as a sentence without its period. */
  readonly gap: string | null
}

/**
 * Versions of the rows whose first key column has a value, in the order of their keys and days. What an area says goes on
 * where only others of its row changed.
 */
export async function rowHistory(
  db: Kysely<Tables>,
  tables: readonly Table[],
  value: string,
): Promise<RowVersion[]> {
  const versions: RowVersion[] = []
  for (const table of tables) {
    const [first = ''] = table.key
    const columns = Object.keys(table.columns).filter((name) => !table.key.includes(name))
    const { rows } = await sql<RowVersion>`
      select ${table.name} as table, ${objectOf(table.key)} as key, valid_from, valid_to,
             (select release from api.release_period p where p.table_name = ${table.name} and p.valid_from = version.valid_from) as first_release,
             current_date between valid_from and coalesce(valid_to, 'infinity') as holds_today, content as row,
             (select coalesce(jsonb_object_agg(name, jsonb_build_object('before', earlier ->> name, 'after', value)), '{}')
                from jsonb_each_text(content) c (name, value)
               where value is distinct from earlier ->> name) as fields,
             api.gap_before(${table.name}, valid_from) as gap
        from (select *, lag(content) over (partition by ${columnsOf(table.key)} order by valid_from) as earlier
                from (select ${columnsOf(table.key)}, lower(days) as valid_from, upper(days) - 1 as valid_to, content
                        from (select ${columnsOf(table.key)}, content, unnest(range_agg(daterange(valid_from, valid_to, '[]'))) as days
                                from (select *, ${objectOf(columns)} as content from ${sql.table(`api.${table.name}_versions`)}
                                       where ${sql.ref(first)}::text = ${value}) stored
                               group by ${columnsOf([...table.key, 'content'])}) held) version) version
       order by ${columnsOf(table.key)}, valid_from
    `.execute(db)
    versions.push(...rows)
  }
  return versions
}
