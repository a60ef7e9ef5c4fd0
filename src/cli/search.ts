import type { Command } from 'commander'
import { type FoundCode, searchCodes } from '../search.ts'
import { withReading } from './context.ts'
import { formatTable, printRows, type RowOptions, withRowOptions } from './output.ts'

export function addSearch(program: Command): void {
  const command = program
    .command('search')
    .argument('<query...>', 'beginning of a code, or words for what it is; misspelt ones too')
    .description('find codes by what they are called')
  withRowOptions(command, 'the rows of api.search')
    .addHelpText('after', '\nExample:\n  cms-fees search "portable medicine pump"')
    .action((words: string[], options: RowOptions) =>
      withReading(async ({ session }) => {
        const found = await searchCodes(session.db, words.join(' '))
        await printRows(options, found, COLUMNS, formatFound)
      }),
    )
}

const COLUMNS = ['hcpcs', 'name', 'code_system', 'description', 'in_schedule', 'matched'] as const

const formatFound = (found: readonly FoundCode[]): string =>
  found.length === 0
    ? 'No code is found by these words. Try fewer, or others.'
    : formatTable(
        found.map(({ hcpcs, name, code_system, in_schedule, matched }) => ({
          ...{ hcpcs, name, code_system, matched },
          in_schedule: in_schedule ? 'yes' : 'no',
        })),
      )
