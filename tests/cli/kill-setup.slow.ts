/** Setting up, or bringing up to date, is one step: killed at any moment, it is done or it has not begun. */
import { spawn } from 'node:child_process'
import { cp, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { isEmpty, requireMigrated } from '../../src/db/migrate.ts'
import { openSession, type Session } from '../../src/db/session.ts'
import { FIXTURES, ROOT } from '../../src/paths.ts'
import { BIN, environment } from '../helpers/cli.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { makeFolder } from '../helpers/folder.ts'
import { withDatabaseName } from '../helpers/server.ts'

const KILLS = 7
const folder = await makeFolder('kill-setup')

let server: Session
beforeAll(async () => {
  server = await openSession(inject('serverUrl'))
})
afterAll(() => server.close())

const INGEST = ['ingest', 'RVU25A', '--from', join(FIXTURES, 'rvu25a.zip')]

/** Exit code of the program at `bin`, null where it was killed after that many milliseconds. */
function run(bin: string, args: string[], url: string, killAfter?: number): Promise<number | null> {
  const env = environment(url, folder)
  const child = spawn(process.execPath, [bin, ...args], { env, stdio: 'ignore' })
  const timer = killAfter && setTimeout(() => child.kill('SIGKILL'), killAfter)
  return new Promise((done) =>
    child.once('exit', (code) => {
      if (timer) clearTimeout(timer)
      done(code)
    }),
  )
}

/** How long the program takes undisturbed, in milliseconds: where the search for the moment of a kill begins. */
const durationOf = (bin: string, args: string[], template: string): Promise<number> =>
  onDatabase(template, async (url) => {
    const start = performance.now()
    expect(await run(bin, args, url)).toBe(0)
    return performance.now() - start
  })

/** The moment of the next kill: later where nothing was done yet, else earlier, so that both sides are seen on any machine. */
const nextMoment = (moment: number, nothingDone: boolean): number =>
  moment * (nothingDone ? 1.1 + Math.random() / 2 : 0.9 - Math.random() / 2)

/** Works on a database of its own; `template` is copied, once nobody uses it any more. */
async function onDatabase<T>(template: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `cms_fees_setup_${process.pid}_${Math.random().toString(36).slice(2)}`
  await server.client.query(`create database ${name} template ${template}`)
  try {
    return await work(withDatabaseName(inject('serverUrl'), name))
  } finally {
    await server.client.query(`drop database ${name} with (force)`)
  }
}

/** Asks the database, once the server has noticed that the killed process is gone. */
async function ask<T>(url: string, question: (session: Session) => Promise<T>): Promise<T> {
  const session = await openSession(url)
  try {
    const others = `select from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()`
    while ((await session.client.query(others)).rowCount) await sleep(20)
    return await question(session)
  } finally {
    await session.close()
  }
}

test(`${KILLS} kills of a first run`, async () => {
  const moments = new Set<string>()
  let moment = (await durationOf(BIN, INGEST, 'template0')) / 2
  for (let kill = 0; kill < KILLS; kill += 1) {
    await onDatabase('template0', async (url) => {
      await run(BIN, INGEST, url, moment)
      const left = await ask(url, async ({ client, db }) => {
        if (await isEmpty(db)) return 'nothing'
        await requireMigrated(db)
        await client.query('select * from api.code_page')
        const { rows } = await client.query(
          `select release from api.release where state <> 'not loaded'`,
        )
        return rows.length === 0 ? 'the schema' : 'the release'
      })
      moments.add(left)
      moment = nextMoment(moment, left === 'nothing')
      expect(await run(BIN, INGEST, url)).toBe(0)
      expect(await run(BIN, ['status'], url)).toBe(0)
    })
  }
  // Else the moments were not those of a first run.
  expect(moments).toContain('nothing')
  expect(moments.size).toBeGreaterThan(1)
})

describe('an upgrade', () => {
  const later = join(folder, 'later')
  const laterBin = join(later, 'bin/cms-fees.js')

  beforeAll(async () => {
    for (const part of ['bin', 'src', 'pipelines', 'schemas', 'sql', 'editorial', 'package.json']) {
      await cp(join(ROOT, part), join(later, part), { recursive: true })
    }
    await symlink(join(ROOT, 'node_modules'), join(later, 'node_modules'))
    const write = (path: string, text: string) => writeFile(join(later, 'sql', path), text)
    await write(
      'migrations/9998_later.sql',
      'alter table pfs.rvu add later text; alter table pfs.rvu_history add later text; select pg_sleep(0.2);',
    )
    await write('migrations/9999_later.sql', 'create table ops.later (); select pg_sleep(0.2);')
    await write(
      'functions/later.sql',
      'create or replace function ops.later() returns int language sql return 1;',
    )
    await write('api/98_later.sql', 'create view api.later as select hcpcs, later from pfs.rvu;')
  })

  test(`${KILLS} kills`, async () => {
    const states = new Set<string>()
    let moment = (await durationOf(laterBin, ['migrate'], inject('template'))) / 2
    for (let kill = 0; kill < KILLS; kill += 1) {
      await onDatabase(inject('template'), async (url) => {
        await run(laterBin, ['migrate'], url, moment)
        const state = await ask(url, async ({ client, db }) => {
          const code = await codeOfAsync(() => requireMigrated(db))
          const { rows } = await client.query(`
            select to_regclass('ops.later') is not null as tables, to_regclass('api.later') is not null as api`)
          return JSON.stringify({ code, ...rows[0] })
        })
        states.add(state)
        moment = nextMoment(moment, state === BEFORE)
        expect([BEFORE, AFTER]).toContain(state)
        expect(await run(laterBin, ['migrate'], url)).toBe(0)
        expect(await run(laterBin, ['status'], url)).toBe(0)
        expect(await ask(url, ({ db }) => codeOfAsync(() => requireMigrated(db)))).toBe(
          'E_SCHEMA_NEWER',
        )
      })
    }
    expect(states.size).toBe(2)
  })

  const BEFORE = JSON.stringify({ tables: false, api: false })
  const AFTER = JSON.stringify({ code: 'E_SCHEMA_NEWER', tables: true, api: true })
})
