/** The HTTP client for CMS: polite, patient, and never led to another host. */
import { setTimeout as sleep } from 'node:timers/promises'
import pRetry from 'p-retry'
import type { Dispatcher } from 'undici'
import { CmsFeesError, isCertificateFault } from '../errors.ts'
import type { Logger } from '../log.ts'
import { VERSION } from '../version.ts'
import type { CmsSettings } from './settings.ts'

export interface Response {
  readonly status: number
  /** Address that answered, after redirects. */
  readonly url: string
  header(name: string): string | null
  readonly body: Dispatcher.ResponseData['body']
}

export interface Client extends AsyncDisposable {
  readonly settings: CmsSettings
  /**
   * Requests until `use` has made of the answer what it needs; what `use` throws as Transient, a lost
   * connection, 429 and 5xx are tried again. Throws E_CMS_UNREACHABLE, E_CMS_REFUSED, E_HOST_NOT_ALLOWED.
   */
  fetch<T>(asked: Asked, use: (response: Response) => Promise<T>): Promise<T>
}

export interface Asked {
  readonly url: string
  readonly method?: 'GET' | 'HEAD'
  /** Made anew for each attempt. */
  readonly headers?: () => Promise<Record<string, string>>
  /** Statuses beside 200 that `use` understands. */
  readonly expects?: readonly number[]
}

/** What may work at the next attempt. */
export class Transient extends Error {
  /** Milliseconds that the server asked for. */
  readonly wait: number
  /** The attempt brought the work on, so that it does not count among those that failed. */
  readonly progressed: boolean

  constructor(
    message: string,
    options: { wait?: number; progressed?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.wait = options.wait ?? 0
    this.progressed = options.progressed ?? false
  }
}

/** `signal` ends requests and waits, with E_INTERRUPTED. */
export async function openClient(
  settings: CmsSettings,
  log: Logger,
  signal: AbortSignal = new AbortController().signal,
): Promise<Client> {
  // Loaded on use: it takes a fifth of a second, which commands that stay at home should not pay.
  const { Agent, interceptors, request } = await import('undici')
  const { patience } = settings
  const agent = new Agent({
    connect: { timeout: patience.silence },
    headersTimeout: patience.silence,
    bodyTimeout: patience.silence,
  })
  const dispatcher = agent.compose(
    hostGuard(settings),
    interceptors.redirect({ maxRedirections: 5 }),
  )

  async function attempt<T>(asked: Asked, use: (response: Response) => Promise<T>): Promise<T> {
    try {
      const answer = await request(asked.url, {
        dispatcher,
        method: asked.method ?? 'GET',
        headers: {
          'user-agent': `cms-fees/${VERSION} (Medicare fee schedule schedule)`,
          'accept-encoding': 'identity',
          ...(await asked.headers?.()),
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience.attempt)]),
      })
      const response = asResponse(answer, asked.url)
      if (response.status === 200 || asked.expects?.includes(response.status)) {
        return await use(response).catch((error) => {
          // An answer that nobody reads to its end would hold its connection.
          answer.body.on('error', () => {}).destroy()
          throw error
        })
      }
      await answer.body.dump()
      throw faultOf(response, patience.longestWait)
    } catch (error) {
      throw asTransient(error)
    }
  }

  return {
    settings,
    async fetch(asked, use) {
      try {
        return await pRetry(() => attempt(asked, use), {
          retries: patience.attempts - 1,
          minTimeout: patience.backoff,
          maxTimeout: 60_000,
          randomize: true,
          signal,
          shouldRetry: ({ error }) => error instanceof Transient,
          shouldConsumeRetry: ({ error }) => !(error instanceof Transient && error.progressed),
          async onFailedAttempt({ error, attemptNumber, retriesLeft }) {
            if (!(error instanceof Transient) || retriesLeft === 0) return
            log.warn({ url: asked.url, attempt: attemptNumber, reason: error.message }, 'try again')
            // Attempts that do not count are not delayed by the library.
            await sleep(Math.max(error.wait, error.progressed ? patience.backoff : 0), undefined, {
              signal,
            })
          },
        })
      } catch (error) {
        if (signal.aborted) throw new CmsFeesError('E_INTERRUPTED', asked.url, { cause: error })
        if (!(error instanceof Transient)) throw error
        if (error.cause instanceof CmsFeesError) throw error.cause
        throw new CmsFeesError('E_CMS_UNREACHABLE', `${asked.url}: ${error.message}`, {
          cause: error,
        })
      }
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}

/** Whether an address is CMS's, or one that the settings allow. */
export function isAllowed(address: URL, { baseUrl, hosts }: CmsSettings): boolean {
  if (address.origin === new URL(baseUrl).origin || hosts.includes(address.host)) return true
  return address.protocol === 'https:' && /(^|\.)cms\.gov$/.test(address.host)
}

/** Stands below the redirects, so that every hop passes it. */
function hostGuard(settings: CmsSettings): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const address = new URL(String(options.origin))
    if (isAllowed(address, settings)) return dispatch(options, handler)
    const error = new CmsFeesError('E_HOST_NOT_ALLOWED', `${address.origin}${options.path}`)
    // An interceptor gives errors to the handler; what it throws is lost in the socket's events.
    handler.onResponseError?.(NO_CONTROLLER, error)
    return true
  }
}

/** For an error before there is a connection. */
const NO_CONTROLLER = null as unknown as Dispatcher.DispatchController

function asResponse(answer: Dispatcher.ResponseData, asked: string): Response {
  const { history } = (answer.context ?? {}) as { history?: readonly URL[] }
  return {
    status: answer.statusCode,
    url: history?.at(-1)?.href ?? asked,
    header(name) {
      const value = answer.headers[name]
      return (Array.isArray(value) ? value[0] : value) ?? null
    },
    body: answer.body,
  }
}

function faultOf(response: Response, longestWait: number): Error {
  const seen = `status ${response.status}`
  if (![408, 425, 429].includes(response.status) && response.status < 500) {
    return new CmsFeesError('E_CMS_REFUSED', `${response.url}: ${seen}`)
  }
  const wait = retryAfter(response.header('retry-after'))
  if (wait <= longestWait) return new Transient(seen, { wait })
  return new CmsFeesError(
    'E_CMS_UNREACHABLE',
    `${response.url}: ${seen}, and asks to wait ${Math.round(wait / 1000)} s`,
  )
}

/** Milliseconds that a Retry-After header asks for: seconds, or a date. */
function retryAfter(header: string | null): number {
  if (header === null) return 0
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(wait) ? Math.max(0, wait) : 0
}

/** Faults of the connection, which another one may not have; full disks and bugs are not among them. */
const CONNECTION =
  /^(UND_ERR_(?!INVALID|NOT_SUPPORTED)|HPE_|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_|EPROTO|ERR_TLS)/

/** A fault of the connection as what may work at the next attempt; every other error as it is. */
export function asTransient(error: unknown, progressed = false): unknown {
  if (!(error instanceof Error) || error instanceof CmsFeesError || error instanceof Transient) {
    return error
  }
  if (isCertificateFault(error)) return new CmsFeesError('E_TLS', error.message, { cause: error })
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (CONNECTION.test(String(code)) || ['TimeoutError', 'AbortError'].includes(error.name)) {
    const message = `${error.message || error.name}${code ? ` (${code})` : ''}`
    return new Transient(message, { cause: error, progressed })
  }
  if (/^UND_ERR_INVALID|^ERR_INVALID_URL/.test(String(code))) {
    return new CmsFeesError('E_CMS_REFUSED', `a redirect that cannot be followed: ${error.message}`)
  }
  return error
}
