import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { zipOf } from '../../fixtures/zip.ts'
import { type Client, openClient } from '../../src/cms/client.ts'
import type { CmsSettings, Patience } from '../../src/cms/settings.ts'
import { archived } from '../../src/stages/archive.ts'
import { download, isUnchanged } from '../../src/stages/download.ts'
import { type Answer, useCmsServer } from '../helpers/cms-server.ts'
import { codeOfAsync } from '../helpers/errors.ts'

const cms = useCmsServer()
const other = useCmsServer()
const PATH = '/files/zip/rvu25a-updated-01/10/2025.zip'
const ETAG = '"one"'
let zip: Buffer
let archive: string
let client: Client | undefined

beforeAll(async () => {
  // Bytes that do not compress, so that the zip comes in several chunks.
  const noise = createHash('shake256', { outputLength: 300_000 }).update('noise').digest()
  zip = await zipOf(new Map([['GPCI2025.csv', noise]]))
  archive = await mkdtemp(join(tmpdir(), 'cms-fees-download-'))
})
afterEach(async () => {
  await client?.[Symbol.asyncDispose]()
  for (const name of await readdir(archive)) await rm(join(archive, name), { recursive: true })
})
afterAll(() => rm(archive, { recursive: true }))

type Options = Parameters<typeof download>[3] & { patience?: Partial<Patience>; hosts?: string[] }

async function fetchIt({ patience, hosts = [], ...options }: Options = {}) {
  const settings: CmsSettings = {
    ...cms.settings,
    hosts,
    patience: { ...cms.settings.patience, ...patience },
  }
  await client?.[Symbol.asyncDispose]()
  client = await openClient(settings, pino({ level: 'silent' }))
  return download(client, archive, cms.origin + PATH, options)
}

const refusal = (options?: Options) => codeOfAsync(() => fetchIt(options))

/** Sends the first bytes of the zip and breaks the connection. */
const cutAfter =
  (bytes: number, headers: Record<string, string> = { etag: ETAG }): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-length': zip.length, ...headers })
    // The client is given time to read what was sent, which a reset connection may discard.
    response.write(zip.subarray(0, bytes), () => setTimeout(() => response.destroy(), 100))
  }

/** A server that understands Range and If-Range. */
const ranged: Answer = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (from === 0 || request.headers['if-range'] !== ETAG) {
    response.writeHead(200, { 'content-length': zip.length, etag: ETAG }).end(zip)
    return
  }
  response.writeHead(206, {
    'content-length': zip.length - from,
    'content-range': `bytes ${from}-${zip.length - 1}/${zip.length}`,
    etag: ETAG,
  })
  response.end(zip.subarray(from))
}

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response: ServerResponse) =>
    void response.writeHead(code, headers).end()

async function expectWhole(options?: Options): Promise<void> {
  const fetched = await fetchIt(options)
  expect(fetched?.artifact).toMatchObject({
    kind: 'zip',
    name: 'rvu25a-updated-01_10_2025.zip',
    bytes: zip.length,
  })
  expect(await readFile(archived(archive, fetched?.artifact.sha256 ?? ''))).toEqual(zip)
  expect((await readdir(archive)).filter((name) => name.startsWith('.'))).toEqual([])
}

test('bytes go into the archive under their sha256, politely asked for', async () => {
  cms.on(PATH, ranged)
  const progress: [number, number | null][] = []
  await expectWhole({ progress: (...now) => progress.push(now) })
  expect(progress.at(-1)).toEqual([zip.length, zip.length])
  expect(cms.seen).toHaveLength(1)
  expect(cms.seen[0]?.headers['user-agent']).toMatch(/^cms-fees\/\d/)
})

