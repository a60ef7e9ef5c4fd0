/** On which day a revision was published, who says so, and which of two revisions of one day is in force. */
import { readFileSync } from 'node:fs'
import { readFile, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { zipOf } from '../../fixtures/zip.ts'
import { formatSteps, summaryOf } from '../../src/cli/steps.ts'
import { type IngestRequest, ingest } from '../../src/ingest/ingest.ts'
import { retract } from '../../src/jobs/retract.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { type MadeUp, makeRelease } from '../helpers/releases.ts'

const database = useDatabase()
const cms = useCmsServer()

beforeEach(async () => {
  await database.rows(
    'truncate pfs.rvu, pfs.rvu_history, pfs.conversion_factor, pfs.conversion_factor_history, ops.artifact cascade',
  )
})

const context = () => ({ ...database, cms: cms.settings })
const PATH = '/files/zip/rvu26b.zip'
const URL = `https://www.cms.gov${PATH}`
const serve = (bytes: Buffer, modified: string, path = PATH) =>
  cms.on(path, (_, response) => {
    response.writeHead(200, { 'last-modified': modified }).end(bytes)
  })

const dates = () =>
  database.rows<{ published: string | null; published_source: string | null; state: string }>(
    `select revision, published, published_source, state from api.release where state <> 'not loaded' order by release, revision`,
  )
const said = async () =>
  (await dates()).map(({ published, published_source }) => [published, published_source])
/** Work RVU of the made-up code on the first day of 2025: which revision is in force. */
const inForce = async () =>
  (
    await database.rows<{ work: string }>(
      `select work_rvu::text as work from api.rvu_on('2025-01-01')`,
    )
  ).map(({ work }) => work)

/** Loads a revision of RVU25A that says of its one code what no other one says. */
async function load(made: Partial<MadeUp>, options: Partial<IngestRequest> = {}) {
  const from = await makeRelease({ release: 'RVU25A', work: { G0001: 100 }, ...made })
  return ingest({ release: 'RVU25A', from, allowMissing: true, ...options }, database)
}
const work = (hundredths: number) => ({ work: { G0001: hundredths } })

describe('the day of publication', () => {
  test.each(['csv', 'txt', 'xlsx'] as const)(
    "is the file's own word, whichever format is read: %s",
    async (format) => {
      const from = join(FIXTURES, 'rvu25a.zip')
      await ingest({ release: 'RVU25A', from, format }, database)
      expect(await said()).toEqual([['2024-12-23', 'file']])
    },
  )

  test('is never the day on which a copy was made: where nobody says it, it is unknown', async () => {
    const from = await makeRelease({ release: 'RVU25A', ...work(100), released: '' })
    await utimes(from, new Date('2026-11-23'), new Date('2026-11-23'))
    await ingest({ release: 'RVU25A', from, allowMissing: true }, database)
    await ingest({ release: 'ZIP5_OCT2025', from: join(FIXTURES, 'zip5_oct2025.zip') }, database)
    await ingest(
      { release: 'RVU26B', from: join(FIXTURES, 'rvu26b.zip'), allowMissing: true },
      database,
    )
    expect(await said()).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ])
  })

  test.each([
    [
      'the operator',
      { name: 'rvu25a-updated-01_10_2025.zip' },
      { published: '2025-02-03' },
      ['2025-02-03', 'operator'],
    ],
    ['the file', { name: 'rvu25a-updated-01_10_2025.zip' }, {}, ['2024-12-23', 'file']],
    [
      'the catalog',
      { name: 'rvu25a-updated-01_10_2025.zip', released: '' },
      {},
      ['2025-01-10', 'catalog'],
    ],
    [
      'the name of the zip',
      { name: 'rvu25a-posted-1152025.zip', released: '' },
      {},
      ['2025-01-15', 'name'],
    ],
    ['nobody: 13/45 is no day', { released: '13/45/2024' }, {}, [null, null]],
    [
      'nobody: a copy that says when it was made',
      { name: 'rvu25a-copy-11-23-2026', released: '' },
      {},
      [null, null],
    ],
  ] as const)('is stated by %s', async (_, made, options, expected) => {
    await load(made, options)
    expect(await said()).toEqual([expected])
  })

  test("is that of CMS's server, in Baltimore, where nobody else states it", async () => {
    serve(readFileSync(join(FIXTURES, 'rvu26b.zip')), 'Sat, 11 Jul 2026 02:00:00 GMT')
    await ingest({ release: 'RVU26B', url: URL, allowMissing: true }, context())
    expect(await said()).toEqual([['2026-07-10', 'last-modified']])
  })

  test('that contradicts the catalog is told, and what the catalog knows of it is not', async () => {
    const name = 'rvu25a-updated-01_10_2025.zip'
    expect((await load({ name })).warnings).toEqual([])
    expect((await load({ name, ...work(200), released: '01/02/2025' })).warnings).toEqual([
      `${name} says that it was released on 2025-01-02, the catalog that it was released on 2024-12-23`,
    ])
  })
})

