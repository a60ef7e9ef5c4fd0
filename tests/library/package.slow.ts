/** The packed package in an empty TypeScript project: it compiles, and every example of docs/library.md runs. No network. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { FIXTURES, ROOT } from '../../src/paths.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const run = promisify(execFile)
const cms = useCmsServer()
const database = useDatabase()
const project = await makeFolder('project')
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Code by the name of its file, as its first line gives it, and what the page says it prints. */
const page = readFileSync(join(ROOT, 'docs/library.md'), 'utf8')
const examples = new Map(
  [...page.matchAll(/```ts\n\/\/ ([\w.]+)\n(.*?)```(?:\n\n```text\n(.*?)```)?/gs)].map(
    ([, name = '', code = '', prints]) => [name, { code, prints }],
  ),
)

beforeAll(async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], {
    cwd: ROOT,
  })
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('[\n')))
  const installed = join(project, 'node_modules/cms-fees')
  await mkdir(installed, { recursive: true })
  await run('tar', ['-xzf', join(project, filename), '--strip-components=1', '-C', installed])
  // What `npm install` would bring, and nothing else of what the tests have.
  const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    const place = join(project, 'node_modules', name)
    await mkdir(dirname(place), { recursive: true })
    await symlink(join(ROOT, 'node_modules', name), place)
  }
  await write('package.json', JSON.stringify({ type: 'module' }))
  const compilerOptions = {
    ...{ target: 'ES2024', lib: ['ES2024', 'ESNext.Disposable'], module: 'NodeNext' },
    ...{ types: ['node'], strict: true, exactOptionalPropertyTypes: true, noEmit: true },
  }
  await write('tsconfig.json', JSON.stringify({ compilerOptions }))
  for (const [name, { code }] of examples) await write(name, code)
})

const write = (name: string, text: string) => writeFile(join(project, name), text)

beforeEach(() => {
  cms.on(pfs.discovery.listing, '<a href="/x/rvu25a">RVU25A</a>')
  cms.on('/x/rvu25a', '<a href="/files/zip/rvu25a.zip">RVU25A</a>')
  cms.on('/files/zip/rvu25a.zip', readFileSync(join(FIXTURES, 'rvu25a.zip')))
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return port
}

/** Runs a file of the project. */
function start(name: string, env: Record<string, string> = {}) {
  const settings = { ...process.env, DATABASE_URL: database.url, ...env }
  const child = spawn(process.execPath, [name], { cwd: project, env: settings })
  children.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
  return {
    said: () => said,
    until: (text: string | RegExp) =>
      vi.waitFor(() => expect(said).toMatch(text), { timeout: 60_000, interval: 50 }),
    stop: () => child.kill('SIGTERM'),
    ended: new Promise<number | null>((done) => child.once('close', done)),
  }
}

test('the examples compile with the types of the package, libraries checked too', async () => {
  expect([...examples.keys()]).toEqual(['first.ts', 'worker.ts', 'server.ts'])
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const { stdout } = await run(process.execPath, [tsc, '--project', project]).catch(
    (error) => error,
  )
  expect(stdout).toBe('')
})

test('the first steps print what the page shows, on an embedded server that is stopped', async () => {
  const first = start('first.ts')
  expect(await first.ended, first.said()).toBe(0)
  expect(first.said()).toBe(examples.get('first.ts')?.prints)
  const data = join(project, '.cms-fees/postgres/data')
  expect([existsSync(data), existsSync(join(data, 'postmaster.pid'))]).toEqual([true, false])
})

test('the job runner loads what is new, and ends at SIGTERM', async () => {
  const { code = '' } = examples.get('worker.ts') ?? {}
  const local = code.replace("['ama', 'ada']", `$&, baseUrl: '${cms.origin}'`)
  expect(local).not.toBe(code)
  await write('worker.ts', local)
  const worker = start('worker.ts')
  await worker.until(/"release":"RVU25A","outcome":"done"/)
  worker.stop()
  expect(await worker.ended, worker.said()).toBe(0)
})

test('the API server answers from what was loaded, and ends at SIGTERM', async () => {
  const server = start('server.ts', { PORT: String(await freePort()) })
  await server.until(/^http:\S+\n/)
  const origin = server.said().trim()
  const get = async (path: string) => {
    const response = await fetch(origin + path)
    return [response.status, await response.json()]
  }
  expect(await get('/codes/G0402')).toMatchObject([200, { hcpcs: 'G0402' }])
  expect(await get('/codes/Z9999')).toEqual([404, { error: 'not found' }])
  expect(await get('/payment?hcpcs=G0402&zip=35042&on_date=2025-02-03')).toMatchObject([
    ...[200, { hcpcs: 'G0402', basis: 'no ZIP code file governs this day' }],
  ])
  expect(await get('/payment?hcpcs=G0402&zip=35042')).toMatchObject([400, { error: 'E_USAGE' }])
  expect(await get('/releases')).toMatchObject([200, [{ release: 'RVU25A' }]])
  server.stop()
  expect(await server.ended, server.said()).toBe(0)
})

test('the command line is in the package', async () => {
  const bin = join(project, 'node_modules/cms-fees/bin/cms-fees.js')
  const { stdout } = await run(process.execPath, [bin, 'status'], {
    env: { ...process.env, DATABASE_URL: database.url, CMS_FEES_HOME: join(project, 'home') },
  })
  expect(stdout).toContain('RVU25A')
})
