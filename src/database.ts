/** A database of cms-fees as programs open it: the command line, and whoever imports the package. */
import { join, resolve } from 'node:path'
import type { QueryExecutorProvider } from 'kysely'
import { CMS_ORIGIN, type CmsSettings, PATIENCE } from './cms/settings.ts'
import { useEmbedded } from './db/embedded.ts'
import { orAborted, untilAborted } from './db/interrupt.ts'
import { isEmpty, migrate, requireMigrated } from './db/migrate.ts'
import { cancellable, openReaders, type Readers } from './db/readers.ts'
import { asDatabaseError, openSession, type Session } from './db/session.ts'
import { CmsFeesError } from './errors.ts'
import { type Logger, SILENT } from './log.ts'
import type { Context } from './runs/run-job.ts'

export interface DatabaseOptions {
  /** postgres://user:password@host:port/database. Without it an embedded PostgreSQL runs under `home`. */
  readonly url?: string | undefined
  /** Folder of the archive of CMS's files and of the embedded server. Default: .cms-fees in the working directory. */
  readonly home?: string | undefined
  /** Licenses that the operator accepts (`{ licenses: ['ama', 'ada'] }`: CMS asks for both), and where CMS is. */
  readonly cms?: Partial<CmsSettings> | undefined
  /** The pino logger of jobs. Default: a silent one. */
  readonly log?: Logger | undefined
  /** The most connections that reads share. Default: 10. Each job has one of its own beside them. */
  readonly readers?: number | undefined
  /** Stops an embedded server that is being set up. */
  readonly signal?: AbortSignal | undefined
}

export interface Database extends AsyncDisposable {
  /** Holds the password. */
  readonly url: string
  /** Whether the server is the embedded one. */
  readonly embedded: boolean
  /** Schema `api` for reads. Days and decimals are text. */
  readonly api: Readers
  /** Folder of the archive. */
  readonly archive: string
  readonly cms: CmsSettings
  readonly log: Logger
  /** Ends the connections, and stops the embedded server where nobody else uses it. */
  close(): Promise<void>
}

/**
 * Opens a database. A server that does not answer is noticed by the first job or read. Throws E_CONFIG for a `url` that is
 * not PostgreSQL's, E_EMBEDDED_POSTGRES, and E_INTERRUPTED.
 */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const { url: given, home = '.cms-fees', cms = {}, log = SILENT, readers = 10, signal } = options
  if (given !== undefined && !/^postgres(ql)?:\/\//.test(given)) {
    throw new CmsFeesError('E_CONFIG', 'url: expected postgres://user:password@host:port/database')
  }
  const server = given === undefined ? await useEmbedded(resolve(home), signal) : null
  const url = server?.url ?? given ?? ''
  const api = openReaders(url, readers)
  let closing: Promise<void> | undefined
  const end = async () => {
    await api.destroy()
    await server?.release()
  }
  const close = () => {
    closing ??= end()
    return closing
  }
  return {
    url,
    embedded: server !== null,
    api,
    archive: join(resolve(home), 'archive'),
    cms: {
      baseUrl: cms.baseUrl ?? CMS_ORIGIN,
      hosts: cms.hosts ?? [],
      licenses: cms.licenses ?? [],
      patience: cms.patience ?? PATIENCE,
    },
    log,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** What a job may be given beside its request. */
export interface JobOptions extends Pick<Context, 'signal' | 'progress' | 'onRunEnd'> {}

/**
 * Work with a connection of its own, which is closed whatever happens. `signal` ends it: it throws E_INTERRUPTED, and what
 * its transaction did is undone. `readOnly`: PostgreSQL refuses whatever would write.
 */
export async function withContext<T>(
  { url, embedded, archive, cms, log }: Database,
  { readOnly = false, ...options }: JobOptions & { readonly readOnly?: boolean },
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const { signal } = options
  const session = await connect()
  try {
    return await untilAborted(session, signal, () =>
      work({ session, archive, cms, log, ...options }),
    )
  } catch (error) {
    throw asDatabaseError(error)
  } finally {
    await session.close()
  }

  function connect(): Promise<Session> {
    const connecting = openSession(url, 'cms-fees', { readOnly })
    // Our own server answers soon, and does not stop before a connection that is still to come.
    return embedded ? connecting : orAborted(connecting, signal, (late) => late.close())
  }
}

/** For work that writes: an empty database is set up, an older schema is left to `migrate`. Throws E_NOT_MIGRATED. */
export async function requireWritable({ session: { db } }: Context): Promise<void> {
  if (await isEmpty(db)) await migrate(db)
  else await requireMigrated(db)
}

export interface ReadOptions {
  /** Cancels the query: E_INTERRUPTED. */
  readonly signal?: AbortSignal | undefined
}

/** A read over the shared connections. Throws E_NOT_MIGRATED where schema `api` lacks what is read. */
export async function reading<T>(
  { api, url }: Database,
  { signal }: ReadOptions,
  read: (db: QueryExecutorProvider) => Promise<T>,
): Promise<T> {
  try {
    return await (signal ? cancellable(api, url, signal, read) : read(api))
  } catch (cause) {
    if (signal?.aborted) throw new CmsFeesError('E_INTERRUPTED', 'the read was stopped', { cause })
    if (cause instanceof Error && 'code' in cause && MISSING.test(String(cause.code))) {
      throw new CmsFeesError('E_NOT_MIGRATED', cause.message, { cause })
    }
    throw asDatabaseError(cause)
  }
}

/** SQLSTATEs of a schema, a view or a function that is not there. */
const MISSING = /^(3F000|42P01|42883)$/
