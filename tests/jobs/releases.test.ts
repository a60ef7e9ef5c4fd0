import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { catalogOf } from '../../src/cms/catalog.ts'
import type { CmsSettings } from '../../src/cms/settings.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { type OfferedRelease, offeredReleases } from '../../src/jobs/releases.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { codeOfAsync } from '../helpers/errors.ts'

const database = useDatabase()
const cms = useCmsServer()
const zip = readFileSync(join(FIXTURES, 'rvu25a.zip'))
const html = (name: string) => readFileSync(join(FIXTURES, 'html', name), 'utf8')
const PAGE = (slug: string) =>
  `/medicare/payment/fee-schedules/physician/pfs-relative-value-files/${slug}`
const ZIP = '/files/zip/rvu25a-updated-01/10/2025.zip'
const ETAGS = { etag: '"one"', 'last-modified': 'Fri, 10 Jan 2025 12:00:00 GMT' }

const context = (settings: Partial<CmsSettings> = {}) => ({
  ...database,
  cms: { ...cms.settings, ...settings },
})

/** The pages of CMS as they are. */
function publish(): void {
  cms.on(pfs.discovery.listing, html('listing.html'))
  cms.on(PAGE('rvu25a'), html('RVU25A.html'))
  cms.on(PAGE('rvu25d-0'), html('RVU25D.html'))
  cms.on(ZIP, (request, response) => {
    if (request.headers['if-none-match'] === '"one"') return void response.writeHead(304).end()
    response.writeHead(200, { 'content-length': zip.length, ...ETAGS })
    response.end(request.method === 'HEAD' ? undefined : zip)
  })
}

async function offered(name: string): Promise<OfferedRelease | undefined> {
  const { releases } = await offeredReleases(pfs, context())
  return releases.find(({ release }) => release === name)
}

describe('ingest without a path', () => {
  test.each([
    [[], /AMA.*ADA/],
    [['ama'], /^(?!.*AMA).*ADA/],
    [['ada'], /^(?!.*ADA).*AMA/],
  ] as const)(
    'downloads nothing where %j is accepted, and names what is missing',
    async (licenses, names) => {
      publish()
      const work = () => ingest({ release: 'RVU25A' }, context({ licenses }))
      await expect(work()).rejects.toMatchObject({
        code: 'E_LICENSE_NOT_ACCEPTED',
        exitCode: 2,
        message: expect.stringMatching(names),
        next: expect.stringContaining('CMS_FEES_ACCEPT_LICENSES=ama,ada'),
      })
      expect(cms.seen).toEqual([])
    },
  )

  test('finds the zip by two hops, stores the acceptance with it, and loads it', async () => {
    publish()
    const report = await ingest({ release: 'RVU25A' }, context())
    expect(report.outcome).toBe('done')
    expect(cms.seen.map(({ path }) => path)).toEqual([pfs.discovery.listing, PAGE('rvu25a'), ZIP])
    const stored = await database.rows(
      `select d.url, d.etag, d.licenses_accepted, a.name, r.published::text, r.published_source, r.appeared::text
         from ops.download d join ops.artifact a using (sha256) join ops.release r using (sha256)`,
    )
    expect(stored).toEqual([
      {
        url: `https://www.cms.gov${ZIP}`,
        etag: '"one"',
        licenses_accepted: ['ama', 'ada'],
        name: 'rvu25a-updated-01_10_2025.zip',
        published: '2024-12-23',
        published_source: 'file',
        appeared: '2025-01-10',
      },
    ])
  })

  test('does not fetch again what has not changed', async () => {
    publish()
    const report = await ingest({ release: 'RVU25A' }, context())
    expect(report.outcome).toBe('nothing_new')
    expect(cms.seen.at(-1)?.headers['if-none-match']).toBe('"one"')
  })

  test.each([
    ['has changed its shape', () => cms.on(PAGE('rvu25a'), '<p>Downloads</p>')],
    ['is gone', () => cms.on(PAGE('rvu25a'), (_, response) => void response.writeHead(404).end())],
    ['is not listed', () => cms.on(pfs.discovery.listing, '<a href="/x/rvu26a">RVU26A</a>')],
  ])("takes the catalog's address where the page %s", async (_, change) => {
    publish()
    change()
    expect((await ingest({ release: 'RVU25A' }, context())).outcome).toBe('nothing_new')
    expect(cms.seen.at(-1)?.path).toBe(ZIP)
  })

  test('refuses a web page in place of the zip, and leaves its run as the only trace', async () => {
    publish()
    cms.on('/files/zip/rvu25d-updated-09/11/2025.zip', html('page-not-found.html'))
    expect(await codeOfAsync(() => ingest({ release: 'RVU25D' }, context()))).toBe('E_HTML_NOT_ZIP')
    expect(
      await database.rows(`select outcome, error_code from ops.run order by run_id desc limit 1`),
    ).toEqual([{ outcome: 'refused', error_code: 'E_HTML_NOT_ZIP' }])
  })
})

