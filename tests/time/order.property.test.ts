/** Any set of releases, in any order, with repeats and revisions, ends in the same truth. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retract } from '../../pipelines/retract.ts'
import { ingest } from '../../pipelines/run.ts'
import { useDatabase } from '../helpers/database.ts'
import { type MadeUp, makeRelease } from '../helpers/releases.ts'

const database = useDatabase()

/** Real names, so that the catalogue dates them: RVU24AR takes effect in the middle of a quarter. */
const EFFECTIVE: Readonly<Record<string, string>> = {
  RVU23D: '2023-10-01',
  RVU24A: '2024-01-01',
  RVU24AR: '2024-03-09',
  RVU24B: '2024-04-01',
  RVU24C: '2024-07-01',
}
const CODES = ['G0001', 'G0002', 'G0003']

interface Posting extends MadeUp {
  readonly published: string
}

/** Up to six postings; a code appears, vanishes, returns and changes; a release may have two revisions. */
const postings = fc.uniqueArray(
  fc.record({
    release: fc.constantFrom(...Object.keys(EFFECTIVE)),
    published: fc.constantFrom('2024-01-01', '2024-02-01'),
    // One code is always there: CMS never publishes an empty schedule.
    work: fc
      .tuple(
        fc.constantFrom(1, 2),
        fc.option(fc.constantFrom(1, 2)),
        fc.option(fc.constantFrom(1, 2)),
      )
      .map((values) =>
        Object.fromEntries(CODES.flatMap((code, at) => (values[at] ? [[code, values[at]]] : []))),
      ),
    conversionFactor: fc.constantFrom('32.0000', '33.0000'),
  }),
  { minLength: 2, maxLength: 6, selector: ({ release, published }) => `${release} ${published}` },
)

/** Two orders of the same postings, each with some loaded again. */
const cases = postings.chain((all) =>
  fc.record({
    all: fc.constant(all),
    orders: fc.tuple(order(all), order(all)),
  }),
)
const order = (all: readonly Posting[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length }),
      fc.subarray([...all]),
    )
    .map(([once, again]) => [...once, ...again])

/** What must hold on a day: the rows of the latest posting of the latest release that has begun. */
function truth(all: readonly Posting[], day: string): Record<string, number> {
  const begun = all.filter(({ release }) => (EFFECTIVE[release] ?? '') <= day)
  const rank = (posting: Posting) => `${EFFECTIVE[posting.release]} ${posting.published}`
  return begun.toSorted((a, b) => rank(a).localeCompare(rank(b))).at(-1)?.work ?? {}
}

async function load(all: readonly Posting[], folders: ReadonlyMap<Posting, string>): Promise<void> {
  await database.rows(
    `truncate pfs.rvu, pfs.rvu_history, pfs.conversion_factor, pfs.conversion_factor_history, ops.release_file, ops.release`,
  )
  for (const posting of all) {
    const { release, published } = posting
    await ingest(
      { release, published, from: folders.get(posting) ?? '', allowMissing: true },
      database,
    )
  }
}

const content = () =>
  database.rows(`
    select 'rvu' as name, hcpcs as key, content_hash::text, valid_during::text from pfs.rvu
     union all
    select 'conversion_factor', qualifying_apm::text, content_hash::text, valid_during::text from pfs.conversion_factor
     order by 1, 2, 3`)

/** Ranges that no release begins: `first_release` is found by the day on which both begin. */
const nameless = () =>
  database.rows(`
    select 'rvu' as name, hcpcs as key, valid_from from api.rvu_versions where first_release is null
     union all
    select 'conversion_factor', qualifying_apm::text, valid_from from api.conversion_factor_versions where first_release is null`)

test('two orders end in the same versions, and each day holds what its release says', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ all, orders: [one, other] }) => {
      const folders = new Map<Posting, string>()
      for (const posting of all) folders.set(posting, await makeRelease(posting))
      await load(one, folders)
      const first = await content()
      for (const day of [...Object.values(EFFECTIVE), '2023-09-30', '2024-03-08', '2030-01-01']) {
        const rows = await database.rows<{ hcpcs: string; work: number }>(
          `select hcpcs, (work_rvu * 100)::int as work from api.rvu_on('${day}')`,
        )
        expect(Object.fromEntries(rows.map(({ hcpcs, work }) => [hcpcs, work]))).toEqual(
          truth(all, day),
        )
      }
      await load(other, folders)
      expect(await content()).toEqual(first)
      expect(await nameless()).toEqual([])
      await retract(one[0]?.release ?? '', database)
      expect(await nameless()).toEqual([])
    }),
    { numRuns: 6 },
  )
}, 600_000)
