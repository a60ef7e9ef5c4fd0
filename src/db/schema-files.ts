/** The files of sql/ that the schema is made of. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { API, FUNCTIONS, MIGRATIONS } from '../paths.ts'

export interface SqlFile {
  /** Without its ending. */
  readonly name: string
  readonly text: string
}

export interface SchemaFiles {
  readonly migrations: readonly SqlFile[]
  /** What is made anew when a file changed: functions of the tables' schemas, then `api`. */
  readonly renewed: readonly SqlFile[]
  /** Names the schema: other files have another. Of migrations their names, since what has run does not change. */
  readonly sha256: string
}

export async function readSchema(): Promise<SchemaFiles> {
  const [migrations = [], functions = [], api = []] = await Promise.all(
    [MIGRATIONS, FUNCTIONS, API].map(readSqlFolder),
  )
  const renewed = [...functions, ...api]
  const hash = createHash('sha256')
  for (const { name, text } of renewed) hash.update(`${name}\n${text}\n`)
  // What a migration adds gets its rights with the contract (99_grant).
  for (const { name } of migrations) hash.update(`${name}\n`)
  return { migrations, renewed, sha256: hash.digest('hex') }
}

/** The files of a folder in the order of their names. */
export async function readSqlFolder(folder: string): Promise<SqlFile[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (file) => ({
      name: basename(file, '.sql'),
      text: await readFile(join(folder, file), 'utf8'),
    })),
  )
}
