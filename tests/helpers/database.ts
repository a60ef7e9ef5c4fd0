import { randomUUID } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, beforeAll, inject } from 'vitest'
import { openSession, type Session } from '../../src/db/session.ts'
import type { Context } from '../../src/runs/run-job.ts'
import { NO_CMS } from './cms-server.ts'
import { makeFolder } from './folder.ts'
import { withDatabaseName } from './server.ts'

/** A database of the test file's own, with an archive beside it. Filled in before the first test. */
export interface TestDatabase extends Context {
  readonly url: string
  /** Rows of a query. */
  rows<T = Record<string, unknown>>(query: string): Promise<T[]>
  /** Becomes a copy of another database and its archive. */
  become(template: Template): Promise<void>
}

/** A database that is copied, and the archive beside it. */
export interface Template {
  readonly name: string
  readonly archive: string | null
}

/** Copies the migrated template for this test file, and drops the copy at its end. */
export function useDatabase(): TestDatabase {
  const name = `cms_fees_test_${randomUUID().replaceAll('-', '')}`
  const url = withDatabaseName(inject('serverUrl'), name)
  const database = { url, log: pino({ level: 'silent' }), cms: NO_CMS } as {
    -readonly [K in keyof TestDatabase]: TestDatabase[K]
  }
  let server: Session
  beforeAll(async () => {
    server = await openSession(inject('serverUrl'))
    database.become = async (template) => {
      await database.session?.close()
      await server.client.query(`drop database if exists ${name}`)
      await server.client.query(`create database ${name} template ${template.name}`)
      database.session = await openSession(url)
      if (template.archive) await cp(template.archive, database.archive, { recursive: true })
    }
    database.archive = await makeFolder('archive')
    await database.become({ name: inject('template'), archive: null })
    database.rows = async <T>(query: string) =>
      (await sql.raw<T>(query).execute(database.session.db)).rows
  })
  afterAll(async () => {
    await database.session.close()
    await server.client.query(`drop database ${name} with (force)`)
    await server.close()
  })
  return database
}
