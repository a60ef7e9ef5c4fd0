/**
 * One PostgreSQL server for all test files: the one at TEST_DATABASE_URL, else an embedded one in a
 * temporary folder. A template database is migrated once; `database.ts` copies it for each file.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { useEmbedded } from '../../src/db/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openSession } from '../../src/db/session.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string
    template: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env.TEST_DATABASE_URL
  const home = await mkdtemp(join(tmpdir(), 'cms-fees-test-'))
  // The account that the server runs under must be able to enter it, else the cluster is put elsewhere.
  await chmod(home, 0o755)
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
  await session.close()
  project.provide('serverUrl', serverUrl)
  project.provide('template', template)

  return async () => {
    await server.client.query(`drop database ${template}`)
    await server.close()
    await embedded?.release()
    await rm(home, { recursive: true, force: true })
  }
}

export function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
