import type { Command } from 'commander'
import { pfs } from '../../pipelines/pfs.ts'
import { type OfferedRelease, offeredReleases } from '../../pipelines/releases.ts'
import { formatTable, print, printJson, withMigrated } from './context.ts'

export function addReleases(program: Command): void {
  program
    .command('releases')
    .description('what CMS offers, what of it is loaded, and what is new or posted again')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees releases')
    .action((options: { json?: boolean }) =>
      withMigrated(async (context) => {
        const { listing, problem, releases } = await offeredReleases(pfs, context)
        if (options.json) {
          const seen = problem && { code: problem.code, message: problem.message }
          printJson({ listing, problem: seen, releases })
        } else {
          print(formatTable(releases.map(asRow)))
          const count = (state: string) => releases.filter((one) => one.state === state).length
          print(
            `${releases.length} releases: ${count('new')} new, ${count('loaded')} loaded, ${count('re-posted')} re-posted, ${count('retracted')} retracted, ${count('no file')} without a file`,
          )
        }
        // The catalogue's answers are printed, but a page that cannot be read is not 'nothing new'.
        if (problem) throw problem
      }),
    )
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
