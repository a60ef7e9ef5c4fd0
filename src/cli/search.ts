import type { Command } from 'commander'
import { searchCodes } from '../search.ts'
import { formatTable, print, printJson, withMigrated } from './context.ts'

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
        if (found.length === 0)
          return print('No code is found by these words. Try fewer, or others.')
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
