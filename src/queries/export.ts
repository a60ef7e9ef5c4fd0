/** What an export reads of schema `api`: which tables there are, what they were made of, and their rows as CSV. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { to as copyTo } from 'pg-copy-streams'
import { schedules } from '../../pipelines/index.ts'
import { tablesOf } from '../../pipelines/schedule.ts'
import type { Session } from '../db/session.ts'
import { CmsFeesError } from '../errors.ts'
import type { ExportedRelease } from '../export/manifest.ts'
import { EXPORT_SQL } from '../paths.ts'
import { type Parquet, type ParquetColumn, readParquet } from './parquet.ts'

type Client = Session['client']

export interface ExportTable {
  /** Folder of its file in the export. */
  readonly path: string
  readonly query: string
  /** Columns of the query. */
  readonly columns: readonly ParquetColumn[]
  readonly sortedBy: readonly string[]
  readonly fingerprint: string
  /** Name of the query in sql/export that makes the rows of the file; absent: they are those of the query. */
  readonly transform?: string
  /** Year of rates. */
  readonly year?: number
}

/** Views of `api` that go into the export as they are, by the columns that say which row is which. */
const VIEWS: Readonly<Record<string, readonly [folder: string, ...key: string[]]>> = {
  zip_locality: ['', 'zip', 'valid_from'],
  payment_terms_day: ['rules/', 'on_date'],
  place_of_service: ['rules/', 'place_of_service', 'valid_from'],
  modifier_rule: ['rules/', 'modifier', 'indicator_value', 'valid_from'],
  known_modifier: ['rules/', 'modifier', 'document'],
  computed_tomography: ['rules/', 'hcpcs', 'valid_from'],
  multiple_procedure_rule: [
    'rules/',
    'multiple_procedure_indicator',
    'part',
    'first_rank',
    'valid_from',
  ],
  practitioner_rule: ['rules/', 'practitioner', 'valid_from'],
  anesthesia_modifier_rule: ['rules/', 'modifier', 'valid_from'],
  anesthesia_base_units: ['rules/', 'hcpcs', 'valid_from'],
  coinsurance_rule: ['rules/', 'kind', 'name', 'valid_from'],
  schedule_rule: ['rules/', 'schedule', 'valid_from'],
  payment_rule: ['rules/', 'rule', 'valid_from'],
  status_payment: ['rules/', 'status_indicator', 'valid_from'],
  release_calendar: ['', 'table_name', 'valid_from'],
}

/** The order of rates, in which a code stands together. */
const RATE_ORDER = ['hcpcs', 'modifier', 'setting', 'geography', 'qualifying_apm', 'valid_from']

/** Every table that an export has; those whose fingerprint is known need not be read again. */
export async function exportTables(client: Client, schema: string): Promise<ExportTable[]> {
  const tables: ExportTable[] = []
  for (const schedule of schedules) {
    for (const { name, key } of tablesOf(schedule)) {
      const columns = await columnsOf(client, `${name}_versions`)
      const calendar = await rowsOf(client, calendarOf(name))
      const fingerprint = digest(schema, await versionsOf(client, name), calendar)
      const path = `${schedule.family}/${name}`
      tables.push({
        path,
        ...selection(`api.${name}_versions`, columns),
        sortedBy: [...key, 'valid_from'],
        fingerprint,
      })
    }
  }
  for (const [name, [folder, ...sortedBy]] of Object.entries(VIEWS)) {
    const selected = selection(`api.${name}`, await columnsOf(client, name))
    const fingerprint = digest(schema, await rowsOf(client, selected.query))
    tables.push({ path: `${folder}${name}`, ...selected, sortedBy, fingerprint })
  }
  return [...tables, ...(await rateTables(client, schema))]
}

/** Rates: a file for each schedule and year. */
async function rateTables(client: Client, schema: string): Promise<ExportTable[]> {
  const { rows } = await client.query<{
    schedule: string
    year: number
    source: string
    tables: string[]
  }>('select schedule, year, source, tables from api.rate_year order by schedule, year')
  const rules = await rowsOf(
    client,
    ['payment_rule', 'status_payment', 'multiple_procedure_rule']
      .map((name) => `select v::text from api.${name} v`)
      .join(' union all '),
  )
  const tables: ExportTable[] = []
  for (const { schedule, year, source, tables: from } of rows) {
    const days = `daterange('${year}-01-01', '${year + 1}-01-01')`
    const parts = [schema, rules]
    for (const name of from) {
      parts.push(await versionsOf(client, name, days))
      parts.push(await rowsOf(client, calendarOf(name, days)))
    }
    const columns = await columnsOf(client, source.replace(/s$/, '_row'))
    const ofSchedule = columns.some(({ name }) => name === 'schedule')
    tables.push({
      path: `rate/schedule=${schedule}/year=${year}`,
      ...selection(
        `api.${source}(${year})`,
        columns.filter(({ name }) => name !== 'schedule'),
        ofSchedule ? `where schedule = '${schedule}'` : '',
      ),
      ...{ transform: source, sortedBy: RATE_ORDER, fingerprint: digest(...parts), year },
    })
  }
  return tables
}