describe('of two revisions of one day', () => {
  test('the one that its file dates later is in force, in whatever order they come', async () => {
    await load({ ...work(200), released: '01/03/2025' })
    const report = await load({ ...work(100), released: '12/23/2024' })
    expect(await inForce()).toEqual(['2.00'])
    expect(report.in_force).toBe(false)
    expect(report.notes.join()).toMatch(
      /RVU25A#1 \(release\) is loaded, but not in force: superseded by RVU25A#2 \(release\), because RVU25A#2 \(release\) was published on 2025-01-03 \(its file says so\), and RVU25A#1 .* 2024-12-23 .*--published.*cms-fees retract RVU25A#2/,
    )
  })

  test('backfill and latest say which of them is loaded, but not in force', async () => {
    const source = 'zip'
    const steps = [
      { release: 'RVU25A', source, report: await load({ ...work(200), released: '01/03/2025' }) },
      { release: 'RVU25A', source, report: await load({ ...work(100), released: '12/23/2024' }) },
    ]
    expect(formatSteps(steps)).toMatch(
      /\n1 loaded, 1 loaded, but not in force\nRVU25A#1 \(release\) is loaded, but not in force: superseded/,
    )
    expect(steps.map(summaryOf)).toMatchObject([
      { in_force: true, message: null },
      { in_force: false, message: expect.stringContaining('superseded by RVU25A#2') },
    ])
  })

  test('and one date in the file, the one that appeared later at its address is in force', async () => {
    await load({ ...work(200), name: 'rvu25a-updated-01_10_2025.zip' })
    await load({ ...work(100), name: 'rvu25a-updated-12_06_2024.zip' })
    expect(await inForce()).toEqual(['2.00'])
  })

  test('the catalog knows the first revision though it does not know its day', async () => {
    const made = { release: 'RVU24C', released: '05/03/2024' }
    for (const [name, hundredths] of [
      ['rvu24c-updated-09_09_2024.zip', 200],
      ['rvu24c.zip', 100],
    ] as const) {
      const from = await makeRelease({ ...made, name, ...work(hundredths) })
      await ingest({ release: 'RVU24C', from, allowMissing: true }, database)
    }
    expect((await dates()).map(({ state }) => state)).toEqual(['superseded', 'in force'])
  })

  test('that nothing tells apart, the one seen later is in force, and that is said', async () => {
    await load(work(100))
    const report = await load(work(200))
    expect(await inForce()).toEqual(['2.00'])
    expect(report.notes.join()).toMatch(
      /RVU25A#2 .* is in force in place of RVU25A#1 .* no date tells which .* was seen later/,
    )
    await load(work(150))
    expect(await inForce()).toEqual(['1.50'])
  })

  test('that CMS puts at one address, the bytes that its server has later are in force', async () => {
    const path = '/files/zip/rvu25a-updated-01/10/2025.zip'
    const zip = async (hundredths: number) => {
      const folder = await makeRelease({ release: 'RVU25A', ...work(hundredths) })
      const name = 'PPRRVU25_JAN.csv'
      return zipOf(new Map([[name, await readFile(join(folder, name))]]))
    }
    const [later, earlier] = [await zip(200), await zip(100)]
    for (const [bytes, modified] of [
      [later, 'Fri, 10 Jan 2025 20:00:00 GMT'],
      [earlier, 'Fri, 10 Jan 2025 14:00:00 GMT'],
    ] as const) {
      serve(bytes, modified, path)
      const url = `https://www.cms.gov${path}`
      await ingest({ release: 'RVU25A', url, allowMissing: true }, context())
    }
    expect(await inForce()).toEqual(['2.00'])
  })

  test('a correction with the date of what it corrects is not lost behind a dated name', async () => {
    await load({ ...work(100), name: 'rvu25a-updated-01_10_2025.zip' })
    await load({ ...work(200), name: 'corrected' })
    expect(await inForce()).toEqual(['2.00'])
  })

  test('a correction of another name follows what it corrects, whatever its date', async () => {
    for (const [release, released, hundredths] of [
      ['RVU18AR', '', 200],
      ['RVU18A', '12/18/2017', 100],
    ] as const) {
      const from = await makeRelease({ release, released, ...work(hundredths) })
      await ingest({ release, from, allowMissing: true }, database)
    }
    const [row] = await database.rows(`select work_rvu::text as work from api.rvu_on('2018-01-01')`)
    expect(row).toEqual({ work: '2.00' })
  })
})

describe('--published of what is loaded', () => {
  const DAY = { first: '12/23/2024', second: '12/24/2024' }

  test('puts it in force, and takes it out of force again', async () => {
    await load({ ...work(200), released: DAY.second })
    expect((await load({ ...work(100), released: DAY.first })).in_force).toBe(false)
    expect(await inForce()).toEqual(['2.00'])

    const up = await load({ ...work(100), released: DAY.first }, { published: '2025-01-02' })
    expect(up).toMatchObject({ outcome: 'done', in_force: true })
    expect(await inForce()).toEqual(['1.00'])
    expect(await said()).toEqual([
      ['2024-12-24', 'file'],
      ['2025-01-02', 'operator'],
    ])

    const down = await load({ ...work(100), released: DAY.first }, { published: '2024-12-01' })
    expect(down).toMatchObject({ outcome: 'done', in_force: false })
    expect(await inForce()).toEqual(['2.00'])
    const again = await load({ ...work(100), released: DAY.first }, { published: '2024-12-01' })
    expect(again.outcome).toBe('nothing_new')
  })

  test('of one that is read again in another format changes its date too', async () => {
    const request = { release: 'RVU25A', from: join(FIXTURES, 'rvu25a.zip') }
    await ingest(request, database)
    await ingest({ ...request, format: 'txt', published: '2025-01-10' }, database)
    expect(await said()).toEqual([['2025-01-10', 'operator']])
    await ingest({ ...request, format: 'csv' }, database)
    expect(await said()).toEqual([['2025-01-10', 'operator']])
  })

  test('what was retracted stays out, and what follows it is in force', async () => {
    await load({ ...work(200), released: DAY.second })
    await load({ ...work(100), released: DAY.first })
    await retract('RVU25A', database)
    expect(await inForce()).toEqual(['1.00'])
  })
})
