/** Validate: every record through its schema; each is accepted, or rejected with all that is wrong. */
import type { Cell } from '../../schemas/cell.ts'
import { cleanedByName, type Row, type SourceFile, type SourceRecord } from '../../schemas/file.ts'
import { elementsOf } from '../../schemas/lists.ts'
import type { Table } from '../../schemas/table.ts'
import { CmsFeesError } from '../errors.ts'
import type { ParsedFile } from './parse.ts'

export interface Issue {
  readonly column: string
  readonly message: string
}

export interface RejectedRow {
  readonly dataset: string
  readonly file: string
  readonly line: number
  readonly raw: string
  /** The columns of the table's key, as they were read; of a row with lists of areas without the area. */
  readonly key: Readonly<Record<string, string | null>>
  readonly issues: readonly Issue[]
}

/** What became of a file's records. */
export interface ValidFile {
  readonly file: ParsedFile
  /** The valid rows, without what says again what another one says. */
  readonly rows: readonly Row[]
  /** Records of the file, and those of them that were accepted. */
  readonly read: number
  readonly accepted: number
  readonly rejected: readonly RejectedRow[]
  /** Lines that say again, to the letter, what an earlier one says. */
  readonly repeated: readonly number[]
  /** The one value of each constant column. */
  readonly constants: Readonly<Record<string, string | null>>
}

type Key = readonly (string | null)[]

/** A record, and the row that it is where its schema accepts it. */
interface Judged {
  readonly line: number
  readonly key: Key
  readonly row: Row | null
  readonly issues: readonly Issue[]
}

/** Never throws for a bad row. Throws E_CONSTANT_VARIES. */
export function validate(file: ParsedFile): ValidFile {
  const { dataset, records } = file
  const rows: Row[] = []
  const repeated: number[] = []
  const problems = new Map<number, Issue[]>()
  const keys = new Map<number, Key>()
  for (const same of byKey(records.map((record) => judge(record, dataset)))) {
    const [first, ...others] = same
    for (const { line, key, issues } of same) {
      note(problems, line, issues)
      keys.set(line, key)
    }
    if (first?.row && others.every((other) => sayTheSame(other.row, first.row))) {
      rows.push(first.row)
      repeated.push(...others.map(({ line }) => line))
    } else if (others.length > 0) {
      // Of several rows with one key that differ, none can be trusted.
      const lines = same.map(({ line }) => line)
      const message = `the key stands in lines ${lines.join(', ')}, which differ`
      const issue = { column: dataset.table.storedKey.join(', '), message }
      for (const line of lines) note(problems, line, [issue])
    }
  }
  const { read } = file
  const accepted = read - problems.size - repeated.length
  const source = { dataset: dataset.name, file: file.member }
  return {
    ...{ file, rows, read, accepted, repeated, constants: constantsOf(file, rows) },
    rejected: [...problems]
      .sort(([a], [b]) => a - b)
      .map(([line, issues]) => {
        const key = dataset.table.storedKey.map((name, at) => [name, keys.get(line)?.[at] ?? null])
        return { ...source, line, raw: file.raw(line), key: Object.fromEntries(key), issues }
      }),
  }
}

function judge(record: SourceRecord, dataset: SourceFile): Judged {
  const { table, readers } = dataset
  const { line, cells, unclaimedText } = record
  const row = unclaimedText === '' ? rowOf(cells, table, readers) : null
  if (row) {
    const key = table.storedKey.map((column) => row[table.at[column] ?? -1]?.value ?? null)
    return { line, key, row, issues: [] }
  }
  const named = cleanedByName(dataset, cells)
  const key = table.storedKey.map((column) => named[column] ?? null)
  const issues = issuesOf(named, unclaimedText, dataset)
  return { line, key, row: null, issues: issues.filter(isFirst) }
}

const isFirst = (issue: Issue, place: number, all: readonly Issue[]): boolean =>
  all.findIndex((one) => isSame(one, issue)) === place

const isSame = (a: Issue, b: Issue): boolean => a.column === b.column && a.message === b.message

function byKey(judged: readonly Judged[]): Iterable<readonly Judged[]> {
  const keys = new Map<string, Judged[]>()
  for (const each of judged) {
    const text = each.key.join('\u0000')
    const same = keys.get(text)
    if (same) same.push(each)
    else keys.set(text, [each])
  }
  return keys.values()
}

/** A line that becomes several rows is told of once. */
function note(problems: Map<number, Issue[]>, line: number, issues: readonly Issue[]): void {
  if (issues.length === 0) return
  const known = problems.get(line) ?? []
  const isNew = (issue: Issue) => !known.some((one) => isSame(one, issue))
  problems.set(line, [...known, ...issues.filter(isNew)])
}

