/** Validate: every record through its schema; each is accepted, or rejected with all that is wrong. */
import { cleanedByName, type Dataset, type Row, type SourceRecord } from '../../schemas/dataset.ts'
import { CmsFeesError } from '../errors.ts'
import type { Turns } from '../turns.ts'
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

/** What became of a file's records. */
export interface ValidFile {
  readonly file: ParsedFile
  readonly read: number
  readonly accepted: number
  readonly rejected: readonly RejectedRow[]
  /** Keys that stand in several rows. Such rows are rejected, though they may have been given. */
  readonly doubled: readonly Row[]
  /** The one value of each constant column. */
  readonly constants: Readonly<Record<string, string | null>>
}

export interface Validation {
  /** The valid rows. Never throws for a bad one. */
  readonly turn: Turns<Row>
  /** Once the turns are over. Throws E_CONSTANT_VARIES. */
  readonly result: () => ValidFile
}

/** `records`: those of the file, where they come another way than from itself. */
export function validate(file: ParsedFile, records = file.turn): Validation {
  const { dataset } = file
  const problems = new Map<number, readonly Issue[]>()
  const keys = keysOf(dataset)
  const constants = constantsOf(file)
  let read = 0
  return {
    turn: (each) =>
      records((record) => {
        read += 1
        const row = rowOf(record, dataset)
        if (row) {
          keys.see(row, record.line)
          constants.see(row, record.line)
          each(row)
        } else {
          const named = cleanedByName(dataset, record.cells)
          keys.see(Object.values(named), record.line)
          problems.set(record.line, issuesOf(named, record.stray, dataset))
        }
      }),
    result() {
      const column = dataset.key.join(', ')
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

/** The cleaned row, where the row's schema accepts it: it does where each column's and the row check do. */
function rowOf({ cells, stray }: SourceRecord, dataset: Dataset): Row | null {
  if (stray !== '') return null
  const { readers } = dataset
  const row = new Array<string | null>(readers.length)
  // Half a million cells: an iterator over them would take longer than what it does with each.
  for (let place = 0; place < readers.length; place += 1) {
    const value = readers[place]?.(cells[place] ?? null)
    if (value === undefined) return null
    row[place] = value
  }
  let valid = true
  dataset.rowCheck?.(
    (column) => row[dataset.at[column] ?? -1] as string,
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
  const places = dataset.key.map((column) => dataset.at[column] ?? -1)
  const first = new Map<string, number>()
  const doubled = new Map<string, { key: Row; lines: number[] }>()
  return {
    doubled,
    see(row: Row, line: number): void {
      let text = ''
      for (const place of places) text += `${row[place]}\u0000`
      const before = first.get(text)
      if (before === undefined) {
        first.set(text, line)
        return
      }
      const key = places.map((place) => row[place] ?? null)
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
        const value = row[place] ?? null
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
