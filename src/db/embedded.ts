/**
 * The embedded PostgreSQL: real server binaries from npm, a cluster under the home folder, started when a
 * command needs it and stopped by the last command that uses it. A server that a killed process left
 * behind is adopted.
 */
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { CmsFeesError } from '../errors.ts'
import { type Binaries, findBinaries, type ServerAccount, serverAccount } from './binaries.ts'
import { refuseAborted } from './interrupt.ts'
import { openSession } from './session.ts'

export interface EmbeddedServer {
  readonly url: string
  /** Stops the server unless another connection uses it. Throws E_EMBEDDED_POSTGRES where it ends otherwise. */
  release(): Promise<void>
}

interface Cluster {
  readonly data: string
  readonly log: string
  readonly binaries: Binaries
  readonly account: ServerAccount
}

/** Starts or adopts the cluster of a home folder. `signal` ends it, with nothing half made. Throws E_EMBEDDED_POSTGRES. */
export async function useEmbedded(home: string, signal?: AbortSignal): Promise<EmbeddedServer> {
  try {
    const account = await serverAccount()
    const folder = await account.reachable(join(home, 'postgres'))
    const binaries = await findBinaries(account)
    const cluster = {
      data: join(folder, 'data'),
      log: join(folder, 'server.log'),
      binaries,
      account,
    }
    await initialise(cluster, folder, signal)
    const server = await startOrAdopt(cluster, signal)
    return {
      url: `${server}/cms_fees`,
      release: () =>
        stopIfIdle(cluster, `${server}/postgres`).catch((cause) => {
          throw asEmbeddedError(cause, home)
        }),
    }
  } catch (cause) {
    throw asEmbeddedError(cause, home)
  }
}

function asEmbeddedError(cause: unknown, home: string): CmsFeesError {
  if (cause instanceof CmsFeesError) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new CmsFeesError('E_EMBEDDED_POSTGRES', `under ${home}: ${reason}`, { cause })
}

/** Whether the home folder has a cluster, for commands that can do without one. */
export async function hasEmbedded(home: string): Promise<boolean> {
  const account = await serverAccount()
  return existsSync(join(await account.reachable(join(home, 'postgres')), 'data', 'PG_VERSION'))
}

/** Makes a cluster aside and moves it into place whole, so that a killed initdb leaves nothing half-made. */
async function initialise(
  { data, binaries, account }: Cluster,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await account.own(folder)
  if (existsSync(join(data, 'PG_VERSION'))) return
  const aside = `${data}-${randomUUID()}`
  const passwordFile = `${aside}.password`
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
  await account.own(passwordFile)
  const options = ['--username=cms_fees', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C']
  try {
    await run(
      binaries.initdb,
      ['-D', aside, `--pwfile=${passwordFile}`, ...options],
      account,
      signal,
    )
    await rename(passwordFile, join(aside, PASSWORD))
    await rename(aside, data)
  } catch (error) {
    for (const path of [aside, passwordFile]) await rm(path, { recursive: true, force: true })
    refuseAborted(signal)
    // Another process may have made the cluster in the meantime.
    if (!existsSync(join(data, 'PG_VERSION'))) throw error
  }
}

const PASSWORD = 'cms-fees.password'

/** Tries again while another process starts or stops the same cluster. Gives the server's URL without a database. */
async function startOrAdopt(cluster: Cluster, signal?: AbortSignal): Promise<string> {
  const password = await readFile(join(cluster.data, PASSWORD), 'utf8')
  for (let attempt = 1; ; attempt += 1) {
    refuseAborted(signal)
    try {
      const port = (await runningPort(cluster)) ?? (await start(cluster))
      const server = `postgres://cms_fees:${password}@127.0.0.1:${port}`
      await createDatabase(`${server}/postgres`)
      return server
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error
      await sleep(250)
    }
  }
}

const START_ATTEMPTS = 20

async function start({ data, log, binaries, account }: Cluster): Promise<number> {
  const port = await freePort()
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c logging_collector=off`
  try {
    await run(
      binaries.pg_ctl,
      ['-D', data, '-l', log, '-w', '-t', '60', '-o', options, 'start'],
      account,
    )
  } catch (error) {
    const tail = await readFile(log, 'utf8').catch(() => '')
    throw new Error(
      `${error instanceof Error ? error.message : error}; the end of ${log}: ${tail.slice(-400)}`,
    )
  }
  return port
}

/** Port of the server that runs on the cluster already; null where none does. */
async function runningPort({ data, binaries, account }: Cluster): Promise<number | null> {
  const running = await run(binaries.pg_ctl, ['-D', data, 'status'], account).then(
    () => true,
    () => false,
  )
  if (!running) return null
  // Line 4 of postmaster.pid is the port, line 8 whether connections are accepted yet.
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
  return lines[7]?.startsWith('ready') ? Number(lines[3]) : null
}

async function createDatabase(url: string): Promise<void> {
  const { client, close } = await openSession(url)
  try {
    await client.query('create database cms_fees')
  } catch (error) {
    // 42P04: it exists; 23505: another process is making it at this moment.
    if (
      !(
        error instanceof Error &&
        'code' in error &&
        ['42P04', '23505'].includes(String(error.code))
      )
    )
      throw error
  } finally {
    await close()
  }
}

async function stopIfIdle(cluster: Cluster, url: string): Promise<void> {
  const session = await openSession(url)
  const { rows } = await session.client
    .query(
      `select count(*) as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    .finally(() => session.close())
  if (rows[0].others > 0) return
  await run(
    cluster.binaries.pg_ctl,
    ['-D', cluster.data, '-m', 'fast', '-w', 'stop'],
    cluster.account,
  )
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * The program has a process group of its own: Ctrl+C in a terminal, which goes to the whole group, is ours to hear, and
 * neither breaks off a server that starts or stops nor reaches the server itself. `signal` ends the program.
 */
async function run(
  command: string,
  args: string[],
  account: ServerAccount,
  signal?: AbortSignal,
): Promise<void> {
  const child = spawn(command, args, {
    ...account.ids,
    cwd: '/',
    detached: process.platform !== 'win32',
    windowsHide: true,
    timeout: 120_000,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const end = () => void child.kill('SIGINT')
  signal?.addEventListener('abort', end, { once: true })
  const said = text(child.stderr)
  const [code, killed] = await once(child, 'close').finally(() =>
    signal?.removeEventListener('abort', end),
  )
  if (code !== 0) {
    throw new Error(`${basename(command)} ended with ${code ?? killed}: ${(await said).trim()}`)
  }
}
