import Papa from 'papaparse'
import { CmsFeesError } from '../errors.ts'
import { CTRL_Z, decode, type TextRow, type TextRows } from './text.ts'

/** Cuts a CSV into trimmed cells. Throws E_BAD_QUOTING, which else would swallow the rest of the file. */
export function readCsv(bytes: Uint8Array, member: string): TextRows {
  const text = decode(bytes)
  const parsed = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' })
  const fault = parsed.errors.find((error) => error.type === 'Quotes')
  if (fault) {
    const line = text.slice(0, fault.index ?? 0).split('\n').length
    throw new CmsFeesError('E_BAD_QUOTING', `${member}, line ${line}: ${fault.message}`)
  }

  const lines = text.split('\n')
  const oneLineEach = parsed.data.length === lines.length
  const rows: TextRow[] = []
  let blank = 0
  let line = 1
  let afterGap = false
  for (const source of parsed.data) {
    const cells = source.map((cell) => cell.trim())
    if (cells.every((cell) => cell === '' || cell === CTRL_Z)) {
      blank += 1
      afterGap = true
    } else {
      rows.push({ line, cells, afterGap })
      afterGap = false
    }
    line += oneLineEach ? 1 : source.join('').split('\n').length
  }
  return { rows, blank, raw: (number) => lines[number - 1] ?? '' }
}
