import { writeFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError } from '@commander-js/extra-typings'
import { runPage } from '../preview/run-page.ts'
import { type RunDetail, runDetail } from '../queries/run-detail.ts'
import { familyOf } from '../releases.ts'
import { withReading } from './context.ts'
import { formatTable, print, printJson } from './output.ts'
import { formatBlock } from './table.ts'

export function addReport(program: Command): void {
  program
    .command('report')
    .argument('[run]', 'number of the run, as status shows it; without it the last one', runNumber)
    .description(
      'what a run did: files, gates, rejected rows, time, and the largest changes in payment',
    )
    .option('--json', 'print it as JSON')
    .option('--html <file>', 'write it as a page that needs nothing beside itself')
    .addHelpText('after', '\nExample:\n  cms-fees report --html run.html')
    .action((wanted, options) =>
      withReading(async ({ session }) => {
        const run = await runDetail(session.db, wanted, familyOf)
        if (options.html) await writeFile(options.html, runPage(run).toString())
        if (options.json) printJson(run)
        else print(options.html ? `Written: ${options.html}` : formatRun(run))
      }),
    )
}

function runNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is a number, such as 12.')
  return Number(text)
}

/** What the run was, and a table for each part of which there is something to tell. */
function formatRun(run: RunDetail): string {
  const {
    stages,
    files,
    rejected,
    checks,
    accepted_columns,
    movers,
    amounts,
    changes,
    predecessor,
    ...facts
  } = run
  const parts: [title: string, rows: readonly object[]][] = [
    ['Files', files],
    ['Checks that found rows', checks.filter(({ broken_rows }) => broken_rows > 0)],
    ['Misspelled columns that a person accepted', accepted_columns],
    [`Rejected rows: ${rejected.length}`, rejected.slice(0, 10)],
    [`Rows that changed since ${predecessor}`, changes],
    [
      `Largest changes in payment since ${predecessor}`,
      movers.map(({ fields: _, description: __, ...mover }) => mover),
    ],
    [`Largest changes in dollars since ${predecessor}`, amounts],
    ['Time by stage', stages],
  ]
  const tables = parts
    .filter(([, rows]) => rows.length > 0)
    .map(([title, rows]) => `${title}\n${formatTable(rows)}`)
  const block = formatBlock(Object.keys(facts), Object.values(facts))
  return [`Run\n${block}`, ...tables].join('\n\n')
}
