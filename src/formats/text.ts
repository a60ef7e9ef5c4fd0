/** Bytes of a CMS text file as text, and the lines that a reader numbers and reports. */
import { CmsFeesError } from '../errors.ts'

/** What stands before text that says how it is written. */
const MARKS = { 'utf-8': [0xef, 0xbb, 0xbf], 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] }

/**
 * CMS writes Windows-1252 (0xA0 occurs); programs that a file has passed through write UTF-8 or UTF-16. Old files end lines
 * with a bare CR. `member` is for messages. Throws E_ENCODING.
 */
export function decode(bytes: Uint8Array, member: string): string {
  const text = marked(bytes, member) ?? unmarked(bytes, member)
  return text.replace(/\r\n?/g, '\n')
}

function marked(bytes: Uint8Array, member: string): string | null {
  for (const [encoding, mark] of Object.entries(MARKS)) {
    if (!mark.every((byte, at) => bytes[at] === byte)) continue
    const text = strictly(encoding, bytes)
    if (text !== null) return text
    throw new CmsFeesError(
      'E_ENCODING',
      `${member} begins as ${encoding.toUpperCase()}, and is not`,
    )
  }
  return null
}

/** Letters of Windows-1252 beyond ASCII do not make UTF-8 by chance. */
function unmarked(bytes: Uint8Array, member: string): string {
  const nul = bytes.indexOf(0)
  if (nul >= 0) {
    throw new CmsFeesError(
      'E_ENCODING',
      `${member}: byte ${nul + 1} is NUL, so this is UTF-16 without its mark, or no text at all`,
    )
  }
  return strictly('utf-8', bytes) ?? new TextDecoder('windows-1252').decode(bytes)
}

/** Null where the bytes are not text of this encoding. */
function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** DOS files end in Ctrl-Z, some of them as a row of their own. */
export const CTRL_Z = '\u001a'

/** One line of a file, cut into trimmed cells. Rows without any text are not given, only counted. */
export interface TextRow {
  readonly line: number
  readonly cells: readonly string[]
  /** A row without text stands before this one. */
  readonly afterGap: boolean
}

export interface TextFile {
  readonly rows: readonly TextRow[]
  /** Rows without text. */
  readonly blank: number
  /** The text of a line as the file has it, for reports. */
  raw(line: number): string
}

/** The lines of a text, cut when the first of them is asked for: most files have nothing to report. */
export function lineOf(text: string): (line: number) => string {
  let lines: string[] | undefined
  return (line) => {
    lines ??= text.split('\n')
    return lines[line - 1] ?? ''
  }
}

export const isBlank = (cells: readonly string[]): boolean =>
  cells.every((cell) => cell === '' || cell === CTRL_Z)
