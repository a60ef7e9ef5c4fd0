import { readdir, rm } from 'node:fs/promises'
import pino from 'pino'
import { describe, expect, test } from 'vitest'
import { openClient } from '../../src/cms/client.ts'
import { isUnchanged } from '../../src/cms/download.ts'
import type { Answer } from '../helpers/cms-server.ts'
import { ETAG, PATH, status, useDownloads } from '../helpers/downloads.ts'

const downloads = useDownloads()

test('bytes go into the archive under their sha256, politely asked for', async () => {
  downloads.cms.on(PATH, downloads.ranged)
  const progress: [number, number | null][] = []
  await downloads.expectWhole({ progress: (...now) => progress.push(now) })
  expect(progress.at(-1)).toEqual([downloads.zip.length, downloads.zip.length])
  expect(downloads.cms.seen).toHaveLength(1)
  expect(downloads.cms.seen[0]?.headers['user-agent']).toMatch(/^cms-fees\/\d/)
})

describe('a cut', () => {
  test('is resumed where it was, with Range and If-Range', async () => {
    downloads.cms.on(PATH, downloads.cutAfter(100_000), downloads.ranged)
    await downloads.expectWhole()
    expect(downloads.cms.seen[1]?.headers).toMatchObject({ 'if-range': ETAG })
    expect(downloads.cms.seen[1]?.headers.range).toMatch(/^bytes=\d+-$/)
  })

  test('is resumed by the next run', async () => {
    downloads.cms.on(PATH, downloads.cutAfter(100_000))
    expect(await downloads.refusal({ patience: { attempts: 1 } })).toBe('E_CMS_UNREACHABLE')
    downloads.cms.on(PATH, downloads.ranged)
    await downloads.expectWhole()
    expect(downloads.cms.seen[1]?.headers.range).toMatch(/^bytes=\d+-$/)
  })

  test('begins anew where the file changed meanwhile', async () => {
    downloads.cms.on(PATH, downloads.cutAfter(100_000, { etag: '"older"' }), downloads.ranged)
    await downloads.expectWhole()
  })

  test('begins anew where the server sends another part', async () => {
    downloads.cms.on(
      PATH,
      downloads.cutAfter(100_000),
      (_, response) => {
        const range = `bytes 5-9/${downloads.zip.length}`
        response.writeHead(206, { 'content-range': range, etag: ETAG }).end('wrong')
      },
      downloads.ranged,
    )
    await downloads.expectWhole()
  })

  test('begins anew where the server sends the rest of another file', async () => {
    downloads.cms.on(
      PATH,
      downloads.cutAfter(100_000),
      downloads.cutAfter(10_000, { etag: '"two"' }),
      downloads.ranged,
    )
    await downloads.expectWhole()
  })

  test('after cut is no reason to give up while the file grows', async () => {
    downloads.cms.on(PATH, downloads.cutAfter(70_000))
    // What was on its way when the connection broke may be lost: an attempt may bring less than it was sent.
    await downloads.expectWhole({ patience: { attempts: 3 } })
    expect(downloads.cms.seen.length).toBeGreaterThan(3)
  })

  test('begins anew where nothing says that the file is the same', async () => {
    downloads.cms.on(
      PATH,
      downloads.cutAfter(100_000, {}),
      downloads.cutAfter(100_000, { etag: 'W/"weak"' }),
      downloads.ranged,
    )
    await downloads.expectWhole()
    expect(downloads.cms.seen.map(({ headers }) => headers.range)).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('that nobody announces is found by the missing directory', async () => {
    const silent: Answer = (_, response) => {
      response.writeHead(200, { connection: 'close' })
      response.end(downloads.zip.subarray(0, 100_000))
    }
    downloads.cms.on(PATH, silent, downloads.ranged)
    await downloads.expectWhole()
    downloads.cms.on(PATH, silent)
    await rm(downloads.archive, { recursive: true })
    expect(await downloads.refusal()).toBe('E_ZIP_TRUNCATED')
  })

  test('at every attempt ends as unreachable', async () => {
    downloads.cms.on(PATH, downloads.cutAfter(0))
    expect(await downloads.refusal()).toBe('E_CMS_UNREACHABLE')
    expect(downloads.cms.seen).toHaveLength(5)
  })
})

test('a server that drips is left, and asked for the rest', async () => {
  const drip: Answer = (_, response) => {
    response.writeHead(200, { 'content-length': downloads.zip.length, etag: ETAG })
    response.write(downloads.zip.subarray(0, 50_000))
    const timer = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(timer))
  }
  downloads.cms.on(PATH, drip, (request, response) => {
    // What dripped is not what the zip holds: the server says so by another ETag.
    expect(request.headers.range).toBeDefined()
    response
      .writeHead(200, { 'content-length': downloads.zip.length, etag: '"new"' })
      .end(downloads.zip)
  })
  await downloads.expectWhole({ patience: { attempt: 500 } })
})

test('a server that falls silent is left', async () => {
  downloads.cms.on(PATH, () => {}, downloads.ranged)
  await downloads.expectWhole({ patience: { silence: 300 } })
})

describe('lengths that are wrong', () => {
  test('more announced than sent', async () => {
    const liar: Answer = (_, response) => {
      response.writeHead(200, { 'content-length': downloads.zip.length + 10, connection: 'close' })
      response.write(downloads.zip, () => response.destroy())
    }
    downloads.cms.on(PATH, liar, downloads.ranged)
    await downloads.expectWhole()
  })

  test('fewer announced than there are', async () => {
    const liar: Answer = (_, response) => {
      response.strictContentLength = false
      response
        .writeHead(200, { 'content-length': downloads.zip.length - 10, connection: 'close' })
        .end(downloads.zip)
    }
    downloads.cms.on(PATH, liar, downloads.ranged)
    await downloads.expectWhole()
  })

  test('more than a release may have, announced or not', async () => {
    downloads.cms.on(PATH, downloads.zip)
    expect(await downloads.refusal({ limit: downloads.zip.length - 1 })).toBe('E_TOO_LARGE')
    downloads.cms.on(PATH, (_, response) => void response.writeHead(200).end(downloads.zip))
    expect(await downloads.refusal({ limit: downloads.zip.length - 1 })).toBe('E_TOO_LARGE')
    expect(await readdir(downloads.archive)).toEqual([])
  })
})

describe('content that is no zip', () => {
  test.each([
    ['a web page', '<!DOCTYPE html><title>Page Not Found</title>', 'E_HTML_NOT_ZIP'],
    ['something else', 'RVU25A', 'E_NOT_A_ZIP'],
  ])('%s', async (_, content, code) => {
    downloads.cms.on(PATH, content)
    expect(await downloads.refusal()).toBe(code)
    expect(downloads.cms.seen).toHaveLength(1)
    expect(await readdir(downloads.archive)).toEqual([])
  })

  test('nothing', async () => {
    downloads.cms.on(PATH, '')
    expect(await downloads.refusal()).toBe('E_EMPTY_FILE')
  })
})

describe('a file that is known', () => {
  const known = { etag: ETAG, lastModified: 'Fri, 10 Jan 2025 12:00:00 GMT' }

  test('is not fetched again where the server says that it is the same', async () => {
    downloads.cms.on(PATH, status(304))
    expect(await downloads.fetchIt({ known })).toBeNull()
    expect(downloads.cms.seen[0]?.headers).toMatchObject({
      'if-none-match': ETAG,
      'if-modified-since': known.lastModified,
    })
  })

  test('is fetched where it changed', async () => {
    downloads.cms.on(PATH, downloads.ranged)
    await downloads.expectWhole({ known: { etag: '"older"', lastModified: null } })
  })

  test.each([
    ['the same ETag', status(200, { etag: ETAG }), true],
    ['another ETag', status(200, { etag: '"two"' }), false],
    ['304', status(304), true],
  ])('is compared without its content: %s', async (_, answer, same) => {
    downloads.cms.on(PATH, answer)
    await using client = await openClient(downloads.cms.settings, pino({ level: 'silent' }))
    expect(await isUnchanged(client, downloads.cms.origin + PATH, known)).toBe(same)
    expect(downloads.cms.seen[0]?.method).toBe('HEAD')
  })
})
