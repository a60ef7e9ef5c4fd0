/** Parse: the bytes of one member, cut and named by the layout of its release, not yet judged. */
import {
  type Dataset,
  type Evidence,
  evidenceOf,
  type Format,
  type SourceRecord,
} from '../../schemas/dataset.ts'
import { CmsFeesError } from '../errors.ts'
import { readCsv } from '../readers/csv.ts'
import { readFixedWidth } from '../readers/fixed-width.ts'
import { matchHeader } from '../readers/header.ts'
import type { TextRows } from '../readers/text.ts'
import { readXlsx } from '../readers/xlsx.ts'
import { type ReleaseName, statedDate } from '../release.ts'
import type { ClaimedMember } from './claim.ts'

export interface ParsedFile {
  readonly dataset: Dataset
  readonly member: string
  readonly format: Format
  /** `since` of the layout that read the file. */
  readonly layout: string
  readonly evidence: Evidence
  readonly records: readonly SourceRecord[]
  /** Lines without text, and lines of prose below the data. */
  readonly blank: number
  readonly notes: number
  raw(line: number): string
}

/** Throws E_EMPTY_FILE, E_LAYOUT_UNKNOWN, E_HEADER_*, E_BAD_QUOTING, E_NOT_A_WORKBOOK, E_WRONG_RELEASE. */
export async function parse(
  { dataset, member, format, bytes }: ClaimedMember,
  release: ReleaseName,
  effectiveFrom: string,
): Promise<ParsedFile> {
  if (bytes.length === 0) throw new CmsFeesError('E_EMPTY_FILE', `${member} has no bytes`)
  const evidence = evidenceOf(dataset, format, effectiveFrom)
  const layouts = epoch<{ since: string }>(dataset[format === 'txt' ? 'txt' : 'csv'], effectiveFrom)
  if (evidence === null || layouts.length === 0) {
    throw new CmsFeesError(
      'E_LAYOUT_UNKNOWN',
      `${member}: no ${format.toUpperCase()} layout for a release of ${effectiveFrom}`,
    )
  }
  const file =
    format === 'txt'
      ? parseTxt(dataset, bytes, effectiveFrom)
      : parseTable(
          dataset,
          member,
          format === 'csv' ? readCsv(bytes, member) : await readXlsx(bytes, member),
          release,
          effectiveFrom,
        )
  if (file.records.length === 0)
    throw new CmsFeesError('E_EMPTY_FILE', `${member} has no data rows`)
  const records = dataset.join?.(file.records) ?? file.records
  dataset.complete?.(records)
  clean(dataset, records)
  return { dataset, member, format, evidence, ...file, records }
}

type Parsed = Omit<ParsedFile, 'dataset' | 'member' | 'format' | 'evidence'>

/** A CSV or a sheet: rows of cells under a header. */
function parseTable(
  dataset: Dataset,
  member: string,
  file: TextRows,
  release: ReleaseName,
  effectiveFrom: string,
): Parsed {
  const layouts = epoch(dataset.csv, effectiveFrom)
  const { layout, headerAt, columns, data, headerValue } = matchHeader(file.rows, layouts, member)

  const title = file.rows
    .slice(0, headerAt)
    .flatMap((row) => row.cells)
    .join(' ')
  refuseOtherRelease(
    statedDate(dataset.titleDate?.exec(title)?.groups),
    release,
    `the title of ${member}`,
  )

  const body = file.rows.slice(headerAt + 1)
  const dataRows = body.slice(0, body.findLastIndex((row) => !isProse(row.cells[0] ?? '')) + 1)
  // Half a million cells: these loops are the time of a parse.
  const fields = [...columns]
  const claimed = Array.from({ length: Math.max(...data) + 1 }, (_, at) => data.has(at))
  const records = dataRows.map(({ line, afterGap, cells }) => {
    const values: Record<string, string | null> = {}
    for (const [field, at] of fields) values[field] = at === null ? null : (cells[at] ?? '')
    if (layout.headerData) values[layout.headerData.field] = headerValue
    let stray = ''
    for (let at = 0; at < cells.length; at += 1) {
      if (cells[at] !== '' && !claimed[at]) stray += `${stray && ' '}${cells[at]}`
    }
    return { line, afterGap, values, stray }
  })
  return {
    layout: layout.since,
    records,
    blank: file.blank,
    notes: body.length - dataRows.length,
    raw: file.raw,
  }
}

/** Footnotes below the data are sentences; the first cell of a record is a code or a number. */
const isProse = (cell: string): boolean => /\s/.test(cell)

function parseTxt(dataset: Dataset, bytes: Uint8Array, effectiveFrom: string): Parsed {
  const [layout] = epoch(dataset.txt, effectiveFrom)
  if (!layout) throw new Error(`${dataset.name} has no TXT layout for ${effectiveFrom}`)
  const file = readFixedWidth(bytes, layout)
  const published = Object.keys(layout.columns).filter((field) => layout.columns[field] !== null)
  const records = file.rows.map((row) => {
    const values: Record<string, string | null> = {}
    for (const field of Object.keys(layout.columns)) values[field] = null
    for (const [at, field] of published.entries()) {
      values[field] = withPoint(row.cells[at] ?? '', layout.impliedDecimals?.[field])
    }
    return { line: row.line, afterGap: row.afterGap, values, stray: row.cells.at(-1) ?? '' }
  })
  return { layout: layout.since, records, blank: file.blank, notes: file.notes, raw: file.raw }
}

/** '1931' with two implied decimals is 19.31. */
function withPoint(cell: string, decimals: number | undefined): string {
  if (decimals === undefined || !/^\d+$/.test(cell)) return cell
  const digits = cell.padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** The layouts of the epoch that a release of this date belongs to. */
function epoch<L extends { since: string }>(layouts: readonly L[], effectiveFrom: string): L[] {
  const since = layouts.findLast((layout) => layout.since <= effectiveFrom)?.since
  return layouts.filter((layout) => layout.since === since)
}

/** Throws E_WRONG_RELEASE where a file states another year or month than the release's. */
export function refuseOtherRelease(
  stated: { year: number | null; month: number | null },
  release: ReleaseName,
  place: string,
): void {
  if (
    (stated.year ?? release.year) === release.year &&
    (stated.month ?? release.month) === release.month
  )
    return
  const month = stated.month === null ? '' : `-${String(stated.month).padStart(2, '0')}`
  throw new CmsFeesError(
    'E_WRONG_RELEASE',
    `${place} says ${stated.year ?? ''}${month}, ${release.name} is the release of ${release.year}-${String(release.month).padStart(2, '0')}`,
  )
}

function clean(dataset: Dataset, records: readonly SourceRecord[]): void {
  const fields = Object.entries(dataset.fields)
  for (const { values } of records) {
    for (const [name, field] of fields) {
      const cell = values[name]
      values[name] = cell === null || cell === undefined ? null : field.clean(cell)
    }
  }
}
