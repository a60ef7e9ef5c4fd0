import type { Command } from '@commander-js/extra-typings'
import { type Due, type Loaded, status } from '../queries/status.ts'
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
        const { releases, runs, freshness } = await status(db)
        if (options.json) return printJson({ releases, runs, freshness })
        const overdue = sayOverdue(freshness)
        if (overdue) print(`${overdue}\n`)
        print(`Releases\n${formatTable(releases.map(asRow))}\n\nLast runs\n${formatTable(runs)}`)
      }),
    )
}

const asRow = ({ published, published_source, ...row }: Loaded) => ({
  ...row,
  published: published ? `${published} (${published_source})` : 'unknown',
})

/** What is due and not loaded, of each family: by name since its last loaded one, gaps before that in one line. */
export function sayOverdue(due: readonly Due[]): string {
  const families = Map.groupBy(due, ({ family }) => family)
  return [...families.values()].map(overdueOf).filter(Boolean).join('\n')
}

function overdueOf(due: readonly Due[]): string {
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
