import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { CellReader } from '../../schemas/cell.ts'
import { rvu } from '../../schemas/pfs/rvu.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { replay } from '../../src/jobs/replay.ts'
import { retract } from '../../src/jobs/retract.ts'
import { FIXTURES } from '../../src/paths.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { codeOfAsync } from '../helpers/errors.ts'

const database = useDatabase()
const readers = rvu.readers as CellReader[]
const readHcpcs = readers[rvu.at.hcpcs ?? -1]
const tolerant: { tolerance: number } = rvu
const { tolerance } = rvu
const from = (name: string) => join(FIXTURES, `${name}.zip`)

/** A schema that is stricter than CMS is: it takes no code that begins like this, until it is mended. */
function strictAbout(beginning: RegExp): void {
  // Of the sample's few rows four are more than one of a thousand.
  tolerant.tolerance = 0.01
  readers[rvu.at.hcpcs ?? -1] = (cell) =>
    beginning.test(cell ?? '') ? undefined : readHcpcs?.(cell)
  const real = rvu.schema.safeParse.bind(rvu.schema)
  vi.spyOn(rvu.schema, 'safeParse').mockImplementation((row) => {
    const { hcpcs } = row as { hcpcs: string }
    return beginning.test(hcpcs) ? real({ ...(row as object), work_rvu: 'strict' }) : real(row)
  })
}
function mend(): void {
  vi.restoreAllMocks()
  tolerant.tolerance = tolerance
  if (readHcpcs) readers[rvu.at.hcpcs ?? -1] = readHcpcs
}
afterEach(mend)
// Other files share the process: they must not see it where the hook below fails.
afterAll(mend)

const versions = () =>
  database.rows(
    `select hcpcs, modifier, content_hash, valid_during from pfs.rvu order by hcpcs, modifier, content_hash`,
  )
const replays = () =>
  database.rows(
    `select release, replay, open, count(*) as rows from api.rejected_row group by 1, 2, 3 order by 1, 2, 3`,
  )

describe('rejected rows', () => {
  let whole: unknown[]
  beforeAll(async () => {
    const undisturbed = ['rvu25a', 'rvu25d'].map(
      (name) => [name.toUpperCase(), from(name)] as const,
    )
    for (const [release, path] of undisturbed) await ingest({ release, from: path }, database)
    whole = await versions()
    await retract('RVU25D', database)
    await retract('RVU25A', database)
    strictAbout(/^G010[1-4]/)
    for (const [release, path] of undisturbed) await ingest({ release, from: path }, database)
    mend()
  })

  test('are listed with what is wrong, and their codes are not in the schedule', async () => {
    expect(await database.rows(`select * from api.rvu where hcpcs = 'G0101'`)).toEqual([])
    const { stdout } = await runCli(
      ['rejects', 'list', '--release', 'rvu25d'],
      database.url,
      database.archive,
    )
    expect(stdout).toMatch(
      /RVU25D +│ PPRRVU2025_Oct.csv │ \d+ +│ work_rvu: expected RVUs.*found[ │\n]+"strict"/,
    )
  })

  test('are rejected again while the schema is as it was', async () => {
    strictAbout(/^G010[1-4]/)
    const [first] = await replay({ release: 'RVU25D' }, database)
    expect(first).toMatchObject({ release: 'RVU25D', accepted: 0, held_back: 0 })
    expect(first?.rejected).toBeGreaterThan(1)
  })

  test('are loaded once it is mended, as if they had never been rejected', async () => {
    const done = await replay({}, database)
    expect(
      done.map(({ release, rejected, held_back }) => ({ release, rejected, held_back })),
    ).toEqual([
      { release: 'RVU25A', rejected: 0, held_back: 0 },
      { release: 'RVU25D', rejected: 0, held_back: 0 },
    ])
    expect(await versions()).toEqual(whole)
    const outcomes = await replays()
    expect(outcomes.filter((row) => row.open)).toEqual([])
    expect(outcomes).toContainEqual(
      expect.objectContaining({ release: 'RVU25D', replay: 'accepted' }),
    )
    expect(await replay({}, database)).toEqual([])
  })

  test('of a release that was refused bring it back', async () => {
    strictAbout(/^[A-L]/)
    const work = () =>
      ingest({ release: 'RVU26B', from: from('rvu26b'), allowMissing: true }, database)
    expect(await codeOfAsync(work)).toBe('E_TOO_MANY_REJECTED')
    mend()
    const [held] = await replay({ release: 'RVU26B' }, database)
    expect(held).toMatchObject({ accepted: 0, error: { code: 'E_MISSING_FILE' } })
    expect(held?.held_back).toBeGreaterThan(100)
    const [done] = await replay({ release: 'RVU26B', allowMissing: true }, database)
    expect(done?.error).toBeUndefined()
    expect(
      await database.rows(`select release from api.release where release = 'RVU26B'`),
    ).toHaveLength(1)
  })
})
