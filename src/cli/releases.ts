import type { Command } from 'commander'
import { listed, unlisted } from '../../pipelines/index.ts'
import { type Offer, type OfferedRelease, offeredReleases } from '../../pipelines/releases.ts'
import { worstOf } from '../errors.ts'
import { formatTable, print, printJson, withMigrated } from './context.ts'
import { sayUnlisted } from './unlisted.ts'

export function addReleases(program: Command): void {
  program
    .command('releases')
    .description('what CMS offers, what of it is loaded, and what is new or posted again')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees releases')
    .action((options: { json?: boolean }) =>
      withMigrated(async (context) => {
        const offers: Offer[] = []
        for (const pipeline of listed) offers.push(await offeredReleases(pipeline, context))
        const releases = offers.flatMap((offer) => offer.releases)
        const problem = worstOf(offers.flatMap((offer) => offer.problem ?? []))
        if (options.json) {
          const seen = problem && { code: problem.code, message: problem.message }
          printJson({
            listings: offers.map(({ listing }) => listing),
            problem: seen,
            releases,
            not_listed: unlisted.map(({ family }) => family),
          })
        } else {
          print(formatTable(releases.map(asRow)))
          const count = (state: string) => releases.filter((one) => one.state === state).length
          print(
            `${releases.length} releases: ${count('new')} new, ${count('loaded')} loaded, ${count('re-posted')} re-posted, ${count('retracted')} retracted, ${count('no file')} without a file`,
          )
          for (const line of sayUnlisted()) print(line)
        }
        // The catalogue's answers are printed, but a page that cannot be read is not 'nothing new'.
        if (problem) throw problem
      }),
    )
}

/** What a person looks for first, first. */
const asRow = ({ family, release, effective_from, state, source, url, note }: OfferedRelease) => ({
  family,
  release,
  effective_from,
  state,
  source,
  url,
  note,
})
