/** Parse: the bytes of one member, cut and named by the layout of its release, not yet judged. */

import { type ReleaseName, statedDate } from '../../pipelines/release-name.ts'
import {
  type CsvLayout,
  type Evidence,
  evidenceOf,
  type Format,
  layoutsOf,
  type SourceFile,
  type SourceRecord,
  type TxtLayout,
} from '../../schemas/file.ts'
import { dayOf } from '../day.ts'
import { CmsFeesError } from '../errors.ts'
import { readDelimited } from '../formats/csv.ts'
import { readLines } from '../formats/fixed-width.ts'
import { type AcceptedColumns, matchHeader } from '../formats/header.ts'
import { headerDrift } from '../formats/header-drift.ts'
import { decode, type TextFile, type TextRow } from '../formats/text.ts'
import { readWorkbook } from '../formats/workbook.ts'
import { refuseOtherRelease, type Statement } from './dated.ts'
import { joinAreas } from './join-areas.ts'
import { type MatchedMember, nameOf, stem } from './match.ts'
import { type StatedDays, statedDaysIn } from './stated-days.ts'

export interface ParsedFile {
  readonly dataset: SourceFile
  readonly member: string
  readonly format: Format
  /** `since` of the layout that read the file. */
  readonly layout: string
  readonly evidence: Evidence
  readonly records: readonly SourceRecord[]
  /** Records of the file, of which each may become several rows. */
  readonly read: number
  /** Areas that the file has columns for; 1 where it has none. */
  readonly areas: number
  /** Lines without text, and of prose below the data. */
  readonly blank: number
  readonly notes: number
  /** What is to be told where the member's name alone states another release. */
  readonly contradiction: string | null
  /** Day on which CMS released it, as its title or name says; null where neither does. */
  readonly released: string | null
  /** The days for which it says that it holds; null where files of its kind say nothing. */
  readonly holds: StatedDays | null
  raw(line: number): string
}

interface Parsed
  extends Pick<ParsedFile, 'layout' | 'records' | 'areas' | 'blank' | 'notes' | 'raw'> {
  /** What stands above the data. */
  readonly title: string
  /** What the file itself says of the release that it is of. */
  readonly stated: readonly Statement[]
}

/** Throws E_EMPTY_FILE, E_ENCODING, E_LAYOUT_UNKNOWN, E_HEADER_*, E_BAD_QUOTING, E_NOT_A_WORKBOOK, E_WRONG_RELEASE. */
export async function parse(
  { dataset, member, format, bytes, zip }: MatchedMember,
  release: ReleaseName,
  effectiveFrom: string,
  accepted?: AcceptedColumns,
): Promise<ParsedFile> {
  if (bytes.length === 0) throw new CmsFeesError('E_EMPTY_FILE', `${member} has no bytes`)
  const layouts = layoutsOf(dataset, format, effectiveFrom)
  if (layouts.length === 0) {
    throw new CmsFeesError(
      'E_LAYOUT_UNKNOWN',
      `${member}: no ${format.toUpperCase()} layout for a release of ${effectiveFrom}`,
    )
  }
  const table = await tableIn(dataset, format, bytes, member, layouts)
  const { title, stated, ...parsed } = table
    ? parseTable(dataset, member, table, effectiveFrom, accepted)
    : parseLines(dataset, member, bytes, layouts as readonly TxtLayout[])
  const holds = statedDaysIn(dataset, title, member)
  const name = { source: 'its name', ...statedDate(nameOf(dataset, member)?.groups) }
  const weighty = [
    ...stated,
    ...statedBeside(dataset, holds, parsed.records),
    ...(zip ? [zip] : []),
  ]
  const contradiction = refuseOtherRelease(member, release, name, weighty)
  const released = releasedOn(dataset, title) ?? releasedOn(dataset, stem(member))
  const { records, read } = completed(dataset, parsed.records)
  if (records.length === 0) throw new CmsFeesError('E_EMPTY_FILE', `${member} has no data rows`)
  const evidence = evidenceOf(dataset, format, release.name)
  const told = { evidence, contradiction, released, holds }
  return { dataset, member, format, ...told, ...parsed, records, read }
}

/** What its days and its first row say of the release; all rows say the same (validate). */
function statedBeside(
  { states, at }: SourceFile,
  holds: StatedDays | null,
  [first]: readonly SourceRecord[],
): Statement[] {
  const [year = null, month = null] = holds?.from.split('-').map(Number) ?? []
  const cell = first?.cells[at[states?.column ?? ''] ?? -1] ?? ''
  return [
    { source: 'its first day', year, month },
    { source: 'its rows', ...statedDate(states?.date.exec(cell)?.groups) },
  ]
}

/** Rows of cells under a header; null for text whose lines are to be cut. CMS has shipped tables with tabs as TXT. */
async function tableIn(
  { sheet }: SourceFile,
  format: Format,
  bytes: Uint8Array,
  member: string,
  layouts: readonly (CsvLayout | TxtLayout)[] = [],
): Promise<TextFile | null> {
  if (format === 'xlsx') return readWorkbook(bytes, member, sheet?.named)
  const text = decode(bytes, member)
  if (format === 'csv') return readDelimited(text, member, ',')
  // A table of two columns has one tab.
  const least = layouts.some((layout) => 'tabbed' in layout) ? 1 : 2
  return isTabbed(text, least) ? readDelimited(text, member, '\t') : null
}

/** Whether most lines at the top of a text have tabs, as many or more. */
export function isTabbed(text: string, least = 2): boolean {
  const top = text.split('\n', 20)
  return top.filter((line) => line.split('\t').length > least).length > top.length / 2
}

