import type { Command } from '@commander-js/extra-typings'
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { type FoundCode, searchCodes } from '../queries/search.ts'
import { withReading } from './context.ts'
import { formatTable, printRows, withRowOptions } from './output.ts'
import { familiesWith } from './show-rows.ts'

export function addSearch(program: Command): void {
  const command = program
    .command('search')
    .argument('<query...>', 'beginning of a code, or words for what it is; misspelt ones too')
    .description('find codes by what they are called')
  withRowOptions(command, 'the rows of api.search')
    .addHelpText('after', '\nExample:\n  cms-fees search "portable medicine pump"')
    .action((words, options) =>
      withReading(async ({ session }) => {
        const found = await searchCodes(session.db, words.join(' '))
        await printRows(options, found, COLUMNS, () =>
          found.length > 0 ? formatFound(found) : sayNothing(session.db, words.join(' ')),
        )
      }),
    )
}

const COLUMNS = ['hcpcs', 'name', 'code_system', 'description', 'in_schedule', 'matched'] as const

const formatFound = (found: readonly FoundCode[]): string =>
  formatTable(
    found.map(({ hcpcs, name, code_system, in_schedule, matched }) => ({
      ...{ hcpcs, name, code_system, matched },
      in_schedule: in_schedule ? 'yes' : 'no',
    })),
  )

/** Words find codes alone; what is the key of another file, such as a ZIP code, is pointed to. */
async function sayNothing(db: Kysely<Tables>, query: string): Promise<string> {
  const families = await familiesWith(db, query)
  const ways = families.map((family) => `cms-fees show ${query} --family ${family}`)
  return ways.length > 0
    ? `${query} is no code. It stands in other files: ${ways.join(', ')}`
    : 'No code is found by these words. Try fewer, or others.'
}
