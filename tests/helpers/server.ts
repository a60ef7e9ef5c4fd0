/**
 * One PostgreSQL server for all test files: the one at TEST_DATABASE_URL, else an embedded one in a
 * temporary folder. A template database is migrated and given the editorial content once; `database.ts` copies it for each file.
 */
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { TestProject } from 'vitest/node'
import { useEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openSession } from '../../src/db/session.ts'
import { publishContent } from '../../src/editorial/publish.ts'
import { refreshSearch } from '../../src/queries/search.ts'
import { FOLDERS } from './folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
    template: string
  }
}

type CleanUp = () => Promise<void>

/** Its teardown fails the run where the product left a temporary folder behind. */
export default async function setup(project: TestProject): Promise<CleanUp> {
  const root = await mkdtemp(join(tmpdir(), 'cms-fees-test-'))
  // The account that the server runs under must be able to enter it, else the cluster is put elsewhere.
  await chmod(root, 0o755)
  await mkdir(join(root, FOLDERS), { mode: 0o755 })
  // What tests, and the processes that they start, take for the system's folder for temporary files.
  project.config.env = { ...project.config.env, TMPDIR: root }
  const remove = () => rm(root, { recursive: true, force: true })
  try {
    const stopServer = await startServer(project, join(root, SERVER))
    return async () => {
      try {
        await stopServer()
        const left = (await readdir(root)).filter((name) => name !== SERVER && name !== FOLDERS)
        if (left.length > 0)
          throw new Error(`these temporary folders were left behind: ${left.join(', ')}`)
      } finally {
        await remove()
      }
    }
  } catch (error) {
    await remove()
    throw error
  }
}

const SERVER = 'server'

async function startServer(project: TestProject, home: string): Promise<CleanUp> {
  const own = process.env.TEST_DATABASE_URL
  const embedded = own ? null : await useEmbedded(home)
  const serverUrl = own ?? embedded?.url ?? ''
  const template = `cms_fees_template_${process.pid}_${project.name}`

  const server = await openSession(serverUrl)
  if (embedded) {
    // Nothing of this server outlives the tests: it need not wait for the disk.
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      await server.client.query(`alter system set ${setting} = off`)
    }
    await server.client.query('select pg_reload_conf()')
  }
  await server.client.query(`create database ${template}`)
  const session = await openSession(withDatabaseName(serverUrl, template))
  await migrate(session.db)
  // The content of the clone as a first run leaves it, which would take every test file two seconds.
  await session.db.transaction().execute(async (trx) => {
    await publishContent(trx, pino({ level: 'warn' }))
    await refreshSearch(trx)
  })
  await session.close()
  project.provide('serverUrl', serverUrl)
  project.provide('template', template)

  return async () => {
    const made = await server.client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [template],
    )
    for (const { datname } of made.rows) await server.client.query(`drop database ${datname}`)
    await server.close()
    await embedded?.release()
  }
}

export function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
