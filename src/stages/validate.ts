/** Validate: every record through its schema; each is accepted, or rejected with all that is wrong. */
import type { Row, SourceRecord } from '../../schemas/dataset.ts'
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

export interface ValidFile {
  readonly file: ParsedFile
  readonly rows: readonly Row[]
  readonly rejected: readonly RejectedRow[]
  /** The one value of each constant column. */
  readonly constants: Readonly<Record<string, string | null>>
}

/** Never throws for a bad row. Throws E_CONSTANT_VARIES. */
export function validate(file: ParsedFile): ValidFile {
  const { dataset } = file
  const problems = new Map<SourceRecord, Issue[]>()
  for (const record of file.records) {
    const issues = issuesOf(record, file)
    if (issues.length > 0) problems.set(record, issues)
  }
  for (const [record, issue] of doubledKeys(file)) {
    problems.set(record, [...(problems.get(record) ?? []), issue])
  }
  const accepted = file.records.filter((record) => !problems.has(record))
  return {
    file,
    rows: accepted.map((record) => record.values),
    rejected: [...problems].map(([record, issues]) => ({
      dataset: dataset.name,
      file: file.member,
      line: record.line,
      raw: file.raw(record.line),
      issues,
    })),
    constants: constantsOf(file, accepted),
  }
}

/** Throws E_TOO_MANY_REJECTED where a file has more rejected rows than its dataset tolerates. */
export function refuseBadFiles(files: readonly ValidFile[]): void {
  const faults = files.flatMap(({ file, rejected }) => {
    const allowed = Math.floor(file.dataset.tolerance * file.records.length)
    const [first] = rejected
    if (!first || (rejected.length <= allowed && rejected.length < file.records.length)) return []
    const issue = first.issues[0]
    return `${file.member}: ${rejected.length} of ${file.records.length} rows are invalid, ${allowed} may be; the first is line ${first.line}, column ${issue?.column}: ${issue?.message}`
  })
  if (faults.length > 0) throw new CmsFeesError('E_TOO_MANY_REJECTED', faults.join('; '))
}

function issuesOf({ values, stray }: SourceRecord, { dataset }: ParsedFile): Issue[] {
  const issues: Issue[] = []
  if (stray !== '') {
    issues.push({ column: '', message: `text outside every column: ${JSON.stringify(stray)}` })
  }
  const result = dataset.schema.safeParse(values)
  for (const { path, message } of result.error?.issues ?? []) {
    issues.push({ column: path.join('.'), message })
  }
  return issues
}

/** Of several rows with one key, none can be trusted: all are rejected. */
function* doubledKeys({ dataset, records }: ParsedFile): Generator<[SourceRecord, Issue]> {
  const byKey = new Map<string, SourceRecord[]>()
  for (const record of records) {
    const key = dataset.key.map((column) => record.values[column]).join('\u0000')
    const same = byKey.get(key)
    if (same) same.push(record)
    else byKey.set(key, [record])
  }
  const column = dataset.key.join(', ')
  for (const same of byKey.values()) {
    if (same.length === 1) continue
    const lines = same.map((record) => record.line).join(', ')
    for (const record of same) {
      yield [record, { column, message: `the key stands in lines ${lines}` }]
    }
  }
}

function constantsOf({ dataset, member }: ParsedFile, accepted: readonly SourceRecord[]) {
  const constants: Record<string, string | null> = {}
  for (const column of dataset.constants) {
    const lines = new Map<string | null, number>()
    for (const { values, line } of accepted) {
      const value = values[column] ?? null
      if (!lines.has(value)) lines.set(value, line)
    }
    if (lines.size > 1) {
      const seen = [...lines].slice(0, 5).map(([value, line]) => `${value} from line ${line}`)
      throw new CmsFeesError('E_CONSTANT_VARIES', `${member}, ${column}: ${seen.join(', ')}`)
    }
    constants[column] = accepted[0]?.values[column] ?? null
  }
  return constants
}
