import type { Command } from '@commander-js/extra-typings'
import { type ReleaseChange, releaseChanges } from '../queries/changes.ts'
import { tableChanges } from '../queries/table-changes.ts'
import { withReading } from './context.ts'
import { amounts, comparable, countOthers, formatCounts, formatRowChanges } from './diff-tables.ts'
import { formatFields } from './fields.ts'
import { formatTable, printRows, withRowOptions } from './output.ts'

export function addDiff(program: Command): void {
  const command = program
    .command('diff')
    .argument('<before>', 'release, or one of its revisions, such as RVU25A#1')
    .argument('<after>', 'release or revision')
    .description('what one release changed against another, the largest change in payment first')
  withRowOptions(command, 'every change')
    .addHelpText(
      'after',
      '\nExamples:\n  cms-fees diff RVU25A RVU25D\n  cms-fees diff HCPC2019_ANWEB HCPC2020_ANWEB',
    )
    .action((before, after, options) =>
      withReading(async ({ session: { db } }) => {
        const pair = await comparable(db, before, after)
        if (pair.priced.length === 0) {
          const changes = await tableChanges(db, pair.tables, pair.before, pair.after)
          return printRows(options, changes, ROW_COLUMNS, () =>
            formatRowChanges(changes, before, after),
          )
        }
        const changes = await releaseChanges(db, before, after)
        await printRows(options, changes, COLUMNS, async () =>
          [formatChanges(changes, before, after), formatCounts(await countOthers(db, pair))].join(
            '\n',
          ),
        )
      }),
    )
}

const ROW_COLUMNS = [
  ...(['table', 'change', 'key', 'fields'] as const),
  ...(['amount_before', 'amount_after', 'amount_change'] as const),
]

/** Of api.release_changes. */
const COLUMNS = [
  ...(['change', 'hcpcs', 'modifier', 'description'] as const),
  ...(['non_facility_before', 'non_facility_after', 'non_facility_change'] as const),
  ...(['facility_before', 'facility_after', 'facility_change', 'fields'] as const),
]

function formatChanges(changes: readonly ReleaseChange[], before: string, after: string): string {
  const factors = changes.filter((row) => row.change === 'conversion factor')
  const codes = changes.filter((row) => row.change !== 'conversion factor')
  const count = (change: string) => codes.filter((row) => row.change === change).length
  const lines = [
    `${before} → ${after}: ${count('added')} added, ${count('deleted')} deleted, ${count('changed')} changed`,
    ...factors.map(
      (row) =>
        `conversion factor (${row.description}): ${formatFields(row.fields).replace(/^\S+ /, '')}`,
    ),
  ]
  if (codes.length > 0) {
    lines.push(
      formatTable(
        codes.map((row) => ({
          code: row.modifier ? `${row.hcpcs}-${row.modifier}` : row.hcpcs,
          change: row.change,
          'non-facility $': amounts(row.non_facility_before, row.non_facility_after),
          'facility $': amounts(row.facility_before, row.facility_after),
          fields: formatFields(row.fields),
        })),
      ),
      'Amounts: national, in dollars; blank where Medicare does not pay by RVUs.',
    )
  }
  return lines.join('\n')
}
