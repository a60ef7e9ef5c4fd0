import type { Command } from 'commander'
import { sql } from 'kysely'
import { formatTable, print, printJson, withMigrated } from './context.ts'

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('what is loaded, what is in force today, and how the last runs ended')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees status')
    .action((options: { json?: boolean }) =>
      withMigrated(async ({ session: { db } }) => {
        const releases = await sql<object>`
          select release, state, effective_from, in_force_to, published, rows_accepted, rows_rejected, source
            from api.release order by effective_from, published
        `.execute(db)
        const runs = await sql<object>`
          select run_id as run, command, release, coalesce(outcome, 'running') as outcome, error_code,
                 to_char(started_at, 'YYYY-MM-DD HH24:MI:SS') as started,
                 round(extract(epoch from finished_at - started_at), 2) as seconds
            from ops.run order by run_id desc limit 10
        `.execute(db)
        if (options.json) return printJson({ releases: releases.rows, runs: runs.rows })
        print(`Releases\n${formatTable(releases.rows)}\n\nLast runs\n${formatTable(runs.rows)}`)
      }),
    )
}
