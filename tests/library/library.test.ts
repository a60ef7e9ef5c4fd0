/** The library as a program uses it: what src/index.ts exports, and nothing else. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, expectTypeOf, inject, test } from 'vitest'
import { openSession, type Session } from '../../src/db/session.ts'
import {
  backfill,
  CmsFeesError,
  codePage,
  type Database,
  ingest,
  latest,
  migrate,
  openDatabase,
  payment,
  retract,
} from '../../src/index.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { sampleOf } from '../helpers/samples.ts'
import { withDatabaseName } from '../helpers/server.ts'

const own = useDatabase()
const home = await makeFolder('library')
let database: Database
/** Holds what a job needs. */
let holder: Session

beforeAll(async () => {
  database = await openDatabase({ url: own.url, home })
  holder = await openSession(own.url, 'holder')
  await ingest(database, sampleOf('RVU25A'))
})
afterAll(async () => {
  await holder.close()
  await database.close()
})

/** Until as many connections wait for what is held. */
async function untilWaiting(count: number): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  while ((await own.rows(waiting)).length !== count) await sleep(20)
}

const VISIT = { hcpcs: 'g0402', on_date: '2025-02-03' }
const ALABAMA = { ...VISIT, mac: '10112', locality: '00' }

describe('reads', () => {
  test('give a payment as decimal text', async () => {
    const paid = await payment(database, ALABAMA)
    expect(paid).toMatchObject({
      ...{ hcpcs: 'G0402', on_date: '2025-02-03', conversion_factor: '32.3465' },
      ...{ non_facility_amount: '149.20', basis: 'fee schedule' },
    })
    expectTypeOf(paid.non_facility_amount).toEqualTypeOf<string | null>()
  })

  test('say why there is no amount', async () => {
    const later = { ...ALABAMA, on_date: '2030-01-01' }
    expect(await payment(database, later)).toMatchObject({
      ...{ non_facility_amount: null, basis: expect.stringContaining('not loaded') },
    })
    expect(await payment(database, { ...later, on_missing: 'latest' })).toMatchObject({
      ...{ non_facility_amount: '149.20', basis: expect.stringContaining('RVU25A') },
    })
    expect(await payment(database, { ...VISIT, zip: '35042' })).toMatchObject({
      ...{ zip: '35042', non_facility_amount: null, basis: 'no ZIP code file governs this day' },
    })
  })

  test('give the page of a code, and nothing for a code that there is not', async () => {
    expect(await codePage(database, 'g0402')).toMatchObject({ hcpcs: 'G0402', release: 'RVU25A' })
    expect(await codePage(database, 'Z9999')).toBeUndefined()
  })

  test('reach all of schema api, as its types say', async () => {
    const releases = await database.api
      .selectFrom('api.release')
      .select(['revision', 'effective_from'])
      .where('release', '=', 'RVU25A')
      .execute()
    expectTypeOf(releases).toEqualTypeOf<{ revision: string | null; effective_from: string }[]>()
    expect(releases).toEqual([{ revision: '1', effective_from: '2025-01-01' }])
  })

  test('take no writes', async () => {
    await expect(sql`delete from pfs.rvu`.execute(database.api)).rejects.toMatchObject({
      code: '25006',
    })
  })

  test('end at the signal, on the server too', async () => {
    const stop = new AbortController()
    await holder.client.query('begin; lock table pfs.rvu')
    const read = payment(database, ALABAMA, { signal: stop.signal })
    const outcome = expect(read).rejects.toMatchObject({ code: 'E_INTERRUPTED' })
    await untilWaiting(1)
    stop.abort()
    await outcome
    await untilWaiting(0)
    await holder.client.query('rollback')
    expect(await payment(database, ALABAMA)).toMatchObject({ basis: 'fee schedule' })
  })

  test('refuse what is no day', async () => {
    for (const on_date of ['', '2025-02-30', '02/03/2025']) {
      await expect(payment(database, { ...ALABAMA, on_date })).rejects.toMatchObject({
        ...{ code: 'E_USAGE', next: expect.stringContaining('2025-03-01') },
      })
    }
  })
})

