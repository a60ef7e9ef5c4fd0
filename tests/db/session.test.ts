import { once } from 'node:events'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asDatabaseError, openSession } from '../../src/db/session.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()

test('PostgreSQL compiles none of our queries, whatever its own setting is', async () => {
  await database.session.client.query(`
    do $$ begin execute format('alter database %I set jit = on', current_database()); end $$`)
  const session = await openSession(database.url)
  const { rows } = await session.client.query('show jit')
  await session.close()
  expect(rows).toEqual([{ jit: 'off' }])
})

test('a session whose connection broke takes no further statement: the run lock went with it', async () => {
  const { db, client, close } = await openSession(database.url)
  const ask = () => sql`select 1`.execute(db)
  await ask()
  const { rows } = await client.query('select pg_backend_pid() as pid')
  const broken = once(client, 'error')
  await database.session.client.query('select pg_terminate_backend($1)', [rows[0].pid])
  await broken
  const error = await ask().catch((cause: unknown) => asDatabaseError(cause))
  expect(error).toMatchObject({ code: 'E_DATABASE_UNREACHABLE' })
  await close()
})
