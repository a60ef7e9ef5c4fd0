/** A command in a process of its own, held in the middle of its work. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { openSession, type Session } from '../../src/db/session.ts'
import { ROOT } from '../../src/paths.ts'
import { BIN } from './cli.ts'
import type { TestDatabase } from './database.ts'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Starts a command, by a program of its own where one is named, as the first process of a group. */
export function startCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: readonly string[] = [process.execPath, BIN],
) {
  const [file = '', ...before] = program
  const child = spawn(file, [...before, ...args], { env, cwd: ROOT, detached: true })
  children.push(child)
  const stderr = text(child.stderr)
  child.stdout.resume()
  return {
    ended: once(child, 'close').then(async ([code, signal]) => ({
      ...{ code, signal },
      stderr: await stderr,
    })),
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** What a terminal does at Ctrl+C. */
    killGroup: (signal: NodeJS.Signals) => process.kill(-(child.pid ?? 0), signal),
  }
}

export const SAID = {
  SIGINT: /^E_INTERRUPTED: stopped by Ctrl\+C\. .*\n$/,
  SIGTERM: /^E_INTERRUPTED: stopped by SIGTERM\. .*\n$/,
}
export const CODE = { SIGINT: 130, SIGTERM: 143 }

/** Lets a test hold what a command needs, until the test is over, and see what becomes of the command. */
export function useHold(database: TestDatabase) {
  let holder: Session
  beforeAll(async () => {
    holder = await openSession(database.url, 'holder')
  })
  afterEach(() => holder.client.query('rollback'))
  afterAll(() => holder.close())
  const others = `from pg_stat_activity where datname = current_database() and application_name like 'cms-fees%' and pid <> pg_backend_pid()`
  const until = async (condition: string) => {
    while (!(await database.rows<{ met: boolean }>(`select ${condition} as met`))[0]?.met)
      await sleep(20)
  }
  return {
    async hold(lock: string): Promise<void> {
      await holder.client.query('begin')
      await holder.client.query(lock)
    },
    release: () => holder.client.query('rollback'),
    /** Until a command waits for what is held. */
    isBlocked: () => until(`exists (select ${others} and wait_event_type = 'Lock')`),
    runs: (query: string) => until(`exists (select ${others} and query like '%${query}%')`),
    /** Until no command is connected. */
    isAlone: () => until(`not exists (select ${others})`),
    /** Everything that an interrupted command must leave as it was. */
    state: () =>
      database.rows(`
        select (select md5(string_agg(v::text, '|' order by v::text)) from pfs.rvu v) as rvu,
               (select array_agg(r::text order by r::text) from ops.release r) as releases,
               (select array_agg(s::text order by s::text) from ops.setting s) as settings,
               (select count(*) from ops.replayed_row) as replayed`),
    async lastRun() {
      const [run] = await database.rows(
        `select command, outcome, error_code, finished_at is not null as finished from ops.run order by run_id desc limit 1`,
      )
      return run
    },
  }
}

/** Holds every load, in its transaction. */
export const NEEDS_RVU = 'lock table pfs.rvu in exclusive mode'
