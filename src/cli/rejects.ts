import type { Command } from 'commander'
import { sql } from 'kysely'
import { type ReplayRequest, replay } from '../../pipelines/replay.ts'
import { worstOf } from '../errors.ts'
import { formatTable, print, printJson, withMigrated } from './context.ts'

interface Options {
  readonly release?: string
  readonly all?: boolean
  readonly json?: boolean
}

export function addRejects(program: Command): void {
  const rejects = program
    .command('rejects')
    .description("CMS's rows that a schema rejected: list them, and replay them once it is mended")
    .addHelpText('after', '\nExample:\n  cms-fees rejects list')
  const release = ['--release <release>', 'of this release alone'] as const

  rejects
    .command('list')
    .description('list the rejected rows that are still missing, with what is wrong in them')
    .option(...release)
    .option('--all', 'also those that a replay or a later run has accepted')
    .option('--json', 'print the rows of api.rejected_row as JSON')
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

async function list({ release, all = false, json }: Options): Promise<void> {
  await withMigrated(async ({ session: { db } }) => {
    const { rows } = await sql<{ issues: { column: string; message: string }[] }>`
      select run, release, dataset, file, line, issues, raw, replay, replay_run, open from api.rejected_row
       where (open or ${all}) and release = coalesce(upper(${release ?? null}::text), release)
       order by run, file, line
    `.execute(db)
    if (json) return printJson(rows)
    if (rows.length === 0) return print('No row is rejected.')
    const wrong = (issues: { column: string; message: string }[]) =>
      issues.map(({ column, message }) => `${column}: ${message}`).join('; ')
    print(
      formatTable(
        rows.map(({ issues, ...row }) => {
          const { run, release, file, line, replay } = row as Record<string, unknown>
          return { run, release, file, line, wrong: wrong(issues), replay }
        }),
      ),
    )
  })
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
