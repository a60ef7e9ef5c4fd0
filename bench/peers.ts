/** Other ways to bring the same CSV files into PostgreSQL. None of them checks, versions or publishes. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Kysely, sql } from 'kysely'
import type { Table } from './data.ts'

/** Errors speak with the program's own words: the command line has the password of the server. */
async function run(program: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(program, args).catch(({ stderr, stdout }) => {
    throw new Error(`${program}: ${stderr || stdout}`)
  })
}

export interface Target {
  readonly url: string
  readonly db: Kysely<Record<string, Record<string, string>>>
  readonly folder: string
}

export type Peer = (target: Target, tables: readonly Table[]) => Promise<void>

/** The floor: the server's own COPY into untyped columns, one psql for all files. */
async function psql({ url }: Target, tables: readonly Table[]): Promise<void> {
  const commands = tables.flatMap((table) => [
    '-c',
    `\\copy ${table.name} from '${table.csv}' with (format csv, encoding 'latin1')`,
  ])
  await run('psql', [url, '-q', '-v', 'ON_ERROR_STOP=1', ...commands])
}

async function pgloader({ url, folder }: Target, tables: readonly Table[]): Promise<void> {
  const loads = tables.map((table) => {
    const columns = table.columns.join(', ')
    return `LOAD CSV FROM '${table.csv}' WITH ENCODING latin1 (${columns})
      INTO ${url.replace(/^postgres:/, 'postgresql:')} TARGET TABLE ${table.name} (${columns})
      WITH fields optionally enclosed by '"', fields terminated by ',';`
  })
  const path = join(folder, 'all.load')
  await writeFile(path, loads.join('\n'))
  await run('pgloader', ['--quiet', path])
}

async function csvsql({ url }: Target, tables: readonly Table[]): Promise<void> {
  for (const { name, csv } of tables) {
    const how = ['--no-header-row', '--encoding', 'latin1', '--no-inference', '--insert']
    // SQLAlchemy knows no postgres://.
    const db = url.replace(/^postgres:/, 'postgresql:')
    await run('csvsql', ['--db', db, ...how, '--overwrite', '--tables', name, csv])
  }
}

/** What most loaders do: rows in batches through a query builder. */
async function batches({ db }: Target, tables: readonly Table[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { name, columns, rows } of tables) {
      const size = Math.floor(30_000 / columns.length)
      for (let from = 0; from < rows.length; from += size) {
        const records = rows
          .slice(from, from + size)
          .map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])))
        await trx.insertInto(name).values(records).execute()
      }
    }
  })
}

/** The part of DuckDB's package that is used; it is installed in `bench` alone. */
interface DuckDB {
  DuckDBInstance: {
    create(path: string): Promise<{ connect(): Promise<{ run(sql: string): Promise<unknown> }> }>
  }
}

/** DuckDB reads the files into a database of its own: nothing crosses to a server. */
async function duckdb(_: Target, tables: readonly Table[]): Promise<void> {
  const packageName = '@duckdb/node-api'
  const { DuckDBInstance } = (await import(packageName)) as DuckDB
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  for (const { name, csv } of tables) {
    await connection.run(
      `create table "${name}" as from read_csv('${csv}', header = false, all_varchar = true, encoding = 'latin-1')`,
    )
  }
}

export const FLOOR = 'psql \\copy'

export const PEERS: Readonly<Record<string, Peer>> = {
  [FLOOR]: psql,
  pgloader,
  'csvsql (csvkit)': csvsql,
  'Kysely inserts in batches': batches,
  'DuckDB, in memory': duckdb,
}

/** Why a peer cannot run here, or null. */
export async function missing(peer: string): Promise<string | null> {
  const commands: Record<string, string> = {
    [FLOOR]: 'psql',
    pgloader: 'pgloader',
    'csvsql (csvkit)': 'csvsql',
  }
  const command = commands[peer]
  if (!command) return null
  return run('sh', ['-c', `command -v ${command}`]).then(
    () => null,
    () => `${command} is not installed`,
  )
}

/** Empty tables of text columns for the next load. */
export async function emptyTables({ db }: Target, tables: readonly Table[]): Promise<void> {
  for (const { name, columns } of tables) {
    const definitions = columns.map((column) => sql`${sql.ref(column)} text`)
    await sql`drop table if exists ${sql.table(name)}`.execute(db)
    await sql`create table ${sql.table(name)} (${sql.join(definitions)})`.execute(db)
  }
}
