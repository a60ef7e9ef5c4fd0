import { resolve } from 'node:path'
import type { Command } from '@commander-js/extra-typings'
import { exportAll } from '../export/export.ts'
import { withReading } from './context.ts'
import { print, printJson } from './output.ts'

export function addExport(program: Command): void {
  program
    .command('export')
    .argument('<folder>', 'folder of exports; the latest one is in its folder current')
    .description('write every table and every price as Parquet, for Spark, DuckDB and others')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  cms-fees export fees\n\nWrites only what has changed since the export before. docs/export.md says what the folder holds.',
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
}
