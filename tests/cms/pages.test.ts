import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { type Client, openClient } from '../../src/cms/client.ts'
import { readListing, readReleasePage } from '../../src/cms/pages.ts'
import { inCatalog, newestZip } from '../../src/ingest/fetch.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { hasReal, REAL } from '../helpers/real.ts'

const cms = useCmsServer()
const page = (name: string) => readFileSync(join(FIXTURES, 'html', name), 'utf8')
let client: Client

beforeEach(async () => {
  client = await openClient(cms.settings, pino({ level: 'silent' }))
})
afterEach(() => client[Symbol.asyncDispose]())

const listing = () =>
  readListing(client, cms.origin + pfs.discovery.listing, pfs.discovery.releaseIn)
const zipsOf = (path: string) =>
  readReleasePage(client, { release: 'RVU25A', url: cms.origin + path })

describe('the listing page', () => {
  test('gives each release and its page, in whatever form the link is written', async () => {
    cms.on(pfs.discovery.listing, page('listing.html'))
    const found = (await listing()).map(({ release, url }) => [
      release,
      url.replace(cms.origin, '').split('/').slice(-2).join('/'),
    ])
    expect(found).toEqual([
      ['RVU26A', 'pfs-relative-value-files/rvu26a'],
      ['RVU25A', 'pfs-relative-value-files/rvu25a'],
      ['RVU25D', 'pfs-relative-value-files/rvu25d-0'],
      ['RVU24A', 'pfs-relative-value-files/rvu24a'],
      ['RVU24AR', 'pfs-relative-value-files/rvu24ar'],
      ['RVU23A', 'pfs-relative-value-files/rvu23a'],
      [
        'RVU21C',
        'medicaremedicare-fee-service-paymentphysicianfeeschedpfs-relative-value-files/rvu21c',
      ],
      ['RVU14A', 'pfs-relative-value-files/2014'],
      ['RVU12AR', 'pfs-relative-value-files-items/cms1255291'],
      ['RVU11D', 'pfs-relative-value-files-items/cms1251197'],
      ['RVU11D', 'pfs-relative-value-files-items/cms1256386'],
      ['RVU08D', 'pfs-relative-value-files-items/cms1215183'],
    ])
  })

  test('is read to its last page where it is cut into pages', async () => {
    const part = (release: string, next: string) =>
      `<a href="/x/${release}">${release}</a> <a rel="next" href="${next}">Next</a>`
    cms.on(pfs.discovery.listing, part('RVU26A', '?page=1'))
    cms.on(`${pfs.discovery.listing}?page=1`, part('RVU25A', '?page=1'))
    expect((await listing()).map(({ release }) => release)).toEqual(['RVU26A', 'RVU25A'])
  })

  test.each([
    ['a page of another shape', '<html><body><p>Relative value files</p></body></html>'],
    ["CMS's page for what it does not find", page('page-not-found.html')],
    ['an empty answer', ''],
  ])('without releases is an error, never nothing new: %s', async (_, html) => {
    cms.on(pfs.discovery.listing, html)
    expect(await codeOfAsync(listing)).toBe('E_NO_RELEASE_LINKS')
  })

  test('that answers with an error is an error', async () => {
    expect(await codeOfAsync(listing)).toBe('E_CMS_REFUSED')
  })
})

describe("a release's page", () => {
  test.each([
    ['RVU25A', '/files/zip/rvu25a-updated-01/10/2025.zip'],
    ['RVU25D', '/files/zip/rvu25d-updated-09/11/2025.zip'],
  ])('%s, trimmed', async (release, path) => {
    cms.on('/page', page(`${release}.html`))
    expect((await zipsOf('/page')).map(({ url }) => url)).toEqual([cms.origin + path])
  })

  test.skipIf(!hasReal).each(['RVU25A', 'RVU25B', 'RVU25C', 'RVU25D'])(
    '%s, whole',
    async (release) => {
      cms.on('/page', readFileSync(join(REAL, 'html', `${release}.html`), 'utf8'))
      const zips = await zipsOf('/page')
      expect(zips).toHaveLength(1)
      const known = inCatalog(pfs, release).url
      expect(zips[0]?.url.replace(cms.origin, 'https://www.cms.gov')).toBe(known)
    },
  )

  test('links are relative to the page that a redirect led to', async () => {
    cms.on('/page', (_, response) => void response.writeHead(301, { location: '/a/b/page' }).end())
    cms.on('/a/b/page', '<a href="rvu25a.zip">RVU25A</a>')
    expect((await zipsOf('/page'))[0]?.url).toBe(`${cms.origin}/a/b/rvu25a.zip`)
  })

  test('without a zip is an error', async () => {
    cms.on('/page', '<a href="/files/document/rvu25a.pdf">RVU25A</a>')
    expect(await codeOfAsync(() => zipsOf('/page'))).toBe('E_NO_RELEASE_LINKS')
  })
})

test.each([
  ['its own', 'RVU25A', ['/files/zip/addendum.zip', '/files/zip/rvu25a.zip'], 1],
  [
    'the one posted last',
    'RVU26B',
    ['/files/zip/rvu26b-updated-05-01-2026.zip', '/files/zip/rvu26b-updated-03-10-2026.zip'],
    0,
  ],
  [
    'the one posted last, dates with slashes',
    'RVU25A',
    ['/files/zip/rvu25a-updated-12/06/2024.zip', '/files/zip/rvu25a-updated-01/10/2025.zip'],
    1,
  ],
  ['the only one, whatever it is called', 'RVU03A', ['/downloads/rvu03_a.zip'], 0],
  [
    'not the correction beside it',
    'RVU24A',
    ['/files/zip/rvu24ar-posted-04/01/2024.zip', '/files/zip/rvu24a-updated-04/01/2024.zip'],
    1,
  ],
])('of several zips: %s', (_, release, paths, at) => {
  const zips = paths.map((path) => ({ url: `https://www.cms.gov${path}`, text: 'Zip' }))
  expect(newestZip(zips, release, pfs.discovery)).toBe(zips[at])
})
