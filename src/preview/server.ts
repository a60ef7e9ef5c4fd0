/** The site over HTTP, on loopback only: each page is made when it is asked for. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { codesNear } from '../queries/code-lists.ts'
import { codePage } from '../queries/code-page.ts'
import { listPrices } from '../queries/list-prices.ts'
import { appOf } from './app.ts'
import { pricesOf } from './code/data.ts'
import { contentsOf } from './contents.ts'
import { prepared } from './prepared.ts'

/** How long an open connection may take to end when the server stops, in milliseconds. */
const GRACE = 1_000

export interface Preview {
  readonly url: string
  /** Answers what has been asked, and takes no more. */
  close(): Promise<void>
}

/** Throws E_USAGE where the port is taken; port 0 takes any that is free. */
export async function startPreview(session: Session, log: Logger, port: number): Promise<Preview> {
  const db = await prepared(session)
  const contents = contentsOf(db)
  const { fetch } = appOf(db, contents, log)
  const server = createAdaptorServer({ fetch }) as Server
  await listen(server, port)
  // While nobody asks yet. Where that fails, whoever asks is told.
  planned(db)
    .then(contents.home)
    .catch(() => {})
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

/** Asks of no code what the page of each asks, so that the first reader does not wait for the plans. */
async function planned(db: Kysely<Tables>): Promise<void> {
  await codePage(db, '')
  await pricesOf(db, [])
  await codesNear(db, '-', [])
  await listPrices(db, [])
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
