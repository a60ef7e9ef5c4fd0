/** Stage: valid rows into a temporary table of the target's shape, by COPY. */
import { hash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { type Kysely, sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import type { Dataset, Row } from '../../schemas/dataset.ts'
import { stagingOf, type VersionedTable } from '../db/merge.ts'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'

/** Rows joined into one write to the server. */
const BATCH = 500

/** Creates `stage_<dataset>` in the transaction, which drops it at its end, and fills it. */
export async function stageRows(
  trx: Kysely<Tables>,
  client: Session['client'],
  dataset: Dataset,
  target: VersionedTable,
  rows: readonly Row[],
): Promise<void> {
  const stage = stagingOf(dataset.name)
  await sql`create temporary table ${sql.table(stage)} (like ${sql.table(`${target.schema}.${target.table}`)}) on commit drop`.execute(
    trx,
  )
  await sql`alter table ${sql.table(stage)} drop column valid_during, drop column known_since`.execute(
    trx,
  )
  const columns = [...dataset.columns, 'content_hash'].map((name) => client.escapeIdentifier(name))
  const copy = client.query(
    copyFrom(`copy ${client.escapeIdentifier(stage)} (${columns.join(', ')}) from stdin`),
  )
  await pipeline(copyText(dataset, rows), copy)
  await sql`analyze ${sql.table(stage)} (${sql.join([...dataset.key, 'content_hash'].map((name) => sql.ref(name)))})`.execute(
    trx,
  )
}

/** Drops the staged rows before the transaction ends, so that another posting can be staged in it. */
export async function unstage(trx: Kysely<Tables>, dataset: Dataset): Promise<void> {
  await sql`drop table ${sql.table(stagingOf(dataset.name))}`.execute(trx)
}

function* copyText(dataset: Dataset, rows: readonly Row[]): Generator<string> {
  const hashOf = contentHashOf(dataset)
  for (let from = 0; from < rows.length; from += BATCH) {
    let text = ''
    for (const row of rows.slice(from, from + BATCH)) {
      for (const column of dataset.columns) text += `${copyCell(row[column] ?? null)}\t`
      text += `${hashOf(row)}\n`
    }
    yield text
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
export function contentHashOf(dataset: Pick<Dataset, 'columns' | 'key'>): (row: Row) => string {
  const content = dataset.columns
    .filter((column) => !dataset.key.includes(column))
    .map((column) => ({ column, opening: `[${JSON.stringify(column)},` }))
  return (row) => {
    let text = ''
    for (const { column, opening } of content) {
      const value = row[column] ?? null
      if (value !== null) text += `${text && ','}${opening}${JSON.stringify(value)}]`
    }
    return hash('sha256', `[${text}]`).slice(0, 32)
  }
}
