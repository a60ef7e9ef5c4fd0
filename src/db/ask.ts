/** Answers one statement of a person's, which can only read, whatever rights the account has. */
import pg from 'pg'
import Cursor from 'pg-cursor'
import { CmsFeesError } from '../errors.ts'
import { requireRead } from './require-read.ts'
import type { Session } from './session.ts'

export interface Answer {
  /** Names in order; two columns may have the same one. */
  readonly columns: readonly string[]
  /** Values in the order of the columns. */
  readonly rows: AsyncIterable<readonly unknown[]>
}

/** Rows that are fetched at a time. */
const BATCH = 1_000

/**
 * The statement is known to read (`requireRead`), runs as the reader role where the account may take it, in a read-only
 * transaction, alone, and is rolled back. `work` reads the answer while it comes; `types` turns PostgreSQL's text into values.
 * Throws E_SQL, E_SQL_WRITES, and E_DATABASE_UNFIT where only a superuser's rights are left to run it with.
 */
export async function ask<T>(
  { client }: Session,
  statement: string,
  types: pg.CustomTypesConfig,
  work: (answer: Answer) => Promise<T>,
): Promise<T> {
  try {
    await requireRead(client, statement)
    await client.query('begin transaction read only')
    try {
      await becomeReader(client)
      return await answered(client, statement, types, work)
    } finally {
      await client.query('rollback')
    }
  } catch (error) {
    throw asSqlError(error)
  }
}

async function answered<T>(
  client: pg.Client,
  statement: string,
  types: pg.CustomTypesConfig,
  work: (answer: Answer) => Promise<T>,
): Promise<T> {
  const cursor = client.query(new Cursor<unknown[]>(statement, [], { rowMode: 'array', types }))
  let failed = false
  const next = () =>
    read(cursor).catch((error) => {
      failed = true
      throw error
    })
  const first = await next()
  const columns = first.fields.map(({ name }) => name)
  try {
    return await work({ columns, rows: rowsFrom(first.rows, next) })
  } finally {
    // One that failed has ended; an open one would keep the connection from taking the next statement.
    if (!failed) await cursor.close()
  }
}

/**
 * The role reads schema `api` and may do nothing else (sql/api/99_grant.sql). An account that may not take it keeps its own
 * rights; those of a superuser go too far.
 */
async function becomeReader(client: pg.Client): Promise<void> {
  await client.query('savepoint account')
  const refused = await client.query('set local role cms_fees_reader').then(
    () => false,
    () => true,
  )
  if (!refused) return
  await client.query('rollback to savepoint account')
  const { rows } = await client.query('select rolsuper from pg_roles where rolname = current_user')
  if (!rows[0]?.rolsuper) return
  throw new CmsFeesError(
    'E_DATABASE_UNFIT',
    'the account is a superuser, and there is no role cms_fees_reader to take instead',
    {
      next: 'Run `cms-fees migrate --grants`: it makes the roles of cms-fees that are missing.',
    },
  )
}

interface Batch {
  readonly rows: unknown[][]
  readonly fields: readonly pg.FieldDef[]
}

const read = (cursor: Cursor<unknown[]>): Promise<Batch> =>
  new Promise((resolve, reject) =>
    cursor.read(BATCH, (error, rows, { fields } = { fields: [] } as never) =>
      error ? reject(error) : resolve({ rows, fields }),
    ),
  )

async function* rowsFrom(first: unknown[][], next: () => Promise<Batch>) {
  for (let rows = first; rows.length > 0; { rows } = await next()) yield* rows
}

/** SQLSTATEs that are about the statement: not the connection (08, 57P), and not the disk or memory (53). */
const STATEMENT = /^(?!08|53|57P)/

function asSqlError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError) || !STATEMENT.test(error.code ?? '')) return error
  const { code, message, position, hint } = error
  const seen = [
    `${message}${position ? `, at character ${position}` : ''}`,
    ...(hint ? [hint] : []),
  ].join('. ')
  if (code === READ_ONLY) return new CmsFeesError('E_SQL_WRITES', seen, { cause: error })
  return new CmsFeesError('E_SQL', seen, {
    cause: error,
    ...(code === FORBIDDEN && { next: 'Read schema `api`: docs/data-dictionary.md describes it.' }),
  })
}

const READ_ONLY = '25006'
const FORBIDDEN = '42501'
