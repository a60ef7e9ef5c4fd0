import type { Command } from '@commander-js/extra-typings'
import { sql } from 'kysely'
import { withReading } from './context.ts'
import { formatTable, print, printJson } from './output.ts'

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('what is loaded, what is in force today, and how the last runs ended')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees status')
    .action((options) =>
      withReading(async ({ session: { db } }) => {
        const releases = await sql<Loaded>`
          select release, revision, family, state, effective_from, in_force_to, published, published_source,
                 rows_accepted, rows_rejected, source
            from api.release order by effective_from, release, revision
        `.execute(db)
        const runs = await sql<object>`
          select run_id as run, command, release, coalesce(outcome, 'running') as outcome, error_code,
                 to_char(started_at, 'YYYY-MM-DD HH24:MI:SS') as started,
                 round(extract(epoch from finished_at - started_at), 2) as seconds
            from ops.run order by run_id desc limit 10
        `.execute(db)
        const freshness = await sql<Due>`select * from api.freshness`.execute(db)
        if (options.json) {
          const rows = { releases: releases.rows, runs: runs.rows, freshness: freshness.rows }
          return printJson(rows)
        }
        const overdue = sayOverdue(freshness.rows)
        if (overdue) print(`${overdue}\n`)
        print(
          `Releases\n${formatTable(releases.rows.map(asRow))}\n\nLast runs\n${formatTable(runs.rows)}`,
        )
      }),
    )
}

/** Of a row of api.release. */
interface Loaded {
  readonly published: string | null
  readonly published_source: string | null
}

const asRow = ({ published, published_source, ...row }: Loaded) => ({
  ...row,
  published: published ? `${published} (${published_source})` : 'unknown',
})

/** A row of api.freshness. */
interface Due {
  readonly release: string
  readonly due_on: string
  readonly state: 'loaded' | 'missing' | 'due'
  readonly days_overdue: number | null
}

/** What is due and not loaded: each by name since the last loaded one, gaps before it in one line. */
export function sayOverdue(due: readonly Due[]): string {
  const last = due.findLastIndex(({ state }) => state === 'loaded')
  const missing = due.filter(({ state }) => state === 'missing')
  const gaps = missing.filter((one) => due.indexOf(one) < last).map(({ release }) => release)
  const lines = missing
    .filter((one) => due.indexOf(one) > last)
    .map(
      ({ release, due_on, days_overdue }) =>
        `${release} was due on ${dayOf(due_on)} and has not been seen (${days_overdue} days).`,
    )
  if (gaps.length > 0) lines.push(`Not loaded, between others that are: ${gaps.join(', ')}.`)
  return lines.join('\n')
}

const dayOf = (date: string): string =>
  new Date(date).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