describe('releases', () => {
  beforeAll(() => expect(database.session).toBeDefined())

  test('says for each what is offered, who says so, and whether it is loaded', async () => {
    publish()
    const { problem, releases, listing } = await offeredReleases(pfs, context())
    expect(problem).toBeNull()
    expect(listing).toBe(`https://www.cms.gov${pfs.discovery.listing}`)
    const by = (name: string) => releases.filter(({ release }) => release === name)
    expect(by('RVU25A')).toEqual([
      {
        family: 'pfs',
        release: 'RVU25A',
        listed: true,
        effective_from: '2025-01-01',
        state: 'loaded',
        source: 'cms',
        url: `https://www.cms.gov${ZIP}`,
        page: `https://www.cms.gov${PAGE('rvu25a')}`,
        note: null,
      },
    ])
    expect(by('RVU25D')).toMatchObject([
      {
        state: 'new',
        source: 'cms',
        url: expect.stringContaining('rvu25d-updated-09/11/2025.zip'),
      },
    ])
    // Its page is not there, and it is not on the listing: the catalog answers, and says so.
    expect(by('RVU26A')).toMatchObject([
      { state: 'new', source: 'catalog', note: expect.stringContaining('404') },
    ])
    expect(by('RVU22A')).toMatchObject([
      { state: 'new', source: 'catalog', note: 'not on the listing page' },
    ])
    expect(by('RVU03C')).toMatchObject([{ state: 'no file', url: null }])
    expect(by('RVU11D')).toHaveLength(2)
    expect(new Set(catalogOf(pfs).map(({ release }) => release))).toEqual(
      new Set(releases.map(({ release }) => release)),
    )
  })

  test('knows a revision again that has another name', async () => {
    publish()
    cms.on(PAGE('rvu25a'), '<a href="/files/zip/rvu25a-updated-02/20/2025.zip">RVU25A</a>')
    expect(await offered('RVU25A')).toMatchObject({ state: 're-posted', source: 'cms' })
  })

  test('knows a revision again that has other bytes under the same name', async () => {
    publish()
    cms.on(ZIP, (_, response) => void response.writeHead(200, { etag: '"two"' }).end())
    expect(await offered('RVU25A')).toMatchObject({ state: 're-posted' })
    expect(cms.seen.filter(({ path }) => path === ZIP).map(({ method }) => method)).toEqual([
      'HEAD',
    ])
  })

  test('gives a release that the catalog does not know', async () => {
    cms.on(pfs.discovery.listing, '<a href="/x/rvu31b">RVU31B</a>')
    cms.on('/x/rvu31b', '<a href="/files/zip/rvu31b.zip">RVU31B</a>')
    expect(await offered('RVU31B')).toMatchObject({
      state: 'new',
      source: 'cms',
      effective_from: '2031-04-01',
    })
  })

  test('a listing without releases is a problem, and the answers are the catalog’s', async () => {
    cms.on(pfs.discovery.listing, html('page-not-found.html'))
    const { problem, releases } = await offeredReleases(pfs, context())
    expect(problem?.code).toBe('E_NO_RELEASE_LINKS')
    expect(releases.length).toBeGreaterThan(100)
    expect(releases.every(({ source }) => source === 'catalog')).toBe(true)
  })

  test('a CMS that does not answer is unreachable, not empty', async () => {
    cms.on(pfs.discovery.listing, (_, response) => void response.writeHead(503).end())
    expect(await codeOfAsync(() => offeredReleases(pfs, context()))).toBe('E_CMS_UNREACHABLE')
  })
})
