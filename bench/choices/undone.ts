/** Work in a transaction that leaves nothing, under the clock. */
import { sql, type Transaction } from 'kysely'
import type { Session } from '../../src/db/session.ts'
import type { Tables } from '../../src/db/tables.ts'

export type Cases = Record<string, () => Promise<number | undefined>>
export type Trx = Transaction<Tables>
export type Step = (trx: Trx) => Promise<unknown>

/** Milliseconds of the work alone: not of what it finds, nor of the proof that it did all that it was for. */
export async function undone(
  { db }: Session,
  { before, work, proof }: { before?: Step; work: Step; proof?: Step },
): Promise<number> {
  const trx = await db.startTransaction().execute()
  try {
    await before?.(trx)
    const start = performance.now()
    await work(trx)
    const milliseconds = performance.now() - start
    await proof?.(trx)
    return milliseconds
  } finally {
    await trx.rollback().execute()
  }
}

/** Throws unless the query, which counts faults, counts none. */
export async function requireNone(trx: Trx, faults: ReturnType<typeof sql>): Promise<void> {
  const { rows } = await sql<{ count: number }>`select count(*) as count ${faults}`.execute(trx)
  if (rows[0]?.count !== 0) throw new Error(`${rows[0]?.count} rows are not as they should be`)
}
