/** The connections that reads share. */
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  type QueryExecutorProvider,
  sql,
} from 'kysely'
import pg from 'pg'
import type { FeeScheduleDatabase } from '../fee-schedule-database.ts'
import { refuseAborted } from './interrupt.ts'
import { cancel, readerTypes } from './session.ts'

/** Schema `api`; days are text. */
export type Readers = Kysely<FeeScheduleDatabase<string>>

/** A pool of connections that take no writes; the first query opens the first of them. */
export function openReaders(url: string, most: number): Readers {
  const connect = async () => {
    const pool = new pg.Pool({
      connectionString: url,
      application_name: 'cms-fees reader',
      connectionTimeoutMillis: 10_000,
      types: readerTypes,
      max: most,
    })
    // An idle connection that breaks reports here; the pool replaces it.
    return pool.on('error', () => {})
  }
  const prepare = async (connection: DatabaseConnection) => {
    for (const setting of ['jit = off', 'default_transaction_read_only = on'])
      await connection.executeQuery(CompiledQuery.raw(`set ${setting}`))
  }
  return new Kysely({
    dialect: new PostgresDialect({ pool: connect, onCreateConnection: prepare }),
  })
}

/** The signal cancels the read on the server, too. Kysely's own way prints to the console of whoever does it. */
export function cancellable<T>(
  api: Readers,
  url: string,
  signal: AbortSignal,
  read: (db: QueryExecutorProvider) => Promise<T>,
): Promise<T> {
  return api.connection().execute(async (connection) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(connection)
    let cancelling: Promise<void> | undefined
    const stop = () => {
      cancelling = cancel(url, rows[0]?.pid ?? 0).catch(() => {})
    }
    refuseAborted(signal)
    signal.addEventListener('abort', stop, { once: true })
    try {
      return await read(connection)
    } finally {
      signal.removeEventListener('abort', stop)
      // It has arrived before the connection serves another read.
      await cancelling
    }
  })
}