describe('jobs', () => {
  test('leave reads what was published before, end at the signal, and go on at the next call', async () => {
    const stop = new AbortController()
    await holder.client.query('begin; lock table pfs.rvu in exclusive mode')
    const job = ingest(database, sampleOf('RVU25D'), { signal: stop.signal })
    const outcome = expect(job).rejects.toMatchObject({ code: 'E_INTERRUPTED' })
    await untilWaiting(1)
    expect(await payment(database, ALABAMA)).toMatchObject({ basis: 'fee schedule' })
    await expect(ingest(database, sampleOf('RVU25D'))).rejects.toMatchObject({ code: 'E_LOCKED' })
    stop.abort()
    await outcome
    await holder.client.query('rollback')

    const request = { from: 'RVU25A', to: 'RVU25B', archive: FIXTURES }
    const steps = await backfill(database, request)
    expect(
      steps.map(({ release, report, error }) => [release, report?.outcome ?? error?.code]),
    ).toEqual([
      ['RVU25A', 'nothing_new'],
      ['RVU25B', undefined],
    ])
  })

  test('are refused before they begin', async () => {
    const refusals = {
      E_UNKNOWN_RELEASE: () => ingest(database, { release: 'X', from: 'x.zip' }),
      E_SOURCE_NOT_FOUND: () => ingest(database, { release: 'RVU25B', from: join(home, 'none') }),
      E_NOT_LOADED: () => retract(database, 'RVU25B'),
      E_LICENSE_NOT_ACCEPTED: () => latest(database),
      E_INTERRUPTED: () => latest(database, {}, { signal: AbortSignal.abort() }),
    }
    for (const [code, refused] of Object.entries(refusals)) {
      const error = await refused().catch((cause: unknown) => cause)
      expect(error).toBeInstanceOf(CmsFeesError)
      expect(error).toMatchObject({ code, next: expect.stringMatching(/./) })
    }
  })

  test('take a release back out', async () => {
    expect(await retract(database, 'RVU25A')).toMatchObject({ revision: 1, successors: [] })
    expect(await payment(database, ALABAMA)).toMatchObject({ non_facility_amount: null })
  })
})

test('an empty database is set up by migrate; before, a read says what is missing', async () => {
  const name = `${new URL(own.url).pathname.slice(1)}_empty`
  await holder.client.query(`create database ${name} template template0`)
  try {
    await using empty = await openDatabase({ url: withDatabaseName(own.url, name), home })
    await expect(codePage(empty, 'G0402')).rejects.toMatchObject({ code: 'E_NOT_MIGRATED' })
    await expect(payment(empty, ALABAMA)).rejects.toMatchObject({ code: 'E_NOT_MIGRATED' })
    await expect(retract(empty, 'RVU25A')).rejects.toMatchObject({ code: 'E_NOT_MIGRATED' })
    expect((await migrate(empty)).migrations).not.toEqual([])
    expect(await migrate(empty)).toEqual({ migrations: [], api: false })
    expect(await codePage(empty, 'G0402')).toBeUndefined()
  } finally {
    await holder.client.query(`drop database ${name}`)
  }
})

test('a server that is not there, or does not know who asks, is told without the password', async () => {
  await expect(openDatabase({ url: 'mysql://x' })).rejects.toMatchObject({ code: 'E_CONFIG' })
  const wrong = new URL(inject('serverUrl'))
  wrong.password = 'secret'
  wrong.pathname = '/not_there'
  for (const url of ['postgres://ann:secret@127.0.0.1:1/fees', wrong.href]) {
    await using away = await openDatabase({ url, home })
    for (const call of [codePage, retract]) {
      const error = await call(away, 'RVU25A').catch((cause: unknown) => cause)
      expect(error).toMatchObject({ code: 'E_DATABASE_UNREACHABLE' })
      expect(String(error)).not.toContain('secret')
    }
  }
})
