/** Ctrl+C and SIGTERM, as the person or the supervisor sees them: a command ends well, and leaves everything as it was. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { openSession, type Session } from '../../src/db/session.ts'
import { FIXTURES, ROOT } from '../../src/paths.ts'
import { BIN, environment, runCli } from '../helpers/cli.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const cms = useCmsServer()
const home = await makeFolder('interrupt')
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const zip = join(FIXTURES, 'rvu25d.zip')
const INGEST = ['ingest', 'RVU25D', '--from', zip]

/** Starts a command, by a program of its own where one is named, as the first process of a group. */
function start(
  args: string[],
  settings: Record<string, string> = {},
  program = [process.execPath, BIN],
) {
  const [file = '', ...before] = program
  const env = {
    ...environment(database.url, home),
    ...{ CMS_FEES_BASE_URL: cms.origin, CMS_FEES_ACCEPT_LICENSES: 'ama,ada' },
    ...settings,
  }
  const child = spawn(file, [...before, ...args], { env, cwd: ROOT, detached: true })
  children.push(child)
  const stderr = text(child.stderr)
  child.stdout.resume()
  const ended = once(child, 'close').then(async ([code, signal]) => ({
    code,
    signal,
    stderr: await stderr,
  }))
  return {
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** What a terminal does at Ctrl+C. */
    killGroup: (signal: NodeJS.Signals) => process.kill(-(child.pid ?? 0), signal),
  }
}

const OTHERS = `from pg_stat_activity where datname = current_database() and application_name like 'cms-fees%' and pid <> pg_backend_pid()`
const until = async (condition: string) => {
  while (!(await database.rows<{ met: boolean }>(`select ${condition} as met`))[0]?.met)
    await sleep(20)
}
const isBlocked = () => until(`exists (select ${OTHERS} and wait_event_type = 'Lock')`)
const isAlone = () => until(`not exists (select ${OTHERS})`)

/** Everything that an interrupted command must leave as it was. */
const state = () =>
  database.rows(`
    select (select md5(string_agg(v::text, '|' order by v::text)) from pfs.rvu v) as rvu,
           (select array_agg(r::text order by r::text) from ops.release r) as releases,
           (select array_agg(s::text order by s::text) from ops.setting s) as settings,
           (select count(*) from ops.replayed_row) as replayed`)
const lastRun = async () =>
  (
    await database.rows(
      `select command, outcome, error_code, finished_at is not null as finished from ops.run order by run_id desc limit 1`,
    )
  )[0]

const SAID = {
  SIGINT: /^E_INTERRUPTED: stopped by Ctrl\+C\. .*\n$/,
  SIGTERM: /^E_INTERRUPTED: stopped by SIGTERM\. .*\n$/,
}
const CODE = { SIGINT: 130, SIGTERM: 143 }

let holder: Session
beforeAll(async () => {
  await loadSamples(database, 'RVU25A')
  holder = await openSession(database.url, 'holder')
  // A row that a schema is thought to have rejected: there is something to replay.
  await database.rows(`
    insert into ops.rejected_row
    select max(run_id), 'rvu', 'PPRRVU25_JAN.csv', 11, 'a row', '[]' from ops.run`)
})
afterAll(() => holder.close())
beforeEach(() => {
  cms.on(pfs.discovery.listing, '<a href="/x/rvu25d">RVU25D</a>')
  cms.on('/x/rvu25d', '<a href="/files/zip/rvu25d.zip">RVU25D</a>')
  cms.on('/files/zip/rvu25d.zip', readFileSync(zip))
})
/** Holds what the command needs in its transaction, until the test is over. */
async function hold(lock: string): Promise<void> {
  await holder.client.query('begin')
  await holder.client.query(lock)
}
afterEach(() => holder.client.query('rollback'))

