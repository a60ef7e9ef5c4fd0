/** A role is the server's: a file that compares all that a database holds must not run beside the making of one. */
import { beforeAll, expect, test } from 'vitest'
import { migrate } from '../../src/db/migrate.ts'
import { openSession } from '../../src/db/session.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
beforeAll(() => loadSamples(database, 'RVU25A'))

test('a member of cms_fees_owner that is no superuser migrates, and the roles keep their rights', async () => {
  const name = `test_migrator_${process.pid}`
  const { client } = database.session
  // Rights on a database are not copied with it.
  await migrate(database.session.db, { anew: true })
  await client.query(`create role ${name} login password 'secret' in role cms_fees_owner`)
  const url = new URL(database.url)
  url.username = name
  url.password = 'secret'
  const session = await openSession(url.href)
  try {
    expect(await migrate(session.db, { anew: true })).toEqual({ migrations: [], api: true })
    await client.query('set role cms_fees_reader')
    expect((await client.query('select * from api.rvu limit 1')).rows).toHaveLength(1)
  } finally {
    await session.close()
    await client.query('reset role')
    await client.query(
      `reassign owned by ${name} to cms_fees_owner; drop owned by ${name}; drop role ${name}`,
    )
  }
})