describe('a cut', () => {
  test('is resumed where it was, with Range and If-Range', async () => {
    cms.on(PATH, cutAfter(100_000), ranged)
    await expectWhole()
    expect(cms.seen[1]?.headers).toMatchObject({ 'if-range': ETAG })
    expect(cms.seen[1]?.headers.range).toMatch(/^bytes=\d+-$/)
  })

  test('is resumed by the next run', async () => {
    cms.on(PATH, cutAfter(100_000))
    expect(await refusal({ patience: { attempts: 1 } })).toBe('E_CMS_UNREACHABLE')
    cms.on(PATH, ranged)
    await expectWhole()
    expect(cms.seen[1]?.headers.range).toMatch(/^bytes=\d+-$/)
  })

  test('begins anew where the file changed meanwhile', async () => {
    cms.on(PATH, cutAfter(100_000, { etag: '"older"' }), ranged)
    await expectWhole()
  })

  test('begins anew where the server sends another part, or the part of another file', async () => {
    const wrong: Answer = (_, response) => {
      response.writeHead(206, { 'content-range': `bytes 5-9/${zip.length}`, etag: ETAG })
      response.end('wrong')
    }
    const foreign: Answer = (request, response) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0])
      const rest = zip.subarray(from).fill(7)
      const range = `bytes ${from}-${zip.length - 1}/${zip.length}`
      response.writeHead(206, { 'content-range': range, etag: '"two"' }).end(rest)
    }
    cms.on(PATH, cutAfter(100_000), wrong, ranged)
    await expectWhole()
    zip = Buffer.from(zip)
    cms.on(
      PATH,
      cutAfter(100_000),
      (request, response) => {
        const kept = Buffer.from(zip)
        foreign(request, response)
        zip = kept
      },
      ranged,
    )
    await rm(archive, { recursive: true })
    await expectWhole()
  })

  test('begins anew where nothing says that the file is the same', async () => {
    cms.on(PATH, cutAfter(100_000, {}), cutAfter(100_000, { etag: 'W/"weak"' }), ranged)
    await expectWhole()
    expect(cms.seen.map(({ headers }) => headers.range)).toEqual([undefined, undefined, undefined])
  })

  test('that nobody announces is found by the missing directory', async () => {
    const silent: Answer = (_, response) => {
      response.writeHead(200, { connection: 'close' })
      response.end(zip.subarray(0, 100_000))
    }
    cms.on(PATH, silent, ranged)
    await expectWhole()
    cms.on(PATH, silent)
    await rm(archive, { recursive: true })
    expect(await refusal()).toBe('E_ZIP_TRUNCATED')
  })

  test('at every attempt ends as unreachable', async () => {
    cms.on(PATH, cutAfter(0))
    expect(await refusal()).toBe('E_CMS_UNREACHABLE')
    expect(cms.seen).toHaveLength(5)
  })
})

test('a server that drips is left, and asked for the rest', async () => {
  const drip: Answer = (_, response) => {
    response.writeHead(200, { 'content-length': zip.length, etag: ETAG })
    response.write(zip.subarray(0, 50_000))
    const timer = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(timer))
  }
  cms.on(PATH, drip, (request, response) => {
    // What dripped is not what the zip holds: the server says so by another ETag.
    expect(request.headers.range).toBeDefined()
    response.writeHead(200, { 'content-length': zip.length, etag: '"new"' }).end(zip)
  })
  await expectWhole({ patience: { attempt: 500 } })
})

test('a server that falls silent is left', async () => {
  cms.on(PATH, () => {}, ranged)
  await expectWhole({ patience: { silence: 300 } })
})

describe('lengths that are wrong', () => {
  test('more announced than sent', async () => {
    const liar: Answer = (_, response) => {
      response.writeHead(200, { 'content-length': zip.length + 10, connection: 'close' })
      response.write(zip, () => response.destroy())
    }
    cms.on(PATH, liar, ranged)
    await expectWhole()
  })

  test('fewer announced than there are', async () => {
    const liar: Answer = (_, response) => {
      response.strictContentLength = false
      response.writeHead(200, { 'content-length': zip.length - 10, connection: 'close' }).end(zip)
    }
    cms.on(PATH, liar, ranged)
    await expectWhole()
  })

  test('more than a release may have, announced or not', async () => {
    cms.on(PATH, zip)
    expect(await refusal({ limit: zip.length - 1 })).toBe('E_TOO_LARGE')
    cms.on(PATH, (_, response) => void response.writeHead(200).end(zip))
    expect(await refusal({ limit: zip.length - 1 })).toBe('E_TOO_LARGE')
    expect(await readdir(archive)).toEqual([])
  })
})

describe('content that is no zip', () => {
  test.each([
    ['a web page', '<!DOCTYPE html><title>Page Not Found</title>', 'E_HTML_NOT_ZIP'],
    ['something else', 'RVU25A', 'E_NOT_A_ZIP'],
  ])('%s', async (_, content, code) => {
    cms.on(PATH, content)
    expect(await refusal()).toBe(code)
    expect(cms.seen).toHaveLength(1)
    expect(await readdir(archive)).toEqual([])
  })

  test('nothing', async () => {
    cms.on(PATH, '')
    expect(await refusal()).toBe('E_EMPTY_FILE')
  })
})

