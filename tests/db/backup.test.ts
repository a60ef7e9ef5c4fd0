/** What docs/operations.md says of backups: pg_dump and pg_restore, and the archive beside them. */
import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, inject, test } from 'vitest'
import { contractDamage } from '../../src/db/contract.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openSession } from '../../src/db/session.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { retract } from '../../src/jobs/retract.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples, sampleOf } from '../helpers/samples.ts'

/** Major version of the programs beside pg_config; none where there are none. */
function programs(): { folder: string; major: number } | null {
  try {
    const folder = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim()
    const version = execFileSync(join(folder, 'pg_dump'), ['--version'], { encoding: 'utf8' })
    return { folder, major: Number(/(\d+)/.exec(version)?.[1]) }
  } catch {
    return null
  }
}

const found = programs()
const server = await openSession(inject('serverUrl'))
const { rows } = await server.client.query('show server_version_num')
await server.close()
const serverMajor = Math.floor(Number(rows[0].server_version_num) / 10_000)

const database = useDatabase()
const folder = await makeFolder('backup')
beforeAll(() => loadSamples(database, 'RVU25A', 'RVU25D'))

// A pg_dump refuses a server that is newer than itself: CI runs this on Debian's server.
test.skipIf(!found || found.major < serverMajor)(
  'a dump restores a database that answers the same, and takes the next release',
  async () => {
    const run = (program: string, ...args: string[]) =>
      promisify(execFile)(join(found?.folder ?? '', program), args)
    const dump = join(folder, 'cms-fees.dump')
    await run('pg_dump', '--format=custom', `--file=${dump}`, database.url)

    const name = `cms_fees_restored_${process.pid}`
    await database.session.client.query(`create database ${name} template template0`)
    const url = new URL(database.url)
    url.pathname = `/${name}`
    await run('pg_restore', '--exit-on-error', `--dbname=${url.href}`, dump)
    const session = await openSession(url.href)
    try {
      for (const view of [
        'rvu_versions',
        'gpci_versions',
        'code_page',
        'release',
        'search_document',
      ]) {
        const query = `select md5(string_agg(v::text, '|' order by v::text)) as hash, count(*) as rows from api.${view} v`
        expect((await session.client.query(query)).rows, view).toEqual(await database.rows(query))
      }
      expect(await migrate(session.db)).toEqual({ migrations: [], api: false })
      expect(await contractDamage(session.db)).toEqual([])
      const context = { ...database, session }
      expect((await ingest(sampleOf('RVU25D'), context)).outcome).toBe('nothing_new')
      expect((await ingest(sampleOf('RVU26B'), context)).outcome).toBe('done')
      // A retraction reads its successor from the archive, which is no part of the dump.
      expect((await retract('RVU26B', context)).successors).toEqual(['RVU25D'])
    } finally {
      await session.close()
      await database.session.client.query(`drop database ${name}`)
    }
  },
)
