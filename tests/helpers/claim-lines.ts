/** Many claim lines of all kinds, the same in every run. */
import { join } from 'node:path'
import { copyRows } from '../../src/queries/export.ts'
import type { TestDatabase } from './database.ts'
import type { DuckDB } from './duckdb.ts'

const MODIFIERS = [
  ...[
    '26',
    'TC',
    '50',
    '80',
    'AS',
    '62',
    '54',
    '55',
    '56',
    '78',
    '22',
    '52',
    '53',
    '59',
    'LT',
    'RT',
  ],
  ...['25', 'GY', 'CQ', '33', 'PT', 'LT RT', '66', '26 59', '82', 'LT 80', '50 AS', '26,LT', 'XE'],
  ...[
    '81',
    'CO',
    '26 TC',
    'GP',
    '62 54',
    'AA',
    'QK',
    'QX',
    'AD',
    '80 54',
    '123',
    'AS 80',
    '80 81',
    '54 55',
    'AA QX',
    'QZ',
    '62 AS',
    'CO CQ',
    'FX',
    'TC FY',
    'CT',
    'FX LT',
    'ZZ',
    'PT 33',
    'CS',
  ],
]

/** A number between 0 and 1 that the line's number and a letter give. */
const by = (letter: string) =>
  `('x' || substr(md5(n || '${letter}'), 1, 7))::bit(28)::int / 268435456.0`

const NATIONAL = `(n % 20 = 3 or c.status_indicator = 'J' and n % 3 = 0)`

/** Fills claim_line: codes of the schedule of the day in no order, lines in claims of one or two, of a patient and a day. */
export async function makeClaimLines(
  database: Pick<TestDatabase, 'session'>,
  lines: number,
): Promise<void> {
  const { client } = database.session
  // Of anesthesia the samples have two codes, where CMS has hundreds: theirs stand more often.
  const codes = `select hcpcs, modifier, status_indicator, row_number() over (order by md5(hcpcs || modifier || copy)) - 1 as place
      from (select *, count(*) filter (where status_indicator = 'J') over () as anesthesia from api.rvu_on('2025-11-01')) c
     cross join lateral generate_series(1, case when status_indicator = 'J' and anesthesia < 10 then 30 else 1 end) copy
     where status_indicator in ('A', 'R', 'T', 'J') or hcpcs = 'G0295'`
  const zips = `select zip, mac, locality, row_number() over (order by zip) - 1 as place from api.zip5_on('2025-11-01')
     where (mac, locality) in (select mac, locality from api.gpci_on('2025-11-01'))`
  await client.query(`create temporary table sample_code as ${codes}`)
  await client.query(`create temporary table sample_zip as ${zips}`)
  await client.query('create index on sample_code (place)')
  await client.query('create index on sample_zip (place)')
  await client.query('analyze sample_code')
  await client.query('analyze sample_zip')
  await client.query(`
    create table public.claim_line as
    select n as source_row, claim::text as claim_id, n::text as line, c.hcpcs,
           case when c.status_indicator = 'J' and ${by('a')} < 0.6 then (array['AA','QK','QX','QY','QZ','AD'])[1 + floor(${by('b')} * 6)::int]
                when ${by('a')} < 0.6 then nullif(c.modifier, '')
                else ('{${MODIFIERS.map((list) => `"${list}"`).join(',')}}'::text[])[1 + floor(${by('b')} * ${MODIFIERS.length})::int] end as modifiers,
           case when c.status_indicator = 'J' then 15 + floor(${by('c')} * 200) else (array[1,1,1,1,1,1,1,2,2,3,6])[1 + floor(${by('c')} * 11)::int] end::numeric as units,
           date '2025-10-01' + (claim * 7919 % 92)::int as service_date,
           (array['11','22','21','11','23','24','02','10','81','88'])[(1 + claim % 10)::int] as place_of_service,
           case when n % 10 <> 3 then z.zip end as zip,
           -- Of anesthesia conversion factors the national one alone has four decimals.
           case when ${NATIONAL} then '00000' when n % 20 = 13 then z.mac end as mac, case when ${NATIONAL} then '00' when n % 20 = 13 then z.locality end as locality,
           case when ${by('d')} < 0.3 then round((${by('d')} * 1000)::numeric, 2) end as charge,
           ${by('e')} < 0.1 as qualifying_apm, (claim % 7)::text as rendering_npi, 'b'::text as billing_npi, null::text as patient_id,
           case when ${by('f')} < 0.1 then (array['NP','PA','CSW','CNM','MD','XX','CRNA'])[1 + floor(${by('f')} * 70)::int % 7] end as practitioner,
           ${by('e')} < 0.9 as participating, ${by('d')} < 0.9 as assigned,
           case when c.status_indicator = 'J' and ${by('f')} < 0.5 then floor(${by('f')} * 300) end::numeric as minutes, null::numeric as base_units,
           ${by('g')} < 0.5 as documented, case when ${by('g')} < 0.3 then floor(${by('g')} * 400) + 1 end::numeric as report_percent
      from (select n, n::bigint * 6 / 10 as claim from generate_series(1, ${lines}) n) line
      join sample_code c on c.place = n * 7919::bigint % (select count(*) from sample_code)
      join sample_zip z on z.place = claim * 104729::bigint % (select count(*) from sample_zip)`)
  await client.query('analyze public.claim_line')
}

