import { join } from 'node:path'
import type { Command } from '@commander-js/extra-typings'
import { migrate } from '../db/migrate.ts'
import { ingest } from '../ingest/ingest.ts'
import { FIXTURES } from '../paths.ts'
import { codePage } from '../queries/code-page.ts'
import { withDatabase } from './context.ts'
import { formatReport } from './ingest.ts'
import { print } from './output.ts'
import { formatPage } from './show.ts'

/** Real releases without licensed rows; the second lacks the files that the project does not have. */
const SAMPLES = ['RVU25A', 'RVU26B'] as const

export function addStart(program: Command): void {
  program
    .command('start')
    .description('set everything up, load the two sample releases, and show what came of it')
    .addHelpText('after', '\nExample:\n  npm start')
    .action(() =>
      withDatabase(async (context) => {
        await migrate(context.session.db)
        for (const release of SAMPLES) {
          const from = join(FIXTURES, `${release.toLowerCase()}.zip`)
          print(`${formatReport(await ingest({ release, from, allowMissing: true }, context))}\n`)
        }
        const page = await codePage(context.session.db, 'A4306')
        if (page) print(`${formatPage(page)}\n`)
        print('Try next:\n')
        print(
          `  npx cms-fees sql "select hcpcs, work_rvu, valid_from, valid_to, first_release from api.rvu_versions where hcpcs = 'G0101'"`,
        )
      }),
    )
}
