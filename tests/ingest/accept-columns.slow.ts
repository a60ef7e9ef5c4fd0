import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unpackFixture } from '../../fixtures/zip.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { replay } from '../../src/jobs/replay.ts'
import { retract } from '../../src/jobs/retract.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const root = await mkdtemp(join(tmpdir(), 'cms-fees-columns-'))
afterAll(() => rm(root, { recursive: true, force: true }))

type Change = (text: string, name: string) => string

/** October as CMS made it, with something changed, in a folder of its own. */
async function october(folder: string, change: Change): Promise<string> {
  const path = join(root, folder)
  await mkdir(path, { recursive: true })
  for (const [name, content] of await unpackFixture('rvu25d.zip')) {
    await writeFile(join(path, name), change(content.toString('latin1'), name), 'latin1')
  }
  return path
}

const misspelled: Change = (text, name) =>
  name.startsWith('OPPSCAP')
    ? text.replace('CARRIER', 'CARRIERR').replace(',FACILITY PRICE', ',FACLITY PRICE')
    : text

let from = ''
beforeAll(async () => {
  await loadSamples(database, 'RVU25A')
  from = await october('RVU25D', misspelled)
})

const accept = (...columns: string[]) => ({
  gates: [],
  columns,
  because: 'CMS misspelled them',
  operator: 'ann',
})
const request = (...columns: string[]) => ({ release: 'RVU25D', from, accept: accept(...columns) })
const kept = () =>
  database.rows(
    `select file, column_text, field, accepted_by from ops.accepted_column order by 1, 2`,
  )
const caps = () =>
  database.rows(
    `select mac, facility_price from pfs.opps_cap where valid_during @> date '2025-10-01' order by 1, 2 limit 3`,
  )

describe('a release with misspelled columns', () => {
  test('is refused, with what they most likely are and what that was in the release before', async () => {
    await expect(ingest({ release: 'RVU25D', from }, database)).rejects.toMatchObject({
      code: 'E_HEADER_DRIFT',
      exitCode: 3,
      message: expect.stringMatching(
        /"CARRIERR", whose values are \d{5}, .*: most likely it is "CARRIER" \(mac\), which held 01112, 01182, 01212 in the release before/,
      ),
      next: expect.stringContaining('--accept-columns "CARRIERR" "FACLITY PRICE" --because'),
    })
  })

  test('is not tried with a name that no header proposes', async () => {
    await expect(ingest(request('CARRIER'), database)).rejects.toMatchObject({
      code: 'E_USAGE',
      message: 'no header of RVU25D has an unknown column "CARRIER"',
      next: 'Proposed are "CARRIERR" of OPPSCAP_Oct.csv as mac; "FACLITY PRICE" of OPPSCAP_Oct.csv as facility_price.',
    })
    await expect(ingest(request('GPCI2025.csv:CARRIERR'), database)).rejects.toMatchObject({
      code: 'E_USAGE',
    })
    expect(await kept()).toEqual([])
  })

  test('is not tried without a reason', async () => {
    const args = ['ingest', 'RVU25D', '--from', from, '--accept-columns', 'CARRIERR']
    const { code, stderr } = await runCli(args, database.url, database.archive)
    expect(code).toBe(2)
    expect(stderr).toContain('--because')
  })

  test('is refused for the columns that nobody accepted', async () => {
    await expect(ingest(request('CARRIERR'), database)).rejects.toMatchObject({
      code: 'E_HEADER_DRIFT',
      message: expect.not.stringContaining('CARRIERR'),
      next: expect.stringContaining('--accept-columns "FACLITY PRICE" --because'),
    })
  })

  test('is loaded once a person accepted them all, in whatever case, and says so', async () => {
    const report = await ingest(request('carrierr', 'OPPSCAP_Oct.csv:faclity  price'), database)
    expect(report).toMatchObject({
      outcome: 'done',
      warnings: expect.arrayContaining([
        'OPPSCAP_Oct.csv: column "CARRIERR" is read as mac, accepted by ann: CMS misspelled them',
      ]),
    })
    expect(await caps()).not.toEqual([])
    const [shown] = await database.rows<{ accepted_columns: object[] }>(
      `select accepted_columns from api.release where release = 'RVU25D'`,
    )
    expect(shown?.accepted_columns).toEqual([
      {
        file: 'OPPSCAP_Oct.csv',
        column: 'CARRIERR',
        field: 'mac',
        accepted_by: 'ann',
        because: 'CMS misspelled them',
        accepted_at: expect.any(String),
      },
      expect.objectContaining({ column: 'FACLITY PRICE', field: 'facility_price' }),
    ])
    expect(
      await database.rows(`select accepted_columns from api.release where release = 'RVU25A'`),
    ).toEqual([{ accepted_columns: null }])
  })

  test('says the same as if CMS had spelled them right', async () => {
    const read = await caps()
    await retract('RVU25D', database)
    await ingest({ release: 'RVU25D', from: await october('right', (text) => text) }, database)
    expect(await caps()).toEqual(read)
    await retract('RVU25D', database)
  })

  test('is loaded again from the same bytes without being accepted again', async () => {
    const report = await ingest({ release: 'RVU25D', from }, database)
    expect(report.outcome).toBe('done')
    expect(report.warnings).toContainEqual(expect.stringContaining('accepted by ann'))
  })

  test('is read again when days are given back to it', async () => {
    const before = await caps()
    await loadSamples(database, 'RVU26B')
    const { successors } = await retract('RVU26B', database)
    expect(successors).toEqual(['RVU25D'])
    expect(await caps()).toEqual(before)
    await retract('RVU25D', database)
  })
})

