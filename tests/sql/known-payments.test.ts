/** Many places and days at once give what api.fee_schedule gives for each. */
import { beforeAll, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { plansOf } from '../helpers/plans.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()

beforeAll(() => loadSamples(database, 'RVU25A', 'RVU26B'))

// Of a loaded release, of one that is not, of the year after the GPCIs, and before all of them.
const DAYS = `array['2025-02-03', '2025-06-01', '2026-05-01', '2027-01-01', '2003-06-01']::date[]`
// The nation, and a contractor of one locality, of three and of eight.
const MACS = `('00000', '10112', '01112', '01182')`
const COLUMNS = `hcpcs, modifier, mac, locality, on_date, status_indicator, work_rvu, non_facility_pe_rvu, facility_pe_rvu,
  mp_rvu, work_gpci, pe_gpci, mp_gpci, conversion_factor, non_facility_amount, facility_amount,
  non_facility_limiting_charge, facility_limiting_charge`

test('codes of every status in localities, and in the nation', async () => {
  const [{ codes } = { codes: [] }] = await database.rows<{ codes: string[] }>(`
    select array_agg(distinct hcpcs) as codes
      from (select hcpcs, row_number() over (partition by status_indicator, has_rvus, has_opps_rvus order by hcpcs) as place
              from api.payment_rvu) r
     where place <= 15`)
  const asked = `array['${codes.join(`', '`)}']`
  await database.rows(`create temp table together as
    select ${COLUMNS} from api.known_payments(${asked}, ${DAYS})
     where mac in ${MACS}`)
  await database.rows(`create temp table one_by_one as
    select ${COLUMNS}
      from unnest(${DAYS}) day
     cross join lateral (select mac as m, locality as l from api.payment_gpci where valid_during @> day and mac in ${MACS}) g
     cross join lateral api.fee_schedule(m, l, day, false, 'latest')
     where hcpcs = any(${asked})`)
  const [counts] = await database.rows<Record<string, string>>(`
    select count(*) as rows, count(distinct on_date) as days, count(distinct mac || locality) as places,
           count(non_facility_limiting_charge) as charges from together`)
  expect(Number(counts?.rows)).toBeGreaterThan(1_000)
  expect(Number(counts?.days)).toBe(4)
  expect(Number(counts?.places)).toBeGreaterThan(8)
  expect(Number(counts?.charges)).toBeGreaterThan(500)
  for (const [a, b] of [
    ['together', 'one_by_one'],
    ['one_by_one', 'together'],
  ])
    expect(await database.rows(`select * from ${a} except all select * from ${b}`)).toEqual([])
})

test('one code in the nation reads no other', async () => {
  await database.rows('analyze')
  const plan = await plansOf(
    database,
    `select * from api.known_payments(array['G0101'], array[date '2025-02-03']) where mac = '00000'`,
  )
  expect(plan).toContain('rvu_pkey')
  expect(plan).toContain('gpci_pkey')
  expect(plan).not.toMatch(/Seq Scan on (rvu|gpci)\b|rvu_ends_begins/)
})
