/** `preview` as a subprocess: it serves until it is told to stop, and writes the site as files. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { BIN, environment, runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { makeRelease } from '../helpers/releases.ts'

const database = useDatabase()
const home = await makeFolder('preview')
const run = (...args: string[]) => runCli(['preview', ...args], database.url, home)

beforeAll(async () => {
  const from = await makeRelease({ release: 'RVU25A', work: { G0101: 45, G0102: 17, A4306: 0 } })
  await ingest({ release: 'RVU25A', from, allowMissing: true }, database)
})

test.for(['SIGINT', 'SIGTERM'] as const)('serves until %s, and ends well', async (signal) => {
  const child = spawn(process.execPath, [BIN, 'preview', 'g0101', '--port', '0'], {
    env: environment(database.url, home),
  })
  const ended = once(child, 'exit')
  const [url] = await once(createInterface(child.stdout), 'line')
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/codes\/G0101$/)
  expect(await (await fetch(url)).text()).toContain('G0101')
  child.kill(signal)
  expect(await ended).toEqual([signal === 'SIGINT' ? 130 : 143, null])
})

test('writes the site, and says how much', async () => {
  const folder = join(home, 'site')
  expect(await run('--export', folder)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^3 codes on 8 pages written to .*site in \d+\.\d s\n$/),
  })
  expect(existsSync(join(folder, 'codes/G0101/index.html'))).toBe(true)
})

test('refuses what makes no sense', async () => {
  expect(await run('Z9999')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('E_UNKNOWN_CODE'),
  })
  expect(await run('--port', 'x')).toMatchObject({ code: 2 })
  expect(await run('--port', '65536')).toMatchObject({ code: 2 })
  expect(await run('A4306', '--export', join(home, 'none'))).toMatchObject({ code: 2 })
  expect(existsSync(join(home, 'none'))).toBe(false)
})
