/** The scheduler as its operator sees it: a process that stays up, and ends when it is told to. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { FIXTURES } from '../../src/paths.ts'
import { BIN, environment, runCli } from '../helpers/cli.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const cms = useCmsServer()
const home = await makeFolder('schedule')
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const ZIP = '/files/zip/rvu25a.zip'
beforeEach(() => {
  cms.on(pfs.discovery.listing, '<a href="/x/rvu25a">RVU25A</a>')
  cms.on('/x/rvu25a', `<a href="${ZIP}">RVU25A</a>`)
  cms.on(ZIP, readFileSync(join(FIXTURES, 'rvu25a.zip')))
})

function start(env: Record<string, string> = {}) {
  const settings = {
    ...environment(database.url, home),
    ...{ CMS_FEES_BASE_URL: cms.origin, CMS_FEES_ACCEPT_LICENSES: 'ama,ada', LOG_LEVEL: 'info' },
    ...env,
  }
  const child = spawn(process.execPath, [BIN, 'schedule', '--now', '--family', 'pfs'], {
    env: settings,
  })
  children.push(child)
  let log = ''
  child.stderr.on('data', (text) => {
    log += text
  })
  return {
    log: () => log,
    ended: new Promise<number | null>((done) => child.once('exit', done)),
    stop: () => child.kill('SIGTERM'),
    said: (text: string) => vi.waitFor(() => expect(log).toContain(text), { timeout: 20_000 }),
  }
}

const runs = () =>
  database.rows<{ command: string; outcome: string | null }>(
    `select command, outcome from ops.run order by run_id`,
  )

describe('schedule', () => {
  test('ends with 0 in the middle of a download, which the next one goes on with', async () => {
    const zip = readFileSync(join(FIXTURES, 'rvu25a.zip'))
    let asked = () => {}
    const download = new Promise<void>((done) => {
      asked = done
    })
    cms.on(ZIP, (_, response) => {
      response.writeHead(200, { 'content-length': zip.length, etag: '"one"' })
      response.write(zip.subarray(0, 20_000), asked)
    })
    const first = start()
    await download
    first.stop()
    expect(await first.ended).toBe(0)
    expect(await runs()).toEqual([
      { command: 'latest', outcome: 'done' },
      { command: 'ingest', outcome: 'interrupted' },
    ])
    expect(first.log()).toContain('"msg":"stopped"')
  })

  test('ends with 0 while it connects, though the connection is made after all', async () => {
    const server = new URL(database.url)
    const waiting = Promise.withResolvers<Socket>()
    const proxy = createServer((socket) => waiting.resolve(socket))
    await once(proxy.listen(0, '127.0.0.1'), 'listening')
    const { port } = proxy.address() as AddressInfo
    const url = Object.assign(new URL(database.url), { hostname: '127.0.0.1', port: String(port) })
    const scheduler = start({ DATABASE_URL: url.href })
    const socket = await waiting.promise
    scheduler.stop()
    await scheduler.said('stopping')
    // The client may close it abruptly.
    pipeline(socket, connect(Number(server.port), server.hostname), socket, () => undefined)
    expect(await scheduler.ended).toBe(0)
    proxy.close()
  })

  test('loads what is new at the start, says that it is alive, and ends while it waits', async () => {
    const child = start()
    await child.said('"releases":1')
    expect((await runs()).slice(2)).toEqual([
      { command: 'latest', outcome: 'done' },
      { command: 'ingest', outcome: 'done' },
    ])
    const alive = async () => {
      const { code, stdout } = await runCli(['schedule', '--health'], database.url, home)
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringMatching(/^alive; next run at 20/),
      })
    }
    await vi.waitFor(alive, { timeout: 20_000 })
    child.stop()
    expect(await child.ended).toBe(0)
  })

  test('goes on when CMS, or the database, cannot be reached', async () => {
    const env = {
      CMS_FEES_CRON: '* * * * * *',
      DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:9/none',
    }
    const child = start(env)
    await vi.waitFor(
      () => expect(child.log().match(/E_DATABASE_UNREACHABLE/g)?.length).toBeGreaterThan(1),
      { timeout: 20_000 },
    )
    expect(child.log()).not.toContain('secret')
    child.stop()
    expect(await child.ended).toBe(0)
  })

  test('beside another run it waits for its next time', async () => {
    await database.session.client.query('select pg_advisory_lock(1668117350, 7501166)')
    const child = start({ CMS_FEES_CRON: '* * * * * *' })
    await child.said('E_LOCKED')
    await database.session.client.query('select pg_advisory_unlock(1668117350, 7501166)')
    await child.said('"msg":"done"')
    child.stop()
    expect(await child.ended).toBe(0)
  })

  test.each([
    [{ CMS_FEES_CRON: 'daily' }, 'E_CONFIG'],
    [{ CMS_FEES_TIME_ZONE: 'Baltimore' }, 'E_CONFIG'],
    [{ CMS_FEES_ACCEPT_LICENSES: '' }, 'E_LICENSE_NOT_ACCEPTED'],
  ])('ends with 2 at once where it is set wrongly: %j', async (env, code) => {
    const child = start(env)
    expect(await child.ended).toBe(2)
    expect(child.log()).toContain(code)
  })

  test('where there is none, the health check says so', async () => {
    const { code, stderr } = await runCli(
      ['schedule', '--health'],
      database.url,
      join(home, 'none'),
    )
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringMatching(/^E_UNHEALTHY/) })
  })
})
