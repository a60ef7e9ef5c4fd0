/** Witnesses: what checks read beside the staged rows: the rows that were rejected, and the other formats of a file. */
import { type Kysely, sql } from 'kysely'
import { layoutsOf, type SourceFile, type TxtLayout } from '../../schemas/file.ts'
import type { Tables } from '../db/tables.ts'
import { countLines } from '../formats/fixed-width.ts'
import { decode } from '../formats/text.ts'
import { matchMembers } from './match.ts'
import { isTabbed, type ParsedFile } from './parse.ts'
import type { Members } from './unpack.ts'
import type { ValidFile } from './validate.ts'

/** How many records the other format of a file has. */
interface Witness {
  readonly dataset: string
  readonly member: string
  readonly rows: number
  readonly other_member: string
  readonly other_rows: number
}

/** The TXT beside a CSV or a workbook: its records are lines, which are counted without being read. */
async function witnessOf(
  { dataset, member, format, read }: ParsedFile,
  members: Members,
  effectiveFrom: string,
): Promise<Witness | null> {
  if (format === 'txt') return null
  const [match] = matchMembers(members.names, [dataset], effectiveFrom, 'txt').matches
  const [layout] = layoutsOf(dataset, 'txt', effectiveFrom) as readonly TxtLayout[]
  if (!match || !layout) return null
  const text = decode(await members.read(match.member), match.member)
  if (isTabbed(text)) return null
  const other_rows = countLines(text, layout)
  return { dataset: dataset.name, member, rows: read, other_member: match.member, other_rows }
}

/** Creates stage_rejected and stage_witness in the transaction, which drops them at its end. */
export async function stageWitnesses(
  trx: Kysely<Tables>,
  files: readonly ValidFile[],
  members: Members,
  effectiveFrom: string,
): Promise<void> {
  const found = await Promise.all(files.map(({ file }) => witnessOf(file, members, effectiveFrom)))
  const witnesses = found.filter((witness) => witness !== null)
  const tables = new Map<string, SourceFile>(
    files.map(({ file }) => [file.dataset.name, file.dataset]),
  )
  const rejected = files.flatMap((file) =>
    file.rejected.map(({ dataset, file, line, key, issues }) => ({
      schema_name: tables.get(dataset)?.table.schema,
      table_name: tables.get(dataset)?.table.name,
      ...{ file, line, key, key_values: Object.values(key), issues },
    })),
  )
  await sql`
    create temporary table stage_rejected on commit drop as
    select * from jsonb_to_recordset(${JSON.stringify(rejected)}::jsonb)
      as r (schema_name text, table_name text, file text, line integer, key jsonb, key_values jsonb, issues jsonb)
  `.execute(trx)
  await sql`
    create temporary table stage_witness on commit drop as
    select * from jsonb_to_recordset(${JSON.stringify(witnesses)}::jsonb)
      as w (dataset text, member text, rows integer, other_member text, other_rows integer)
  `.execute(trx)
}

/** Drops them before the transaction ends, so that another revision can be staged in it. */
export async function unstageWitnesses(trx: Kysely<Tables>): Promise<void> {
  await sql`drop table stage_rejected, stage_witness`.execute(trx)
}
