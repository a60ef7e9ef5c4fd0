/** Parse: the bytes of one member, cut and named by the layout of its release, not yet judged. */
import {
  type CsvLayout,
  type Dataset,
  type Evidence,
  evidenceOf,
  type Format,
  type SourceRecord,
} from '../../schemas/dataset.ts'
import { type Batches, batchesOf } from '../batches.ts'
import { CmsFeesError } from '../errors.ts'
import { readCsv } from '../readers/csv.ts'
import { readFixedWidth } from '../readers/fixed-width.ts'
import { type AcceptedColumns, matchHeader } from '../readers/header.ts'
import { headerDrift } from '../readers/header-drift.ts'
import type { TextFile, TextRow } from '../readers/text.ts'
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
  /** Throws E_BAD_QUOTING, and E_EMPTY_FILE where the file ends without a record. */
  readonly records: Batches<SourceRecord>
  /** Lines so far without text, and of prose below the data. */
  readonly blank: number
  readonly notes: number
  raw(line: number): string
}

/** Throws E_EMPTY_FILE, E_LAYOUT_UNKNOWN, E_HEADER_*, E_BAD_QUOTING, E_NOT_A_WORKBOOK, E_WRONG_RELEASE. */
export async function parse(
  { dataset, member, format, bytes }: ClaimedMember,
  release: ReleaseName,
  effectiveFrom: string,
  accepted?: AcceptedColumns,
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
          accepted,
        )
  const records = notEmpty(completed(dataset, file.records), member)
  return {
    ...{ dataset, member, format, evidence, records },
    layout: file.layout,
    raw: file.raw,
    get blank() {
      return file.blank
    },
    get notes() {
      return file.notes
    },
  }
}

type Parsed = Omit<ParsedFile, 'dataset' | 'member' | 'format' | 'evidence'>

/** A CSV or a sheet: rows of cells under a header. */
function parseTable(
  dataset: Dataset,
  member: string,
  file: TextFile,
  release: ReleaseName,
  effectiveFrom: string,
  accepted?: AcceptedColumns,
): Parsed {
  const batches = file.rows[Symbol.iterator]()
  const top: readonly TextRow[] = batches.next().value ?? []
  const layouts = epoch(dataset.csv, effectiveFrom)
  const match = matchHeader(top, layouts, member, accepted)
  if ('missing' in match) {
    throw headerDrift(member, match, [top, ...file.rows].flat(), layouts, dataset.fields, accepted)
  }
  const { layout, headerAt, columns, data, headerValue } = match

  const title = top
    .slice(0, headerAt)
    .flatMap((row) => row.cells)
    .join(' ')
  refuseOtherRelease(
    statedDate(dataset.titleDate?.exec(title)?.groups),
    release,
    `the title of ${member}`,
  )

  const recordOf = recordsUnder(dataset, layout, new Map(columns), data, headerValue)
  // Footnotes below the data are sentences. Prose that records follow is none: it is a record, and not a valid one.
  const prose: TextRow[] = []
  function* records(): Generator<readonly SourceRecord[]> {
    let rows: readonly TextRow[] | undefined = top.slice(headerAt + 1)
    while (rows) {
      const batch: SourceRecord[] = []
      for (const row of rows) {
        if (isProse(row.cells[0] ?? '')) {
          prose.push(row)
          continue
        }
        for (const held of prose.splice(0)) batch.push(recordOf(held))
        batch.push(recordOf(row))
      }
      yield batch
      rows = batches.next().value
    }
  }
  return {
    layout: layout.since,
    get blank() {
      return file.blank
    },
    get notes() {
      return prose.length
    },
    raw: file.raw,
    records: records(),
  }
}

/** The first cell of a record is a code or a number. */
const isProse = (cell: string): boolean => /\s/.test(cell)

/** Rows under a header as records. */
function recordsUnder(
  dataset: Dataset,
  layout: CsvLayout,
  columns: ReadonlyMap<string, number | null>,
  data: ReadonlySet<number>,
  headerValue: string | null,
): (row: TextRow) => SourceRecord {
  // Half a million cells: these loops are the time of a parse.
  const places = Object.keys(dataset.fields).map((field) => columns.get(field) ?? null)
  const claimed = Array.from({ length: Math.max(...data) + 1 }, (_, at) => data.has(at))
  const headed = layout.headerData && dataset.at[layout.headerData.field]
  return ({ line, afterGap, cells: source }) => {
    const cells = new Array<string | null>(places.length)
    for (let place = 0; place < places.length; place += 1) {
      const at = places[place] ?? null
      cells[place] = at === null ? null : (source[at] ?? '')
    }
    if (headed !== undefined) cells[headed] = headerValue
    return { line, afterGap, cells, stray: strayIn(source, claimed) }
  }
}

/** Text outside the columns that are claimed. */
function strayIn(cells: readonly string[], claimed: readonly boolean[]): string {
  let stray = ''
  for (let at = 0; at < cells.length; at += 1) {
    if (cells[at] !== '' && !claimed[at]) stray += `${stray && ' '}${cells[at]}`
  }
  return stray
}

function parseTxt(dataset: Dataset, bytes: Uint8Array, effectiveFrom: string): Parsed {
  const [layout] = epoch(dataset.txt, effectiveFrom)
  if (!layout) throw new Error(`${dataset.name} has no TXT layout for ${effectiveFrom}`)
  const file = readFixedWidth(bytes, layout)
  const published = Object.keys(layout.columns).filter((field) => layout.columns[field] !== null)
  const places = Object.keys(dataset.fields).map((field) => ({
    at: published.indexOf(field),
    decimals: layout.impliedDecimals?.[field],
  }))
  function* records(): Generator<readonly SourceRecord[]> {
    for (const batch of file.rows) {
      yield batch.map(({ line, afterGap, cells: source }) => {
        const cells = places.map(({ at, decimals }) =>
          at < 0 ? null : withPoint(source[at] ?? '', decimals),
        )
        return { line, afterGap, cells, stray: source.at(-1) ?? '' }
      })
    }
  }
  return {
    layout: layout.since,
    get blank() {
      return file.blank
    },
    notes: file.notes,
    raw: file.raw,
    records: records(),
  }
}

/** What a dataset does with all of its records is done before the first one is given. */
function completed(
  { join, complete, at }: Dataset,
  batches: Batches<SourceRecord>,
): Batches<SourceRecord> {
  if (!join && !complete) return batches
  function* whole(): Generator<readonly SourceRecord[]> {
    const all = [...batches].flat()
    const records = join?.(all, at) ?? all
    complete?.(records, at)
    yield* batchesOf(records)
  }
  return whole()
}

function* notEmpty(
  batches: Batches<SourceRecord>,
  member: string,
): Generator<readonly SourceRecord[]> {
  let empty = true
  for (const batch of batches) {
    empty &&= batch.length === 0
    yield batch
  }
  if (empty) throw new CmsFeesError('E_EMPTY_FILE', `${member} has no data rows`)
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
