/** What a command works with: settings, log and database, and how it prints. */
import { join } from 'node:path'
import { table } from 'table'
import type { Context } from '../../pipelines/recorded.ts'
import { sendAlert } from '../alert.ts'
import { type Config, readConfig } from '../config.ts'
import { useEmbedded } from '../db/embedded.ts'
import { untilAborted } from '../db/interrupt.ts'
import { isEmpty, migrate, requireMigrated } from '../db/migrate.ts'
import { asDatabaseError, openSession } from '../db/session.ts'
import { createLog } from '../log.ts'
import { exportRun, isObserved } from '../telemetry.ts'
import { interrupted, orInterrupted } from './interrupt.ts'
import { progressBar } from './progress.ts'

export interface CommandContext extends Context {
  readonly config: Config
}

/**
 * Opens the configured database, the embedded one by default, and closes it whatever happens. Ctrl+C and SIGTERM end
 * the work: it throws, and what its transaction did is undone.
 */
export async function withDatabase<T>(work: (context: CommandContext) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  const server = config.databaseUrl ? null : await useEmbedded(config.home, interrupted)
  try {
    const connecting = openSession(server?.url ?? config.databaseUrl ?? '')
    // Our own server answers soon, and does not stop before a connection that is still to come.
    const session = await (server ? connecting : orInterrupted(connecting))
    try {
      const progress = progressBar()
      const context = {
        ...{ config, session, log, signal: interrupted },
        archive: join(config.home, 'archive'),
        cms: config.cms,
        ...(progress && { progress }),
        ...(isObserved(process.env) && { onRunEnd: exportRun }),
      }
      return await untilAborted(session, interrupted, () => work(context))
    } finally {
      await session.close()
    }
  } finally {
    await server?.release()
  }
}

/** The same, for commands that write: an empty database is set up, an older schema is left to `migrate`. */
export function withWritable<T>(work: (context: CommandContext) => Promise<T>): Promise<T> {
  return withDatabase(async (context) => {
    const { db } = context.session
    if (await isEmpty(db)) await migrate(db)
    else await requireMigrated(db)
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

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))

/** Rows as a table with a header, numbers and text alike; null shows as nothing. */
export function formatTable(rows: readonly object[]): string {
  const [first] = rows
  if (!first) return '(no rows)'
  const columns = Object.keys(first)
  const cells = rows.map((row) =>
    columns.map((column) => cellText((row as Record<string, unknown>)[column])),
  )
  return table([columns, ...cells], {
    drawHorizontalLine: (line, lines) => line === 1 && lines > 1,
    drawVerticalLine: (line, lines) => line > 0 && line < lines,
  }).trimEnd()
}

/** Text from outside, without what would move the cursor or colour a terminal. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, (character) =>
    JSON.stringify(character)
      .slice(1, -1)
      .replace(/[\u007f-\u009f]/, '?'),
  )

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object'
    ? JSON.stringify(value)
    : printable(String(value)).replaceAll('\n', '\\n')
}
