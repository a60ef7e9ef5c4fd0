/** The physician fee schedule of one place and day, as a file for people. */
import { writeFile } from 'node:fs/promises'
import * as XLSX from '@e965/xlsx'
import type { Session } from '../db/session.ts'
import { CmsFeesError } from '../errors.ts'
import { copyRows } from './export.ts'
import { openParquet } from './parquet.ts'

type Client = Session['client']

export interface PlaceAndDay {
  readonly mac: string
  readonly locality: string
  readonly day: string
  readonly qualifyingApm: boolean
}

const TEXTS = ['hcpcs', 'modifier', 'status_indicator']
const AMOUNTS = [
  'non_facility_amount',
  'facility_amount',
  'non_facility_non_participating_amount',
  'facility_non_participating_amount',
  'non_facility_limiting_charge',
  'facility_limiting_charge',
]
const COLUMNS = [...TEXTS, ...AMOUNTS, 'basis']

/** The locality of a ZIP code on a day. Throws E_UNKNOWN_PLACE. */
export async function placeOfZip(client: Client, zip: string, day: string) {
  const { rows } = await client.query<{ mac: string; locality: string }>(
    'select mac, locality from api.payment_zip where zip = api.clean_zip($1) and valid_during @> $2::date',
    [zip, day],
  )
  if (rows[0]) return rows[0]
  throw new CmsFeesError('E_UNKNOWN_PLACE', `no ZIP code file of ${day} has ${zip}`)
}

/** Rows that were written. Throws E_UNKNOWN_PLACE where the day or the locality has no amounts. */
export async function writeFeeSchedule(
  client: Client,
  place: PlaceAndDay,
  format: 'csv' | 'xlsx' | 'parquet',
  path: string,
  scratch: string,
): Promise<number> {
  const { mac, locality, day, qualifyingApm } = place
  const [first, second, third] = [mac, locality, day].map((text) => client.escapeLiteral(text))
  const query = `select ${COLUMNS.join(', ')} from api.fee_schedule(${first}, ${second}, ${third}, ${qualifyingApm}) order by hcpcs, modifier`
  const { rows: found } = await client.query<{ priced: boolean; basis: string | null }>(
    `select count(non_facility_amount) > 0 as priced, min(basis) as basis from (${query}) f`,
  )
  if (!found[0]?.priced)
    throw new CmsFeesError(
      'E_UNKNOWN_PLACE',
      `${mac}-${locality} on ${day}: ${found[0]?.basis ?? 'no loaded release governs this day'}`,
    )
  if (format === 'xlsx') return writeWorkbook(client, query, `${mac}-${locality} ${day}`, path)
  const rows = await copyRows(client, query, format === 'csv' ? path : `${scratch}/rows.csv`, {
    header: format === 'csv',
  })
  if (format === 'parquet') {
    const columns = COLUMNS.map((name) => ({
      name,
      type: AMOUNTS.includes(name) ? 'DECIMAL(12,2)' : 'VARCHAR',
    }))
    const csv = { path: `${scratch}/rows.csv`, columns }
    const parquet = await openParquet(scratch)
    await parquet
      .write(csv, path, 'select * from source order by hcpcs, modifier')
      .finally(() => parquet.close())
  }
  return rows
}

/** Amounts are numbers in a workbook, whose cells hold cents exactly as they are shown. */
async function writeWorkbook(
  client: Client,
  query: string,
  name: string,
  path: string,
): Promise<number> {
  const { rows } = await client.query<Record<string, string | null>>(query)
  const cells = rows.map((row) =>
    COLUMNS.map((column) => {
      const value = row[column] ?? null
      return value !== null && AMOUNTS.includes(column)
        ? { t: 'n', v: Number(value), z: '0.00' }
        : value
    }),
  )
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([COLUMNS, ...cells]), name)
  await writeFile(path, XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }))
  return rows.length
}
