/** Whether a version holds on a day or in a period is asked so that an index answers it, and means what `@>` and `&&` do. */
import { describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { plansOf } from '../helpers/plans.ts'

const database = useDatabase()

const DAYS = `unnest(array['{}', '{(,)}', '{[2024-01-01,)}', '{(,2024-01-01)}', '{[2024-01-01,infinity)}', '{[-infinity,2024-01-01)}',
  '{[2024-01-01,2024-04-01),[2024-07-01,)}', '{[2024-01-02,2024-01-03)}']::datemultirange[]) days`
const DATES = `unnest(array['-infinity', '2023-12-31', '2024-01-01', '2024-01-02', '2024-05-01', '2024-07-01', 'infinity', null]::date[])`

test('holds_on is true on the days of a version alone', async () => {
  const differing = await database.rows(
    `select days, day from ${DAYS} cross join ${DATES} day
      where api.holds_on(days, day) is distinct from (days @> day)`,
  )
  expect(differing).toEqual([])
})

test('holds_in is true of periods that share a day with a version alone', async () => {
  const differing = await database.rows(
    `select days, period from ${DAYS}
      cross join (select daterange(a, b) as period from ${DATES} a cross join ${DATES} b where a <= b or a is null or b is null) p
      where ops.holds_in(days, period) is distinct from (days && period)`,
  )
  expect(differing).toEqual([])
})

describe('every table of versions has an index that answers', () => {
  test.each([
    ['a whole schedule of a day', `select * from api.rvu_on('2024-05-01')`],
    ['a fee schedule', `select * from api.fee_schedule('10112', '00', '2024-05-01')`],
    ['a load', `select * from pfs.rvu where ops.holds_in(valid_during, '[2024-01-01,2024-04-01)')`],
  ])('%s', async (_, query) => {
    // The table is empty: reading it would cost nothing.
    await database.rows('set enable_seqscan = off')
    expect(await plansOf(database, query)).toContain('rvu_ends_begins_idx')
    await database.rows('set enable_seqscan to default')
  })

  test('of whatever schedule', async () => {
    const lacking = await database.rows(
      `select attrelid::regclass from pg_attribute a join pg_class c on c.oid = a.attrelid
        where attname = 'known_since' and c.relkind = 'r' and c.relname not like '%\\_history' and c.relnamespace::regnamespace::text <> 'editorial'
          and not exists (select from pg_index i where i.indrelid = c.oid and pg_get_indexdef(i.indexrelid) ~ 'ops\\.ends\\(valid_during\\), ops\\.begins\\(valid_during\\)')`,
    )
    expect(lacking).toEqual([])
  })
})
