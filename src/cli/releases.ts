import type { Command } from '@commander-js/extra-typings'
import { listed, unlisted } from '../../pipelines/index.ts'
import { worstOf } from '../errors.ts'
import { type Offer, type OfferedRelease, offeredReleases } from '../jobs/releases.ts'
import { withReading } from './context.ts'
import { formatTable, printJson, printRows, withRowOptions } from './output.ts'
import { sayUnlisted } from './unlisted.ts'

export function addReleases(program: Command): void {
  const command = program
    .command('releases')
    .description('what CMS offers, what of it is loaded, and what is new or posted again')
  withRowOptions(command, 'the releases')
    .addHelpText('after', '\nExample:\n  cms-fees releases')
    .action((options) =>
      withReading(async (context) => {
        const offers: Offer[] = []
        for (const schedule of listed) offers.push(await offeredReleases(schedule, context))
        const releases = offers.flatMap((offer) => offer.releases)
        const problem = worstOf(offers.flatMap((offer) => offer.problem ?? []))
        if (options.json) {
          printJson({
            listings: offers.map(({ listing }) => listing),
            problem: problem && { code: problem.code, message: problem.message },
            releases,
            not_listed: unlisted.map(({ family }) => family),
          })
        } else await printRows(options, releases, COLUMNS, formatOffers)
        // The catalog's answers are printed, but a page that cannot be read is not 'nothing new'.
        if (problem) throw problem
      }),
    )
}

const COLUMNS = [
  ...(['family', 'release', 'effective_from', 'state', 'listed'] as const),
  ...(['source', 'url', 'page', 'note'] as const),
]

function formatOffers(releases: readonly OfferedRelease[]): string {
  const count = (state: string) => releases.filter((one) => one.state === state).length
  return [
    formatTable(releases.map(asRow)),
    `${releases.length} releases: ${count('new')} new, ${count('loaded')} loaded, ${count('re-posted')} re-posted, ${count('retracted')} retracted, ${count('no file')} without a file`,
    ...sayUnlisted(),
  ].join('\n')
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
