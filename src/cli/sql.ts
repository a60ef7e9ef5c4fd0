import { type Command, Option } from '@commander-js/extra-typings'
import { readConfig } from '../config.ts'
import { type Answer, ask } from '../db/ask.ts'
import { useEmbedded } from '../db/embedded.ts'
import { CmsFeesError } from '../errors.ts'
import { requireDatabase, withReading } from './context.ts'
import { interrupted } from './interrupt.ts'
import { print, printCsv, printJson, type RowOptions, withRowOptions } from './output.ts'
import { JSON_VALUES, TEXT_VALUES } from './sql-values.ts'
import { formatGrid } from './table.ts'

export function addSql(program: Command): void {
  const command = program
    .command('sql')
    .argument('[query]', 'one SQL query')
    .description('ask the configured database; queries can only read')
  withRowOptions(command, 'the rows')
    .addOption(
      new Option(
        '--connection',
        'print the address and password of the database, for psql and other programs',
      ).conflicts(['json', 'csv']),
    )
    .addHelpText(
      'after',
      `\nExamples:\n  cms-fees sql "select hcpcs, description, work_rvu from api.rvu_on('2025-02-01') where hcpcs = 'G0101'"\n  psql "$(cms-fees sql --connection)"`,
    )
    .action((query, options) => {
      if (options.connection) return printConnection(query)
      if (query === undefined) throw new CmsFeesError('E_USAGE', 'there is no query')
      return withReading(({ session }) =>
        ask(session, query, options.json ? JSON_VALUES : TEXT_VALUES, (answer) =>
          printAnswer(answer, options),
        ),
      )
    })
}

async function printAnswer({ columns, rows }: Answer, { json, csv }: RowOptions): Promise<void> {
  if (csv) return printCsv(columns, rows)
  if (json) refuseDoubled(columns)
  const all: (readonly unknown[])[] = []
  for await (const row of rows) all.push(row)
  if (!json) return print(formatGrid(columns, all))
  printJson(all.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]]))))
}

/** An object has one value for each name. */
function refuseDoubled(columns: readonly string[]): void {
  const doubled = new Set(columns.filter((name, at) => columns.indexOf(name) !== at))
  if (doubled.size === 0) return
  throw new CmsFeesError('E_SQL', `two columns or more have the name ${[...doubled].join(', ')}`, {
    next: 'Give each a name of its own with `as`; a table and --csv show them as they are.',
  })
}

/** With full rights: it is for what `sql` refuses. The embedded server is left running, so that the address is of use. */
async function printConnection(query: string | undefined): Promise<void> {
  if (query !== undefined) throw new CmsFeesError('E_USAGE', '--connection takes no query')
  const { databaseUrl, home } = readConfig(process.env)
  if (databaseUrl) return print(databaseUrl)
  await requireDatabase(home)
  print((await useEmbedded(home, interrupted)).url)
  process.stderr.write(
    'The embedded PostgreSQL is running. The next command of cms-fees stops it, unless somebody is connected then.\n',
  )
}
