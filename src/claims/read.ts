/** Reads claim lines from a CSV as a stream: rows for COPY, and which lines of the file cannot be read. */
import type { Readable } from 'node:stream'
import Papa from 'papaparse'
import { CmsFeesError } from '../errors.ts'
import { CLAIM_COLUMNS, type ClaimColumns, findColumns } from './columns.ts'

export interface UnreadLine {
  readonly line: number
  readonly why: string
}

export interface ClaimFile {
  header: readonly string[]
  columns: ClaimColumns
  /** Line of the file of each row, in their order. */
  readonly lines: number[]
  readonly unread: UnreadLine[]
}

/** Lines of COPY's text format, one for each line of claims. `file` is filled on the way. */
export async function* copyLines(input: Readable, file: ClaimFile): AsyncGenerator<string> {
  const parser = input
    .on('error', (error) => parser.destroy(error))
    .pipe(Papa.parse(Papa.NODE_STREAM_INPUT))
  let line = 1
  for await (const cells of parser as AsyncIterable<string[]>) {
    const at = line
    // A quoted cell can hold line ends.
    line += 1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
    if (cells.every((cell) => cell.trim() === '')) continue
    if (file.header.length === 0) {
      file.header = cells.map((cell) => cell.replace(/^\uFEFF/, '').trim())
      file.columns = findColumns(file.header)
      continue
    }
    if (cells.length !== file.header.length) {
      const why = `${cells.length} cells, and the header has ${file.header.length}`
      file.unread.push({ line: at, why })
      continue
    }
    file.lines.push(at)
    yield copyLine(cells, file.columns, at)
  }
  if (file.header.length === 0) throw new CmsFeesError('E_EMPTY_FILE', 'the file has no header')
}

function copyLine(cells: readonly string[], columns: ClaimColumns, at: number): string {
  const values = CLAIM_COLUMNS.map((column) => {
    const text = (columns[column] ?? [])
      .map((place) => cells[place]?.trim())
      .filter(Boolean)
      .join(' ')
    if (text === '') return column === 'line' ? String(at) : '\\N'
    return text.replaceAll('\0', '').replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? '')
  })
  return `${values.join('\t')}\n`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
