import type { Command } from '@commander-js/extra-typings'
import { latest } from '../jobs/latest.ts'
import { alerting, withWritable } from './context.ts'
import { print, printJson } from './output.ts'
import { formatSteps, summaryOf } from './steps.ts'
import { sayUnlisted } from './unlisted.ts'

export function addLatest(program: Command): void {
  program
    .command('latest')
    .description(
      'load whatever CMS has published, or posted again, and we have not: what cron runs',
    )
    .option(
      '--since <release>',
      'first release that is wanted; without it the earliest that is loaded or, in an empty database, the one in force',
    )
    .option('--json', 'print the outcome of each release as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees latest')
    .action(({ since, json }) =>
      alerting('latest', () =>
        withWritable(async (context) => {
          const { steps, problem } = await latest({ since }, context)
          if (json) printJson(steps.map(summaryOf))
          else if (steps.length > 0 || !problem) {
            print([formatSteps(steps), ...sayUnlisted()].join('\n'))
          }
          if (problem) throw problem
        }),
      ),
    )
}
