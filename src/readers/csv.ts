import Papa from 'papaparse'
import { BATCH } from '../batches.ts'
import { CmsFeesError } from '../errors.ts'
import { decode, isBlank, lineOf, type TextFile, type TextRow } from './text.ts'

/** Cuts a CSV into trimmed cells. `rows` throws E_BAD_QUOTING, which else would swallow the rest of the file. */
export function readCsv(bytes: Uint8Array, member: string): TextFile {
  // What ends the last line begins no row.
  const text = decode(bytes).replace(/\n$/, '')
  let blank = 0
  function* rows(): Generator<readonly TextRow[]> {
    let batch: TextRow[] = []
    let afterGap = false
    let line = 1
    for (let from = 0; from <= text.length; ) {
      const { cells, length } = rowAt(text, from, member)
      if (isBlank(cells)) {
        blank += 1
        afterGap = true
      } else {
        batch.push({ line, cells, afterGap })
        afterGap = false
      }
      line += lineBreaks(text, from, from + length) + 1
      from += length + 1
      if (batch.length === BATCH) {
        yield batch
        batch = []
      }
    }
    yield batch
  }
  return {
    get blank() {
      return blank
    },
    raw: lineOf(text),
    rows: rows(),
  }
}

interface CutRow {
  readonly cells: string[]
  /** Of its text, without the line break behind it. */
  readonly length: number
}

/** The row that begins at `start`. */
function rowAt(text: string, start: number, member: string): CutRow {
  const end = text.indexOf('\n', start)
  const line = text.slice(start, end < 0 ? text.length : end)
  // Most rows have no quote in them, and need no parser.
  if (line.includes('"')) return quotedRowAt(text, start, member)
  const cells = line.split(',')
  for (let at = 0; at < cells.length; at += 1) cells[at] = cells[at]?.trim() ?? ''
  return { cells, length: line.length }
}

function quotedRowAt(text: string, start: number, member: string): CutRow {
  const rest = text.slice(start)
  const format = { delimiter: ',', newline: '\n' } as const
  const { data, errors, meta } = Papa.parse<string[]>(rest, { ...format, preview: 1 })
  const fault = errors.find(({ type }) => type === 'Quotes')
  if (fault) {
    const line = lineBreaks(text, 0, start + (fault.index ?? 0)) + 1
    throw new CmsFeesError('E_BAD_QUOTING', `${member}, line ${line}: ${fault.message}`)
  }
  const { cursor } = meta
  const cells = data[0]?.map((cell) => cell.trim()) ?? []
  return { cells, length: rest[cursor - 1] === '\n' ? cursor - 1 : cursor }
}

/** A quoted cell may hold some. */
function lineBreaks(text: string, from: number, to: number): number {
  let breaks = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    breaks += 1
  }
  return breaks
}
