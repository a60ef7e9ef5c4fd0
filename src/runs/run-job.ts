/** Runs work under the run lock, and sees that its record is completed whatever happens. */
import type { Kysely } from 'kysely'
import type { CmsSettings } from '../cms/settings.ts'
import { isInterruption, refuseAborted, untilAborted } from '../db/interrupt.ts'
import { asDatabaseError, type Session } from '../db/session.ts'
import type { Outcome, Tables } from '../db/tables.ts'
import { CmsFeesError, EXIT } from '../errors.ts'
import { asArchiveError } from '../ingest/archive.ts'
import type { Logger } from '../log.ts'
import { isSearchBehind, refreshSearch } from '../queries/search.ts'
import { releaseRunLock, takeRunLock } from './lock.ts'
import { Run } from './run.ts'
import type { EndedRun } from './telemetry.ts'

export interface Context {
  readonly session: Session
  /** Folder of the archive. */
  readonly archive: string
  readonly log: Logger
  readonly cms: CmsSettings
  /** Ends the run: its download, or its statement, and its transaction. Not given where nobody stops it. */
  readonly signal?: AbortSignal
  /** Told of each run that has ended, and its record completed. Must not throw. */
  readonly onRunEnd?: (ended: EndedRun) => Promise<void>
  /** Not given where nobody looks. */
  readonly progress?: Progress
}

/** Shows how far a download has come. */
export interface Progress {
  /** `total`: null where the server does not say it. */
  show(bytes: number, total: number | null): void
  end(): void
}

export async function runJob<T>(
  command: string,
  release: string | null,
  { session, log, archive, signal, onRunEnd }: Context,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const { db } = session
  const startedAt = Date.now()
  try {
    refuseAborted(signal)
    await takeRunLock(db)
    const run = await Run.start(db, command, release, log, signal)
    const end = (outcome: Outcome, error?: unknown) =>
      onRunEnd?.({ run, command, release, outcome, error, startedAt, endedAt: Date.now() })
    try {
      const result = await untilAborted(session, signal, () => work(run))
      await catchUp(db, run)
      await end(run.outcome ?? 'done')
      return result
    } catch (caught) {
      const error = asArchiveError(caught, archive)
      const record = () =>
        db.transaction().execute((trx) => run.finish(trx, outcomeOf(error), error))
      await session.shielded(record).catch((second) => {
        // Without a database there is no record to complete; the next run marks this one interrupted.
        run.log.warn({ err: second }, 'the run could not be recorded')
      })
      await end(outcomeOf(error), error)
      throw error
    } finally {
      await releaseRunLock(db).catch(() => {
        // The connection is gone, and the lock with it.
      })
    }
  } catch (error) {
    throw asDatabaseError(error)
  }
}

/**
 * Search follows what was published, in a transaction of its own: readers have the release before. That it is behind
 * is marked with the release, so what fails here, or is killed, is made up for by the next run.
 */
async function catchUp(db: Kysely<Tables>, run: Run): Promise<void> {
  try {
    if (await isSearchBehind(db)) await run.addStage(db, 'search', () => refreshSearch(db))
  } catch (error) {
    run.log.warn(
      isInterruption(error) ? {} : { err: error },
      'search does not know the release yet; the next run tells it',
    )
  }
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof CmsFeesError)) return 'failed'
  if (error.code === 'E_INTERRUPTED') return 'interrupted'
  return error.exitCode === EXIT.refused ? 'refused' : 'failed'
}
