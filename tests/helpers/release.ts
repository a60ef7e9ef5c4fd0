import { pfs } from '../../pipelines/pfs.ts'
import type { Format, SourceFile } from '../../schemas/file.ts'
import { matchMembers } from '../../src/ingest/match.ts'
import { type ParsedFile, parse } from '../../src/ingest/parse.ts'
import { type ValidFile, validate } from '../../src/ingest/validate.ts'
import { datesOf, parseRelease } from '../../src/releases.ts'
import { readZip } from './zips.ts'

/** A row by the names of its fields. */
export type NamedRow = Readonly<Record<string, string | null>>
export interface ReadFile extends Omit<ValidFile, 'rows'> {
  readonly rows: readonly NamedRow[]
}

/** All of a file that would be stored, and what became of the rest. */
export function readAll(parsed: ParsedFile): ReadFile {
  const valid = validate(parsed)
  const names = Object.keys(parsed.dataset.fields)
  const rows = valid.rows.map((row) =>
    Object.fromEntries(names.map((name, place) => [name, row[place]?.value ?? null])),
  )
  return { ...valid, rows }
}

/** One file of a release, read as `ingest` reads it but without a database. */
export async function readFileOf(
  dataset: SourceFile,
  release: string,
  member: string,
  content: string | Uint8Array,
): Promise<ReadFile> {
  const name = parseRelease(release)
  const effectiveFrom = datesOf(pfs, name).effectiveFrom
  const { matches } = matchMembers([member], [dataset], effectiveFrom)
  const [match] = matches
  if (!match) throw new Error(`${dataset.name} does not match ${member}`)
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content
  return readAll(await parse({ ...match, bytes }, name, effectiveFrom))
}

/** Every file of a zip in one format, by dataset. */
export async function readRelease(
  path: string,
  release: string,
  format: Format,
): Promise<Map<string, ReadFile>> {
  const name = parseRelease(release)
  const effectiveFrom = datesOf(pfs, name).effectiveFrom
  const members = await readZip(path)
  const { matches } = matchMembers([...members.keys()], pfs.files, effectiveFrom, format)
  const files = new Map<string, ReadFile>()
  for (const match of matches) {
    const bytes = members.get(match.member) ?? new Uint8Array()
    files.set(match.dataset.name, readAll(await parse({ ...match, bytes }, name, effectiveFrom)))
  }
  return files
}

export const keyOf = (dataset: SourceFile, row: NamedRow): string =>
  dataset.table.key.map((column) => row[column]).join('/')
