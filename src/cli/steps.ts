/** What became of several releases, for people and for --json. */
import type { Step } from '../jobs/ingest-each.ts'
import { formatTable } from './output.ts'

export function summaryOf({ release, source, report, error }: Step) {
  const total = (column: 'rows_accepted' | 'versions_written') =>
    report?.files.reduce((sum, file) => sum + file[column], 0) ?? null
  return {
    release,
    outcome:
      error?.code ?? report?.outcome ?? (source === null ? 'not in the folder' : 'not tried'),
    in_force: report?.in_force ?? null,
    rows_accepted: total('rows_accepted'),
    versions_written: total('versions_written'),
    seconds: report?.seconds ?? null,
    source,
    message: error?.message ?? (report?.notes.join(' ') || null),
  }
}

/** A table of the releases, and a line that counts them. */
export function formatSteps(steps: readonly Step[]): string {
  if (steps.length === 0) return 'Nothing new: all that CMS lists is loaded.'
  const count = (condition: (step: Step) => boolean) => steps.filter(condition).length
  const counts = [
    [count(({ report }) => report?.outcome === 'done' && report.in_force), 'loaded'],
    [
      count(({ report }) => report?.outcome === 'done' && !report.in_force),
      'loaded, but not in force',
    ],
    [count(({ report }) => report?.outcome === 'nothing_new'), 'loaded before'],
    [count(({ error }) => error !== undefined), 'failed'],
    [count(({ report, error, source }) => !report && !error && source !== null), 'not tried'],
    [count(({ source }) => source === null), 'not in the folder'],
  ] as const
  const line = counts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`)
  const notes = steps.flatMap(({ report }) => report?.notes ?? [])
  const rows = steps
    .map((step) => summaryOf(step))
    .map(({ message, ...row }, at) => ({
      ...row,
      message: steps[at]?.error ? message : null,
    }))
  return [formatTable(rows), line.join(', '), ...notes].join('\n')
}