const sayTheSame = (a: Row | null, b: Row | null): boolean =>
  a !== null && b !== null && a.every((cell, place) => cell.value === b[place]?.value)

/**
 * Throws E_HEADER_DRIFT where most rows of a file are wrong in one column: the column holds something else, or has
 * moved; and E_TOO_MANY_REJECTED where a file has more rejected rows than its dataset tolerates.
 */
export function refuseBadFiles(files: readonly ValidFile[]): void {
  const drifted = files.flatMap((file) => driftOf(file) ?? [])
  if (drifted.length > 0) throw new CmsFeesError('E_HEADER_DRIFT', drifted.join('; '))
  const faults = files.flatMap(({ file, read, rejected }) => {
    const allowed = Math.floor(file.dataset.tolerance * read)
    const [first] = rejected
    if (!first || (rejected.length <= allowed && rejected.length < read)) return []
    const issue = first.issues[0]
    return `${file.member}: ${rejected.length} of ${read} rows are invalid, ${allowed} may be; the first is line ${first.line}, column ${issue?.column}: ${issue?.message}`
  })
  if (faults.length > 0) throw new CmsFeesError('E_TOO_MANY_REJECTED', faults.join('; '))
}

/** Share of a file's records that no fault of single rows reaches. */
const DRIFTED = 0.9

function driftOf({ file, read, rejected }: ValidFile): string | null {
  if (read < 10 || rejected.length <= DRIFTED * read) return null
  const counts = new Map<string, number>()
  for (const { issues } of rejected) {
    for (const column of new Set(issues.map((issue) => issue.column))) {
      counts.set(column, (counts.get(column) ?? 0) + 1)
    }
  }
  const columns = [...counts]
    .filter(([, count]) => count > DRIFTED * read)
    .map(([column]) => column)
  const first = rejected.find(({ issues }) => issues.some(({ column }) => column === columns[0]))
  const issue = first?.issues.find(({ column }) => column === columns[0])
  if (!first || !issue) return null
  return `${file.member}: the layout since ${file.layout} does not fit ${columns.map((column) => `column ${column}`).join(', ')}, in ${rejected.length} of ${read} rows; line ${first.line}: ${issue.message} in ${JSON.stringify(first.raw)}`
}

/** The row, where its schema accepts it: it does where each column's and the row check do. */
export function rowOf(
  cells: SourceRecord['cells'],
  { at, rowCheck, readers: own }: Table,
  readers = own,
): Row | null {
  const row = new Array<Cell>(readers.length)
  // Half a million cells: an iterator over them takes longer than what is done with each.
  for (let place = 0; place < readers.length; place += 1) {
    const cell = readers[place]?.(cells[place] ?? null)
    if (cell === undefined) return null
    row[place] = cell
  }
  let valid = true
  rowCheck?.(
    (column) => row[at[column] ?? -1]?.value ?? null,
    () => {
      valid = false
    },
  )
  return valid ? row : null
}

function issuesOf(
  named: Readonly<Record<string, string | null>>,
  unclaimedText: string,
  dataset: SourceFile,
): Issue[] {
  if (unclaimedText !== '') {
    return [{ column: '(between columns)', message: `there is ${JSON.stringify(unclaimedText)}` }]
  }
  const result = dataset.schema.safeParse(named)
  const areas = elementsOf(named[dataset.table.areas?.[0] ?? ''] ?? '')
  return (result.error?.issues ?? []).map(({ path: [column = '', place], message }) => ({
    column: String(column),
    message: typeof place === 'number' ? `${message} in ${areas[place]}` : message,
  }))
}

function constantsOf(
  { dataset, member, records }: ParsedFile,
  rows: readonly Row[],
): Record<string, string | null> {
  const first = Object.keys(dataset.table.columns).length
  const found = dataset.constants.map((column, at) => {
    const values = new Set(rows.map((row) => row[first + at]?.value ?? null))
    if (values.size <= 1) return [column, [...values][0] ?? null] as const
    const told = [...values].slice(0, 5).map((value) => {
      const place = dataset.at[column] ?? -1
      const record = records.find(
        ({ cells }) => dataset.fields[column]?.clean(cells[place] ?? '') === value,
      )
      return `${value} from line ${record?.line}`
    })
    throw new CmsFeesError('E_CONSTANT_VARIES', `${member}, ${column}: ${told.join(', ')}`)
  })
  return Object.fromEntries(found)
}
