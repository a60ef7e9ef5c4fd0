import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { unpackFixture } from '../../fixtures/zip.ts'
import { retract } from '../../pipelines/retract.ts'
import { ingest } from '../../pipelines/run.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const folder = await makeFolder('gates')

/** October as CMS made it, without some of its codes. */
beforeAll(async () => {
  await loadSamples(database, 'RVU25A')
  for (const [name, content] of await unpackFixture('rvu25d.zip')) {
    if (!/^(PPRRVU.*csv|GPCI.*csv|25LOCCO.*csv|ANES.*csv|OPPSCAP.*csv)$/i.test(name)) continue
    const lines = content.toString('latin1').split('\n')
    const kept = name.startsWith('PPRRVU') ? lines.filter((line) => !/^G0438/.test(line)) : lines
    await writeFile(join(folder, name), kept.join('\n'), 'latin1')
  }
})

const cut = () => ({ release: 'RVU25D', from: folder, allowMissing: true })
const accept = (...gates: string[]) => ({ gates, because: 'CMS deleted the code', operator: 'ann' })
const loaded = () => database.rows(`select release from ops.release order by 1`)

describe('a release that breaks a gate', () => {
  test('is refused, by the name of the gate, with what it found and what to do', async () => {
    await expect(ingest(cut(), database)).rejects.toMatchObject({
      code: 'E_GATE',
      exitCode: 3,
      message: 'canary-codes: 1 rows, such as {"predecessor":"RVU25A","hcpcs":"G0438"}',
      next: expect.stringContaining('--accept canary-codes --because'),
    })
    expect(await loaded()).toEqual([{ release: 'RVU25A' }])
    expect(
      await database.rows(
        `select check_name, severity from ops.check_result where broken_rows > 0 and severity = 'gate'`,
      ),
    ).toEqual([{ check_name: 'canary-codes', severity: 'gate' }])
  })

  test('is not loaded where another gate is accepted', async () => {
    const work = () => ingest({ ...cut(), accept: accept('row-count') }, database)
    expect(await codeOfAsync(work)).toBe('E_GATE')
  })

  test('is not tried where there is no such gate, or the reason is missing', async () => {
    const work = () => ingest({ ...cut(), accept: accept('canary') }, database)
    await expect(work()).rejects.toMatchObject({
      code: 'E_USAGE',
      next: expect.stringContaining('canary-codes'),
    })
    // The truth of the rows is no gate.
    const truth = () => ingest({ ...cut(), accept: accept('release-covers-its-days') }, database)
    expect(await codeOfAsync(truth)).toBe('E_USAGE')
    for (const flags of [
      ['--accept', 'canary-codes'],
      ['--because', 'x'],
      ['--accept', 'canary-codes', '--because', ' '],
    ]) {
      const args = ['ingest', 'RVU25D', '--from', folder, '--allow-missing', ...flags]
      expect((await runCli(args, database.url, database.archive)).code).toBe(2)
    }
  })

  test('is loaded where a person accepts the gate, which is recorded with who and why', async () => {
    const report = await ingest({ ...cut(), accept: accept('canary-codes', 'row-count') }, database)
    expect(report).toMatchObject({
      outcome: 'done',
      warnings: expect.arrayContaining(['canary-codes: 1 rows, accepted']),
    })
    expect(
      await database.rows(
        `select release, gate, accepted_by, because, run, broken_rows from api.accepted_gate`,
      ),
    ).toEqual([
      {
        release: 'RVU25D',
        gate: 'canary-codes',
        accepted_by: 'ann',
        because: 'CMS deleted the code',
        run: report.run,
        broken_rows: 1,
      },
    ])
  })

  test('stays accepted when its days are given back to it', async () => {
    await loadSamples(database, 'RVU26B')
    const { heirs } = await retract('RVU26B', database)
    expect(heirs).toEqual(['RVU25D'])
  })
})

test('a release without a predecessor within 400 days has nothing to be compared with', async () => {
  await retract('RVU25D', database)
  await retract('RVU25A', database)
  expect((await ingest({ ...cut() }, database)).outcome).toBe('done')
})