/** Loaded revisions, in the order in which they took effect. */
export async function exportedReleases(client: Client): Promise<ExportedRelease[]> {
  const { rows } = await client.query<ExportedRelease>(
    `select family, release, revision::integer, state, effective_from, published, sha256
       from api.release where state not in ('not loaded', 'retracted') order by effective_from, family, release, sha256`,
  )
  return rows
}

/** Rows that were written. */
export async function copyRows(
  client: Client,
  query: string,
  path: string,
  { header = false }: { readonly header?: boolean } = {},
): Promise<number> {
  const copy = client.query(copyTo(`copy (${query}) to stdout with (format csv, header ${header})`))
  await pipeline(copy, createWriteStream(path))
  return copy.rowCount
}

export interface WrittenRows {
  readonly columns: readonly ParquetColumn[]
  readonly rows: number
  /** Rows of the CSV. */
  readonly read: number
}

/** Writes the file of a table from the rows that were copied. */
export async function writeRows(
  parquet: Parquet,
  { columns, transform, sortedBy }: ExportTable,
  csv: string,
  file: string,
): Promise<WrittenRows> {
  const query = transform
    ? await readFile(join(EXPORT_SQL, `${transform}.sql`), 'utf8')
    : `select * from source order by ${sortedBy.join(', ')}`
  await parquet.write({ path: csv, columns }, file, query)
  const written = readParquet(file)
  const [counted] = await parquet.rows<{ written: string; read: string }>(
    `select (select count(*) from ${written}) as written, (select count(*) from source) as read`,
  )
  const described = await parquet.rows<{ column_name: string; column_type: string }>(
    `select column_name, column_type from (describe select * from ${written})`,
  )
  return {
    columns: described.map(({ column_name: name, column_type: type }) => ({ name, type })),
    ...{ rows: Number(counted?.written), read: Number(counted?.read) },
  }
}

/** Decimals of a column without a declared scale, and of amounts. */
const UNSCALED = 'DECIMAL(28,10)'
const AMOUNT = 'DECIMAL(12,4)'

const TYPES: Readonly<Record<string, string>> = {
  text: 'VARCHAR',
  'text[]': 'VARCHAR[]',
  boolean: 'BOOLEAN',
  date: 'DATE',
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  numeric: UNSCALED,
}

async function columnsOf(client: Client, relation: string): Promise<ParquetColumn[]> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, atttypmod) as type
       from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped
        and format_type(atttypid, null) not in ('datemultirange', 'daterange')
      order by attnum`,
    [`api.${relation}`],
  )
  return rows.map(({ name, type }) => {
    const isAmount = /_rate_row$/.test(relation) && /amount$/.test(name)
    const exact = isAmount ? AMOUNT : (TYPES[type] ?? type.replace(/^numeric/, 'DECIMAL'))
    if (!/^[A-Z]/.test(exact)) throw new Error(`no Parquet type for ${type} of ${relation}.${name}`)
    return { name, type: exact }
  })
}

/** Lists travel as JSON, and a decimal with more digits than its type ends the query. */
function selection(from: string, columns: readonly ParquetColumn[], where = '') {
  const select = columns.map(({ name, type }) => {
    if (type.endsWith('[]')) return `to_json(${name}) as ${name}`
    const scale = type === UNSCALED ? 10 : type === AMOUNT ? 4 : null
    return scale === null
      ? name
      : `case when scale(trim_scale(${name})) > ${scale} then (${name} || ' has too many decimals')::numeric else ${name} end as ${name}`
  })
  return { query: `select ${select.join(', ')} from ${from} ${where}`.trim(), columns }
}

const ALL_DAYS = `daterange(null, null)`

/** Which releases govern the days of a table, and which of them are loaded. */
const calendarOf = (name: string, days = ALL_DAYS): string =>
  `select period * ${days}, is_known, release from api.release_calendar
    where table_name = '${name}' and period && ${days}`

/** Of the versions of a table that this database holds to be true, as far as they hold on the days. */
async function versionsOf(client: Client, name: string, days = ALL_DAYS): Promise<string> {
  const key = schedules.flatMap(tablesOf).find((table) => table.name === name)?.key ?? []
  return rowsOf(
    client,
    `select ${key.join(', ')}, content_hash, valid_during * datemultirange(${days}) from api.${name}_known
      where upper_inf(known_during) and ops.holds_in(valid_during, ${days})`,
  )
}

/** Of rows in whatever order. */
async function rowsOf(client: Client, query: string): Promise<string> {
  const { rows } = await client.query<{ hash: string }>(
    `select count(*) || '/' || coalesce(sum(hashtextextended(r::text, 0)), 0) as hash from (${query}) r`,
  )
  return rows[0]?.hash ?? ''
}

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex')

/**
 * Reads as of one moment, and plans as whole schedules need it. Two exports of a database into one folder would remove
 * each other's files: the second one is refused. Throws E_LOCKED.
 */
export async function atOneMoment<T>(
  client: Client,
  folder: string,
  work: () => Promise<T>,
): Promise<T> {
  await client.query('begin isolation level repeatable read read only')
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('cms-fees export ' || $1, 0)) as taken`,
      [folder],
    )
    if (!rows[0]?.taken) throw new CmsFeesError('E_LOCKED', `another export writes into ${folder}`)
    await client.query('set local enable_nestloop = off')
    return await work()
  } finally {
    await client.query('rollback')
  }
}
