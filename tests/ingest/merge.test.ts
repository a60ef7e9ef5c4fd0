/** The merge, on one small table: what a release says becomes versions. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { conversionFactor } from '../../schemas/pfs/conversion-factor.ts'
import { openSession, type Session } from '../../src/db/session.ts'
import { merge } from '../../src/ingest/merge.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()
const hashes = new Map<string, string>()

/** Merges one factor (or none) for a period, as a release of its own. */
function say(factor: string | null, period: string, days = '{(,)}'): Promise<number> {
  const hash = hashes.get(factor ?? '') ?? randomUUID()
  hashes.set(factor ?? '', hash)
  return database.session.db.transaction().execute(async (trx) => {
    await sql`create temporary table stage_x (qualifying_apm boolean, conversion_factor numeric(7,4), content_hash uuid, valid_during datemultirange) on commit drop`.execute(
      trx,
    )
    if (factor)
      await sql`insert into stage_x values (false, ${factor}, ${hash}, ${days}::datemultirange)`.execute(
        trx,
      )
    return merge(trx, conversionFactor, 'stage_x', period)
  })
}
const versions = () =>
  database.rows(
    `select conversion_factor::text as factor, valid_during::text as days from pfs.conversion_factor order by valid_during`,
  )

describe('merge', () => {
  test('a first value is inserted, open-ended', async () => {
    expect(await say('1.0000', '[2024-01-01,)')).toBe(1)
    expect(await versions()).toEqual([{ factor: '1.0000', days: '{[2024-01-01,)}' }])
  })

  test('the same value in a part of its days writes nothing', async () => {
    expect(await say('1.0000', '[2024-07-01,)')).toBe(0)
  })

  test('another value takes its days from the old one', async () => {
    expect(await say('2.0000', '[2024-04-01,2024-07-01)')).toBe(2)
    expect(await versions()).toEqual([
      { factor: '1.0000', days: '{[2024-01-01,2024-04-01),[2024-07-01,)}' },
      { factor: '2.0000', days: '{[2024-04-01,2024-07-01)}' },
    ])
  })

  test('a value that vanishes leaves a hole', async () => {
    expect(await say(null, '[2024-10-01,2025-01-01)')).toBe(1)
    expect((await versions())[0]).toEqual({
      factor: '1.0000',
      days: '{[2024-01-01,2024-04-01),[2024-07-01,2024-10-01),[2025-01-01,)}',
    })
  })

  test('a version without days is removed', async () => {
    expect(await say('1.0000', '[2024-04-01,2024-07-01)')).toBe(2)
    expect((await versions()).map(({ factor }) => factor)).toEqual(['1.0000'])
  })

  test('replaced and removed versions are in the history, with the time they were believed', async () => {
    const history = await database.rows(
      `select conversion_factor::text as factor, valid_during::text as days, upper_inf(known_during) as open, isempty(known_during) as empty
         from pfs.conversion_factor_history order by lower(known_during), factor`,
    )
    expect(history).toContainEqual({
      factor: '1.0000',
      days: '{[2024-01-01,)}',
      open: false,
      empty: false,
    })
    expect(history).toContainEqual({
      factor: '2.0000',
      days: '{[2024-04-01,2024-07-01)}',
      open: false,
      empty: false,
    })
  })

  test('two versions of one key cannot hold on one day', async () => {
    await expect(
      sql`insert into pfs.conversion_factor values (false, 9, ${randomUUID()}, '{[2024-02-01,2024-02-02)}')`.execute(
        database.session.db,
      ),
    ).rejects.toThrow(/two versions of one key would hold on one day/)
  })
})

describe('rows that hold on a part of the period', () => {
  const days = async () => (await versions()).map((row) => row.days)

  test('begin on their own first day, in either order, and leave the days before to nobody', async () => {
    await database.rows('delete from pfs.conversion_factor')
    expect(await say('3.0000', '[2025-01-01,)', '{[2025-02-15,)}')).toBe(1)
    expect(await days()).toEqual(['{[2025-02-15,)}'])
    expect(await say('3.0000', '[2025-01-01,)', '{[2025-02-15,)}')).toBe(0)
    expect(await say('3.0000', '[2024-01-01,2025-01-01)', '{[2024-04-01,)}')).toBe(1)
    expect(await days()).toEqual(['{[2024-04-01,2025-01-01),[2025-02-15,)}'])
  })

  test('are restated where a later posting says another first day', async () => {
    expect(await say('3.0000', '[2025-01-01,)', '{[2025-03-01,)}')).toBe(1)
    expect(await days()).toEqual(['{[2024-04-01,2025-01-01),[2025-03-01,)}'])
    expect(await say('3.0000', '[2025-01-01,)')).toBe(1)
    expect(await days()).toEqual(['{[2024-04-01,)}'])
  })

  test('hold on none of its days where they begin after it', async () => {
    expect(await say('3.0000', '[2025-01-01,2025-04-01)', '{[2025-04-01,)}')).toBe(1)
    expect(await days()).toEqual(['{[2024-04-01,2025-01-01),[2025-04-01,)}'])
    expect(await say('4.0000', '[2025-01-01,2025-04-01)', '{[2025-04-01,)}')).toBe(0)
    expect(await say('3.0000', '(,2025-04-01)', '{[2025-04-01,)}')).toBe(1)
    expect(await say('3.0000', '[2025-04-01,)', '{(,2025-04-01)}')).toBe(1)
    expect(await versions()).toEqual([])
  })
})

describe('versions that would overlap', () => {
  const insert = (session: Session, days: string) =>
    session.client.query(
      `insert into pfs.conversion_factor values (true, 9, '${randomUUID()}', '${days}')`,
    )

  test('are refused where an update makes them so', async () => {
    await insert(database.session, '{[2020-01-01,2020-02-01)}')
    await insert(database.session, '{[2020-02-01,2020-03-01)}')
    await expect(
      database.rows(
        `update pfs.conversion_factor set valid_during = '{[2020-01-01,2020-03-01)}' where qualifying_apm`,
      ),
    ).rejects.toThrow(/two versions of one key/)
  })

  test('are refused where two sessions write at once: neither misses the other', async () => {
    const other = await openSession(database.url)
    await other.client.query('begin')
    await insert(other, '{[2021-01-01,2021-02-01)}')
    const waiting = expect(insert(database.session, '{[2021-01-15,2021-03-01)}')).rejects.toThrow(
      /two versions of one key/,
    )
    await other.client.query('commit')
    await waiting
    await other.close()
  })
})
