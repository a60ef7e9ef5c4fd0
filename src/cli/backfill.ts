import type { Command } from '@commander-js/extra-typings'
import { worstOf } from '../errors.ts'
import { backfill } from '../jobs/backfill.ts'
import { acceptanceOf, withAccept } from './accept.ts'
import { alerting, withWritable } from './context.ts'
import { print, printJson } from './output.ts'
import { releaseBar } from './progress.ts'
import { formatSteps, summaryOf } from './steps.ts'

export function addBackfill(program: Command): void {
  const command = program
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
  withAccept(command)
    .addHelpText(
      'after',
      '\nExample:\n  cms-fees backfill --from RVU24A --to RVU25D --archive zips',
    )
    .action(({ accept, acceptColumns, because, json, ...options }) =>
      alerting('backfill', () =>
        withWritable(async (context) => {
          const accepted = acceptanceOf({ accept, acceptColumns, because }, context.config)
          const bar = releaseBar()
          const steps = await backfill(
            { ...options, ...accepted },
            { ...context, ...(bar && { progress: bar.download }) },
            bar?.show,
          ).finally(bar?.end)
          if (json) printJson(steps.map(summaryOf))
          else print(formatSteps(steps))
          const worst = worstOf(steps.flatMap(({ error }) => error ?? []))
          if (worst) throw worst
        }),
      ),
    )
}