describe('answers that are not the file', () => {
  test.each([500, 502, 503, 504, 408])('%i is tried again', async (code) => {
    cms.on(PATH, status(code), status(code), ranged)
    await expectWhole()
    expect(cms.seen).toHaveLength(3)
  })

  test('429 and 503 are tried again, no sooner than Retry-After', async () => {
    let asked = 0
    let again = 0
    cms.on(
      PATH,
      (_, response) => {
        asked = Date.now()
        response.writeHead(429, { 'retry-after': '1' }).end()
      },
      (request, response) => {
        again = Date.now()
        ranged(request, response)
      },
    )
    await expectWhole()
    // A lower bound, which a slow machine only makes safer.
    expect(again - asked).toBeGreaterThanOrEqual(990)
  })

  test('a wait that is too long is for the next run', async () => {
    cms.on(PATH, status(503, { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }))
    expect(await refusal()).toBe('E_CMS_UNREACHABLE')
    expect(cms.seen).toHaveLength(1)
  })

  test.each([401, 403, 404, 410])('%i is not tried again', async (code) => {
    cms.on(PATH, status(code))
    expect(await refusal()).toBe('E_CMS_REFUSED')
    expect(cms.seen).toHaveLength(1)
  })
})

describe('redirects', () => {
  test('within CMS are followed', async () => {
    cms.on(PATH, status(302, { location: '/elsewhere.zip' }))
    cms.on('/elsewhere.zip', ranged)
    expect((await fetchIt())?.artifact.bytes).toBe(zip.length)
  })

  test('to another host are refused before it is asked', async () => {
    other.on('/x.zip', zip)
    cms.on(PATH, status(302, { location: `${other.origin}/x.zip` }))
    expect(await refusal()).toBe('E_HOST_NOT_ALLOWED')
    expect(other.seen).toEqual([])
  })

  test('to another host are followed where the settings allow it', async () => {
    other.on('/x.zip', zip)
    cms.on(PATH, status(302, { location: `${other.origin}/x.zip` }))
    const fetched = await fetchIt({ hosts: [new URL(other.origin).host] })
    expect(fetched?.artifact.bytes).toBe(zip.length)
  })

  test.each([
    'http://169.254.169.254/x.zip',
    'http://www.cms.gov/x.zip',
    'https://cms.gov.evil.example/x.zip',
  ])('to %s are refused', async (location) => {
    cms.on(PATH, status(301, { location }))
    expect(await refusal()).toBe('E_HOST_NOT_ALLOWED')
  })

  test.each(['', 'http://', 'ftp://127.0.0.1/x.zip'])('to %j are refused', async (location) => {
    cms.on(PATH, status(302, { location }))
    expect(await refusal()).toMatch(/^E_CMS_REFUSED|^E_HOST_NOT_ALLOWED/)
  })

  test('in a circle are refused', async () => {
    cms.on(PATH, status(302, { location: '/a' }))
    cms.on('/a', status(302, { location: '/b' }))
    cms.on('/b', status(302, { location: '/a' }))
    expect(await refusal()).toBe('E_CMS_REFUSED')
  })
})

describe('a file that is known', () => {
  const known = { etag: ETAG, lastModified: 'Fri, 10 Jan 2025 12:00:00 GMT' }

  test('is not fetched again where the server says that it is the same', async () => {
    cms.on(PATH, status(304))
    expect(await fetchIt({ known })).toBeNull()
    expect(cms.seen[0]?.headers).toMatchObject({
      'if-none-match': ETAG,
      'if-modified-since': known.lastModified,
    })
  })

  test('is fetched where it changed', async () => {
    cms.on(PATH, ranged)
    await expectWhole({ known: { etag: '"older"', lastModified: null } })
  })

  test.each([
    ['the same ETag', status(200, { etag: ETAG }), true],
    ['another ETag', status(200, { etag: '"two"' }), false],
    ['304', status(304), true],
  ])('is compared without its content: %s', async (_, answer, same) => {
    cms.on(PATH, answer)
    client = await openClient(cms.settings, pino({ level: 'silent' }))
    expect(await isUnchanged(client, cms.origin + PATH, known)).toBe(same)
    expect(cms.seen[0]?.method).toBe('HEAD')
  })
})
