/** Stage: valid rows into a temporary table of the target's shape, by COPY. */
import { hash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { type Kysely, sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import type { Row } from '../../schemas/file.ts'
import type { Table } from '../../schemas/table.ts'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'
import type { StatedDays } from './stated-days.ts'

/** On which of its release's days a row may hold. */
export interface RowDays {
  /** Each row brings its own. */
  readonly own?: boolean
  /** Those that the file states for all of its rows; null where it states none. */
  readonly stated?: StatedDays | null
}

/** Creates the staging table in the transaction, which drops it at its end, and fills it. */
export async function stageRows(
  trx: Kysely<Tables>,
  client: Session['client'],
  table: Table,
  staging: string,
  rows: readonly Row[],
  { own, stated }: RowDays = {},
): Promise<void> {
  const stage = sql.table(staging)
  const columns = Object.keys(table.columns)
  const list = sql.join(columns.map((name) => sql.ref(name)))
  await sql`
    create temporary table ${stage} on commit drop as
    select ${list}, valid_during, content_hash from ${sql.table(`${table.schema}.${table.name}`)} with no data
  `.execute(trx)
  const days = stated ? `{[${stated.from},${stated.to}]}` : '{(,)}'
  await sql`alter table ${stage} alter valid_during set default ${sql.lit(days)}`.execute(trx)
  const copied = [...columns, ...(own ? ['valid_during'] : []), 'content_hash']
  const names = copied.map((name) => client.escapeIdentifier(name)).join(', ')
  const into = client.escapeIdentifier(staging)
  const copy = client.query(copyFrom(`copy ${into} (${names}) from stdin`))
  await pipeline(copyText(rows), copy)
  // The merge joins by these columns; a rough idea of them is enough.
  await sql`set local default_statistics_target = 10`.execute(trx)
  const key = sql.join([...table.key, 'content_hash'].map((name) => sql.ref(name)))
  await sql`analyze ${stage} (${key})`.execute(trx)
}

/** Drops the staged rows before the transaction ends, so that another revision can be staged in it. */
export async function unstage(trx: Kysely<Tables>, staging: string): Promise<void> {
  await sql`drop table ${sql.table(staging)}`.execute(trx)
}

function* copyText(rows: readonly Row[]): Generator<string> {
  let text = ''
  for (const row of rows) {
    // As in `rowOf`, an iterator over the cells would take too long.
    for (let place = 0; place < row.length; place += 1) text += row[place]?.copied
    text += `${contentHashOf(row)}\n`
    if (text.length > CHUNK) {
      yield text
      text = ''
    }
  }
  if (text) yield text
}

/** Characters that are sent at once. */
const CHUNK = 32_768

/**
 * Identity of what a row says beside its key: 128 bits of the SHA-256 of its canonical text, as a uuid. The text
 * is JSON, [["column","value"],…], without the columns that have no value.
 */
export function contentHashOf(row: Row): string {
  let text = ''
  for (let place = 0; place < row.length; place += 1) text += row[place]?.hashed
  return hash('sha256', `[${text.slice(1)}]`).slice(0, 32)
}
