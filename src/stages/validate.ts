/** Validate: every record through its schema; each is accepted, or rejected with all that is wrong. */
import type { Cell } from '../../schemas/cell.ts'
import { cleanedByName, type Dataset, type Row, type SourceRecord } from '../../schemas/dataset.ts'
import type { Table } from '../../schemas/table.ts'
import type { Batches } from '../batches.ts'
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
  readonly issues: readonly Issue[]
}

/** Canonical texts of the key's columns, in their order. */
type Key = readonly (string | null)[]

/** What became of a file's records. */
export interface ValidFile {
  readonly file: ParsedFile
  readonly read: number
  readonly accepted: number
  readonly rejected: readonly RejectedRow[]
  /** Keys that stand in several rows. Such rows are rejected, though they may have been given. */
  readonly doubled: readonly Key[]
  /** The one value of each constant column. */
  readonly constants: Readonly<Record<string, string | null>>
}

export interface Validation {
  /** The valid rows. Never throws for a bad one. */
  readonly rows: Batches<Row>
  /** Once they have all been given. Throws E_CONSTANT_VARIES. */
  readonly result: () => ValidFile
}

/** `records`: those of the file, where they come another way than from itself. */
export function validate(file: ParsedFile, records = file.records): Validation {
  const { dataset } = file
  const problems = new Map<number, readonly Issue[]>()
  const keys = keysOf(dataset)
  const constants = constantsOf(file)
  let read = 0
  function* valid(): Generator<readonly Row[]> {
    for (const batch of records) {
      const rows: Row[] = []
      for (const record of batch) {
        const row = record.stray === '' ? rowOf(record.cells, dataset.table, dataset.readers) : null
        if (row) {
          keys.see(row, record.line)
          constants.see(row, record.line)
          rows.push(row)
        } else {
          const named = cleanedByName(dataset, record.cells)
          const cells = Object.values(named).map((value) => ({ value }))
          keys.see(cells, record.line)
          problems.set(record.line, issuesOf(named, record.stray, dataset))
        }
      }
      read += batch.length
      yield rows
    }
  }
  return {
    rows: valid(),
    result() {
      const column = dataset.table.key.join(', ')
      for (const { lines } of keys.doubled.values()) {
        const issue = { column, message: `the key stands in lines ${lines.join(', ')}` }
        for (const line of lines) problems.set(line, [...(problems.get(line) ?? []), issue])
      }
      const source = { dataset: dataset.name, file: file.member }
      const lines = [...problems].sort(([a], [b]) => a - b)
      return {
        ...{ file, read, accepted: read - problems.size, constants: constants.values() },
        rejected: lines.map(([line, issues]) => ({ ...source, line, raw: file.raw(line), issues })),
        doubled: [...keys.doubled.values()].map(({ key }) => key),
      }
    },
  }
}

/** Throws E_TOO_MANY_REJECTED where a file has more rejected rows than its dataset tolerates. */
export function refuseBadFiles(files: readonly ValidFile[]): void {
  const faults = files.flatMap(({ file, read, rejected }) => {
    const allowed = Math.floor(file.dataset.tolerance * read)
    const [first] = rejected
    if (!first || (rejected.length <= allowed && rejected.length < read)) return []
    const issue = first.issues[0]
    return `${file.member}: ${rejected.length} of ${read} rows are invalid, ${allowed} may be; the first is line ${first.line}, column ${issue?.column}: ${issue?.message}`
  })
  if (faults.length > 0) throw new CmsFeesError('E_TOO_MANY_REJECTED', faults.join('; '))
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
    (column) => row[at[column] ?? -1]?.value as string,
    () => {
      valid = false
    },
  )
  return valid ? row : null
}

function issuesOf(
  named: Readonly<Record<string, string | null>>,
  stray: string,
  dataset: Dataset,
): Issue[] {
  const issues: Issue[] = []
  if (stray !== '') {
    issues.push({ column: '', message: `text outside every column: ${JSON.stringify(stray)}` })
  }
  const result = dataset.schema.safeParse(named)
  for (const { path, message } of result.error?.issues ?? []) {
    issues.push({ column: path.join('.'), message })
  }
  return issues
}

/** Of several rows with one key, none can be trusted. */
function keysOf(dataset: Dataset) {
  const places = dataset.table.key.map((column) => dataset.at[column] ?? -1)
  const first = new Map<string, number>()
  const doubled = new Map<string, { key: Key; lines: number[] }>()
  return {
    doubled,
    see(row: readonly Pick<Cell, 'value'>[], line: number): void {
      let text = ''
      for (const place of places) text += `${row[place]?.value}\u0000`
      const before = first.get(text)
      if (before === undefined) {
        first.set(text, line)
        return
      }
      const key = places.map((place) => row[place]?.value ?? null)
      const same = doubled.get(text) ?? { key, lines: [before] }
      same.lines.push(line)
      doubled.set(text, same)
    },
  }
}

function constantsOf({ dataset, member }: ParsedFile) {
  const seen = dataset.constants.map((column) => ({
    column,
    place: dataset.at[column] ?? -1,
    values: new Map<string | null, number>(),
  }))
  return {
    see(row: Row, line: number): void {
      for (const { place, values } of seen) {
        const value = row[place]?.value ?? null
        if (!values.has(value)) values.set(value, line)
      }
    },
    values(): Record<string, string | null> {
      for (const { column, values } of seen) {
        if (values.size <= 1) continue
        const told = [...values].slice(0, 5).map(([value, line]) => `${value} from line ${line}`)
        throw new CmsFeesError('E_CONSTANT_VARIES', `${member}, ${column}: ${told.join(', ')}`)
      }
      return Object.fromEntries(
        seen.map(({ column, values }) => [column, values.keys().next().value ?? null]),
      )
    },
  }
}
