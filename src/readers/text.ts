/** Bytes of a CMS text file as text, and the lines that a reader numbers and reports. */
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** CMS writes Windows-1252 (0xA0 occurs), Excel also UTF-8 with its mark; old files end lines with a bare CR. */
export function decode(bytes: Uint8Array): string {
  const encoding = UTF8_MARK.equals(bytes.subarray(0, 3)) ? 'utf-8' : 'windows-1252'
  return new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, '\n')
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