/** Claims of several of the manuals' codes (EXAMPLE_CODES), whose ranks chance would seldom meet: code, modifiers, units, charge. */
const RANKED: readonly (readonly [
  hcpcs: string,
  modifiers?: string,
  units?: number,
  charge?: number,
])[][] = [
  [['X0103', '', 3], ['X0101'], ['X0106', '', 5]],
  [
    ['X1021', '', 2, 500],
    ['X1021', '59', 1, 280],
  ],
  [['X1033', 'RT'], ['X1032', 'LT'], ['X1032', 'RT'], ['X1033', 'LT'], ['X0106']],
  [
    ['X1033', 'LT'],
    ['X1033', 'RT'],
    ['X1032', '50'],
    ['X1031', 'RT'],
    ['X1031', 'LT'],
  ],
  [['X1041'], ['X1042'], ['X1042', '', 2]],
  [['93000', '', 2], ['X6001'], ['93005'], ['X6002', '53']],
  [['X5001', '', 2], ['X5003'], ['X5002', '', 3]],
  [['X7003', 'RT'], ['X7001'], ['X7003', 'LT'], ['X7002', '', 2]],
  [['X3099', '78'], ['X3090', '78'], ['X0101', '80'], ['X0131', '62'], ['X0102']],
]

/** Makes the first lines of claim_line such claims, a practice and a day each. */
export async function makeRankedLines({ session }: Pick<TestDatabase, 'session'>): Promise<void> {
  const lines = RANKED.flatMap((claim, at) =>
    claim.map(([hcpcs, modifiers = '', units = 1, charge]) => ({
      ...{ claim_id: `R${at}`, hcpcs, modifiers, units, charge },
    })),
  )
  await session.client.query(
    `update public.claim_line l
        set claim_id = r.claim_id, hcpcs = r.hcpcs, modifiers = nullif(r.modifiers, ''), units = r.units, charge = r.charge, service_date = '2025-10-06',
            place_of_service = '11', zip = null, mac = '10112', locality = '00', qualifying_apm = false, rendering_npi = '1', billing_npi = '1',
            practitioner = null, participating = true, assigned = true, minutes = null, documented = true, report_percent = 50
       from rows from (json_to_recordset($1) as (claim_id text, hcpcs text, modifiers text, units numeric, charge numeric)) with ordinality
            r (claim_id, hcpcs, modifiers, units, charge, place)
      where l.source_row = r.place`,
    [JSON.stringify(lines)],
  )
}

const TYPES = `source_row: 'BIGINT', claim_id: 'VARCHAR', line: 'VARCHAR', hcpcs: 'VARCHAR', modifiers: 'VARCHAR', units: 'DECIMAL(9,2)',
  service_date: 'DATE', place_of_service: 'VARCHAR', zip: 'VARCHAR', mac: 'VARCHAR', locality: 'VARCHAR', charge: 'DECIMAL(11,2)',
  qualifying_apm: 'BOOLEAN', rendering_npi: 'VARCHAR', billing_npi: 'VARCHAR', patient_id: 'VARCHAR', practitioner: 'VARCHAR',
  participating: 'BOOLEAN', assigned: 'BOOLEAN', minutes: 'DECIMAL(9,2)', base_units: 'DECIMAL(9,2)', documented: 'BOOLEAN', report_percent: 'DECIMAL(9,2)'`
const PRICED = `source_row: 'BIGINT', schedule: 'VARCHAR', unit_amount: 'DECIMAL(15,2)', amount: 'DECIMAL(15,2)', medicare_pays: 'DECIMAL(15,2)',
  patient_owes: 'DECIMAL(15,2)', medicare_pays_after_sequestration: 'DECIMAL(15,2)', limiting_charge: 'DECIMAL(15,2)', basis: 'VARCHAR'`
const csv = (path: string, types: string) =>
  `read_csv('${path}', auto_detect = false, header = false, nullstr = '', allow_quoted_nulls = false, columns = { ${types} })`

/** Writes the lines into a folder as claim_line.parquet. */
export async function writeLines(
  { session: { client } }: Pick<TestDatabase, 'session'>,
  duckdb: DuckDB,
  folder: string,
): Promise<void> {
  const file = join(folder, 'claim_line')
  await copyRows(client, 'select * from public.claim_line', `${file}.csv`)
  await duckdb.run(`copy (from ${csv(`${file}.csv`, TYPES)}) to '${file}.parquet' (format parquet)`)
}

/** Writes the lines, and what PostgreSQL makes of them, into a folder as Parquet: claim_line and expected. */
export async function writeClaimLines(
  database: Pick<TestDatabase, 'session'>,
  duckdb: DuckDB,
  folder: string,
): Promise<void> {
  await writeLines(database, duckdb, folder)
  const file = join(folder, 'expected')
  await copyRows(
    database.session.client,
    `select c.source_row, schedule, unit_amount, amount, medicare_pays, patient_owes, medicare_pays_after_sequestration, limiting_charge, basis
       from api.price_claims('public.claim_line') p join public.claim_line c using (line)`,
    `${file}.csv`,
  )
  await duckdb.run(
    `copy (from ${csv(`${file}.csv`, PRICED)}) to '${file}.parquet' (format parquet)`,
  )
}

/** Lines that two engines price in two ways, as text; of equipment and surgical centers only PostgreSQL has prices. */
export function differing(expected: string, priced: string): string {
  const amounts = [
    'amount',
    'medicare_pays',
    'patient_owes',
    'medicare_pays_after_sequestration',
    'limiting_charge',
  ]
  const values = (side: string) => amounts.map((name) => `${side}.${name}`).join(', ')
  return `
    select e.source_row, e.basis as expected, p.basis as priced, e.amount::text as expected_amount, p.amount::text as priced_amount
      from ${expected} e
      full join ${priced} p on p.source_row = e.source_row
     where (${values('e')}) is distinct from (${values('p')})
       and (coalesce(e.schedule, '') not in ('DMEPOS', 'ASC') or p.amount is not null)
     order by 1 limit 20`
}
