import type { Command } from 'commander'
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { searchCodes } from '../search.ts'
import { formatTable, print, printJson, withMigrated } from './context.ts'
import { familiesWith } from './show-rows.ts'

export function addSearch(program: Command): void {
  program
    .command('search')
    .argument('<query...>', 'beginning of a code, or words for what it is; misspelt ones too')
    .description('find codes by what they are called')
    .option('--json', 'print the rows of api.search as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees search "portable medicine pump"')
    .action((words: string[], options: { json?: boolean }) =>
      withMigrated(async ({ session }) => {
        const found = await searchCodes(session.db, words.join(' '))
        if (options.json) return printJson(found)
        if (found.length === 0) return print(await sayNothing(session.db, words.join(' ')))
        print(
          formatTable(
            found.map(({ hcpcs, name, code_system, in_schedule, matched }) => ({
              ...{ hcpcs, name, code_system, matched },
              in_schedule: in_schedule ? 'yes' : 'no',
            })),
          ),
        )
      }),
    )
}

/** Words find codes alone; what is the key of another file, such as a ZIP code, is pointed to. */
async function sayNothing(db: Kysely<Tables>, query: string): Promise<string> {
  const families = await familiesWith(db, query)
  const ways = families.map((family) => `cms-fees show ${query} --family ${family}`)
  return ways.length > 0
    ? `${query} is no code. It stands in other files: ${ways.join(', ')}`
    : 'No code is found by these words. Try fewer, or others.'
}
