import { type Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { FORMATS } from '../../schemas/file.ts'
import { dayAtCms, isDay } from '../day.ts'
import { ingest } from '../ingest/ingest.ts'
import type { RunReport } from '../runs/report.ts'
import { acceptanceOf, withAccept } from './accept.ts'
import { alerting, withWritable } from './context.ts'
import { formatTable, print, printJson } from './output.ts'

export function addIngest(program: Command): void {
  const command = program
    .command('ingest')
    .argument('<release>', "CMS's name of the release, such as RVU25A")
    .description('load one release into the database')
    .option('--from <path>', 'zip or folder that holds the release; without it, CMS is asked')
    .option('--allow-missing', 'load a release that lacks files; their tables stay as they were')
    .option(
      '--published <date>',
      'day on which CMS posted these bytes, where nobody else says it or says it wrongly; of what is loaded, too',
      revisionDay,
    )
    .addOption(
      new Option('--format <format>', 'read this format of every file, and no other').choices(
        FORMATS,
      ),
    )
    .option('--json', 'print the report as JSON')
  withAccept(command)
    .addHelpText(
      'after',
      '\nExamples:\n  cms-fees ingest RVU25A\n  cms-fees ingest RVU25A --from rvu25a-updated-01_10_2025.zip',
    )
    .action((release, { accept, acceptColumns, because, json, ...options }) =>
      alerting('ingest', () =>
        withWritable(async (context) => {
          const accepted = acceptanceOf({ accept, acceptColumns, because }, context.config)
          const report = await ingest({ release, ...options, ...accepted }, context)
          if (json) printJson(report)
          else print(formatReport(report))
        }),
      ),
    )
}

function revisionDay(day: string): string {
  if (!isDay(day)) throw new InvalidArgumentError('It is a day, such as 2025-01-10.')
  if (day > dayAtCms()) throw new InvalidArgumentError('That day is still to come.')
  return day
}

/** A line on the run, a table of its files, and what its checks found. */
export function formatReport(report: RunReport): string {
  if (report.outcome === 'nothing_new') {
    const line = `${report.release}: nothing new, these bytes are loaded (run ${report.run})`
    return [line, ...report.notes].join('\n')
  }
  if (report.files.length === 0) {
    const line = `${report.release}: its day of publication is the stated one now; nothing else of it is new (run ${report.run})`
    return [line, ...report.notes].join('\n')
  }
  const total = (column: 'rows_read' | 'rows_accepted' | 'rows_rejected' | 'versions_written') =>
    report.files.reduce((sum, file) => sum + file[column], 0).toLocaleString('en-US')
  return [
    `${report.release}: loaded ${report.files.length} files in ${report.seconds} s (run ${report.run}): ` +
      `${total('rows_read')} rows read, ${total('rows_accepted')} accepted, ${total('rows_rejected')} rejected, ${total('versions_written')} versions written`,
    formatTable(report.files),
    ...report.warnings.map((warning) => `warning: ${warning}`),
    ...report.notes,
  ].join('\n')
}
