/** Every rate of the sample releases is what schema `api` gives at its place on its first day and on its last. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportAll } from '../../src/export/export.ts'
import { differing, writeClaimLines } from '../helpers/claim-lines.ts'
import { useDatabase } from '../helpers/database.ts'
import { type DuckDB, openDuckDB, pricingOfLines } from '../helpers/duckdb.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const folder = join(await makeFolder('rates'), 'fees')
let duckdb: DuckDB

beforeAll(async () => {
  await loadSamples(database, 'RVU25A', 'RVU25D', 'RVU26B', 'ZIP5_OCT2025', 'CLFS24Q4', 'CLFS25Q1')
  await loadSamples(database, 'ASP25Q1', 'ASP25Q2', 'DME25A', 'ASC25Q1')
  // The ZIP codes at hand are of a later day than the fees of supplies.
  await database.rows(`update zip.zip5 set valid_during = '{(,)}'`)
  await exportAll(folder, database)
  duckdb = await openDuckDB(join(folder, 'current'))
})
afterAll(() => duckdb?.close())

const DAYS = 'unnest([valid_from, valid_to])::text as day'

interface Schedule {
  readonly geography: string
  readonly apm: boolean
  readonly day: string
}

/** Count and fingerprint of the amounts of a place on a day, in the same words on both sides. */
test('physicians: all localities, all codes, and no others', async () => {
  const schedules = await duckdb.rows<Schedule>(
    `select distinct geography, qualifying_apm as apm, ${DAYS} from rate where schedule = 'physician' order by all`,
  )
  expect(schedules.length).toBeGreaterThan(1000)
  for (const { geography, apm, day } of schedules) {
    const [mac, locality] = geography.split('-')
    const [rates] = await duckdb.rows(`
      select count(*)::int as amounts, md5(string_agg(line, '|' order by line)) as hash from (
        select concat_ws(' ', hcpcs, modifier, setting, amount::decimal(12, 2), basis) as line from rate
         where schedule = 'physician' and geography = '${geography}' and qualifying_apm = ${apm} and date '${day}' between valid_from and valid_to)`)
    const [expected] = await database.rows(`
      select count(*)::int as amounts, md5(string_agg(line, '|' order by line collate "C")) as hash
        from api.fee_schedule('${mac}', '${locality}', '${day}', ${apm})
       cross join lateral (values ('non_facility', non_facility_amount), ('facility', facility_amount)) s (setting, amount)
       cross join lateral concat_ws(' ', hcpcs, modifier, setting, amount, basis) line
       where amount is not null`)
    expect({ geography, apm, day, ...rates }).toEqual({ geography, apm, day, ...expected })
  }
})

test('anesthesia: all localities, and no others', async () => {
  const rates = await duckdb.rows<{ day: string }>(
    `select geography, qualifying_apm as apm, amount::varchar as amount, ${DAYS} from rate where schedule = 'anesthesia'`,
  )
  const asked = `from jsonb_to_recordset($1) r (geography text, apm boolean, amount numeric, day date)`
  const { rows: wrong } = await database.session.client.query(
    `select r.*, p.conversion_factor ${asked}
      cross join lateral api.anesthesia_payment(4, 30, split_part(r.geography, '-', 1), split_part(r.geography, '-', 2), r.day, r.apm) p
      where p.conversion_factor is distinct from r.amount or p.amount is null`,
    [JSON.stringify(rates)],
  )
  expect(wrong).toEqual([])
  const { rows: incomplete } = await database.session.client.query(
    `select day, rates, factors
       from (select day, count(distinct (geography, apm)) as rates ${asked} group by day) r
      cross join lateral (select count(*) as factors from api.payment_anesthesia_cf f where f.valid_during @> r.day) f
      where factors <> rates`,
    [JSON.stringify(rates)],
  )
  expect(incomplete).toEqual([])
  expect(rates.length).toBeGreaterThan(400)
})

/** ZIP codes by what decides a fee there: the state alone, a rural place of it, a former bidding area. */
const PLACES = `
  select distinct on (kind, name) kind, name, zip
    from (select zip, (array_agg(state order by place))[1] as state, bool_or(is_rural) as is_rural, max(former_bidding_area) as area
            from api.dmepos_zip where valid_during @> date '2025-02-15' group by zip) z
   cross join lateral (values (case when area is null and is_rural is not true then 'state' end, state),
                              (case when area is null and is_rural then 'rural' end, state),
                              ('former bidding area', area), ('national', '')) p (kind, name)
   where kind is not null and name is not null
   order by kind, name, zip`

interface Asked {
  readonly rates: number
  readonly reached: number
  readonly wrong: number
}

const RATES = `
  select schedule, hcpcs, modifier, geography_kind as kind, geography as name, amount::varchar as amount, ${DAYS}
    from rate where schedule not in ('physician', 'anesthesia')`

/** Rates, those of a place that a ZIP code is known of, and of these how many have another amount by a query. */
async function ask(rates: readonly object[], answers: string): Promise<Asked | undefined> {
  const { rows } = await database.session.client.query<Asked>(
    `with place as materialized (${PLACES}), asked as materialized (
       select row_number() over () as n, r.*, p.zip
         from jsonb_to_recordset($1) r (schedule text, hcpcs text, modifier text, kind text, name text, amount numeric, day date)
         left join place p using (kind, name)
     ), answer as materialized (${answers})
     select count(*)::int as rates, count(zip)::int as reached, count(*) filter (where zip is not null and r.amount is distinct from a.amount)::int as wrong
       from asked r left join answer a using (n)`,
    [JSON.stringify(rates)],
  )
  return rows[0]
}

const SAMPLE = 300

