import type { Command } from '@commander-js/extra-typings'
import { retract } from '../jobs/retract.ts'
import { withMigrated } from './context.ts'
import { print, printJson } from './output.ts'

export function addRetract(program: Command): void {
  program
    .command('retract')
    .argument('<release>', 'release, or one of its revisions, such as RVU25A#1')
    .description('take a release back out; its days return to its predecessor')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees retract RVU25A')
    .action((release, options) =>
      withMigrated(async (context) => {
        const report = await retract(release, context)
        if (options.json) return printJson(report)
        const days =
          report.governed.length === 0
            ? 'it was in force on no day'
            : report.successors.length === 0
              ? 'its days have no release now'
              : `its days go to ${report.successors.join(', ')}`
        print(
          `${report.release}, revision ${report.revision}, is retracted (run ${report.run}): ${days}.`,
        )
      }),
    )
}
