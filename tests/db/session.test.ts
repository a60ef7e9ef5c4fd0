import { expect, test } from 'vitest'
import { openSession } from '../../src/db/session.ts'
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
