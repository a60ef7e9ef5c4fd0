/** Ctrl+C at random moments: what was begun is done or undone, and the server that was started is gone. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FIXTURES } from '../../src/paths.ts'
import { BIN, environment, runProcess } from '../helpers/cli.ts'
import { embeddedRows } from '../helpers/embedded.ts'
import { makeFolder } from '../helpers/folder.ts'

const MOMENTS = 25
const root = await makeFolder('interrupts')

const ingest = (release: string) => [
  'ingest',
  release,
  '--from',
  join(FIXTURES, `${release.toLowerCase()}.zip`),
]

/** Whether the command had begun, and its exit code. Before it has, it ends as every process does. */
async function interrupt(args: string[], home: string, after: number): Promise<number | null> {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: environment('', home),
    stdio: 'ignore',
    detached: true,
  })
  const signal = Math.random() < 0.5 ? 'SIGINT' : 'SIGTERM'
  // As a terminal does it: to the command, and to all that it has started.
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), signal), after)
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  expect([null, 0, signal === 'SIGINT' ? 130 : 143]).toContain(code)
  const folder = join(home, 'postgres')
  expect(existsSync(join(folder, 'data/postmaster.pid'))).toBe(false)
  const names = existsSync(folder) ? await readdir(folder) : []
  expect(names.filter((name) => !['data', 'server.log'].includes(name))).toEqual([])
  return code
}

const state = async (home: string) => {
  const query = `
    select (select md5(string_agg(v::text, '|' order by v::text)) from
             (select hcpcs, modifier, content_hash, valid_during from pfs.rvu) v) as rvu,
           (select array_agg(release order by release) from ops.release where retracted_at is null) as releases,
           (select count(*) from ops.run where outcome is null) as open`
  return embeddedRows(home, query)
}
const run = async (args: string[], home: string) => {
  const { code, stderr } = await runProcess(args, '', home)
  expect({ code, stderr }).toMatchObject({ code: 0 })
}

test(`${MOMENTS} moments of a load, and of a retraction`, async () => {
  const home = join(root, 'loads')
  await run(ingest('RVU25A'), home)
  const one = await state(home)
  await run(ingest('RVU25D'), home)
  const both = await state(home)
  let loaded = true
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    const args = loaded ? ['retract', 'RVU25D'] : ingest('RVU25D')
    const code = await interrupt(args, home, 250 + Math.random() * (loaded ? 500 : 1000))
    if (code === 0) loaded = !loaded
    expect(await state(home)).toEqual(loaded ? both : one)
    // In its turn, whatever the moment was.
    if (code !== 0 && Math.random() < 0.3) {
      await run(args, home)
      loaded = !loaded
    }
  }
})

test('moments of a first run', async () => {
  for (let moment = 0; moment < 10; moment += 1) {
    const home = join(root, `first-${moment}`)
    await interrupt(ingest('RVU25A'), home, 300 + moment * 250)
    await run(ingest('RVU25A'), home)
    expect(await state(home)).toMatchObject([{ releases: ['RVU25A'], open: 0 }])
    await rm(home, { recursive: true, force: true })
  }
})
