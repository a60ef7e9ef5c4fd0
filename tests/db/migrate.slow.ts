import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { migrate, requireMigrated } from '../../src/db/migrate.ts'
import { readSchema, type SqlFile } from '../../src/db/schema-files.ts'
import { openSession } from '../../src/db/session.ts'
import { takeRunLock } from '../../src/runs/lock.ts'
import { useDatabase } from '../helpers/database.ts'
import { withDatabaseName } from '../helpers/server.ts'

const database = useDatabase()
const run = (query: string) => sql.raw(query).execute(database.session.db)

describe('migrate', () => {
  test('has nothing to do on a migrated database', async () => {
    expect(await migrate(database.session.db)).toEqual({ migrations: [], api: false })
    await expect(requireMigrated(database.session.db)).resolves.toBeUndefined()
  })

  test('makes schema api anew when its files changed', async () => {
    await run(`update ops.setting set value = 'older' where key = 'api_sha256'`)
    expect(await migrate(database.session.db)).toEqual({ migrations: [], api: true })
  })

  test('makes functions anew, too, when a file changed', async () => {
    const source = `select prosrc from pg_proc where oid = 'search.refresh'::regproc`
    const before = await database.rows(source)
    await run('create or replace function search.refresh() returns void language sql as $$$$')
    await run(`update ops.setting set value = 'older' where key = 'api_sha256'`)
    await migrate(database.session.db)
    expect(await database.rows(source)).toEqual(before)
  })

  test('every function is made in one place', async () => {
    // One of a migration, which may be newer, would give way to the one of sql/functions.
    const { migrations, renewed } = await readSchema()
    const made = (files: readonly SqlFile[]) =>
      files.flatMap(({ text }) =>
        [...text.matchAll(/^create (?:or replace )?function ([\w.]+)/gm)].map(([, name]) => name),
      )
    const twice = made(migrations).filter((name) => made(renewed).includes(name))
    expect(twice).toEqual([])
    expect(made(renewed).length).toBeGreaterThan(20)
  })

  test('does not break views that others built on api: it names them', async () => {
    await run(`create view public.report as select hcpcs from api.rvu`)
    await run(`update ops.setting set value = 'older' where key = 'api_sha256'`)
    await expect(migrate(database.session.db)).rejects.toMatchObject({
      code: 'E_API_IN_USE',
      message: expect.stringContaining('report'),
    })
    await run(`drop view public.report`)
  })

  test('leaves a database alone that a newer version migrated, and lets no command work on it', async () => {
    await run(`insert into ops.migration values ('9999_later', now()::text)`)
    await run(`update ops.setting set value = 'newer' where key = 'api_sha256'`)
    for (const use of [migrate, requireMigrated]) {
      await expect(use(database.session.db)).rejects.toMatchObject({
        code: 'E_SCHEMA_NEWER',
        message: expect.stringContaining('9999_later'),
      })
    }
    await run(`delete from ops.migration where name = '9999_later'`)
  })

  test.each([
    ['made of other files', `update ops.setting set value = 'other' where key = 'api_sha256'`],
    ['gone', 'drop schema api cascade'],
  ])('a command says when schema api is %s, and migrate makes it anew', async (_, change) => {
    await migrate(database.session.db)
    await run(change)
    await expect(requireMigrated(database.session.db)).rejects.toMatchObject({
      code: 'E_NOT_MIGRATED',
      message: expect.stringContaining('schema api'),
    })
    expect(await migrate(database.session.db)).toEqual({ migrations: [], api: true })
    await expect(requireMigrated(database.session.db)).resolves.toBeUndefined()
  })

  test('waits for nobody while a run works: it names the run', async () => {
    const worker = await openSession(database.url)
    await takeRunLock(worker.db)
    await expect(migrate(database.session.db)).rejects.toMatchObject({ code: 'E_LOCKED' })
    await worker.close()
  })

  test('two that set up one database at once: one does it, the other finds it done', async () => {
    const name = `cms_fees_twice_${process.pid}`
    await database.session.client.query(`create database ${name} template template0`)
    const url = withDatabaseName(database.url, name)
    const sessions = await Promise.all([openSession(url), openSession(url)])
    try {
      const done = await Promise.all(sessions.map(({ db }) => migrate(db)))
      expect(done.map(({ api }) => api).sort()).toEqual([false, true])
    } finally {
      await Promise.all(sessions.map(({ close }) => close()))
      await database.session.client.query(`drop database ${name} with (force)`)
    }
  })

  test('a command that only reads says when the schema is not there', async () => {
    await run(`delete from ops.migration where name = '0006_editorial'`)
    await expect(requireMigrated(database.session.db)).rejects.toMatchObject({
      code: 'E_NOT_MIGRATED',
      message: expect.stringContaining('0006_editorial'),
    })
  })
})

describe('the migrated schema', () => {
  test('every table, view and function has a comment that states its grain', async () => {
    expect(
      await database.rows(`
        select c.oid::regclass::text as object
          from pg_class c
         where c.relnamespace in ('ops'::regnamespace, 'pfs'::regnamespace, 'editorial'::regnamespace, 'api'::regnamespace)
           and c.relkind in ('r', 'v') and c.relname not like 'migration%' and c.relname not like '%_history'
           and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '(Grain|today)'
         union all
        select p.oid::regprocedure::text
          from pg_proc p
         where p.pronamespace = 'api'::regnamespace and obj_description(p.oid, 'pg_proc') is null`),
    ).toEqual([])
  })
})
