/** The server ends under a run, at any moment: the next run ends as if nothing had happened. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FIXTURES } from '../../src/paths.ts'
import { BIN } from '../helpers/cli.ts'
import { embeddedRows } from '../helpers/embedded.ts'
import { makeFolder } from '../helpers/folder.ts'

const STOPS = 8
// A server of its own, in a home of its own: it is this test's to end.
const home = await makeFolder('stop')

const { DATABASE_URL: _, ...inherited } = process.env
const env = { ...inherited, CMS_FEES_HOME: home, LOG_LEVEL: 'silent' }

function command(...args: string[]) {
  const child = spawn(process.execPath, [BIN, ...args], { env })
  const stderr = text(child.stderr)
  return new Promise<{ code: number | null; stderr: string }>((done) =>
    child.once('close', async (code) => done({ code, stderr: await stderr })),
  )
}

const ingest = (release: string) =>
  command(
    'ingest',
    release,
    '--from',
    join(FIXTURES, `${release.toLowerCase()}.zip`),
    '--allow-missing',
  )

/** What the database holds, asked of a server that starts again. */
async function state(): Promise<unknown> {
  const query = `
    select md5(string_agg(v::text, '|' order by hcpcs, modifier, content_hash)) as rvu,
           (select array_agg(release order by release) from ops.release where retracted_at is null) as releases
      from (select hcpcs, modifier, content_hash, valid_during from pfs.rvu) v`
  return embeddedRows(home, query)
}

/** Ends the server as a crash (SIGKILL) or an operator in a hurry (SIGQUIT) does; false where none runs. */
async function stopServer(signal: NodeJS.Signals): Promise<boolean> {
  const file = join(home, 'postgres/data/postmaster.pid')
  const [pid] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  if (!pid) return false
  try {
    process.kill(Number(pid), signal)
    return true
  } catch {
    return false
  }
}

test(`${STOPS} ends of the server at random moments`, async () => {
  expect((await ingest('RVU25A')).code).toBe(0)
  const before = await state()
  const start = performance.now()
  expect((await ingest('RVU25D')).code).toBe(0)
  // Moments within a load, on whatever machine.
  const duration = performance.now() - start
  const whole = await state()
  const back = async () => expect((await command('retract', 'RVU25D')).code).toBe(0)
  await back()
  expect(await state()).toEqual(before)

  let stops = 0
  while (stops < STOPS) {
    const run = ingest('RVU25D')
    await sleep(duration * (0.2 + Math.random() * 0.7))
    const stopped = await stopServer(stops % 2 === 0 ? 'SIGKILL' : 'SIGQUIT')
    const { code, stderr } = await run
    if (stopped && code !== 0) {
      stops += 1
      expect(stderr).toMatch(/^E_(DATABASE_UNREACHABLE|EMBEDDED_POSTGRES)/m)
      expect(code).toBe(4)
    }
    const now = await state()
    expect([before, whole]).toContainEqual(now)
    if (JSON.stringify(now) === JSON.stringify(whole)) await back()
  }
  expect((await ingest('RVU25D')).code).toBe(0)
  expect(await state()).toEqual(whole)
})