const NEEDS_RVU = 'lock table pfs.rvu in exclusive mode'

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
    const running = start([...args])
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
    await holder.client.query('rollback')
    expect(await runCli(['migrate'], database.url, home)).toMatchObject({ code: 0 })
  })

  test('a query of the user', async () => {
    const running = start(['sql', 'select pg_sleep(600)'])
    await until(`exists (select ${OTHERS} and query like '%pg_sleep(600)%')`)
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

/** `DATABASE_URL` through a gate of ours, which lets nothing more pass once it is shut. */
async function gate() {
  const { hostname, port } = new URL(database.url)
  const sockets: Socket[] = []
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    sockets.push(near, far)
    near.pipe(far).on('error', () => near.destroy())
    far.pipe(near).on('error', () => far.destroy())
    if (shut) for (const one of [near, far]) one.pause().unpipe()
  })
  let shut = false
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(database.url)
  url.host = `127.0.0.1:${(server.address() as { port: number }).port}`
  return {
    url: url.href,
    shut() {
      shut = true
      for (const one of sockets) one.pause().unpipe()
    },
    close() {
      for (const one of sockets) one.destroy()
      server.close()
    },
  }
}

describe('a second signal', () => {
  test('ends at once what does not end by itself', async () => {
    const before = await state()
    const way = await gate()
    await hold(NEEDS_RVU)
    const running = start(INGEST, { DATABASE_URL: way.url })
    await isBlocked()
    way.shut()
    running.kill('SIGINT')
    const again = setInterval(() => running.kill('SIGINT'), 300)
    expect(await running.ended.finally(() => clearInterval(again))).toEqual({
      code: 130,
      signal: null,
      stderr: expect.stringMatching(/^E_INTERRUPTED: stopped at once/),
    })
    way.close()
    await holder.client.query('rollback')
    await isAlone()
    expect(await state()).toEqual(before)
  })

  // Both pass on the signal that a terminal has sent to the whole group.
  const OLD_NODE = [
    process.execPath,
    '--import',
    `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.0.0'}})`,
    BIN,
  ]
  test.for([
    ['our own wrapper, under an old Node.js', OLD_NODE],
    ['npx', ['npx', '--no-install', 'cms-fees']],
  ] as const)('is not what %s makes of one Ctrl+C', async ([_, program]) => {
    await hold(NEEDS_RVU)
    const running = start(INGEST, {}, [...program])
    await isBlocked()
    running.killGroup('SIGINT')
    const { code, signal, stderr } = await running.ended
    // npm ends as a process does that the signal ended, and shells call that 130 too.
    expect([code, signal]).toEqual(signal ? [null, 'SIGINT'] : [130, null])
    expect(stderr).toMatch(/^E_INTERRUPTED: stopped by Ctrl\+C/m)
    expect(await lastRun()).toMatchObject({ outcome: 'interrupted', finished: true })
  })
})

describe('the embedded server', () => {
  const own = { CMS_FEES_HOME: join(home, 'own'), DATABASE_URL: '' }
  const pidFile = join(own.CMS_FEES_HOME, 'postgres/data/postmaster.pid')
  const ready = async () => {
    while (!/^ready/m.test(await readFile(pidFile, 'utf8').catch(() => ''))) await sleep(10)
  }

  test('is stopped where the command had started it, even while it is set up', async () => {
    const first = start(INGEST, own)
    await ready()
    first.killGroup('SIGINT')
    expect(await first.ended).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(SAID.SIGINT),
    })
    expect(existsSync(pidFile)).toBe(false)
  })

  test('stays where another command uses it', async () => {
    const other = start(['sql', 'select pg_sleep(600)'], own)
    await ready()
    const second = start(['sql', 'select pg_sleep(601)'], own)
    const both = `select count(*) as both from pg_stat_activity where query like 'select pg_sleep(60_)'`
    const counted = () => runCli(['sql', both, '--json'], '', own.CMS_FEES_HOME)
    while (!(await counted()).stdout.includes('"both": 2')) await sleep(20)
    second.kill('SIGTERM')
    expect(await second.ended).toMatchObject({
      code: 143,
      stderr: expect.stringMatching(SAID.SIGTERM),
    })
    expect(existsSync(pidFile)).toBe(true)
    other.kill('SIGTERM')
    expect(await other.ended).toMatchObject({ code: 143 })
    expect(existsSync(pidFile)).toBe(false)
  })
})
