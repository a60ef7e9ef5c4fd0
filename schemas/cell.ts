/** Valid cells. A file repeats few of them many times: each is cleaned, judged and written down once. */
import type { Field } from './fields.ts'

/** A valid cell in each form in which a stage takes it. */
export interface Cell {
  /** Canonical text; null: CMS gave nothing. */
  readonly value: string | null
  /** What it adds to the line that COPY reads: its text and a tab. */
  readonly copied: string
  /** What it adds to the text that the row's content hash is taken of. */
  readonly hashed: string
}

/** What a column is to a row: part of its key, of what it says, or of what the whole file says; or the day it begins on. */
export type Role = 'key' | 'content' | 'constant' | 'first day'

/** The cell of a text, or undefined where the field's schema does not accept it. Null: the layout has no such column. */
export type CellReader = (text: string | null) => Cell | undefined

/** Enough for every column whose cells repeat; codes and descriptions do not, and are read each time. */
const MOST_REMEMBERED = 4096
/** A longer text is a slice of its file to V8, and would keep all of it in memory. */
const LONGEST_REMEMBERED = 12

export function readerOf(name: string, { clean, schema }: Field, role: Role): CellReader {
  const opening = `,[${JSON.stringify(name)},`
  const judged = (value: string | null): Cell | undefined => {
    if (!schema.safeParse(value).success) return undefined
    // A column that CMS adds later must change no older version, so one without a value is not hashed.
    const says = role === 'content' && value !== null
    return {
      value,
      copied: copiedOf(value, role),
      hashed: says ? `${opening}${jsonText(value)}]` : '',
    }
  }
  const absent = judged(null)
  const accepted = new Map<string, Cell>()
  // All records of a file that has columns for areas have the same list of their names, however long it is.
  let last: string | null = null
  let lastCell: Cell | undefined
  return (text) => {
    if (text === null) return absent
    if (text === last) return lastCell
    let cell = accepted.get(text)
    if (cell === undefined) {
      cell = judged(clean(text))
      const room = accepted.size < MOST_REMEMBERED && text.length <= LONGEST_REMEMBERED
      if (cell !== undefined && room) accepted.set(text, cell)
    }
    last = text
    lastCell = cell
    return cell
  }
}

/** A first day becomes the days on which the row may hold. */
function copiedOf(value: string | null, role: Role): string {
  if (role === 'constant') return ''
  return role === 'first day' ? `{[${value},)}\t` : `${copyText(value)}\t`
}

function copyText(value: string | null): string {
  if (value === null) return '\\N'
  if (!/[\\\t\n\r]/.test(value)) return value
  return value.replace(/[\\\t\n\r]/g, (character) => COPY_ESCAPES[character] ?? character)
}

const COPY_ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

/** JSON.stringify, which is asked only where something has to be escaped. */
const jsonText = (value: string): string =>
  /^[ !#-[\]-~]*$/.test(value) ? `"${value}"` : JSON.stringify(value)
