/** A local CMS that answers as a test tells it to. Loopback only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type CmsSettings, PATIENCE } from '../../src/cms/settings.ts'

/** Nothing listens here: a test that downloads by mistake fails at once. */
export const NO_CMS: CmsSettings = {
  baseUrl: 'http://127.0.0.1:9',
  hosts: [],
  licenses: [],
  patience: { ...PATIENCE, attempts: 1 },
}

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

export interface CmsServer {
  readonly settings: CmsSettings
  readonly origin: string
  /** Requests so far: method, path and the headers that matter. */
  readonly seen: { method: string; path: string; headers: IncomingMessage['headers'] }[]
  /** Answers of a path, in turn; the last one stays. Paths without an answer are 404. */
  on(path: string, ...answers: (Answer | string | Buffer)[]): void
}

export function useCmsServer(): CmsServer {
  const routes = new Map<string, (Answer | string | Buffer)[]>()
  const seen: CmsServer['seen'] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    seen.push({ method: request.method ?? '', path, headers: request.headers })
    const answers = routes.get(path)
    const answer = answers && answers.length > 1 ? answers.shift() : answers?.[0]
    if (answer === undefined) response.writeHead(404).end('<html>Page Not Found</html>')
    else if (typeof answer === 'function') answer(request, response)
    else response.writeHead(200, { 'content-length': Buffer.byteLength(answer) }).end(answer)
  })
  let origin = ''
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })
  beforeEach(() => {
    routes.clear()
    seen.length = 0
  })
  return {
    get origin() {
      return origin
    },
    get settings(): CmsSettings {
      const patience = { ...PATIENCE, attempts: 5, backoff: 1, silence: 2000, attempt: 4000 }
      return { baseUrl: origin, hosts: [], licenses: ['ama', 'ada'], patience }
    },
    seen,
    on: (path, ...answers) => void routes.set(path, answers),
  }
}
