/** Witnesses: what checks read beside the staged rows: the rows that were rejected, and the other formats of a file. */
import { type Kysely, sql } from 'kysely'
import type { ReleaseName } from '../../pipelines/release-name.ts'
import {
  FORMATS,
  layoutsOf,
  type Row,
  type SourceFile,
  type TxtLayout,
} from '../../schemas/file.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { countLines } from '../formats/fixed-width.ts'
import { decode } from '../formats/text.ts'
import type { Run } from '../runs/run.ts'
import { type Match, matchMembers } from './match.ts'
import { isTabbed, parse } from './parse.ts'
import type { Members } from './unpack.ts'
import { refuseBadFiles, type ValidFile, validate } from './validate.ts'

/** How many records the other format of a file has, and what it says otherwise. */
export interface Witness {
  readonly dataset: string
  readonly member: string
  readonly rows: number
  readonly other_member: string
  readonly other_rows: number
  /** Rows that the other format says otherwise or lacks, where the formats of this file never differ; else null. */
  readonly differing: number | null
  /** The first of them, in words. */
  readonly first_difference: string | null
}

/**
 * What the other format of a file in the same zip says. Where the formats of this file never differ it is read, the TXT
 * before the workbook; else the lines of the TXT are counted. Null where there is no other format, and where it cannot
 * be read, which the run tells.
 */
export async function witnessOf(valid: ValidFile, beside: Beside): Promise<Witness | null> {
  return valid.file.dataset.alike ? whatItSays(valid, beside) : howLongItIs(valid, beside)
}

async function whatItSays(
  { file, read, rows, rejected }: ValidFile,
  beside: Beside,
): Promise<Witness | null> {
  const { dataset, member, format } = file
  const match = FORMATS.filter((other) => other !== format)
    .flatMap(
      (other) => matchMembers(beside.members.names, [dataset], beside.effectiveFrom, other).matches,
    )
    .at(0)
  if (!match) return null
  const other = await readOther(match, beside)
  if (!other) return null
  const differences = differencesOf(dataset, { rows, rejected }, other)
  return {
    ...{ dataset: dataset.name, member, rows: read },
    ...{ other_member: match.member, other_rows: other.read },
    differing: differences.length,
    first_difference: differences[0] ?? null,
  }
}

async function howLongItIs(
  { file: { dataset, member, format, areas }, read }: ValidFile,
  { members, effectiveFrom }: Beside,
): Promise<Witness | null> {
  if (format === 'txt') return null
  const [match] = matchMembers(members.names, [dataset], effectiveFrom, 'txt').matches
  const [layout] = layoutsOf(dataset, 'txt', effectiveFrom) as readonly TxtLayout[]
  if (!match || !layout || 'tabbed' in layout) return null
  const text = decode(await members.read(match.member), match.member)
  if (isTabbed(text)) return null
  return {
    dataset: dataset.name,
    member,
    // What stands in a column for each area in the one format stands on a line for each in the other.
    rows: read * areas,
    other_member: match.member,
    other_rows: countLines(text, layout),
    differing: null,
    first_difference: null,
  }
}

export interface Beside {
  readonly members: Members
  readonly release: ReleaseName
  readonly effectiveFrom: string
  readonly run: Pick<Run, 'warn'>
}

/** A format that is not used refuses nothing by its own faults. */
async function readOther(
  match: Match,
  { members, release, effectiveFrom, run }: Beside,
): Promise<ValidFile | null> {
  try {
    const bytes = await members.read(match.member)
    const other = validate(await parse({ ...match, bytes }, release, effectiveFrom))
    refuseBadFiles([other])
    return other
  } catch (error) {
    if (!(error instanceof CmsFeesError)) throw error
    const told = `${match.member} cannot be compared with the other format of its file: ${error.message}`
    run.warn(told)
    return null
  }
}

type Judged = Pick<ValidFile, 'rows' | 'rejected'>

/** Rows of which one of the two says something else, or nothing. A rejected row says nothing that counts. */
function differencesOf(
  { table, fields, alike = [] }: SourceFile,
  ours: Judged,
  theirs: Judged,
): string[] {
  const names = Object.keys(fields)
  const places = alike.map((column) => names.indexOf(column))
  const keyOf = (row: Row) =>
    table.storedKey.map((column) => row[table.at[column] ?? -1]?.value).join('/')
  const byKey = ({ rows }: Judged) => new Map(rows.map((row) => [keyOf(row), row]))
  const [left, right] = [byKey(ours), byKey(theirs)]
  const rejected = new Set(
    [...ours.rejected, ...theirs.rejected].map(({ key }) => Object.values(key).join('/')),
  )
  const alone = (one: typeof left, other: typeof left) =>
    [...one.keys()].filter((key) => !other.has(key) && !rejected.has(key))
  // A column that a format does not publish is null throughout.
  const published = places.filter((place) => theirs.rows.some((row) => row[place]?.value != null))
  return [
    ...[...left].flatMap(([key, row]) => {
      const place = published.find((at) => row[at]?.value !== (right.get(key) ?? row)[at]?.value)
      if (place === undefined) return []
      const [said, otherwise] = [row[place]?.value, right.get(key)?.[place]?.value]
      return `${names[place]} of ${key} is ${said ?? 'blank'} in the one, ${otherwise ?? 'blank'} in the other`
    }),
    ...alone(left, right).map((key) => `${key} stands in the first only`),
    ...alone(right, left).map((key) => `${key} stands in the second only`),
  ]
}

/** Creates stage_rejected and stage_witness in the transaction, which drops them at its end. */
export async function stageWitnesses(
  trx: Kysely<Tables>,
  files: readonly ValidFile[],
  witnesses: readonly Witness[],
): Promise<void> {
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
      as w (dataset text, member text, rows integer, other_member text, other_rows integer, differing integer, first_difference text)
  `.execute(trx)
}

/** Drops them before the transaction ends, so that another revision can be staged in it. */
export async function unstageWitnesses(trx: Kysely<Tables>): Promise<void> {
  await sql`drop table stage_rejected, stage_witness`.execute(trx)
}
