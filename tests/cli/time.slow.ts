/** The commands about time, as a subprocess. */
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { FIXTURES } from '../../src/paths.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const home = await makeFolder('cli')
const zips = await makeFolder('zips')

const run = (...args: string[]) => runCli(args, database.url, home)
const backfill = () =>
  run('backfill', '--from', 'RVU24A', '--to', 'RVU25D', '--archive', zips, '--json')

beforeAll(async () => {
  const copies = {
    'rvu24a.zip': 'rvu24a-updated-04_01_2024.zip',
    'rvu24ar.zip': 'RVU24AR.zip',
    'rvu25a.zip': 'rvu25a-updated-01-10-2025.zip',
    'rvu25d.zip': 'rvu25d-0.zip',
    'rvu26b.zip': 'rvu26b.zip',
    'bad/truncated.zip': 'rvu24b.zip',
  }
  for (const [from, to] of Object.entries(copies))
    await copyFile(join(FIXTURES, from), join(zips, to))
})

describe('backfill', () => {
  test('one release that fails does not stop the rest, and sets the exit code', async () => {
    const { code, stdout } = await backfill()
    expect(code).toBe(3)
    expect(
      JSON.parse(stdout).map(({ release, outcome }: Record<string, string>) => [release, outcome]),
    ).toEqual([
      ['RVU24A', 'done'],
      ['RVU24AR', 'done'],
      ['RVU24B', 'E_ZIP_TRUNCATED'],
      ['RVU24C', 'not in the folder'],
      ['RVU24D', 'not in the folder'],
      ['RVU25A', 'done'],
      ['RVU25B', 'not in the folder'],
      ['RVU25C', 'not in the folder'],
      ['RVU25D', 'done'],
    ])
    expect(
      await database.rows(
        `select release, published, published_source from api.release where state <> 'not loaded' order by effective_from`,
      ),
    ).toEqual([
      { release: 'RVU24A', published: '2024-01-01', published_source: 'file' },
      { release: 'RVU24AR', published: '2024-01-01', published_source: 'file' },
      { release: 'RVU25A', published: '2024-12-23', published_source: 'file' },
      { release: 'RVU25D', published: '2025-09-11', published_source: 'file' },
    ])
  })

  test('goes on where it was', async () => {
    await copyFile(join(FIXTURES, 'rvu24b.zip'), join(zips, 'rvu24b.zip'))
    const { code, stdout } = await backfill()
    expect(code).toBe(0)
    const outcomes = JSON.parse(stdout).map(({ outcome }: Record<string, string>) => outcome)
    expect(outcomes.filter((outcome: string) => outcome === 'nothing_new')).toHaveLength(4)
    expect(outcomes.filter((outcome: string) => outcome === 'done')).toHaveLength(1)
  })

  test('a span the wrong way round is a mistake, and so is a folder that is not there', async () => {
    expect(
      await run('backfill', '--from', 'RVU25D', '--to', 'RVU24A', '--archive', zips),
    ).toMatchObject({ code: 2 })
    expect(
      await run('backfill', '--from', 'RVU24A', '--to', 'RVU24B', '--archive', join(zips, 'no')),
    ).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('E_SOURCE_NOT_FOUND'),
    })
  })
})

describe('diff and show --history', () => {
  test('a difference is a table for people and JSON for programs', async () => {
    const text = await run('diff', 'RVU24A', 'RVU24AR')
    expect(text.stdout).toMatch(
      /RVU24A → RVU24AR: 0 added, 0 deleted, 0 changed\nconversion factor \(ordinary\): 32\.7442 → 33\.2875/,
    )
    const changes = JSON.parse((await run('diff', 'RVU25A', 'RVU25D', '--json')).stdout)
    const count = (change: string) =>
      changes.filter((row: { change: string }) => row.change === change).length
    expect([count('added'), count('deleted'), count('changed')]).toEqual([37, 1, 26])
    expect((await run('diff', 'RVU25A', 'RVU25D')).stdout).toContain(
      '37 added, 1 deleted, 26 changed',
    )
    expect(await run('diff', 'RVU25A', 'RVU26A')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('E_NOT_LOADED: RVU26A is not loaded'),
    })
  })

  test('the history of a code', async () => {
    const versions = JSON.parse((await run('show', 'G0101', '--history', '--json')).stdout)
    expect(versions).toMatchObject([
      { valid_from: '2024-01-01', valid_to: '2024-12-31', first_release: 'RVU24A', fields: null },
      { valid_from: '2025-01-01', valid_to: null, first_release: 'RVU25A' },
    ])
    expect((await run('show', 'G0101', '--history')).stdout).toMatch(
      /2025-01-01 .* RVU25A .* \S+ \S+ → \S+/,
    )
  })

  test('retract', async () => {
    expect(await run('retract', 'RVU25D')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('RVU25D, revision 1, is retracted'),
    })
    expect(await run('retract', 'RVU25D')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('E_NOT_LOADED'),
    })
  })
})
