import type { Command } from 'commander'
import { CmsFeesError } from '../errors.ts'
import { formatTable, print, printJson, withDatabase } from './context.ts'

export function addSql(program: Command): void {
  program
    .command('sql')
    .argument('<query>', 'one SQL query')
    .description('ask the configured database')
    .option('--json', 'print the rows as JSON')
    .addHelpText(
      'after',
      `\nExample:\n  cms-fees sql "select hcpcs, description, work_rvu from api.rvu_on('2025-02-01') where hcpcs = 'G0101'"`,
    )
    .action((query: string, options: { json?: boolean }) =>
      withDatabase(async ({ session }) => {
        const result = await session.client.query(query).catch((cause) => {
          // Errors with a class of 08 or 57 are the connection's, not the query's.
          if (!/^(?!08|57)[0-9A-Z]{5}$/.test(cause.code ?? '')) throw cause
          throw new CmsFeesError(
            'E_SQL',
            `${cause.message}${cause.position ? `, at character ${cause.position}` : ''}`,
            { cause },
          )
        })
        // Of several statements the last one answers.
        const { rows } = [result].flat().at(-1) ?? result
        if (options.json) printJson(rows)
        else print(formatTable(rows))
      }),
    )
}
