import type { Command } from '@commander-js/extra-typings'
import { migrate } from '../db/migrate.ts'
import { withDatabase } from './context.ts'
import { print, printJson } from './output.ts'

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to this version of the schema')
    .option(
      '--grants',
      'also make schema api, the roles and their rights anew, where one is missing or was changed',
    )
    .option('--json', 'print what was done as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees migrate')
    .action((options) =>
      withDatabase(async ({ session }) => {
        const done = await migrate(session.db, { anew: options.grants === true })
        if (options.json) printJson(done)
        else if (done.migrations.length === 0 && !done.api) print('The schema is up to date.')
        else
          print(`Migrated: ${[...done.migrations, ...(done.api ? ['schema api'] : [])].join(', ')}`)
      }),
    )
}
