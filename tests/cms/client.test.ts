import { describe, expect, test } from 'vitest'
import { useCmsServer } from '../helpers/cms-server.ts'
import { PATH, status, useDownloads } from '../helpers/downloads.ts'

const downloads = useDownloads()
const other = useCmsServer()

describe('answers that are not the file', () => {
  test.each([500, 502, 503, 504, 408])('%i is tried again', async (code) => {
    downloads.cms.on(PATH, status(code), status(code), downloads.ranged)
    await downloads.expectWhole()
    expect(downloads.cms.seen).toHaveLength(3)
  })

  test('429 and 503 are tried again, no sooner than Retry-After', async () => {
    let asked = 0
    let again = 0
    downloads.cms.on(
      PATH,
      (_, response) => {
        asked = Date.now()
        response.writeHead(429, { 'retry-after': '1' }).end()
      },
      (request, response) => {
        again = Date.now()
        downloads.ranged(request, response)
      },
    )
    await downloads.expectWhole()
    // A lower bound, which a slow machine only makes safer.
    expect(again - asked).toBeGreaterThanOrEqual(990)
  })

  test('a wait that is too long is for the next run', async () => {
    downloads.cms.on(
      PATH,
      status(503, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }),
    )
    expect(await downloads.refusal()).toBe('E_CMS_UNREACHABLE')
    expect(downloads.cms.seen).toHaveLength(1)
  })

  test.each([401, 403, 404, 410])('%i is not tried again', async (code) => {
    downloads.cms.on(PATH, status(code))
    expect(await downloads.refusal()).toBe('E_CMS_REFUSED')
    expect(downloads.cms.seen).toHaveLength(1)
  })
})

describe('redirects', () => {
  test('within CMS are followed', async () => {
    downloads.cms.on(PATH, status(302, { location: '/elsewhere.zip' }))
    downloads.cms.on('/elsewhere.zip', downloads.ranged)
    expect((await downloads.fetchIt())?.artifact.bytes).toBe(downloads.zip.length)
  })

  test('to another host are refused before it is asked', async () => {
    other.on('/x.zip', downloads.zip)
    downloads.cms.on(PATH, status(302, { location: `${other.origin}/x.zip` }))
    expect(await downloads.refusal()).toBe('E_HOST_NOT_ALLOWED')
    expect(other.seen).toEqual([])
  })

  test('to another host are followed where the settings allow it', async () => {
    other.on('/x.zip', downloads.zip)
    downloads.cms.on(PATH, status(302, { location: `${other.origin}/x.zip` }))
    const fetched = await downloads.fetchIt({ hosts: [new URL(other.origin).host] })
    expect(fetched?.artifact.bytes).toBe(downloads.zip.length)
  })

  test.each([
    'http://169.254.169.254/x.zip',
    'http://www.cms.gov/x.zip',
    'https://cms.gov.evil.example/x.zip',
  ])('to %s are refused', async (location) => {
    downloads.cms.on(PATH, status(301, { location }))
    expect(await downloads.refusal()).toBe('E_HOST_NOT_ALLOWED')
  })

  test.each(['', 'http://', 'ftp://127.0.0.1/x.zip'])('to %j are refused', async (location) => {
    downloads.cms.on(PATH, status(302, { location }))
    expect(await downloads.refusal()).toMatch(/^E_CMS_REFUSED|^E_HOST_NOT_ALLOWED/)
  })

  test('in a circle are refused', async () => {
    downloads.cms.on(PATH, status(302, { location: '/a' }))
    downloads.cms.on('/a', status(302, { location: '/b' }))
    downloads.cms.on('/b', status(302, { location: '/a' }))
    expect(await downloads.refusal()).toBe('E_CMS_REFUSED')
  })
})
