/** Ends what a connection does when the run is told to stop, as PostgreSQL itself would: no part of a transaction stays. */
import type pg from 'pg'
import { CmsFeesError } from '../errors.ts'

export interface Interruptible {
  /** Cancels the running statement. The open transaction takes none any more but `rollback`: E_INTERRUPTED. */
  interrupt(): void
  /** Runs what an interrupt, come or to come, must not touch: the record of how a run ended. */
  shielded<T>(work: () => Promise<T>): Promise<T>
}

/** Puts itself before the client's statements. `cancel` ends the one that the server works on. */
export function interruptible(client: pg.Client, cancel: () => Promise<void>): Interruptible {
  let cancelling: Promise<void> | null = null
  let shields = 0
  const query = client.query.bind(client) as (...args: unknown[]) => unknown

  client.query = ((...args: unknown[]) => {
    if (!cancelling) return query(...args)
    if (client.getTransactionStatus() === 'T' && !/^rollback/i.test(String(args[0]))) {
      throw new CmsFeesError('E_INTERRUPTED', 'stopped between two statements')
    }
    // The cancellation is for the statement before this one.
    return cancelling.then(() => query(...args))
  }) as typeof client.query

  return {
    interrupt() {
      // Without a second connection to cancel it from, the statement ends by itself and is the last.
      if (shields === 0) cancelling ??= cancel().catch(() => {})
    },
    async shielded(work) {
      shields += 1
      await cancelling
      cancelling = null
      return work().finally(() => {
        shields -= 1
      })
    },
  }
}

/** Runs work that the signal interrupts. Whatever it throws after the signal is E_INTERRUPTED. */
export async function untilAborted<T>(
  session: Interruptible,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const stop = () => session.interrupt()
  refuseAborted(signal)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await work()
  } catch (error) {
    throw signal?.aborted ? asInterrupted(error) : error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/**
 * For work that cannot be ended: after the signal it is not waited for. What it still gives is left to `undo`, else it could
 * keep the process up. Throws E_INTERRUPTED.
 */
export async function orAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  undo: (late: T) => Promise<void>,
): Promise<T> {
  const { promise: given, reject } = Promise.withResolvers<never>()
  const stopped = () => reject(new CmsFeesError('E_INTERRUPTED', 'stopped while it waited'))
  if (signal?.aborted) stopped()
  signal?.addEventListener('abort', stopped)
  try {
    return await Promise.race([work, given])
  } catch (error) {
    // Whether it fails later interests nobody any more.
    if (signal?.aborted) void work.then(undo).catch(() => {})
    throw error
  } finally {
    signal?.removeEventListener('abort', stopped)
  }
}

/** Whether a statement ended because somebody stopped it: no fault of its own. */
export const isInterruption = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(E_INTERRUPTED|57014)$/.test(String(error.code))

/** Throws E_INTERRUPTED where the signal was given already. */
export function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CmsFeesError('E_INTERRUPTED', 'stopped before it began')
}

function asInterrupted(cause: unknown): CmsFeesError {
  if (cause instanceof CmsFeesError && cause.code === 'E_INTERRUPTED') return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new CmsFeesError('E_INTERRUPTED', `stopped: ${reason}`, { cause })
}
