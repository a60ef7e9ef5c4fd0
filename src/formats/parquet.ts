/** A CSV as zstd Parquet, through DuckDB, whose decimals are exact. */
import { rename, rm } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'

export interface ParquetColumn {
  readonly name: string
  /** DuckDB's name of the type. */
  readonly type: string
}

/** `csv` has a header, and nothing where a value is null. The file appears whole, or not at all. */
export async function writeParquet(
  csv: string,
  columns: readonly ParquetColumn[],
  file: string,
): Promise<void> {
  const types = columns.map(({ name, type }) => `${text(name)}: ${text(type)}`).join(', ')
  const half = `${file}.part`
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '250MB',
    threads: '2',
    // Nothing is fetched from anywhere, or looked for.
    autoinstall_known_extensions: 'false',
  })
  try {
    const connection = await instance.connect()
    await connection.run(
      `copy (select * from read_csv(${text(csv)}, auto_detect = false, header = true, nullstr = '', allow_quoted_nulls = false,
                                    columns = { ${types} }))
         to ${text(half)} (format parquet, compression zstd)`,
    )
    connection.closeSync()
    await rename(half, file)
  } finally {
    instance.closeSync()
    await rm(half, { force: true })
  }
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`
