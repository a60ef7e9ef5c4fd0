/** Compares rates that were written with what api.fee_schedule and api.payment give, before anybody reads them. */
import type { Session } from '../db/session.ts'
import { CmsFeesError } from '../errors.ts'
import type { ExportTable } from './export.ts'
import { literal, type Parquet, readParquet } from './parquet.ts'

type Client = Session['client']

/** Whole schedules of a place, and single rows, that are compared for each year. */
const [PLACES, ROWS] = [2, 100]

interface Place {
  readonly geography: string
  readonly qualifying_apm: boolean
  readonly day: string
}

/** Throws E_EXPORT_CHECK. */
export async function checkRates(
  client: Client,
  parquet: Parquet,
  file: string,
  { path, transform }: ExportTable,
): Promise<void> {
  if (transform !== 'physician_rates') return
  const rate = readParquet(file)
  const places = await parquet.rows<Place>(`
    select geography, qualifying_apm, (case when random() < 0.5 then valid_from else valid_to end)::text as day
      from ${rate} using sample reservoir(${PLACES} rows)`)
  for (const place of places) await checkPlace(client, parquet, rate, place, path)
  const rows = await parquet.rows<Record<string, unknown>>(`
    select hcpcs, modifier, setting, geography, qualifying_apm, amount::text as amount, basis, unnest([valid_from::text, valid_to::text]) as day
      from (from ${rate} using sample reservoir(${ROWS} rows))`)
  const { rows: differing } = await client.query<{ row: unknown; is: string }>(
    `select r as row, p.amount || ' (' || p.basis || ')' as is
       from jsonb_array_elements($1::jsonb) r
      cross join lateral (
        select case r ->> 'setting' when 'facility' then facility_amount else non_facility_amount end as amount, basis
          from api.payment(r ->> 'hcpcs', r ->> 'modifier', split_part(r ->> 'geography', '-', 1), split_part(r ->> 'geography', '-', 2),
                           (r ->> 'day')::date, (r ->> 'qualifying_apm')::boolean)) p
      where (p.amount, p.basis) is distinct from ((r ->> 'amount')::numeric, r ->> 'basis')`,
    [JSON.stringify(rows)],
  )
  const [first] = differing
  if (first) throw wrong(path, `${JSON.stringify(first.row)}, and api.payment gives ${first.is}`)
}

/** Neither an amount too many nor one too few. */
async function checkPlace(
  client: Client,
  parquet: Parquet,
  rate: string,
  { geography, qualifying_apm, day }: Place,
  path: string,
): Promise<void> {
  const written = await parquet.rows<{ line: string }>(`
    select concat_ws(' ', hcpcs, modifier, setting, amount::decimal(12, 2)) as line from ${rate}
     where geography = ${literal(geography)} and qualifying_apm = ${qualifying_apm} and date ${literal(day)} between valid_from and valid_to`)
  const [mac = '', locality = ''] = geography.split('-')
  const { rows: expected } = await client.query<{ line: string }>(
    `select concat_ws(' ', hcpcs, modifier, setting, amount) as line
       from api.fee_schedule($1, $2, $3, $4)
      cross join lateral (values ('non_facility', non_facility_amount), ('facility', facility_amount)) s (setting, amount)
      where amount is not null`,
    [mac, locality, day, qualifying_apm],
  )
  const here = new Set(written.map(({ line }) => line))
  const missing = expected.filter(({ line }) => !here.delete(line))
  const difference = missing[0]?.line ?? [...here][0]
  if (difference === undefined && written.length === expected.length) return
  throw wrong(
    path,
    `in ${geography} on ${day} ${written.length} amounts stand in place of ${expected.length}; one that differs is ${difference}`,
  )
}

const wrong = (path: string, what: string) => new CmsFeesError('E_EXPORT_CHECK', `${path}: ${what}`)
