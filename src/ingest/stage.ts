/** Stage: valid rows into a temporary table of the target's shape, by COPY. */
import { hash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { type Kysely, sql } from 'kysely'
import { from as copyFrom } from 'pg-copy-streams'
import { Contradiction, type Schedule } from '../../pipelines/schedule.ts'
import type { Row } from '../../schemas/file.ts'
import type { Table } from '../../schemas/table.ts'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import type { Work } from '../runs/run.ts'
import type { StatedDays } from './stated-days.ts'
import { rowOf, type ValidFile } from './validate.ts'
import { unstageWitnesses } from './witness.ts'

/** On which of its release's days a row may hold. */
export interface RowDays {
  /** Each row brings its own. */
  readonly own?: boolean
  /** Those that the file states for all of its rows; null where it states none. */
  readonly stated?: StatedDays | null
}

/** Rows of a table that are staged, as a file has them or derived from one. */
export interface Staged {
  /** Name of the file in `ops`, or of the table that is derived. */
  readonly name: string
  readonly table: Table
  /** Whether they become versions, or are only compared with those of another file. */
  readonly kept: boolean
  readonly derived: boolean
  readonly file: ValidFile
  readonly rows: number
}

/** Temporary table that the rows of a file, or of a derived table, are staged in. */
export const stagingOf = (name: string): string => `stage_${name}`

/** The rows of a file, which are let go of: of a release only one file is in memory at a time. */
export async function stageFile(valid: ValidFile, { trx, session, run }: Work): Promise<Staged> {
  const { dataset, holds } = valid.file
  const { name, table, checkOnly, firstDay } = dataset
  const days = { own: firstDay !== undefined, stated: holds }
  await run.stage('stage', name, () =>
    stageRows(trx, session.client, table, stagingOf(name), valid.rows, days),
  )
  const file = withoutRows(valid)
  return { name, table, kept: !checkOnly, derived: false, file, rows: valid.accepted }
}

/** The first and the last row are told of. */
const withoutRows = ({ file, rows, ...valid }: ValidFile): ValidFile => ({
  ...valid,
  file: { ...file, records: [] },
  rows: rows.filter((_, at) => at === 0 || at === rows.length - 1),
})

/** The rows that no file holds as such. Throws what a schedule finds contradictory. */
export async function stageDerived(
  schedule: Schedule,
  files: readonly ValidFile[],
  { trx, session, run }: Work,
): Promise<Staged[]> {
  const staged: Staged[] = []
  for (const { table, from, rows } of derivedFrom(schedule, files)) {
    const { name } = table
    const valid = rows.map((cells) => rowOf(cells, table)).filter((row) => row !== null)
    if (valid.length < rows.length) throw new Error(`a derived row of ${name} is not valid`)
    await run.stage('stage', name, () =>
      stageRows(trx, session.client, table, stagingOf(name), valid),
    )
    staged.push({ name, table, kept: true, derived: true, file: from, rows: rows.length })
  }
  return staged
}

function derivedFrom(schedule: Schedule, files: readonly ValidFile[]) {
  try {
    return schedule.derive(files)
  } catch (error) {
    if (!(error instanceof Contradiction)) throw error
    const { code, message, next } = error
    throw new CmsFeesError(code, message, next === undefined ? {} : { next })
  }
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
  const key = sql.join([...table.storedKey, 'content_hash'].map((name) => sql.ref(name)))
  await sql`analyze ${stage} (${key})`.execute(trx)
}

/** Drops all that was staged before the transaction ends, so that another revision can be staged in it. */
export async function unstageAll(trx: Kysely<Tables>, staged: readonly Staged[]): Promise<void> {
  for (const { name } of staged) await unstage(trx, stagingOf(name))
  await unstageWitnesses(trx)
}

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
