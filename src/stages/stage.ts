/** Stage: valid rows into a temporary table of the target's shape, by COPY. */
import { hash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { type Kysely, sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import type { Dataset, Row } from '../../schemas/dataset.ts'
import { stagingOf } from '../db/merge.ts'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'
import type { Turns } from '../turns.ts'

/** Creates `stage_<dataset>` in the transaction, which drops it at its end, and fills it. */
export async function stageRows(
  trx: Kysely<Tables>,
  client: Session['client'],
  dataset: Dataset,
  schema: string,
  turn: Turns<Row>,
): Promise<void> {
  const stage = sql.table(stagingOf(dataset.name))
  const columns = [...dataset.columns, 'content_hash']
  const list = sql.join(columns.map((name) => sql.ref(name)))
  await sql`
    create temporary table ${stage} on commit drop as
    select ${list} from ${sql.table(`${schema}.${dataset.table}`)} with no data
  `.execute(trx)
  const names = columns.map((name) => client.escapeIdentifier(name)).join(', ')
  const table = client.escapeIdentifier(stagingOf(dataset.name))
  const copy = client.query(copyFrom(`copy ${table} (${names}) from stdin`))
  await pipeline(copyText(dataset, turn), copy)
  // The merge joins by these columns; a rough idea of them is enough.
  await sql`set local default_statistics_target = 10`.execute(trx)
  const key = sql.join([...dataset.key, 'content_hash'].map((name) => sql.ref(name)))
  await sql`analyze ${stage} (${key})`.execute(trx)
}

/** Takes rows back out whose key stood in several rows. */
export async function unstageKeys(
  trx: Kysely<Tables>,
  dataset: Dataset,
  keys: readonly Row[],
): Promise<void> {
  for (const key of keys) {
    const same = dataset.key.map(
      (column, at) => sql`${sql.ref(column)}::text is not distinct from ${key[at] ?? null}`,
    )
    await sql`
      delete from ${sql.table(stagingOf(dataset.name))} where ${sql.join(same, sql` and `)}
    `.execute(trx)
  }
}

/** Drops the staged rows before the transaction ends, so that another posting can be staged in it. */
export async function unstage(trx: Kysely<Tables>, dataset: Dataset): Promise<void> {
  await sql`drop table ${sql.table(stagingOf(dataset.name))}`.execute(trx)
}

function* copyText(dataset: Dataset, turn: Turns<Row>): Generator<string> {
  const hashOf = contentHashOf(dataset)
  const places = dataset.columns.map((column) => dataset.at[column] ?? -1)
  for (let more = true; more; ) {
    let text = ''
    more = turn((row) => {
      for (const place of places) text += `${copyCell(row[place] ?? null)}\t`
      text += `${hashOf(row)}\n`
    })
    if (text) yield text
  }
}

function copyCell(value: string | null): string {
  if (value === null) return '\\N'
  if (!/[\\\t\n\r]/.test(value)) return value
  return value.replace(/[\\\t\n\r]/g, (character) => COPY_ESCAPES[character] ?? character)
}

const COPY_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

/**
 * Identity of what a row says beside its key: 128 bits of the SHA-256 of its canonical text, as a uuid. The text
 * is JSON, [["column","value"],…]. Columns without a value are left out, so that a column which CMS adds
 * later changes no older version.
 */
export function contentHashOf({ columns, key, at }: Dataset): (row: Row) => string {
  const content = columns
    .filter((column) => !key.includes(column))
    .map((column) => ({ place: at[column] ?? -1, opening: `[${JSON.stringify(column)},` }))
  return (row) => {
    let text = ''
    for (const { place, opening } of content) {
      const value = row[place] ?? null
      if (value !== null) text += `${text && ','}${opening}${jsonText(value)}]`
    }
    return hash('sha256', `[${text}]`).slice(0, 32)
  }
}

/** JSON.stringify, which is asked only where something has to be escaped. */
const jsonText = (value: string): string =>
  /^[ !#-[\]-~]*$/.test(value) ? `"${value}"` : JSON.stringify(value)