test('rows that were rejected are replayed with the columns that were accepted', async () => {
  const broken = await october('broken', (text, name) =>
    name.startsWith('PPRRVU') ? text.replace(/\bG0101,,/, 'G01O1,,') : misspelled(text, name),
  )
  const columns = accept('CARRIERR', 'FACLITY PRICE')
  await ingest(
    { release: 'RVU25D', from: broken, accept: { ...columns, gates: ['canary-codes'] } },
    database,
  )
  const [done] = await replay({ release: 'RVU25D' }, database)
  expect(done).toMatchObject({ accepted: 0, rejected: 1 })
  expect(done?.error).toBeUndefined()
  await retract('RVU25D', database)
})

test('an acceptance outlives a run that is refused for something else', async () => {
  const cut = await october('cut', (text, name) =>
    name.startsWith('PPRRVU')
      ? text
          .split('\n')
          .filter((line) => !line.startsWith('G0438'))
          .join('\n')
      : misspelled(text, name),
  )
  const columns = accept('CARRIERR', 'FACLITY PRICE')
  const first = { release: 'RVU25D', from: cut, accept: columns }
  expect(await codeOfAsync(() => ingest(first, database))).toBe('E_GATE')
  // The same command with what it now says, or with that alone.
  const gates = { ...columns, gates: ['canary-codes', 'row-count'] }
  expect((await ingest({ ...first, accept: gates }, database)).outcome).toBe('done')
  await retract('RVU25D', database)
  const alone = { ...gates, columns: [] }
  expect((await ingest({ ...first, accept: alone }, database)).outcome).toBe('done')
  await retract('RVU25D', database)
})

describe('a name that stands in two files', () => {
  let twice = ''
  beforeAll(async () => {
    twice = await october('twice', (text, name) =>
      /^(GPCI|ANES)/.test(name) ? text.replace(/Locality Name/i, 'Localty Name') : text,
    )
  })
  const reading = (...columns: string[]) =>
    ingest({ release: 'RVU25D', from: twice, accept: accept(...columns) }, database)

  test('is accepted for neither until the file is named', async () => {
    await expect(reading('Localty Name')).rejects.toMatchObject({
      code: 'E_USAGE',
      message: '2 files of RVU25D have a column Localty Name',
      next: expect.stringMatching(/"GPCI2025\.csv:Localty Name" or "ANES2025\.csv:Localty Name"/),
    })
    const done = await reading('GPCI2025.csv:Localty Name', 'ANES2025.csv:Localty Name')
    expect(done.outcome).toBe('done')
    await retract('RVU25D', database)
  })
})

test('a backfill accepts a column in the releases that have it', async () => {
  await october('archive/RVU25D', (text, name) => misspelled(`${text}\r\n`, name))
  const span = ['--from', 'RVU25A', '--to', 'RVU25D', '--archive', join(root, 'archive')]
  const columns = ['CARRIERR', 'FACLITY PRICE', 'OF ANOTHER RELEASE']
  const flags = ['--accept-columns', ...columns, '--because', 'CMS misspelled them', '--json']
  const { stdout } = await runCli(['backfill', ...span, ...flags], database.url, database.archive)
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ release: 'RVU25D', outcome: 'done' }),
  )
  expect(await kept()).toContainEqual(
    expect.objectContaining({ column_text: 'CARRIERR', field: 'mac' }),
  )
})
