/** Reads the YAML of editorial/ and merges it into the database. A broken file is left out and reported. */
import { hash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { categorySchema, entrySchema, ruleSchema } from '../schemas/editorial.ts'
import type { Tables } from './db/tables.ts'

export interface EditorialProblem {
  readonly file: string
  readonly message: string
}

interface Item<T> {
  readonly file: string
  readonly content: T
}

export interface Editorial {
  readonly entries: readonly Item<z.infer<typeof entrySchema>>[]
  readonly categories: readonly Item<z.infer<typeof categorySchema>>[]
  readonly rules: readonly Item<z.infer<typeof ruleSchema>>[]
  readonly problems: readonly EditorialProblem[]
}

export async function readEditorial(folder: string): Promise<Editorial> {
  const problems: EditorialProblem[] = []
  const read = <S extends z.ZodType>(name: string, schema: S) =>
    readFolder(folder, name, schema, problems)
  return {
    entries: await read('codes', entrySchema),
    categories: await read('categories', categorySchema),
    rules: await read('rules', ruleSchema),
    problems,
  }
}

async function readFolder<S extends z.ZodType>(
  root: string,
  folder: string,
  schema: S,
  problems: EditorialProblem[],
): Promise<Item<z.infer<S>>[]> {
  const items: Item<z.infer<S>>[] = []
  const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.yaml')).sort()
  for (const name of names) {
    const path = join(root, folder, name)
    const file = relative(join(root, '..'), path)
    const document = parseDocument(await readFile(path, 'utf8'))
    for (const error of document.errors) problems.push({ file, message: error.message })
    if (document.errors.length > 0) continue
    const result = schema.safeParse(document.toJS())
    if (result.success) items.push({ file, content: result.data })
    for (const issue of result.error?.issues ?? []) {
      problems.push({ file, message: `${issue.path.join('.')}: ${issue.message}` })
    }
  }
  return items
}

/** Writes what changed and removes what is gone; a file with a problem keeps its last good content. */
export async function mergeEditorial(trx: Kysely<Tables>, editorial: Editorial): Promise<number> {
  const broken = editorial.problems.map(({ file }) => file)
  const entries = editorial.entries.map(({ file, content }) => ({
    hcpcs: content.hcpcs,
    content,
    ...provenance(file, content),
  }))
  const categories = editorial.categories.map(({ file, content }) => ({
    category: content.category,
    code_system: content.code_system,
    first_code: content.first_code,
    last_code: content.last_code,
    content,
    ...provenance(file, content),
  }))
  const rules = editorial.rules.flatMap(({ file, content }) =>
    Object.entries(content.sentences).map(([value, sentence]) => ({
      rule: content.rule,
      value,
      sentence,
      ...provenance(file, sentence),
    })),
  )
  return (
    (await mergeTable(trx, 'editorial.entry', ['hcpcs'], entries, broken)) +
    (await mergeTable(trx, 'editorial.category', ['category'], categories, broken)) +
    (await mergeTable(trx, 'editorial.rule', ['rule', 'value'], rules, broken))
  )
}

function provenance(file: string, content: unknown) {
  return { source_file: file, content_hash: hash('sha256', JSON.stringify(content)).slice(0, 32) }
}

async function mergeTable(
  trx: Kysely<Tables>,
  name: string,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
  broken: readonly string[],
): Promise<number> {
  const table = sql.table(name)
  const source = sql`jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb)`
  const keys = sql.join(key.map((column) => sql.ref(column)))
  const removed = await sql`
    delete from ${table}
     where (${keys}) not in (select ${keys} from ${source})
       and source_file <> all (${broken})
  `.execute(trx)
  const columns = Object.keys(rows[0] ?? {})
  if (columns.length === 0) return Number(removed.numAffectedRows ?? 0)
  const list = sql.join(columns.map((column) => sql.ref(column)))
  const updates = columns.filter((column) => !key.includes(column))
  const written = await sql`
    insert into ${table} as t (${list}) select ${list} from ${source}
    on conflict (${keys}) do update
       set ${sql.join(updates.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`))}, known_since = ops.known_at()
     where (t.content_hash, t.source_file) is distinct from (excluded.content_hash, excluded.source_file)
  `.execute(trx)
  return Number(removed.numAffectedRows ?? 0) + Number(written.numAffectedRows ?? 0)
}
