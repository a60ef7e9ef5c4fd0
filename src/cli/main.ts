/** The command line: argv to command to exit code. With src/cli/, the only place that touches the process. */
import { Command, CommanderError } from '@commander-js/extra-typings'
import { asDatabaseError } from '../db/session.ts'
import { CmsFeesError, EXIT } from '../errors.ts'
import { VERSION } from '../version.ts'
import { addBackfill } from './backfill.ts'
import { addDiff } from './diff.ts'
import { addDoctor } from './doctor.ts'
import { addEditorial } from './editorial.ts'
import { addExport } from './export.ts'
import { addIngest } from './ingest.ts'
import { interruptExit, interrupted, interruptName, listen } from './interrupt.ts'
import { addLatest } from './latest.ts'
import { addMigrate } from './migrate.ts'
import { addPreview } from './preview.ts'
import { addPrice } from './price.ts'
import { addRejects } from './rejects.ts'
import { addReleases } from './releases.ts'
import { addReport } from './report.ts'
import { addRetract } from './retract.ts'
import { addSchedule } from './schedule.ts'
import { addSearch } from './search.ts'
import { addShow } from './show.ts'
import { addSql } from './sql.ts'
import { addStart } from './start.ts'
import { addStatus } from './status.ts'
import { printable } from './table.ts'

const COMMANDS = [
  addStart,
  addIngest,
  addBackfill,
  addLatest,
  addSchedule,
  addReleases,
  addRejects,
  addRetract,
  addShow,
  addSearch,
  addDiff,
  addEditorial,
  addPreview,
  addPrice,
  addExport,
  addSql,
  addStatus,
  addReport,
  addDoctor,
  addMigrate,
]

export function buildProgram(): Command {
  const program = new Command('cms-fees')
    .description('Medicare fee schedules as versioned, validated, queryable Postgres rows')
    .version(VERSION)
    .showHelpAfterError('Run with --help for usage and an example.')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, 'E_USAGE:')) })
    .exitOverride()
  for (const add of COMMANDS) add(program)
  for (const command of program.commands) command.exitOverride()
  return program
}

/** The process: runs one command, told by Ctrl+C and SIGTERM when to stop, and sets the exit code. */
export async function main(args: readonly string[]): Promise<void> {
  // A reader that stops early (`| head`) is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  listen()
  await runCommand(args)
  // What a signal ended may have left something that keeps the process waiting.
  if (interrupted.aborted) process.exit()
}

/** Runs one command and sets the exit code; see EXIT in errors.ts for what each code means. */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    await buildProgram().parseAsync([...args], { from: 'user' })
  } catch (error) {
    process.exitCode = interrupted.aborted
      ? reportInterrupted(error)
      : report(asDatabaseError(error))
  }
}

/** One line; another where something else went wrong on the way out. */
function reportInterrupted(error: unknown): number {
  if (error instanceof CmsFeesError && error.code !== 'E_INTERRUPTED') report(error)
  process.stderr.write(
    `E_INTERRUPTED: stopped by ${interruptName()}. Unfinished work was rolled back; run the command again to continue.\n`,
  )
  return interruptExit()
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof CmsFeesError) {
    process.stderr.write(printable(`${error.code}: ${error.message}\n${error.next}\n`))
    return error.exitCode
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(
    `E_BUG: this should not happen; please report it with what follows.\n${trace}\n`,
  )
  return EXIT.bug
}
