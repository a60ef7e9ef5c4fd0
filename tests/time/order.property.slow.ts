/** Any set of releases, in any order, with repeats and revisions, ends in the same truth. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { retract } from '../../src/jobs/retract.ts'
import { useDatabase } from '../helpers/database.ts'
import { type MadeUp, makeRelease } from '../helpers/releases.ts'

const database = useDatabase()

/** Real names, so that the catalog dates them: RVU24AR takes effect in the middle of a quarter. */
const EFFECTIVE: Readonly<Record<string, string>> = {
  RVU23D: '2023-10-01',
  RVU24A: '2024-01-01',
  RVU24AR: '2024-03-09',
  RVU24B: '2024-04-01',
  RVU24C: '2024-07-01',
}
const CODES = ['G0001', 'G0002', 'G0003']

/** What is said of the day of a revision: by its file, and by the name of its zip. Nothing of it may be said. */
const SAID = {
  released: { '': null, '11/02/2023': '2023-11-02', '12/01/2023': '2023-12-01' },
  name: {
    'a.zip': null,
    'updated-01_10_2024.zip': '2024-01-10',
    'updated-02_20_2024.zip': '2024-02-20',
  },
} as const

interface Revision extends MadeUp {
  readonly released: keyof typeof SAID.released
  readonly name: keyof typeof SAID.name
}

/** Up to six revisions; a code appears, vanishes, returns and changes; a release may have several revisions. */
const revisions = fc.uniqueArray(
  fc.record({
    release: fc.constantFrom(...Object.keys(EFFECTIVE)),
    released: fc.constantFrom(...(Object.keys(SAID.released) as Revision['released'][])),
    name: fc.constantFrom(...(Object.keys(SAID.name) as Revision['name'][])),
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
  // The name of a folder is not in its bytes.
  { minLength: 2, maxLength: 6, selector: ({ name: _, ...bytes }) => JSON.stringify(bytes) },
)

/** Two orders of the same revisions, each with some loaded again. */
const cases = revisions.chain((all) =>
  fc.record({
    all: fc.constant(all),
    orders: fc.tuple(order(all), order(all)),
  }),
)
const order = (all: readonly Revision[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length }),
      fc.subarray([...all]),
    )
    .map(([once, again]) => [...once, ...again])

/**
 * The revision that governs each day on which one begins, after they were loaded in this order. What its file says of
 * its day comes first, then the name of its zip; a revision of which nothing is said counts as of the time at which it
 * was seen. That is the one thing in which the order of loading counts.
 */
function winners(order: readonly Revision[]): Map<string, Revision> {
  const rank = (revision: Revision) => {
    const [file, name] = [SAID.released[revision.released], SAID.name[revision.name]]
    return [file ?? name ?? 'seen', name ?? 'seen', order.indexOf(revision)].join(' ')
  }
  return new Map(
    order
      .toSorted((a, b) => rank(a).localeCompare(rank(b)))
      .map((revision) => [EFFECTIVE[revision.release] ?? '', revision]),
  )
}

/** What must hold on a day: the rows of the revision that began last. */
function truth(order: readonly Revision[], day: string): Record<string, number> {
  const begun = [...winners(order)]
    .filter(([from]) => from <= day)
    .toSorted(([a], [b]) => a.localeCompare(b))
  return begun.at(-1)?.[1].work ?? {}
}

async function load(
  all: readonly Revision[],
  folders: ReadonlyMap<Revision, string>,
): Promise<void> {
  await database.rows(
    `truncate pfs.rvu, pfs.rvu_history, pfs.conversion_factor, pfs.conversion_factor_history, ops.artifact cascade`,
  )
  for (const revision of all) {
    const from = folders.get(revision) ?? ''
    await ingest({ release: revision.release, from, allowMissing: true }, database)
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

const DAYS = [...Object.values(EFFECTIVE), '2023-09-30', '2024-03-08', '2030-01-01']

async function expectTruth(order: readonly Revision[]): Promise<void> {
  for (const day of DAYS) {
    const rows = await database.rows<{ hcpcs: string; work: number }>(
      `select hcpcs, (work_rvu * 100)::int as work from api.rvu_on('${day}')`,
    )
    expect(Object.fromEntries(rows.map(({ hcpcs, work }) => [hcpcs, work]))).toEqual(
      truth(order, day),
    )
  }
}

test('each day holds what its release says, and two orders that see undated revisions alike end alike', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ all, orders: [one, other] }) => {
      const folders = new Map<Revision, string>()
      for (const revision of all) folders.set(revision, await makeRelease(revision))
      await load(one, folders)
      const first = await content()
      await expectTruth(one)
      await load(other, folders)
      await expectTruth(other)
      const same = [...winners(one)].every(([day, winner]) => winners(other).get(day) === winner)
      if (same) expect(await content()).toEqual(first)
      expect(await nameless()).toEqual([])
      await retract(one[0]?.release ?? '', database)
      expect(await nameless()).toEqual([])
    }),
    { numRuns: 8 },
  )
}, 600_000)
