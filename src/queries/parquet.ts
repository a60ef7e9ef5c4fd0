/** Parquet files, written and read by DuckDB in this process. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { EXPORT_SQL } from '../paths.ts'
import type { ExportColumn, ExportTable } from './export.ts'

export interface Parquet {
  /** Writes the rows of a CSV that PostgreSQL's COPY made; gives their columns and number. */
  write(table: ExportTable, csv: string, file: string): Promise<WrittenRows>
  /** Rows of a query, every value as text or null. */
  rows<T extends object>(query: string): Promise<T[]>
  close(): void
}

export interface WrittenRows {
  readonly columns: readonly ExportColumn[]
  readonly rows: number
  /** Rows of the CSV. */
  readonly read: number
}

/** What does not fit into memory goes to files below the folder. */
export async function openParquet(folder: string): Promise<Parquet> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '120MB',
    threads: '2',
    temp_directory: join(folder, 'spilled'),
    // Nothing is fetched from anywhere, or looked for.
    autoinstall_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const rows = <T extends object>(query: string) => rowsOf<T>(connection, query)
  return {
    rows,
    async write({ columns, transform, sortedBy }, csv, file) {
      await connection.run(`create or replace temp view source as ${readCsv(csv, columns)}`)
      const query = transform
        ? await readFile(join(EXPORT_SQL, `${transform}.sql`), 'utf8')
        : `select * from source order by ${sortedBy.join(', ')}`
      await connection.run(`copy (${query}) to ${literal(file)} (format parquet, compression zstd)`)
      const written = `read_parquet(${literal(file)}, hive_partitioning = false)`
      const [counted] = await rows<{ written: string; read: string }>(
        `select (select count(*) from ${written}) as written, (select count(*) from source) as read`,
      )
      const described = await rows<{ column_name: string; column_type: string }>(
        `select column_name, column_type from (describe select * from ${written})`,
      )
      return {
        columns: described.map(({ column_name: name, column_type: type }) => ({ name, type })),
        ...{ rows: Number(counted?.written), read: Number(counted?.read) },
      }
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

async function rowsOf<T extends object>(connection: DuckDBConnection, query: string): Promise<T[]> {
  const read = await connection.runAndReadAll(query)
  return read.getRowObjectsJson() as T[]
}

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Null is nothing in COPY's CSV, and empty text is quoted. */
function readCsv(path: string, columns: readonly ExportColumn[]): string {
  const types = columns.map(({ name, type }) => `${name}: '${type.endsWith('[]') ? 'JSON' : type}'`)
  const select = columns.map(({ name, type }) =>
    type.endsWith('[]') ? `${name}::${type} as ${name}` : name,
  )
  return `select ${select.join(', ')} from read_csv(${literal(path)}, auto_detect = false, header = false,
    nullstr = '', allow_quoted_nulls = false, columns = { ${types.join(', ')} })`
}
