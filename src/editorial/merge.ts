/** Merges original content into the database. Every replaced or removed version stays in *_history. */
import { hash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { RULES } from '../../schemas/editorial.ts'
import type { Tables } from '../db/tables.ts'
import { codeRanges } from './families.ts'
import type { Editorial } from './read.ts'

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
  const families = editorial.families.flatMap(({ file, content: { families, ...shared } }) =>
    families.flatMap((family) =>
      codeRanges(family.codes).map((range) => {
        const content = { ...family, ...shared }
        const { category } = shared
        return { ...range, family: family.family, category, content, ...provenance(file, content) }
      }),
    ),
  )
  const rules = editorial.rules.flatMap(({ file, content }) =>
    Object.entries(content.sentences).map(([value, sentence]) => {
      const { rule, section, question } = content
      const said = { section, position: RULES.indexOf(rule), question, sentence }
      return { rule, value, ...said, ...provenance(file, said) }
    }),
  )
  return (
    (await mergeTable(trx, 'editorial.entry', ['hcpcs'], entries, broken)) +
    (await mergeTable(trx, 'editorial.category', ['category'], categories, broken)) +
    (await mergeTable(trx, 'editorial.family', ['shape', 'first_code'], families, broken)) +
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
