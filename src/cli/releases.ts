import type { Command } from 'commander'
import { pfs } from '../../pipelines/pfs.ts'
import { type OfferedRelease, offeredReleases } from '../../pipelines/releases.ts'
import { withReading } from './context.ts'
import { formatTable, printJson, printRows, type RowOptions, withRowOptions } from './output.ts'

export function addReleases(program: Command): void {
  const command = program
    .command('releases')
    .description('what CMS offers, what of it is loaded, and what is new or posted again')
  withRowOptions(command, 'the releases')
    .addHelpText('after', '\nExample:\n  cms-fees releases')
    .action((options: RowOptions) =>
      withReading(async (context) => {
        const { listing, problem, releases } = await offeredReleases(pfs, context)
        const seen = problem && { code: problem.code, message: problem.message }
        if (options.json) printJson({ listing, problem: seen, releases })
        else await printRows(options, releases, COLUMNS, formatOffer)
        // The catalogue's answers are printed, but a page that cannot be read is not 'nothing new'.
        if (problem) throw problem
      }),
    )
}

const COLUMNS = [
  ...(['release', 'effective_from', 'state', 'listed', 'source', 'url', 'page', 'note'] as const),
]

function formatOffer(releases: readonly OfferedRelease[]): string {
  const count = (state: string) => releases.filter((one) => one.state === state).length
  return `${formatTable(releases.map(asRow))}
${releases.length} releases: ${count('new')} new, ${count('loaded')} loaded, ${count('re-posted')} re-posted, ${count('retracted')} retracted, ${count('no file')} without a file`
}

/** What a person looks for first, first. */
const asRow = ({ release, effective_from, state, source, url, note }: OfferedRelease) => ({
  release,
  effective_from,
  state,
  source,
  url,
  note,
})
