/** Ctrl+C and SIGTERM, as the person or the supervisor sees them: a command ends well, and leaves everything as it was. */
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { FIXTURES } from '../../src/paths.ts'
import { environment, runCli } from '../helpers/cli.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { CODE, NEEDS_RVU, SAID, startCommand, useHold } from '../helpers/command.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const cms = useCmsServer()
const home = await makeFolder('interrupt')
const { hold, release, isBlocked, isAlone, runs, state, lastRun } = useHold(database)
const zip = join(FIXTURES, 'rvu25d.zip')
const INGEST = ['ingest', 'RVU25D', '--from', zip]

const start = (args: readonly string[], settings: Record<string, string> = {}) =>
  startCommand(args, {
    ...environment(database.url, home),
    ...{ CMS_FEES_BASE_URL: cms.origin, CMS_FEES_ACCEPT_LICENSES: 'ama,ada' },
    ...settings,
  })

beforeAll(async () => {
  await loadSamples(database, 'RVU25A')
  // A row that a schema is thought to have rejected: there is something to replay.
  await database.rows(`
    insert into ops.rejected_row
    select max(run_id), 'rvu', 'PPRRVU25_JAN.csv', 11, 'a row', '{}', '[]' from ops.run`)
})
beforeEach(() => {
  cms.on(pfs.discovery.listing, '<a href="/x/rvu25d">RVU25D</a>')
  cms.on('/x/rvu25d', '<a href="/files/zip/rvu25d.zip">RVU25D</a>')
  cms.on('/files/zip/rvu25d.zip', readFileSync(zip))
})
describe('in the middle of its transaction', () => {
  test.for([
    ['ingest', 'SIGINT', INGEST],
    ['ingest', 'SIGTERM', INGEST],
    [
      'backfill',
      'SIGINT',
      ['backfill', '--from', 'RVU25A', '--to', 'RVU25D', '--archive', FIXTURES],
    ],
    ['latest', 'SIGTERM', ['latest']],
    ['retract', 'SIGINT', ['retract', 'RVU25A']],
    ['rejects replay', 'SIGTERM', ['rejects', 'replay']],
    ['start', 'SIGINT', ['start']],
  ] as const)('%s, by %s', async ([command, signal, args]) => {
    const before = await state()
    await hold(NEEDS_RVU)
    const running = start(args)
    await isBlocked()
    running.kill(signal)
    expect(await running.ended).toEqual({
      code: CODE[signal],
      signal: null,
      stderr: expect.stringMatching(SAID[signal]),
    })
    expect(await lastRun()).toEqual({
      command: { 'rejects replay': 'replay', retract: 'retract' }[command as string] ?? 'ingest',
      outcome: 'interrupted',
      error_code: 'E_INTERRUPTED',
      finished: true,
    })
    await isAlone()
    expect(await state()).toEqual(before)
    expect(
      await database.rows('select pg_try_advisory_xact_lock(1668117350, 7501166) as free'),
    ).toEqual([{ free: true }])
  })

  test('migrate', async () => {
    await database.rows(`update ops.setting set value = 'older' where key = 'api_sha256'`)
    const before = await state()
    await hold('select from api.release limit 0')
    const running = start(['migrate'])
    await isBlocked()
    running.kill('SIGTERM')
    expect(await running.ended).toMatchObject({
      code: 143,
      stderr: expect.stringMatching(SAID.SIGTERM),
    })
    expect(await state()).toEqual(before)
    expect(await database.rows('select 1 as one from api.release limit 1')).toEqual([{ one: 1 }])
    await release()
    expect(await runCli(['migrate'], database.url, home)).toMatchObject({ code: 0 })
  })

  test('a query of the user', async () => {
    const running = start(['sql', 'select pg_sleep(600)'])
    await runs('pg_sleep(600)')
    running.kill('SIGINT')
    expect(await running.ended).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(SAID.SIGINT),
    })
    await isAlone()
  })
})

test('latest, while CMS does not answer', async () => {
  const asked = new Promise<void>((done) => cms.on(pfs.discovery.listing, () => done()))
  const before = await state()
  const running = start(['latest'])
  await asked
  running.kill('SIGINT')
  expect(await running.ended).toMatchObject({
    code: 130,
    stderr: expect.stringMatching(SAID.SIGINT),
  })
  expect(await lastRun()).toMatchObject({ command: 'latest', outcome: 'interrupted' })
  expect(await state()).toEqual(before)
})

test('status, while a server that it could connect to says nothing', async () => {
  const silent = createServer()
  const asked = once(silent, 'connection')
  await once(silent.listen(0, '127.0.0.1'), 'listening')
  const { port } = silent.address() as { port: number }
  const running = start(['status'], { DATABASE_URL: `postgres://x@127.0.0.1:${port}/x` })
  const [socket] = await asked
  running.kill('SIGTERM')
  expect(await running.ended).toMatchObject({
    code: 143,
    stderr: expect.stringMatching(SAID.SIGTERM),
  })
  socket.destroy()
  silent.close()
})

test('an export takes back what it wrote', async () => {
  const folder = join(home, 'new/site')
  await hold('lock table pfs.conversion_factor in access exclusive mode')
  const running = start(['preview', '--export', folder])
  await isBlocked()
  expect(existsSync(folder)).toBe(true)
  running.kill('SIGINT')
  expect(await running.ended).toMatchObject({
    code: 130,
    stderr: expect.stringMatching(SAID.SIGINT),
  })
  expect(existsSync(join(home, 'new'))).toBe(false)
})
