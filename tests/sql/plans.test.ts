/** The queries that people ask most reach their rows by the indexes that are made for them. */
import { beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { plansOf } from '../helpers/plans.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const DAY = '2025-11-01'

beforeAll(async () => {
  await loadSamples(database, 'RVU25A', 'RVU25D', 'RVU26B', 'HCPC2019_ANWEB', 'ZIP5_OCT2025')
  await database.session.client.query('analyze')
})

/** What a plan reads from end to end. */
const scanned = (plan: string) => [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table)

describe('one code', () => {
  test.each([
    ['as of a day', `select * from api.rvu_on('${DAY}') where hcpcs = 'G0101'`],
    ['through time', `select * from api.rvu_versions where hcpcs = 'G0101'`],
    ['as it was known', `select * from api.rvu_as_known('${DAY}', now()) where hcpcs = 'G0101'`],
    ['its payment', `select * from api.payment('G0101', '', '10112', '00', '${DAY}')`],
    ['its page', `select * from api.code_page where hcpcs = 'A4306'`],
    [
      'its page, of a letter that the schedule leaves out',
      `select * from api.code_page where hcpcs = 'E0781'`,
    ],
  ])('%s, by index', async (_, query) => {
    const plan = await plansOf(database, query)
    expect(plan).toContain('rvu_pkey')
    for (const large of ['rvu', 'rvu_history', 'opps_cap', 'hcpcs', 'entry', 'document', 'zip5']) {
      expect(scanned(plan), plan).not.toContain(large)
    }
  })
})

describe('a whole schedule', () => {
  test('as of a day reads the table once, and joins nothing row by row', async () => {
    const plan = await plansOf(database, `select * from api.rvu_on('${DAY}')`)
    expect(scanned(plan).filter((table) => table === 'rvu')).toHaveLength(1)
    expect(plan).not.toMatch(/SubPlan/)
  })

  test('priced for a locality reads relative values and caps once each', async () => {
    const plan = await plansOf(database, `select * from api.fee_schedule('10112', '00', '${DAY}')`)
    for (const table of ['rvu', 'opps_cap']) {
      expect(scanned(plan).filter((each) => each === table).length, plan).toBeLessThanOrEqual(1)
    }
    expect(plan).not.toMatch(
      /Nested Loop[^\n]*\n(?:[^\n]*\n){0,6}[^\n]*Seq Scan on rvu\b[^\n]*loops/,
    )
  })
})
