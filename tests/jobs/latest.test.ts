import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { zipOf } from '../../fixtures/zip.ts'
import { pfs } from '../../pipelines/pfs.ts'
import { PATIENCE } from '../../src/cms/settings.ts'
import { dayAtCms } from '../../src/day.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { latest } from '../../src/jobs/latest.ts'
import { retract } from '../../src/jobs/retract.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { codeOfAsync } from '../helpers/errors.ts'

const database = useDatabase()
const cms = useCmsServer()
const zip = (name: string) => readFileSync(join(FIXTURES, `${name}.zip`))

const context = () => ({ ...database, cms: cms.settings })
const look = (since?: string) => latest({ since, families: ['pfs'] }, context())
const outcomes = async (since?: string) => {
  const { steps, problem } = await look(since)
  return [
    ...steps.map(({ release, report, error }) => [release, error?.code ?? report?.outcome]),
    ...(problem ? [problem.code] : []),
  ]
}

/** CMS's pages with these releases, each with its zip, which is a broken one where it is null. */
function publish(releases: Record<string, Buffer | string>, name = 'release'): void {
  const slugs = Object.keys(releases).map((release) => release.toLowerCase())
  cms.on(
    pfs.discovery.listing,
    slugs.map((slug) => `<a href="/x/${slug}">${slug.toUpperCase()}</a>`).join(),
  )
  for (const [release, content] of Object.entries(releases)) {
    const slug = release.toLowerCase()
    const file = `/files/zip/${slug}-${name}.zip`
    const etag = `"${release} ${name}"`
    cms.on(`/x/${slug}`, `<a href="${file}">${release}</a>`)
    cms.on(file, (request, response) => {
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
      response.writeHead(200, { 'content-length': Buffer.byteLength(content), etag })
      response.end(request.method === 'HEAD' ? undefined : content)
    })
  }
}

/** A zip of the release with other bytes and the same rows. */
async function reposted(name: string): Promise<Buffer> {
  const { unpackFixture } = await import('../../fixtures/zip.ts')
  const members = await unpackFixture(`${name}.zip`)
  return zipOf(new Map([...members, ['readme.txt', Buffer.from('posted again')]]))
}

const QUIET = { RVU25A: zip('rvu25a'), RVU25D: zip('rvu25d') }
beforeEach(() => publish(QUIET))

describe('latest', () => {
  test('in an empty database loads the release in force, not the whole past', async () => {
    expect(await outcomes()).toEqual([['RVU25D', 'done']])
  })

  test('has nothing to do where all is loaded, and fetches nothing again', async () => {
    expect(await outcomes()).toEqual([])
    expect(cms.seen.filter(({ method, path }) => method === 'GET' && /zip$/.test(path))).toEqual([])
    const [run] = await database.rows(
      `select command, outcome from ops.run order by run_id desc limit 1`,
    )
    expect(run).toEqual({ command: 'latest', outcome: 'nothing_new' })
  })

  test('loads what came before the earliest loaded release only when it is asked to', async () => {
    expect(await outcomes('RVU25A')).toEqual([['RVU25A', 'done']])
    expect(await outcomes()).toEqual([])
  })

  test('goes on after a release that is refused, and tries that one again', async () => {
    publish({ ...QUIET, RVU25B: '<html>Page Not Found</html>', RVU26B: zip('rvu26b') })
    const refused = [['RVU25B', 'E_HTML_NOT_ZIP'], ['RVU26B', 'E_MISSING_FILE'], 'E_HTML_NOT_ZIP']
    expect(await outcomes()).toEqual(refused)
    expect(await outcomes()).toEqual(refused)
  })

  test('knows the bytes that are loaded when CMS posts them under another name', async () => {
    publish(QUIET, 'renamed')
    expect(await outcomes()).toEqual([
      ['RVU25A', 'nothing_new'],
      ['RVU25D', 'nothing_new'],
    ])
    expect(await outcomes()).toEqual([])
  })

  test('loads what CMS posted again, once', async () => {
    publish({ RVU25D: await reposted('rvu25d') }, 'updated')
    expect(await outcomes()).toEqual([['RVU25D', 'done']])
    expect(await outcomes()).toEqual([])
  })

  test('does not bring back what was retracted', async () => {
    publish({ RVU25D: await reposted('rvu25d') }, 'updated')
    await retract('RVU25D', database)
    await retract('RVU25D', database)
    expect(await outcomes()).toEqual([])
    const again = join(FIXTURES, 'rvu25d.zip')
    expect((await ingest({ release: 'RVU25D', from: again }, database)).outcome).toBe('done')
  })

  test('says which releases were not tried when CMS stops answering', async () => {
    publish({ ...QUIET, RVU25C: 'x', RVU26A: 'x' })
    cms.on('/files/zip/rvu25c-release.zip', (_, response) => void response.destroy())
    const patience = { ...PATIENCE, attempts: 2, backoff: 1 }
    const { steps, problem } = await latest(
      { families: ['pfs'] },
      { ...context(), cms: { ...cms.settings, patience } },
    )
    expect(steps.map(({ release, error }) => [release, error?.code])).toEqual([
      ['RVU25C', 'E_CMS_UNREACHABLE'],
      ['RVU26A', undefined],
    ])
    expect(problem?.exitCode).toBe(4)
  })

  test('tells apart a listing that cannot be read from nothing new', async () => {
    cms.on(pfs.discovery.listing, '<p>We have moved</p>')
    expect((await outcomes()).at(-1)).toBe('E_NO_RELEASE_LINKS')
    const [run] = await database.rows(
      `select command, error_code from ops.run where command = 'latest' order by run_id desc limit 1`,
    )
    expect(run).toEqual({ command: 'latest', error_code: 'E_NO_RELEASE_LINKS' })
  })

  test('asks for nothing where the licences are not accepted', async () => {
    const settings = { ...context(), cms: { ...cms.settings, licenses: [] } }
    expect(await codeOfAsync(() => latest({ families: ['pfs'] }, settings))).toBe(
      'E_LICENSE_NOT_ACCEPTED',
    )
    expect(cms.seen).toEqual([])
  })

  test('ends in the middle of a download when it is told to, and keeps what came', async () => {
    const stop = new AbortController()
    publish({ ...QUIET, RVU25C: zip('rvu25a') })
    cms.on('/files/zip/rvu25c-release.zip', (_, response) => {
      response.writeHead(200, { 'content-length': 1e6, etag: '"slow"' }).write('PK\x03\x04')
      setTimeout(() => stop.abort(), 50)
    })
    const { problem } = await latest({ families: ['pfs'] }, { ...context(), signal: stop.signal })
    expect(problem?.code).toBe('E_INTERRUPTED')
    const [run] = await database.rows(`select outcome from ops.run order by run_id desc limit 1`)
    expect(run).toEqual({ outcome: 'interrupted' })
  })
})

test.each([
  ['2026-10-01T03:59:59Z', '2026-09-30'],
  ['2026-10-01T04:00:00Z', '2026-10-01'],
  ['2027-01-01T04:59:59Z', '2026-12-31'],
])('at %s it is %s at CMS, wherever this runs', (now, day) => {
  expect(dayAtCms(new Date(now))).toBe(day)
})
