/** A run that is killed at any moment leaves nothing, and the next one ends as if nothing had happened. */
import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES, ROOT } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const KILLS = 50
const database = useDatabase()
const undisturbed = useDatabase()
const home = await makeFolder('kill')

const content = `
  select md5(string_agg(v::text, '|' order by hcpcs, modifier, content_hash)) as rvu,
         (select array_agg(distinct release order by release) from ops.release) as releases
    from (select hcpcs, modifier, content_hash, valid_during from pfs.rvu) v`

/** Starts the run in a process of its own, and gives its exit code, null where it was killed. */
function run(release: string, killAfter: number): Promise<number | null> {
  const from = join(FIXTURES, `${release.toLowerCase()}.zip`)
  const args = [join(ROOT, 'bin/cms-fees.js'), 'ingest', release, '--from', from, '--allow-missing']
  const child = spawn(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: database.url, CMS_FEES_HOME: home, LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), killAfter)
  return new Promise((done) =>
    child.once('exit', (code) => {
      clearTimeout(timer)
      done(code)
    }),
  )
}

/** Until the server has noticed that the killed run is gone. */
async function settle(): Promise<void> {
  const others = `select from pg_stat_activity where datname = current_database() and application_name = 'cms-fees' and pid <> pg_backend_pid()`
  while ((await database.rows(others)).length > 0) await sleep(20)
}

test(`${KILLS} kills at random moments`, async () => {
  for (const release of ['RVU25A', 'RVU25D']) {
    const from = join(FIXTURES, `${release.toLowerCase()}.zip`)
    await ingest({ release, from, allowMissing: true }, undisturbed)
  }
  const [whole] = await undisturbed.rows<{ rvu: string; releases: string[] }>(content)

  const from = join(FIXTURES, 'rvu25a.zip')
  await ingest({ release: 'RVU25A', from, allowMissing: true }, database)
  const [before] = await database.rows(content)
  let killed = 0
  while (killed < KILLS) {
    const code = await run('RVU25D', 150 + Math.random() * 1200)
    await settle()
    const [state] = await database.rows(content)
    if (code === null) {
      killed += 1
      // A kill may come after the commit: then everything is there, and never a part.
      expect([before, whole]).toContainEqual(state)
    } else {
      expect(code).toBe(0)
    }
    if ((state as { releases: string[] }).releases.length > 1) await forget()
  }
  expect(await run('RVU25D', 60_000)).toBe(0)
  expect(await database.rows(content)).toEqual([whole])
  const archived = await readdir(join(home, 'archive'), { recursive: true, withFileTypes: true })
  const names = archived.filter((entry) => entry.isFile()).map((entry) => entry.name)
  expect(names.filter((name) => !name.startsWith('.'))).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ])
})

/** Back to the state before the release, for the next kill. */
async function forget(): Promise<void> {
  const { client } = database.session
  await client.query(
    `truncate pfs.rvu, pfs.gpci, pfs.opps_cap, pfs.anesthesia_cf, pfs.locality, pfs.conversion_factor`,
  )
  await client.query(`delete from ops.release_file`)
  await client.query(`delete from ops.release`)
  await ingest(
    { release: 'RVU25A', from: join(FIXTURES, 'rvu25a.zip'), allowMissing: true },
    database,
  )
}
