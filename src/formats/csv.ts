import Papa from 'papaparse'
import { CmsFeesError } from '../errors.ts'
import { isBlank, lineOf, type TextFile, type TextRow } from './text.ts'

/** Cuts delimited text into trimmed cells. Throws E_BAD_QUOTING: an open quote would swallow the rest of the file. */
export function readDelimited(source: string, member: string, delimiter: string): TextFile {
  const text = source.replace(/\n$/, '')
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' })
  const fault = errors.find(({ type }) => type === 'Quotes')
  if (fault) {
    const line = lineBreaks(text.slice(0, fault.index)) + 1
    throw new CmsFeesError('E_BAD_QUOTING', `${member}, line ${line}: ${fault.message}`)
  }
  const rows: TextRow[] = []
  let blank = 0
  let afterGap = false
  let line = 1
  const isQuoted = text.includes('"')
  for (const row of data) {
    const cells = row.map((cell) => cell.trim())
    const isGap = isBlank(cells)
    if (isGap) blank += 1
    else rows.push({ line, cells, afterGap })
    afterGap = isGap
    line += 1
    // A quoted cell may hold line breaks.
    if (isQuoted) for (const cell of row) if (cell.includes('\n')) line += lineBreaks(cell)
  }
  return { blank, raw: lineOf(text), rows }
}

const lineBreaks = (text: string): number => text.split('\n').length - 1
