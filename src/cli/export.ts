import { resolve } from 'node:path'
import { type Command, Option } from '@commander-js/extra-typings'
import { dayAtCms, isDay } from '../day.ts'
import { CmsFeesError } from '../errors.ts'
import { exportAll } from '../export/export.ts'
import { exportFeeSchedule, formatOf } from '../export/fee-schedule.ts'
import { placeOfZip } from '../queries/fee-schedule-file.ts'
import { withReading } from './context.ts'
import { print, printJson } from './output.ts'

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .argument('<folder>', 'folder of exports; the latest one is in its folder current')
    .description('write every table and every price as Parquet, for Spark, DuckDB and others')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  cms-fees export fees\n  cms-fees export fee-schedule --zip 35042 --on 2025-10-01 out.xlsx\n\nWrites only what has changed since the export before. docs/export.md says what the folder holds.',
    )
    .action((folder, { json }) =>
      withReading(async (context) => {
        const report = await exportAll(resolve(folder), context)
        if (json) return printJson(report)
        const { tables, written, rows, bytes, seconds } = report
        const size = `${rows.toLocaleString('en-US')} rows in ${(bytes / 1e6).toFixed(1)} MB`
        print(
          report.outcome === 'nothing_new'
            ? `Nothing new: ${folder}/current holds ${tables} tables, ${size}.`
            : `${written.length} of ${tables} tables written to ${folder}/current, ${size}, in ${seconds.toFixed(1)} s`,
        )
      }),
    )
  addFeeSchedule(command as unknown as Command)
}

function addFeeSchedule(command: Command): void {
  command
    .command('fee-schedule')
    .argument('<file>', 'file to write: .csv, .xlsx or .parquet')
    .description('write the physician fee schedule of one place and day to a file')
    .option('--zip <zip>', 'ZIP code of the place')
    .option('--mac <mac>', 'MAC, with --locality in place of --zip')
    .option('--locality <locality>', 'payment locality of the MAC')
    .option('--on <day>', 'day of service, such as 2025-10-01; default: today')
    .option('--qualifying-apm', 'amounts of qualifying APM participants')
    .addOption(
      new Option('--format <format>', 'format, where the name of the file does not say it').choices(
        ['csv', 'xlsx', 'parquet'],
      ),
    )
    .addHelpText(
      'after',
      '\nExample:\n  cms-fees export fee-schedule --zip 35042 --on 2025-10-01 out.xlsx',
    )
    .action((file, { zip, mac, locality, on, qualifyingApm = false, format }) =>
      withReading(async (context) => {
        const as = formatOf(file, format)
        const day = on ?? dayAtCms()
        if (!isDay(day)) throw new CmsFeesError('E_USAGE', `--on ${day} is no day of the calendar`)
        const given = mac && locality ? { mac, locality } : null
        if ((zip === undefined) === (given === null))
          throw new CmsFeesError('E_USAGE', 'give either --zip, or --mac and --locality')
        const place = given ?? (await placeOfZip(context.session.client, zip ?? '', day))
        const rows = await exportFeeSchedule(
          { ...place, day, qualifyingApm },
          resolve(file),
          as,
          context,
        )
        print(
          `${rows.toLocaleString('en-US')} rows of ${place.mac}-${place.locality} on ${day} written to ${file}`,
        )
      }),
    )
}
