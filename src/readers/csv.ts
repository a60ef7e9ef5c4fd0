import Papa from 'papaparse'
import { CmsFeesError } from '../errors.ts'
import { TURN } from '../turns.ts'
import { decode, isBlank, lineOf, type TextFile } from './text.ts'

/** Cuts a CSV into trimmed cells. `turn` throws E_BAD_QUOTING, which else would swallow the rest of the file. */
export function readCsv(bytes: Uint8Array, member: string): TextFile {
  // What ends the last line begins no row.
  const text = decode(bytes).replace(/\n$/, '')
  /** Where the next row begins, and on which line. */
  let from = 0
  let line = 1
  let blank = 0
  let afterGap = false
  return {
    get blank() {
      return blank
    },
    raw: lineOf(text),
    turn(each) {
      const start = from
      let rows = 0
      // The fast mode would cut the whole rest of the file in each turn.
      Papa.parse<string[]>(text.slice(start), {
        delimiter: ',',
        newline: '\n',
        fastMode: false,
        step({ data, errors, meta }, parser) {
          const fault = errors.find(({ type }) => type === 'Quotes')
          if (fault) {
            const at = text.slice(0, start + (fault.index ?? 0)).split('\n').length
            throw new CmsFeesError('E_BAD_QUOTING', `${member}, line ${at}: ${fault.message}`)
          }
          const cells = data.map((cell) => cell.trim())
          if (isBlank(cells)) {
            blank += 1
            afterGap = true
          } else {
            each({ line, cells, afterGap })
            afterGap = false
          }
          const end = start + meta.cursor
          line += linesBetween(text, from, end)
          from = end
          rows += 1
          if (rows === TURN) parser.abort()
        },
      })
      return from < text.length
    },
  }
}

/** Quoted cells may hold line breaks. */
function linesBetween(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    lines += 1
  }
  return lines
}
