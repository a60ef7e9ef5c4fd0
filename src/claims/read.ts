/** Reads claim lines from a CSV as a stream: rows for COPY, and which lines of the file cannot be read. */
import type { Readable } from 'node:stream'
import { CmsFeesError } from '../errors.ts'
import { CLAIM_COLUMNS, type ClaimColumns, findColumns } from './columns.ts'
import { type CsvRow, csvRows } from './csv-rows.ts'

export interface UnreadLine {
  /** Row of COPY, counted from 1. */
  readonly row: number
  readonly why: string
}

export interface ClaimFile {
  header: readonly string[]
  columns: ClaimColumns
  /** Line of the file of each row, in their order. */
  readonly lines: number[]
  readonly unread: UnreadLine[]
}

/** Lines of COPY's text format, one for each line of claims; one that cannot be read keeps its place. `file` is filled on the way. */
export async function* copyLines(input: Readable, file: ClaimFile): AsyncGenerator<string> {
  for await (const row of csvRows(input)) {
    if (file.header.length === 0 && !row.fault) {
      file.header = row.cells.map((cell) => cell.trim())
      file.columns = findColumns(file.header)
      continue
    }
    file.lines.push(row.line)
    const why = row.fault ?? faultOf(row, file.header)
    if (why) file.unread.push({ row: file.lines.length, why })
    yield copyLine(why ? [] : row.cells, file.columns, row.line)
  }
  if (file.header.length === 0) throw new CmsFeesError('E_EMPTY_FILE', 'the file has no header')
}

function faultOf({ cells }: CsvRow, header: readonly string[]): string | undefined {
  if (cells.length !== header.length)
    return `${cells.length} cells, and the header has ${header.length}; quote cells that hold the separator`
  if (cells[0]?.trim() === header[0] && cells.every((cell, place) => cell.trim() === header[place]))
    return 'the header stands here again; leave it out'
  return undefined
}

function copyLine(cells: readonly string[], columns: ClaimColumns, at: number): string {
  const values = CLAIM_COLUMNS.map((column) => {
    const text = (columns[column] ?? [])
      .map((place) => cells[place]?.trim())
      .filter(Boolean)
      .join(' ')
    if (text === '') return column === 'line' ? String(at) : '\\N'
    return text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? '')
  })
  return `${values.join('\t')}\n`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
