import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { untilAborted } from '../../src/db/interrupt.ts'
import { openSession, type Session } from '../../src/db/session.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { useDatabase } from '../helpers/database.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { sampleOf } from '../helpers/samples.ts'

const database = useDatabase()
let session: Session
let stop: AbortController
beforeEach(async () => {
  session = await openSession(database.url)
  stop = new AbortController()
})
afterEach(() => session.close())

const one = async () => (await sql<{ one: number }>`select 1 as one`.execute(session.db)).rows
const begun = async () => {
  while (
    (await database.rows(`select from pg_stat_activity where query like 'select pg_sleep%'`))
      .length === 0
  )
    await sleep(10)
}

describe('a session that is interrupted', () => {
  test('ends the running statement, and the next ones run', async () => {
    const slow = codeOfAsync(() =>
      untilAborted(session, stop.signal, () => sql`select pg_sleep(600)`.execute(session.db)),
    )
    await begun()
    stop.abort()
    expect(await slow).toBe('E_INTERRUPTED')
    expect(await one()).toEqual([{ one: 1 }])
  })

  test('takes no more statements of the open transaction, and rolls it back', async () => {
    const work = untilAborted(session, stop.signal, () =>
      session.db.transaction().execute(async (trx) => {
        await sql`create table public.left_behind ()`.execute(trx)
        stop.abort()
        await sql`select 1`.execute(trx)
      }),
    )
    await expect(work).rejects.toMatchObject({ code: 'E_INTERRUPTED' })
    expect(await database.rows(`select to_regclass('public.left_behind') as made`)).toEqual([
      { made: null },
    ])
  })

  test('leaves alone what is shielded', async () => {
    const kept = await untilAborted(session, stop.signal, () =>
      session.shielded(() =>
        session.db.transaction().execute(async (trx) => {
          stop.abort()
          return (await sql`select pg_sleep(0.1)`.execute(trx)).rows.length
        }),
      ),
    )
    expect(kept).toBe(1)
  })

  test('does not begin what comes after the signal', async () => {
    stop.abort()
    expect(await codeOfAsync(() => untilAborted(session, stop.signal, one))).toBe('E_INTERRUPTED')
  })
})

test('a run of a program that gives a signal of its own is recorded, and the next one runs', async () => {
  const { signal } = stop
  const lock = await openSession(database.url)
  await lock.client.query('begin; lock table pfs.rvu in exclusive mode')
  const run = codeOfAsync(() => ingest(sampleOf('RVU25A'), { ...database, session, signal }))
  while ((await database.rows('select from pg_locks where not granted')).length === 0)
    await sleep(10)
  stop.abort()
  expect(await run).toBe('E_INTERRUPTED')
  await lock.close()
  expect(await database.rows('select outcome, error_code from ops.run')).toEqual([
    { outcome: 'interrupted', error_code: 'E_INTERRUPTED' },
  ])
  expect((await ingest(sampleOf('RVU25A'), { ...database, session })).outcome).toBe('done')
})
