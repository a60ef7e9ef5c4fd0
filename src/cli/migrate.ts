import type { Command } from 'commander'
import { migrate } from '../db/migrate.ts'
import { print, printJson, withDatabase } from './context.ts'

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to this version of the schema')
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees migrate')
    .action((options: { json?: boolean }) =>
      withDatabase(async ({ session }) => {
        const done = await migrate(session.db)
        if (options.json) printJson(done)
        else if (done.migrations.length === 0 && !done.api) print('The schema is up to date.')
        else
          print(`Migrated: ${[...done.migrations, ...(done.api ? ['schema api'] : [])].join(', ')}`)
      }),
    )
}
