/** Every place that says what a schedule pays says the same, of every code of the samples. */
import { beforeAll, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const DAY = '2025-02-15'

/** What one query gives and the other does not. */
async function differences(one: string, other: string): Promise<readonly unknown[]> {
  const [missing, more] = [`${one} except all ${other}`, `${other} except all ${one}`]
  return [...(await database.rows(missing)), ...(await database.rows(more))]
}

beforeAll(async () => {
  await loadSamples(database, 'RVU25A', 'CLFS25Q1', 'ASP25Q1', 'DME25A', 'ASC25Q1', 'ZIP5_OCT2025')
  // The sample of ZIP codes is taken to have held since January; a ZIP code for each state and kind of place.
  await database.rows(`
    update zip.zip5 set valid_during = '{[2025-01-01,)}';
    update ops.release set effective_from = '2025-01-01' where release = 'ZIP5_OCT2025';
    select ops.refresh_calendar();
    analyze;
    create temp table place as
      select distinct on (z.state, is_rural, area) z.zip, z.state, is_rural, area
        from (select zip, min(state) as state, bool_or(is_rural) as is_rural, max(former_bidding_area) as area
                from api.dmepos_zip where valid_during @> date '${DAY}' group by zip) z
       where z.state in ('AL', 'AK', 'CA', 'TX', 'PR') and (area is null or is_rural is false)
       order by z.state, is_rural, area, z.zip
       limit 12;
    create temp table priced as
      select d.hcpcs as code, p.*
        from search.document d
       cross join (values ('', '35042'), ('QW', '35042')) q (modifier, zip)
       cross join lateral api.price_on(d.hcpcs, q.modifier, q.zip, '${DAY}') p;
    create temp table supplied as
      select l.zip, l.state, l.is_rural, p.*
        from (select distinct hcpcs from api.dmepos_fee) d
       cross join place l
       cross join lateral api.price_on(d.hcpcs, null, l.zip, '${DAY}') p
       where p.schedule = 'DMEPOS';
    create temp table national as
      select p.* from search.document d cross join lateral api.price_national(d.hcpcs, '${DAY}') p;
    create temp table rates as
      select * from api.schedule_rates(2025) where '${DAY}' between valid_from and valid_to`)
})

test('api.price_on and api.price_national, of schedules that have one amount for the nation', async () => {
  const own = `distinct schedule, setting, hcpcs, modifier, amount, unit, release`
  expect(
    await differences(
      `(select ${own} from priced where schedule in ('laboratory', 'drugs', 'ASC'))`,
      `(select ${own} from national where schedule in ('laboratory', 'drugs', 'ASC'))`,
    ),
  ).toEqual([])
})

test('api.price_on and api.payment_by_zip', async () => {
  expect(
    await differences(
      `(select distinct hcpcs, setting, amount, basis from priced where schedule = 'physician')`,
      `(select p.hcpcs, s.setting, s.amount, 'physician fee schedule: ' || p.basis
          from search.document d
         cross join lateral api.payment_by_zip(d.hcpcs, '', '35042', '${DAY}') p
         cross join lateral (values ('non-facility', p.non_facility_amount), ('facility', p.facility_amount)) s (setting, amount)
         where s.amount is not null)`,
    ),
  ).toEqual([])
})

test('api.price_history', async () => {
  const own = `schedule, setting, hcpcs, modifier, lowest, highest, unit, basis`
  expect(
    await differences(
      `(select ${own} from api.price_history where '${DAY}' between valid_from and coalesce(known_to, valid_to, 'infinity'))`,
      `(select ${own} from national where schedule <> 'physician')`,
    ),
  ).toEqual([])
})

test('api.schedule_rates', async () => {
  expect(
    await differences(
      `(select schedule, setting, hcpcs, modifier, min(amount), max(amount), unit from rates
         where schedule <> 'anesthesia' group by 1, 2, 3, 4, 7)`,
      `(select schedule, setting, hcpcs, modifier, lowest, highest, unit from national where schedule <> 'physician')`,
    ),
  ).toEqual([])
})

test('api.schedule_rates and api.price_on, of each kind of place', async () => {
  const [counts] = await database.rows<{ rows: string; rural: string; areas: string }>(`
    select count(*) as rows, count(*) filter (where is_rural) as rural,
           count(*) filter (where basis like '%former competitive bidding area%') as areas from supplied`)
  expect(Number(counts?.rows)).toBeGreaterThan(500)
  expect(Number(counts?.rural)).toBeGreaterThan(50)
  expect(Number(counts?.areas)).toBeGreaterThan(10)
  const wrong = await database.rows(`
    select s.hcpcs, s.modifier, s.zip, s.amount, s.basis
      from supplied s
     where not exists (select from rates r
                        where r.schedule = 'DMEPOS' and (r.hcpcs, r.modifier, r.amount) = (s.hcpcs, s.modifier, s.amount)
                          and case when s.basis like '%by mail order%' then r.geography_kind = 'national'
                                   when s.basis like '%fee of the former competitive bidding area%' then r.geography_kind = 'former bidding area'
                                                                                               and s.depends_on like '%former bidding area ' || r.geography
                                   else r.geography_kind = case when s.is_rural then 'rural' else 'state' end and r.geography = s.state end)`)
  expect(wrong).toEqual([])
})
