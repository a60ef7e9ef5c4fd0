/** Two signals where there was one, signals that come twice, and the server that a command has started. */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { FIXTURES } from '../../src/paths.ts'
import { BIN, environment, runProcess } from '../helpers/cli.ts'
import { NEEDS_RVU, SAID, startCommand, useHold } from '../helpers/command.ts'
import { useDatabase } from '../helpers/database.ts'
import { embeddedRows } from '../helpers/embedded.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const home = await makeFolder('signals')
const { hold, release, isBlocked, isAlone, state, lastRun } = useHold(database)
beforeAll(() => loadSamples(database, 'RVU25A'))

const INGEST = ['ingest', 'RVU25D', '--from', join(FIXTURES, 'rvu25d.zip')]
const start = (
  args: readonly string[],
  settings: Record<string, string> = {},
  program?: readonly string[],
) => startCommand(args, { ...environment(database.url, home), ...settings }, program)

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

/** Whether `npm ci` brought a Node.js for this machine. */
const hasNode = (() => {
  try {
    return createRequire(import.meta.url).resolve(
      `node-${process.platform}-${process.arch}/package.json`,
    )
  } catch {
    return null
  }
})()

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
    await release()
    await isAlone()
    expect(await state()).toEqual(before)
  })

  // Both pass on the signal that a terminal has sent to the whole group.
  test.skipIf(!hasNode)(
    'is not what our own wrapper makes of one Ctrl+C, under an old Node.js',
    () =>
      interruptOnce([
        process.execPath,
        '--import',
        `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.0.0'}})`,
        BIN,
      ]),
  )
  test('is not what npx makes of one Ctrl+C', () =>
    interruptOnce(['npx', '--no-install', 'cms-fees']))

  async function interruptOnce(program: readonly string[]): Promise<void> {
    await hold(NEEDS_RVU)
    const running = start(INGEST, {}, program)
    await isBlocked()
    running.killGroup('SIGINT')
    const { code, signal, stderr } = await running.ended
    // npm ends as a process does that the signal ended, and shells call that 130 too.
    expect([code, signal]).toEqual(signal ? [null, 'SIGINT'] : [130, null])
    expect(stderr).toMatch(/^E_INTERRUPTED: stopped by Ctrl\+C/m)
    expect(await lastRun()).toMatchObject({ outcome: 'interrupted', finished: true })
  }
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
    expect(await runProcess(['migrate'], '', own.CMS_FEES_HOME)).toMatchObject({ code: 0 })
    const other = start(['sql', 'select pg_sleep(600)'], own)
    await ready()
    const second = start(['sql', 'select pg_sleep(601)'], own)
    const sleeping = `select from pg_stat_activity where query like '%pg_sleep(60_)' and pid <> pg_backend_pid()`
    while ((await embeddedRows(own.CMS_FEES_HOME, sleeping)).length < 2) await sleep(20)
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
