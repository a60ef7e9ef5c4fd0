import type { Command } from 'commander'
import { type ReleaseChange, releaseChanges } from '../changes.ts'
import { tableChanges } from '../table-changes.ts'
import { formatTable, print, printJson, withMigrated } from './context.ts'
import { comparable, countOthers, formatCounts, formatRowChanges } from './diff-tables.ts'
import { formatFields } from './fields.ts'

export function addDiff(program: Command): void {
  program
    .command('diff')
    .argument('<before>', 'release, or one of its revisions, such as RVU25A#1')
    .argument('<after>', 'release or revision')
    .description('what one release changed against another, the largest change in payment first')
    .option('--json', 'print every change as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  cms-fees diff RVU25A RVU25D\n  cms-fees diff HCPC2019_ANWEB HCPC2020_ANWEB',
    )
    .action((before: string, after: string, options: { json?: boolean }) =>
      withMigrated(async ({ session }) => {
        const pair = await comparable(session.db, before, after)
        if (pair.priced.length === 0) {
          const changes = await tableChanges(session.db, pair.tables, pair.before, pair.after)
          if (options.json) printJson(changes)
          else print(formatRowChanges(changes, before, after))
          return
        }
        const changes = await releaseChanges(session.db, before, after)
        if (options.json) return printJson(changes)
        print(formatChanges(changes, before, after))
        print(formatCounts(await countOthers(session.db, pair)))
      }),
    )
}

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

function amounts(before: string | null, after: string | null): string | null {
  return before === after ? before : `${before ?? '–'} → ${after ?? '–'}`
}
