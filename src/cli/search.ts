import { type Command, InvalidArgumentError } from 'commander'
import { search } from '../search.ts'
import { formatTable, print, printJson, withMigrated } from './context.ts'

export function addSearch(program: Command): void {
  program
    .command('search')
    .argument('<query...>', 'the beginning of a code, or words, such as portable medicine pump')
    .description('find codes by code, name, synonym, description or plain language')
    .option('--most <number>', 'how many codes to print', positive, 20)
    .option('--json', 'print the rows of api.search as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees search "portable medicine pump"')
    .action((query: string[], options: { most: number; json?: boolean }) =>
      withMigrated(async ({ session }) => {
        const found = await search(session.db, query.join(' '), options.most)
        if (options.json) printJson(found)
        else if (found.length === 0) print('Nothing found.')
        else
          print(formatTable(found.map(({ hcpcs, name, found_by }) => ({ hcpcs, name, found_by }))))
      }),
    )
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new InvalidArgumentError('It must be a number above zero.')
  return Number(text)
}
