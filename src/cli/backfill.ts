import type { Command } from 'commander'
import { type BackfillStep, backfill } from '../../pipelines/backfill.ts'
import { formatTable, print, printJson, withWritable } from './context.ts'

interface Options {
  readonly from: string
  readonly to: string
  readonly archive?: string
  readonly allowMissing?: boolean
  readonly json?: boolean
}

export function addBackfill(program: Command): void {
  program
    .command('backfill')
    .description('load a span of releases; one that fails does not stop the rest')
    .requiredOption('--from <release>', 'first release')
    .requiredOption('--to <release>', 'last release')
    .option(
      '--archive <folder>',
      'folder of zips as CMS names them; without it they are downloaded',
    )
    .option('--allow-missing', 'load releases that lack files; their tables stay as they were')
    .option('--json', 'print the outcome of each release as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  cms-fees backfill --from RVU24A --to RVU25D --archive zips',
    )
    .action((options: Options) =>
      withWritable(async (context) => {
        const steps = await backfill(options, context, showProgress)
        const rows = steps.map(summary)
        if (options.json) printJson(rows)
        else print(`${formatTable(rows)}\n${totals(steps)}`)
        const failed = steps.find((step) => step.error)
        if (failed?.error) process.exitCode = failed.error.exitCode
      }),
    )
}

/** One line that is written over, on a terminal only. */
function showProgress(done: number, total: number, release: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done + 1}/${total} ${release}\r`)
}

function summary({ release, source, report, error }: BackfillStep) {
  const rows = report?.files.reduce((sum, file) => sum + file.rows_accepted, 0)
  const versions = report?.files.reduce((sum, file) => sum + file.versions_written, 0)
  return {
    release,
    outcome: error ? error.code : (report?.outcome ?? 'not in the folder'),
    rows_accepted: rows ?? null,
    versions_written: versions ?? null,
    seconds: report?.seconds ?? null,
    source,
    message: error?.message ?? null,
  }
}

function totals(steps: readonly BackfillStep[]): string {
  const count = (condition: (step: BackfillStep) => boolean) => steps.filter(condition).length
  return [
    `${count((step) => step.report?.outcome === 'done')} loaded`,
    `${count((step) => step.report?.outcome === 'nothing_new')} loaded before`,
    `${count((step) => step.error !== undefined)} failed`,
    `${count((step) => step.source === null)} not in the folder`,
  ].join(', ')
}
