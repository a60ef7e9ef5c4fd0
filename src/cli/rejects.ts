import type { Command } from '@commander-js/extra-typings'
import { worstOf } from '../errors.ts'
import { type ReplayRequest, replay } from '../jobs/replay.ts'
import { type RejectedRow, rejectedRows } from '../queries/rejected-rows.ts'
import { parseRelease } from '../releases.ts'
import { withMigrated, withReading } from './context.ts'
import {
  formatTable,
  print,
  printJson,
  printRows,
  type RowOptions,
  withRowOptions,
} from './output.ts'

interface Options extends RowOptions {
  readonly release?: string
  readonly all?: boolean
}

export function addRejects(program: Command): void {
  const rejects = program
    .command('rejects')
    .description("CMS's rows that a schema rejected: list them, and replay them once it is mended")
    .addHelpText('after', '\nExample:\n  cms-fees rejects list')
  const release = ['--release <release>', 'of this release alone'] as const

  const listing = rejects
    .command('list')
    .description('list the rejected rows that are still missing, with what is wrong in them')
    .option(...release)
    .option('--all', 'also those that a replay or a later run has accepted')
  withRowOptions(listing, 'the rows of api.rejected_row')
    .addHelpText('after', '\nExample:\n  cms-fees rejects list --release RVU25A')
    .action(list)
  rejects
    .command('replay')
    .description('read their releases again from the archive, and load the rows that are valid now')
    .option(...release)
    .option('--allow-missing', 'load a refused release although it lacks files, too')
    .option('--json', 'print what became of the rows as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees rejects replay')
    .action(replayAll)
}

async function list({ release: wanted, all = false, ...options }: Options): Promise<void> {
  const release = wanted === undefined ? null : parseRelease(wanted).name
  await withReading(async ({ session: { db } }) => {
    const rows = await rejectedRows(db, release, all)
    await printRows(options, rows, COLUMNS, formatRejected)
  })
}

const COLUMNS = [
  ...(['run', 'release', 'dataset', 'file', 'line', 'issues', 'raw'] as const),
  ...(['replay', 'replay_run', 'open'] as const),
]

function formatRejected(rows: readonly RejectedRow[]): string {
  if (rows.length === 0) return 'No row is rejected.'
  return formatTable(
    rows.map(({ run, release, file, line, issues, replay }) => {
      const wrong = issues.map(({ column, message }) => `${column}: ${message}`).join('; ')
      return { run, release, file, line, wrong, replay }
    }),
  )
}

async function replayAll({ json, ...request }: Options & ReplayRequest): Promise<void> {
  await withMigrated(async (context) => {
    const replays = await replay(request, context)
    const rows = replays.map(({ error, ...counts }) => ({ ...counts, error: error?.code ?? null }))
    if (json) printJson(rows)
    else print(rows.length > 0 ? formatTable(rows) : 'No row is rejected.')
    const worst = worstOf(replays.flatMap(({ error }) => error ?? []))
    if (worst) throw worst
  })
}
