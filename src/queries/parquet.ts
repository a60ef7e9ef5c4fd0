/** Parquet files (zstd, exact decimals), written and read by DuckDB in this process. */
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

export interface ParquetColumn {
  readonly name: string
  /** DuckDB's name of the type, which is exact. */
  readonly type: string
}

/** A CSV that PostgreSQL's COPY made: null is nothing, and empty text is quoted. */
export interface CopiedCsv {
  readonly path: string
  readonly columns: readonly ParquetColumn[]
  readonly header?: boolean
}

/** Bytes, for each of several buffers, which the limit of memory does not count. DuckDB takes 32 MB for each of its own accord. */
const CSV_BUFFER = 4_000_000

export interface Parquet {
  /** Writes the rows of a CSV, or what a query makes of them, which finds them as `source`. */
  write(csv: CopiedCsv, file: string, query?: string): Promise<void>
  /** Rows of a query, every value as text or null; `source` is the CSV that was read last. */
  rows<T extends object>(query: string): Promise<T[]>
  close(): void
}

/** What does not fit into memory goes to files below the folder. */
export async function openParquet(folder: string, memory = '120MB'): Promise<Parquet> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    // Each thread sorts and compresses in memory of its own.
    threads: '1',
    temp_directory: join(folder, 'spilled'),
    // What is freed goes back to the system soon.
    allocator_flush_threshold: '16MB',
    // Nothing is fetched from anywhere, or looked for.
    autoinstall_known_extensions: 'false',
  })
  const connection = await instance.connect()
  return {
    rows: (query) => rowsOf(connection, query),
    async write(csv, file, query = 'from source') {
      await connection.run(`create or replace temp view source as ${readCsv(csv)}`)
      await connection.run(`copy (${query}) to ${literal(file)} (format parquet, compression zstd)`)
      // As a side effect, what DuckDB has freed goes back to the system, which else keeps it for the next table.
      await connection.run(`set memory_limit = ${literal(memory)}`)
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

export const readParquet = (file: string): string =>
  `read_parquet(${literal(file)}, hive_partitioning = false)`

/** Lists travel as JSON. */
function readCsv({ path, columns, header = false }: CopiedCsv): string {
  const isList = (type: string) => type.endsWith('[]')
  const types = columns.map(
    ({ name, type }) => `${literal(name)}: ${literal(isList(type) ? 'JSON' : type)}`,
  )
  const select = columns.map(({ name, type }) =>
    isList(type) ? `"${name}"::${type} as "${name}"` : `"${name}"`,
  )
  return `select ${select.join(', ')} from read_csv(${literal(path)}, auto_detect = false, header = ${header},
    nullstr = '', allow_quoted_nulls = false, buffer_size = ${CSV_BUFFER}, columns = { ${types.join(', ')} })`
}
