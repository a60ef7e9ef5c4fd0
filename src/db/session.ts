/** One connection to the database, as Kysely and, for COPY, as the pg client under it. */
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { CmsFeesError, isCertificateFault } from '../errors.ts'
import { type Interruptible, interruptible } from './interrupt.ts'
import type { Tables } from './tables.ts'

export interface Session extends Interruptible {
  readonly db: Kysely<Tables>
  readonly client: pg.Client
  close(): Promise<void>
}

/** What readers get: FeeScheduleDatabase<string>. Days and decimals stay text, in lists too, so that none moves or rounds. */
export const readerTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.DATE) return (value: string) => value
    if (oid === DATES || oid === DECIMALS) return pg.types.getTypeParser(TEXTS, 'text')
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

const [TEXTS, DATES, DECIMALS] = [1009, 1182, 1231]

/** The same, with counts as numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.INT8) return Number
    return readerTypes.getTypeParser(oid, format as 'text')
  },
}

/**
 * `readOnly`: PostgreSQL refuses whatever would write. Throws E_DATABASE_UNREACHABLE and E_TLS. The password of the URL is
 * never part of a message.
 */
export async function openSession(
  url: string,
  application = 'cms-fees',
  { readOnly = false }: { readOnly?: boolean } = {},
): Promise<Session> {
  const client = new pg.Client({
    connectionString: url,
    application_name: application,
    connectionTimeoutMillis: 10_000,
    types,
  })
  // A connection that breaks while idle reports here; the next query then fails with the same cause.
  client.on('error', () => {})
  try {
    await client.connect()
    // Where PostgreSQL can compile queries, it takes longer to compile ours than to run them.
    await client.query('set jit = off')
    if (readOnly) await client.query('set default_transaction_read_only = on')
  } catch (cause) {
    throw unreachable(cause, `${client.host}:${client.port}/${client.database}`)
  }
  // The process that the server named when it took the connection.
  const { processID } = client as unknown as { processID: number }
  const interruption = interruptible(client, () => cancel(url, processID))
  const db = kyselyOn(client.query.bind(client))
  // A cancellation that is on its way has arrived before anybody looks who is still connected.
  const close = () =>
    interruption.shielded(async () => {
      await db.destroy()
      await client.end()
    })
  return { db, client, close, ...interruption }
}

/**
 * Kysely on one connection, which is asked by `query`. It wants a pool. A real one, even of one connection, connects anew when
 * that breaks, and works on without the run lock, which went with it.
 */
export function kyselyOn(query: PostgresPoolClient['query']): Kysely<Tables> {
  const connection = { query, release: () => {} }
  const pool = { connect: async () => connection, end: async () => {}, options: {} }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/** Cancels from a connection of its own what a process of the server works on. */
export async function cancel(url: string, processId: number): Promise<void> {
  const other = await openSession(url, 'cms-fees cancel')
  await other.client.query('select pg_cancel_backend($1)', [processId]).finally(() => other.close())
}

function unreachable(cause: unknown, place: string): CmsFeesError {
  const reason = cause instanceof Error ? cause.message || String(cause) : String(cause)
  const code = isCertificateFault(cause) ? 'E_TLS' : 'E_DATABASE_UNREACHABLE'
  return new CmsFeesError(code, `${place}: ${reason}`, { cause })
}

/** Classes of SQLSTATE, and of socket errors, that mean there is no connection (any more) to be told yes or no over. */
const GONE = /^(08|28|3D000|57P0|53300|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/

/** SQLSTATEs of a server that is there and cannot take what is written. */
const UNFIT: Readonly<Record<string, string>> = {
  '53100':
    "Make room on the database server's disk and run the command again: nothing was changed.",
  '25006': 'The server takes no writes: set DATABASE_URL to the primary, not to a standby.',
}

/** Tells a lost server from a bug, so that cron knows whether to try again. */
export function asDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CmsFeesError) return error
  const code = 'code' in error ? String(error.code) : ''
  const unfit = UNFIT[code]
  if (unfit)
    return new CmsFeesError('E_DATABASE_UNFIT', error.message, { next: unfit, cause: error })
  if (
    GONE.test(code) ||
    isCertificateFault(error) ||
    /Connection terminated|Client has encountered a connection error/.test(error.message)
  ) {
    return unreachable(error, 'the connection broke')
  }
  return error
}
