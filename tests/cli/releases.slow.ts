import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { FIXTURES, ROOT } from '../../src/paths.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { listSamples } from '../helpers/families.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const cms = useCmsServer()
let home: string

beforeAll(async () => {
  home = await makeFolder('cli')
})

const PAGE = '/x/rvu25a'
const ZIP = '/files/zip/rvu25a-updated-01/10/2025.zip'
beforeEach(() => {
  listSamples(cms)
  cms.on(pfs.discovery.listing, `<a href="${PAGE}">RVU25A</a>`)
  cms.on(PAGE, `<a href="/license/ama?file=${ZIP}">RVU25A - Updated 01/10/2025</a>`)
  cms.on(ZIP, readFileSync(join(FIXTURES, 'rvu25a.zip')))
})

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const settings = {
    DATABASE_URL: database.url,
    CMS_FEES_HOME: home,
    CMS_FEES_BASE_URL: cms.origin,
    LOG_LEVEL: 'silent',
    ...env,
  }
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(ROOT, 'bin/cms-fees.js'), ...args],
      { env: { ...process.env, ...settings } },
      (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

const accepted = { CMS_FEES_ACCEPT_LICENSES: 'ama,ada' }

test('ingest without accepted licences ends with 2, names both and says how', async () => {
  const { code, stderr } = await run(['ingest', 'RVU25A'])
  expect(code).toBe(2)
  expect(stderr).toMatch(/^E_LICENSE_NOT_ACCEPTED: .*AMA.*ADA/)
  expect(stderr).toContain('CMS_FEES_ACCEPT_LICENSES=ama,ada')
  expect(cms.seen).toEqual([])
})

test('a licence that there is not is a wrong setting', async () => {
  const { code, stderr } = await run(['ingest', 'RVU25A'], { CMS_FEES_ACCEPT_LICENSES: 'ama,gpl' })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^E_CONFIG: CMS_FEES_ACCEPT_LICENSES/)
})

test('ingest downloads, and releases then shows the release as loaded', async () => {
  const ingested = await run(['ingest', 'RVU25A', '--json'], accepted)
  expect(ingested.stderr).toBe('')
  expect(JSON.parse(ingested.stdout)).toMatchObject({ release: 'RVU25A', outcome: 'done' })

  const { code, stdout } = await run(['releases', '--json'])
  expect(code).toBe(0)
  const { problem, releases } = JSON.parse(stdout)
  expect(problem).toBeNull()
  expect(releases.find((one: { release: string }) => one.release === 'RVU25A')).toMatchObject({
    state: 'loaded',
    source: 'cms',
  })
})

test('releases ends with 3 where the listing has no release, after the catalog has answered', async () => {
  cms.on(pfs.discovery.listing, '<p>Page Not Found</p>')
  const { code, stdout, stderr } = await run(['releases'])
  expect(code).toBe(3)
  expect(stdout).toMatch(/RVU25A .*loaded .*catalog/)
  expect(stderr).toMatch(/^E_NO_RELEASE_LINKS/)
})

test('what is no zip ends with 3', async () => {
  cms.on(ZIP, '<html>Page Not Found</html>')
  const { code, stderr } = await run(['ingest', 'RVU25A'], accepted)
  expect(code).toBe(3)
  expect(stderr).toMatch(/^E_HTML_NOT_ZIP/)
})
