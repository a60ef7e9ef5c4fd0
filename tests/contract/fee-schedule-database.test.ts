import { Kysely, PostgresDialect, sql } from 'kysely'
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import type { FeeScheduleDatabase, PaymentRow } from '../../src/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
/** As a user has it: a Kysely of their own, on a pg client that gives dates as text. */
let db: Kysely<FeeScheduleDatabase<string>>

beforeAll(async () => {
  await loadSamples(database, 'RVU25A')
  const connection = {
    query: database.session.client.query.bind(database.session.client),
    release: () => {},
  }
  const pool = { connect: async () => connection, end: async () => {} }
  db = new Kysely({ dialect: new PostgresDialect({ pool: pool as never }) })
})

describe('FeeScheduleDatabase', () => {
  test('types a view, decimals as text', async () => {
    const rows = await db
      .selectFrom('api.rvu_versions')
      .select(['hcpcs', 'work_rvu', 'endoscopic_base', 'valid_to'])
      .where('hcpcs', '=', 'G0402')
      .execute()
    expectTypeOf(rows).toEqualTypeOf<
      { hcpcs: string; work_rvu: string; endoscopic_base: string | null; valid_to: string | null }[]
    >()
    expect(rows).toEqual([
      { hcpcs: 'G0402', work_rvu: '2.60', endoscopic_base: null, valid_to: null },
    ])
  })

  test('types the rows of a function', async () => {
    const rows = await db
      .selectFrom(
        sql<PaymentRow<string>>`api.payment('G0402', '', '10112', '00', ${'2025-02-03'}::date)`.as(
          'p',
        ),
      )
      .select(['p.non_facility_amount', 'p.basis'])
      .execute()
    expectTypeOf(rows).toEqualTypeOf<
      { non_facility_amount: string | null; basis: string | null }[]
    >()
    expect(rows).toEqual([{ non_facility_amount: '149.20', basis: 'fee schedule' }])
  })

  test('refuses what is not there', () => {
    // @ts-expect-error no such view
    db.selectFrom('pfs.rvu')
    // @ts-expect-error no such column
    db.selectFrom('api.rvu').select('price')
    expectTypeOf<FeeScheduleDatabase['api.rvu']['valid_from']>().toEqualTypeOf<Date>()
    expectTypeOf<FeeScheduleDatabase['api.gpci']['work_gpci']>().toEqualTypeOf<string>()
  })
})
