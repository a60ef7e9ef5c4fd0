/** The site over HTTP, on loopback only: each page is made when it is asked for. */
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { PREVIEW_ASSETS } from '../paths.ts'
import { CONTENT_SECURITY_POLICY, documentOf, type Page } from './document.ts'
import { messagePage } from './pages.ts'
import { answer } from './routes.ts'
import { served } from './site.ts'

const ASSETS: ReadonlyMap<string, string> = new Map([
  ['style.css', 'text/css; charset=utf-8'],
  ['content.css', 'text/css; charset=utf-8'],
  ['search.js', 'text/javascript; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
])

/** How long an open connection may take to end when the server stops, in milliseconds. */
const GRACE = 1_000

export interface Preview {
  readonly url: string
  /** Answers what has been asked, and takes no more. */
  close(): Promise<void>
}

/** Throws E_USAGE where the port is taken; port 0 takes any that is free. */
export async function startPreview(
  db: Kysely<Tables>,
  log: Logger,
  port: number,
): Promise<Preview> {
  const inTurn = queue()
  const server = createServer((request, response) => {
    respond(db, inTurn, request, response).catch((error) => {
      log.error({ err: error, url: request.url }, 'a page could not be made')
      // Headers are sent only with a whole page, so the answer is still free.
      send(response, 500, messagePage('Something went wrong', 'The log of cms-fees says what.'))
    })
  })
  await listen(server, port)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        // Browsers open connections ahead of need, which count as neither idle nor done.
        setTimeout(() => server.closeAllConnections(), GRACE).unref()
      }),
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES'
          ? new CmsFeesError('E_USAGE', `port ${port} is taken, or not for this account`, {
              next: 'Name another with --port.',
              cause: error,
            })
          : error,
      ),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
}

type InTurn = <T>(work: () => Promise<T>) => Promise<T>

/** The session is one connection, which takes one query at a time. */
function queue(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }
}

async function respond(
  db: Kysely<Tables>,
  inTurn: InTurn,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    return send(response, 405, messagePage('Not allowed', 'These pages can only be read.'))
  }
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1')
  const path = url && pathOf(url.pathname)
  if (!url || !path) return send(response, 400, messagePage('Bad address', 'It cannot be read.'))
  const [first, name = ''] = path
  const type = first === 'assets' && path.length === 2 && ASSETS.get(name)
  if (type) return write(response, 200, type, await readFile(join(PREVIEW_ASSETS, name)))
  const reply = await inTurn(() => answer(db, path, url.searchParams))
  if ('location' in reply) {
    response.setHeader('Location', reply.location)
    return write(response, 303, 'text/plain; charset=utf-8', '')
  }
  if ('fragment' in reply) return write(response, 200, HTML, reply.fragment.markup)
  send(response, reply.status ?? 200, reply.page)
}

/** The parts of a path, a last slash aside; null where the encoding is broken. */
function pathOf(pathname: string): readonly string[] | null {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent)
  } catch {
    return null
  }
}

const HTML = 'text/html; charset=utf-8'

function send(response: ServerResponse, status: number, page: Page): void {
  write(response, status, HTML, documentOf(served, page).markup)
}

function write(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-cache',
  })
  // Node.js leaves the body of an answer to HEAD out by itself.
  response.end(body)
}
