import { type Command, Option } from '@commander-js/extra-typings'
import { listed } from '../../pipelines/index.ts'
import { latest } from '../jobs/latest.ts'
import { alerting, withWritable } from './context.ts'
import { print, printJson } from './output.ts'
import { formatSteps, summaryOf } from './steps.ts'
import { sayUnlisted } from './unlisted.ts'

export const familyOption = () =>
  new Option('--family <family...>', 'ask for the releases of these families alone').choices(
    listed.map(({ family }) => family),
  )

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
    .addOption(familyOption())
    .option('--json', 'print the outcome of each release as JSON')
    .addHelpText('after', '\nExamples:\n  cms-fees latest\n  cms-fees latest --family pfs clfs')
    .action(({ since, family: families, json }) =>
      alerting('latest', () =>
        withWritable(async (context) => {
          const { steps, problem } = await latest({ since, families }, context)
          if (json) printJson(steps.map(summaryOf))
          else if (steps.length > 0 || !problem) {
            print([formatSteps(steps), ...sayUnlisted()].join('\n'))
          }
          if (problem) throw problem
        }),
      ),
    )
}