function parseTable(
  dataset: SourceFile,
  member: string,
  file: TextFile,
  effectiveFrom: string,
  accepted?: AcceptedColumns,
): Parsed {
  const layouts = layoutsOf(dataset, 'csv', effectiveFrom) as readonly CsvLayout[]
  const match = matchHeader(file.rows, layouts, member, accepted)
  if ('missing' in match) {
    throw headerDrift(member, match, file.rows, layouts, dataset.fields, accepted)
  }

  const columns = new Map(match.columns)
  const places = dataset.record.map((field) => columns.get(field) ?? null)
  const { areas } = match
  const isClaimed: boolean[] = []
  for (const at of [...columns.values(), ...areas.flatMap((area) => [...area.columns.values()])]) {
    if (at !== null) isClaimed[at] = true
  }
  const named =
    areas.length > 0
      ? [[dataset.table.areas?.[0] ?? '', JSON.stringify(areas.map(({ name }) => name))] as const]
      : []
  const headed = [...match.headerValues, ...named].map(
    ([field, value]) => [dataset.at[field] ?? -1, value] as const,
  )
  const listed = Object.values(match.layout.areas?.amounts ?? {}).map(
    (field) => [dataset.at[field] ?? -1, areas.map((area) => area.columns.get(field))] as const,
  )
  const recordOf = ({ line, afterGap, cells: source }: TextRow): SourceRecord => {
    const cells = places.map((at) => (at === null ? null : (source[at] ?? '')))
    for (const [place, value] of headed) cells[place] = value
    for (const [place, own] of listed) {
      cells[place] = JSON.stringify(own.map((at) => source[at ?? -1] ?? ''))
    }
    // Half a million cells, nearly all of them claimed.
    let unclaimedText = ''
    for (let at = 0; at < source.length; at += 1) {
      if (!isClaimed[at] && source[at] !== '') unclaimedText += ` ${source[at]}`
    }
    return { line, afterGap, cells, unclaimedText: unclaimedText.trimStart() }
  }
  // Footnotes below the data are sentences. Prose that records follow is none: it is a record, and not a valid one.
  const data = file.rows.slice(match.headerAt + 1)
  const last = data.findLastIndex((row) => !isProse(row.cells[0] ?? ''))
  const above = file.rows.slice(0, match.headerAt + 1)
  return {
    title: textOf(above),
    stated: statedIn(dataset, match.layout, above),
    layout: match.layout.since,
    records: data.slice(0, last + 1).map(recordOf),
    areas: areas.length || 1,
    blank: file.blank,
    notes: data.length - last - 1,
    raw: file.raw,
  }
}

/** What the title and the cells of the header say of the release; `above` ends in the header. */
function statedIn(dataset: SourceFile, layout: CsvLayout, above: readonly TextRow[]): Statement[] {
  const title = statedDate(dataset.titleDate?.exec(textOf(above))?.groups)
  const top = (above.at(-1)?.line ?? 0) - layout.headerRows - (layout.headerRowsBelow ?? 0)
  const header = textOf(above.filter(({ line }) => line > top))
  const years = [...new Set(header.match(/\b20\d\d\b/g))].map(Number)
  return [
    { source: 'its title', ...title },
    // A header of two years states neither.
    { source: 'its header', year: years.length === 1 ? (years[0] ?? null) : null, month: null },
  ]
}

const textOf = (rows: readonly TextRow[]): string => rows.flatMap(({ cells }) => cells).join(' ')

/** The first cell of a record is a code or a number. */
const isProse = (cell: string): boolean => /\s/.test(cell)

function parseLines(
  dataset: SourceFile,
  member: string,
  bytes: Uint8Array,
  [layout]: readonly TxtLayout[],
): Parsed {
  if (!layout) throw new Error(`${dataset.name} has no TXT layout`)
  if ('tabbed' in layout) {
    throw new CmsFeesError('E_LAYOUT_UNKNOWN', `${member}: its columns are not separated by tabs`)
  }
  const file = readLines(decode(bytes, member), layout)
  const places = dataset.record.map((field) => file.fields.indexOf(field))
  const lines = file.rows.map(({ line, afterGap, cells: source }) => {
    const cells = places.map((at) => (at < 0 ? null : (source[at] ?? '')))
    return { line, afterGap, cells, unclaimedText: source.at(-1) ?? '' }
  })
  return {
    // Records and nothing else: lines do not say what they are of.
    title: '',
    stated: [],
    layout: layout.since,
    records: joinAreas(dataset, lines),
    areas: 1,
    blank: file.blank,
    notes: file.notes,
    raw: file.raw,
  }
}

/** What a dataset does with all of its records, and the rows that it makes of each. */
function completed(
  { join, complete, rows, fields, at }: SourceFile,
  source: readonly SourceRecord[],
): Pick<ParsedFile, 'records' | 'read'> {
  const records = join?.(source, at) ?? source
  complete?.(records, at)
  const read = records.length
  if (!rows) return { records, read }
  const names = Object.keys(fields)
  const made = records.flatMap((record) =>
    rows((field) => record.cells[at[field] ?? -1] ?? null).map((row) => ({
      ...record,
      cells: names.map((name) => row[name] ?? null),
    })),
  )
  return { records: made, read }
}

const releasedOn = ({ releasedOn }: SourceFile, title: string): string | null => {
  const { year = '', month = '', day = '' } = releasedOn?.exec(title)?.groups ?? {}
  return dayOf(year.padStart(4, '20'), month, day)
}

/** The day of release that the title of a CSV or workbook states, where nothing else of it is wanted. */
export async function releasedIn({
  dataset,
  member,
  format,
  bytes,
}: MatchedMember): Promise<string | null> {
  const table = await tableIn(dataset, format, bytes, member)
  return releasedOn(dataset, textOf(table?.rows.slice(0, TITLE_ROWS) ?? []))
}

const TITLE_ROWS = 10
