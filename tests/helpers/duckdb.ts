/** DuckDB over an export, as docs/laptop.md has it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { ROOT } from '../../src/paths.ts'

export interface DuckDB {
  run(sql: string): Promise<void>
  /** Values as text. */
  rows<T extends object>(query: string): Promise<T[]>
  close(): void
}

/** Opens DuckDB with the views and macros of sql/duckdb over the folder of an export. */
export async function openDuckDB(fees: string): Promise<DuckDB> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', threads: '2' })
  const connection = await instance.connect()
  await connection.run(`set variable fees = '${fees}'`)
  await connection.run(await readFile(join(ROOT, 'sql/duckdb/fees.sql'), 'utf8'))
  return {
    async run(sql) {
      await connection.run(sql)
    },
    async rows<T>(query: string) {
      return (await connection.runAndReadAll(query)).getRowObjectsJson() as T[]
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** What makes priced_line of claim_line. What several views read is kept as a table, as docs/laptop.md does it. */
export async function pricingOfLines(): Promise<string> {
  const text = await readFile(join(ROOT, 'spark/price_lines.sql'), 'utf8')
  return text.replaceAll('temporary view /* kept */', 'temp table')
}

/** Rows of a Parquet file, values as text. */
export async function readFileRows<T extends object>(path: string): Promise<T[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const rows = (await connection.runAndReadAll(`from '${path}'`)).getRowObjectsJson() as T[]
  connection.closeSync()
  instance.closeSync()
  return rows
}
