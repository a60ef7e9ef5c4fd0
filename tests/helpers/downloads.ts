/** Downloads of one zip from a server that a test makes misbehave. */
import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeAll, expect } from 'vitest'
import { zipOf } from '../../fixtures/zip.ts'
import { openClient } from '../../src/cms/client.ts'
import { type Downloaded, type DownloadOptions, download } from '../../src/cms/download.ts'
import type { Patience } from '../../src/cms/settings.ts'
import { archived } from '../../src/ingest/archive.ts'
import { type Answer, type CmsServer, useCmsServer } from './cms-server.ts'
import { codeOfAsync } from './errors.ts'
import { makeFolder } from './folder.ts'

export const PATH = '/files/zip/rvu25a-updated-01/10/2025.zip'
export const ETAG = '"one"'

type Options = DownloadOptions & { patience?: Partial<Patience>; hosts?: string[] }

export interface Downloads {
  readonly cms: CmsServer
  zip: Buffer
  archive: string
  fetchIt(options?: Options): Promise<Downloaded | null>
  /** Code of the refusal. */
  refusal(options?: Options): Promise<string | undefined>
  /** Downloads, and expects the whole zip in the archive and nothing beside it. */
  expectWhole(options?: Options): Promise<void>
  /** Sends the first bytes of the zip, or of what a Range asks for, and breaks the connection. */
  cutAfter(bytes: number, headers?: Record<string, string>): Answer
  /** A server that understands Range and If-Range. */
  readonly ranged: Answer
}

export function useDownloads(): Downloads {
  const cms = useCmsServer()
  const self = {
    cms,
    async fetchIt({ patience, hosts = [], ...options }: Options = {}) {
      const settings = {
        ...cms.settings,
        hosts,
        patience: { ...cms.settings.patience, ...patience },
      }
      await using client = await openClient(settings, pino({ level: 'silent' }))
      return await download(client, self.archive, cms.origin + PATH, options)
    },
    refusal: (options) => codeOfAsync(() => self.fetchIt(options)),
    async expectWhole(options) {
      const fetched = await self.fetchIt(options)
      expect(fetched?.artifact).toMatchObject({
        kind: 'zip',
        name: 'rvu25a-updated-01_10_2025.zip',
        bytes: self.zip.length,
      })
      const place = archived(self.archive, fetched?.artifact.sha256 ?? '')
      expect(await readFile(place)).toEqual(self.zip)
      expect((await readdir(self.archive)).filter((name) => name.startsWith('.'))).toEqual([])
    },
    cutAfter:
      (bytes, headers = { etag: ETAG }) =>
      (request, response) => {
        const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0)
        const range = `bytes ${from}-${self.zip.length - 1}/${self.zip.length}`
        response.writeHead(from > 0 ? 206 : 200, {
          'content-length': self.zip.length - from,
          ...(from > 0 && { 'content-range': range }),
          ...headers,
        })
        // The client is given time to read what was sent, which a reset connection may discard.
        response.write(self.zip.subarray(from, from + bytes), () =>
          setTimeout(() => response.destroy(), 100),
        )
      },
    ranged(request, response) {
      const { zip } = self
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
    },
  } as Downloads

  beforeAll(async () => {
    // Bytes that do not compress, so that the zip comes in several chunks.
    const noise = createHash('shake256', { outputLength: 300_000 }).update('noise').digest()
    self.zip = await zipOf(new Map([['GPCI2025.csv', noise]]))
    self.archive = await makeFolder('download')
  })
  afterEach(async () => {
    for (const name of await readdir(self.archive)) {
      await rm(join(self.archive, name), { recursive: true })
    }
  })
  return self
}

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response: ServerResponse) =>
    void response.writeHead(code, headers).end()