test(`laboratory, drugs, ASC and DMEPOS: ${SAMPLE} rates by api.price_on`, async () => {
  const rates = await duckdb.rows(
    `${RATES} order by md5(concat(schedule, hcpcs, modifier, kind, name, day)) limit ${SAMPLE}`,
  )
  const asked = await ask(
    rates,
    `select n, p.amount from asked a cross join lateral api.price_on(a.hcpcs, a.modifier, a.zip, a.day) p
      where a.zip is not null and p.schedule = a.schedule and p.modifier = a.modifier`,
  )
  expect(asked).toEqual({ rates: rates.length, reached: expect.any(Number), wrong: 0 })
  expect(asked?.reached).toBeGreaterThan(0.7 * rates.length)
})

test('laboratory, drugs and ASC: all codes', async () => {
  const rates = await duckdb.rows(`${RATES} and schedule <> 'DMEPOS'`)
  const asked = await ask(
    rates,
    `select a.n, p.amount from asked a
       join api.national_price p on p.schedule = a.schedule and p.hcpcs = a.hcpcs and p.modifier = a.modifier and p.valid_during @> a.day`,
  )
  expect(asked).toEqual({ rates: rates.length, reached: rates.length, wrong: 0 })
  expect(rates.length).toBeGreaterThan(1000)
})

test('DMEPOS: all codes, at several places of each kind that a ZIP code is known of', async () => {
  const rates = await duckdb.rows(`
    ${RATES} and schedule = 'DMEPOS'
    qualify row_number() over (partition by hcpcs, modifier, geography_kind order by md5(geography)) <= 3`)
  const asked = await ask(
    rates,
    `select p.place as n, (p.answer).amount
       from (select array_agg(hcpcs order by n) as hcpcs, array_agg(modifier order by n) as modifier,
                    array_agg(zip order by n) as zip, array_agg(day order by n) as day from asked) q
      cross join lateral api.dmepos_payments(q.hcpcs, q.modifier, q.zip, q.day) p`,
  )
  expect(asked).toEqual({ rates: rates.length, reached: expect.any(Number), wrong: 0 })
  expect(asked?.reached).toBeGreaterThan(0.7 * rates.length)
})

test('DMEPOS: every rate is a fee of the file, and no fee is left out', async () => {
  const rates = await duckdb.rows(
    `select * replace (amount::varchar as amount) from rate where schedule = 'DMEPOS'`,
  )
  const { rows } = await database.session.client.query(
    `with given as materialized (
       select * from jsonb_to_recordset($1) r (hcpcs text, modifier text, geography_kind text, geography text, amount numeric, valid_from date, valid_to date)
     ), day as materialized (
       select valid_from as day from given union select valid_to from given
     ), rate as materialized (
       select hcpcs, modifier, geography_kind, geography, day, amount from given join day on day between valid_from and valid_to
     ), fee as materialized (
       select f.hcpcs, f.modifiers as modifier, g.kind, f.place as name, d.day, g.fee as amount
         from day d
         join api.dmepos_fee f on f.valid_during @> d.day
        cross join lateral (values (replace(f.place_kind, 'mail order', 'national'), f.fee),
                                   (case f.place_kind when 'state' then 'rural' end, coalesce(f.rural_fee, f.fee))) g (kind, fee)
        where g.kind is not null and g.fee is not null
     )
     select (select count(*)::int from (table rate except table fee) r) as no_fee, (select count(*)::int from (table fee except table rate) f) as no_rate,
            (select count(*)::int from fee) as fees`,
    [JSON.stringify(rates)],
  )
  expect(rows).toEqual([{ no_fee: 0, no_rate: 0, fees: expect.any(Number) }])
})

test('lines of tests and drugs have the amounts of api.price_claims, with any modifier, and equipment has none', async () => {
  await database.rows(`
    create table public.claim_line as
    select row_number() over () as source_row, n::text as claim_id, n::text as line, hcpcs, modifiers,
           (array[1, 2, 3, 40])[1 + n % 4]::numeric as units, service_date, '11' as place_of_service, '35203' as zip, null::text as mac, null::text as locality,
           case when n % 5 = 0 then 20.5 end as charge, false as qualifying_apm, null::text as rendering_npi, null::text as billing_npi, null::text as patient_id,
           null::text as practitioner, n % 3 > 0 as participating, n % 2 > 0 as assigned, null::numeric as minutes, null::numeric as base_units,
           false as documented, null::numeric as report_percent
      from (select row_number() over (order by hcpcs, modifiers, service_date)::integer as n, c.*, m.modifiers, d.service_date
              from (select hcpcs from api.clfs_versions union select hcpcs from api.asp_versions union select hcpcs from api.dmepos_versions) c
             cross join unnest(array[null, 'QW', '59 QW', '26', '33', 'GY', 'JZ', 'CQ', '50', '22']) m (modifiers)
             cross join unnest(array['2024-11-05', '2024-12-31', '2025-01-01', '2025-02-03', '2025-05-01', '2026-02-03']::date[]) d (service_date)) l`)
  const lines = await makeFolder('lines')
  await writeClaimLines(database, duckdb, lines)
  await duckdb.run(`create temp table claim_line as from '${lines}/claim_line.parquet'`)
  await duckdb.run(await pricingOfLines())
  expect(await duckdb.rows(differing(`'${lines}/expected.parquet'`, 'priced_line'))).toEqual([])
  const counted = await duckdb.rows<{ schedule: string | null; priced: number }>(
    'select schedule, count(amount)::int as priced from priced_line group by schedule order by schedule nulls last',
  )
  expect(counted.map(({ schedule }) => schedule)).toEqual(
    expect.arrayContaining(['drugs', 'laboratory', null]),
  )
  for (const { schedule, priced } of counted)
    expect(priced > 100, `${schedule}`).toBe(schedule === 'drugs' || schedule === 'laboratory')
})
