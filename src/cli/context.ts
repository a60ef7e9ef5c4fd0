/** What a command works with: settings, log and database. */
import { type Config, readConfig } from '../config.ts'
import { openDatabase, requireWritable, withContext } from '../database.ts'
import { hasEmbedded } from '../db/embedded.ts'
import { requireMigrated } from '../db/migrate.ts'
import { asDatabaseError } from '../db/session.ts'
import { CmsFeesError } from '../errors.ts'
import { createLog } from '../log.ts'
import { sendAlert } from '../runs/alert.ts'
import type { Context } from '../runs/run-job.ts'
import { exportRun, isObserved } from '../runs/telemetry.ts'
import { interrupted } from './interrupt.ts'
import { progressBar } from './progress.ts'

export interface CommandContext extends Context {
  readonly config: Config
}

/**
 * Opens the configured database, the embedded one by default, and closes it whatever happens. Ctrl+C and SIGTERM end
 * the work: it throws, and what its transaction did is undone.
 */
export async function withDatabase<T>(
  work: (context: CommandContext) => Promise<T>,
  { readOnly = false }: { readOnly?: boolean } = {},
): Promise<T> {
  const config = readConfig(process.env)
  const { databaseUrl: url, home, cms } = config
  const log = createLog(config.logLevel)
  const database = await openDatabase({ url, home, cms, log, signal: interrupted })
  const progress = progressBar()
  const options = {
    ...{ readOnly, signal: interrupted },
    ...(progress && { progress }),
    ...(isObserved(process.env) && { onRunEnd: exportRun }),
  }
  const done = withContext(database, options, (context) => work({ ...context, config }))
  const result = await done.catch(async (error) => {
    // Of a server that is gone the work's own error is told.
    await database.close().catch((err) => log.warn({ err }, 'the database could not be closed'))
    throw error
  })
  await database.close()
  return result
}

/** The same, for commands that write: an empty database is set up, an older schema is left to `migrate`. */
export function withWritable<T>(work: (context: CommandContext) => Promise<T>): Promise<T> {
  return withDatabase(async (context) => {
    await requireWritable(context)
    return work(context)
  })
}

/** The same, for commands that need the schema to be there. Throws E_NOT_MIGRATED. */
export function withMigrated<T>(work: (context: CommandContext) => Promise<T>): Promise<T> {
  return withDatabase(async (context) => {
    await requireMigrated(context.session.db)
    return work(context)
  })
}

/**
 * The same, for commands that only read: their session takes no writes, and they make no database where there is none.
 * Throws E_NOT_MIGRATED.
 */
export async function withReading<T>(
  work: (context: CommandContext) => Promise<T>,
  { readOnly = true }: { readOnly?: boolean } = {},
): Promise<T> {
  const { databaseUrl, home } = readConfig(process.env)
  if (!databaseUrl) await requireDatabase(home)
  const reading = async (context: CommandContext) => {
    await requireMigrated(context.session.db)
    return work(context)
  }
  return withDatabase(reading, { readOnly })
}

/** The same, for commands that write into temporary tables of their session, which a session that only reads cannot make. */
export const withScratch = <T>(work: (context: CommandContext) => Promise<T>): Promise<T> =>
  withReading(work, { readOnly: false })

/** Throws E_NOT_MIGRATED where the home folder has no embedded database yet. */
export async function requireDatabase(home: string): Promise<void> {
  if (await hasEmbedded(home)) return
  throw new CmsFeesError('E_NOT_MIGRATED', `there is no database yet: ${home} has none`, {
    next: 'Load a release (`cms-fees ingest`), or the samples (`cms-fees start`); or set DATABASE_URL, or CMS_FEES_HOME, to where your database is.',
  })
}

/** For commands that run unattended: whatever ends them is told to the alert webhook, where there is one. */
export async function alerting<T>(command: string, work: () => Promise<T>): Promise<T> {
  const { alertUrl, logLevel } = readConfig(process.env)
  try {
    return await work()
  } catch (caught) {
    const error = asDatabaseError(caught)
    if (alertUrl && !interrupted.aborted)
      await sendAlert(alertUrl, command, error, createLog(logLevel))
    throw error
  }
}
