/** Schedulers beside a CMS that misbehaves, and kills: nothing is lost, nothing doubled, every failure named. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test, vi } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { FIXTURES } from '../../src/paths.ts'
import { BIN, environment } from '../helpers/cli.ts'
import { type Answer, useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const SECONDS = 40
const database = useDatabase()
const undisturbed = useDatabase()
const cms = useCmsServer()
const home = await makeFolder('soak')
const children = new Set<ChildProcess>()
/** Those that have said that they are there: one that is ended before has not heard of signals yet. */
const ready = new Set<ChildProcess>()
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
})

const RELEASES = { RVU25A: 'rvu25a', RVU25D: 'rvu25d' } as const
const any = <T>(choices: readonly T[]): T =>
  choices[Math.floor(Math.random() * choices.length)] as T

/** The zip of a release as a good server gives it, in ranges too. */
function served(zip: Buffer, etag: string): Answer {
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const range = from > 0 && request.headers['if-range'] === etag ? from : 0
    response.writeHead(range > 0 ? 206 : 200, {
      'content-length': zip.length - range,
      ...(range > 0 && { 'content-range': `bytes ${range}-${zip.length - 1}/${zip.length}` }),
      etag,
    })
    response.end(request.method === 'HEAD' ? undefined : zip.subarray(range))
  }
}

/** What servers do on bad days. */
function misbehaving(good: Answer, zip: Buffer, etag: string): Answer {
  const cut: Answer = (_, response) => {
    response.writeHead(200, { 'content-length': zip.length, etag })
    const bytes = Math.floor(Math.random() * zip.length)
    response.write(zip.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20))
  }
  const page: Answer = (_, response) =>
    void response.end('<html>We are down for maintenance</html>')
  const gone: Answer = (_, response) => void response.writeHead(404).end()
  const broken: Answer = (_, response) => void response.writeHead(503, { 'retry-after': '1' }).end()
  const reset: Answer = (request) => void request.socket.destroy()
  return (request, response) => any([good, cut, cut, page, gone, broken, reset])(request, response)
}

function publish(behave: boolean): void {
  const listing: Answer = (_, response) =>
    void response.end(
      Object.keys(RELEASES)
        .map((name) => `<a href="/x/${name.toLowerCase()}">${name}</a>`)
        .join(),
    )
  const moved: Answer = (_, response) => void response.end('<p>We have moved</p>')
  cms.on(
    pfs.discovery.listing,
    behave ? listing : (...both) => any([listing, listing, listing, moved])(...both),
  )
  for (const [release, name] of Object.entries(RELEASES)) {
    const zip = readFileSync(join(FIXTURES, `${name}.zip`))
    const etag = `"${release}"`
    const good = served(zip, etag)
    cms.on(`/x/${name}`, `<a href="/files/zip/${name}.zip">${release}</a>`)
    cms.on(`/files/zip/${name}.zip`, behave ? good : misbehaving(good, zip, etag))
  }
}

function scheduler(): ChildProcess {
  const env = {
    ...environment(database.url, home),
    CMS_FEES_BASE_URL: cms.origin,
    CMS_FEES_ACCEPT_LICENSES: 'ama,ada',
    CMS_FEES_CRON: '* * * * * *',
    LOG_LEVEL: 'info',
    TZ: any(['UTC', 'Pacific/Auckland', 'America/Los_Angeles']),
  }
  const child = spawn(process.execPath, [BIN, 'schedule', '--now', '--family', 'pfs'], { env })
  children.add(child)
  child.stdout.resume()
  child.stderr.on('data', (text) => {
    if (String(text).includes('"msg":"scheduled"')) ready.add(child)
  })
  child.once('exit', () => children.delete(child))
  return child
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((done) =>
    child.exitCode === null && child.signalCode === null
      ? child.once('exit', done)
      : done(child.exitCode),
  )

const content = `
  select (select md5(string_agg(v::text, '|' order by v::text)) from (select hcpcs, modifier, content_hash, valid_during from pfs.rvu) v) as rvu,
         (select md5(string_agg(v::text, '|' order by v::text)) from (select mac, locality, content_hash, valid_during from pfs.gpci) v) as gpci,
         (select array_agg(release || ' ' || sha256 order by release) from ops.release) as releases,
         (select count(*) from search.document) as documents`

test(`${SECONDS} seconds of bad days`, async () => {
  await loadSamples(undisturbed, 'RVU25A', 'RVU25D')
  publish(false)
  // One whose first wish is the past: RVU25A is the earliest that is loaded.
  await loadSamples(database, 'RVU25A')
  const running = [scheduler(), scheduler()]
  const until = Date.now() + SECONDS * 1000
  while (Date.now() < until) {
    await sleep(500 + Math.random() * 3000)
    const at = any([0, 1])
    const child = running[at]
    const signal = any(['SIGKILL', 'SIGKILL', 'SIGTERM'] as const)
    if (!child) continue
    const heard = ready.has(child)
    child.kill(signal)
    const code = await ended(child)
    if (signal === 'SIGTERM' && heard) expect(code).toBe(0)
    running[at] = scheduler()
  }
  publish(true)
  await expect
    .poll(() => database.rows(content), { timeout: 90_000, interval: 500 })
    .toEqual(await undisturbed.rows(content))
  for (const child of running) {
    await vi.waitFor(() => expect(ready.has(child)).toBe(true), { timeout: 20_000 })
    child.kill('SIGTERM')
    expect(await ended(child)).toBe(0)
  }

  // Every failure has a name that is not a bug's, and runs never overlapped.
  const runs = await database.rows<{ outcome: string | null; error_code: string | null }>(
    `select distinct outcome, error_code from ops.run`,
  )
  for (const { outcome, error_code } of runs) {
    expect(error_code).not.toBe('E_BUG')
    if (outcome === 'refused' || outcome === 'failed') expect(error_code).toMatch(/^E_/)
  }
  expect(
    await database.rows(`
      select a.run_id, b.run_id as beside from ops.run a join ops.run b on a.run_id < b.run_id
       where a.outcome is distinct from 'interrupted' and b.started_at < a.finished_at`),
  ).toEqual([])
  const files = await readdir(join(home, 'archive'), { recursive: true })
  expect(
    files.filter(
      (name) => !/^(\.partial-[0-9a-f]+(\.validators)?|[0-9a-f]{2}(\/[0-9a-f]{64})?)$/.test(name),
    ),
  ).toEqual([])
})
