/** Rows as a table that fits the screen. Every value is there in full, and no number, date or code is cut to fit. */
import { wrapAnsi } from 'fast-wrap-ansi'
import stringWidth from 'string-width'
import { table } from 'table'

/** Characters in a line where nobody says how many there is room for: in a pipe or a file. */
const WIDTH = 120

/** The terminal's width; else that of COLUMNS, else one that suits a file. */
export const screenWidth = (): number =>
  process.stdout.columns || Number(process.env.COLUMNS) || WIDTH

/**
 * A header, and the rows under it. A long text goes on in the next line of its column, that of the widest columns first.
 * Where the columns cannot be narrow enough for the screen, each row becomes a block with a line for each column.
 */
export function formatGrid(
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  width = screenWidth(),
): string {
  if (rows.length === 0) return '(no rows)'
  const names = columns.map(cellText)
  const cells = rows.map((row) => row.map(cellText))
  const widths = widthsWithin(names, cells, roomOf(width, names.length))
  if (!widths) return formatBlocks(names, cells, width)
  return table([names.map((name, at) => wrapName(name, widths[at])), ...wrapped(cells, widths)], {
    drawHorizontalLine: (line, lines) => line === 1 && lines > 1,
    drawVerticalLine: isBetween,
  }).trimEnd()
}

const formatBlocks = (names: readonly string[], rows: readonly string[][], width: number): string =>
  rows
    .map((row, at) => `row ${at + 1} of ${rows.length}\n${formatBlock(names, row, width)}`)
    .join('\n\n')

/** A line for each name and its value. */
export function formatBlock(
  names: readonly string[],
  values: readonly unknown[],
  width = screenWidth(),
): string {
  const longest = Math.max(...names.map(widthOf))
  const room = Math.max(NARROWEST, roomOf(width, 2) - longest)
  const lines = names.map((name, at) => [name, cellText(values[at])])
  return table(wrapped(lines, [longest, room]), {
    drawHorizontalLine: () => false,
    drawVerticalLine: isBetween,
  }).trimEnd()
}

const isBetween = (line: number, lines: number): boolean => line > 0 && line < lines

/** What borders of one character, and a space at each side of a value, leave of the width. */
const roomOf = (width: number, columns: number): number => width - 3 * columns + 1

/** Of the values in a block, on whatever screen. */
const NARROWEST = 10

/** Longer words, such as a sha256 or the address of a file, go on in the next line like any text. */
const LONGEST_WORD = 24

/** The width of each column: as wide as its text, or as the widest may be. Null where their words do not fit. */
function widthsWithin(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  room: number,
): number[] | null {
  const widest = (at: number, parts: (text: string) => readonly string[]) =>
    rows.reduce((most, row) => Math.max(most, ...parts(row[at] ?? '').map(widthOf)), 0)
  const text = names.map((name, at) =>
    Math.max(
      widthOf(name),
      widest(at, (cell) => [cell]),
    ),
  )
  const words = names.map((name, at) =>
    Math.max(
      ...partsOf(name).map(widthOf),
      Math.min(
        LONGEST_WORD,
        widest(at, (cell) => cell.split(' ')),
      ),
    ),
  )
  const cappedAt = (cap: number) =>
    text.map((most, at) => Math.max(Math.min(most, cap), words[at] ?? 0))
  for (let cap = room; cap > 0; cap -= 1) {
    const widths = cappedAt(cap)
    if (widths.reduce((sum, one) => sum + one, 0) <= room) return widths
  }
  return null
}

/** Columns that a text takes on a terminal: Chinese characters take two each. */
const widthOf = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text)

const wrapped = (rows: readonly string[][], widths: readonly number[]): string[][] =>
  rows.map((row) => row.map((cell, at) => wrap(cell, widths[at])))

/** Breaks text at spaces, and words that are longer than a line where it ends. */
export const wrap = (text: string, width = 0): string =>
  widthOf(text) <= width ? text : wrapAnsi(text, width, { hard: true })

/** Names of columns also go on after an underscore. */
const partsOf = (name: string): readonly string[] => name.split(/(?<=_)| /)

function wrapName(name: string, width = 0): string {
  if (widthOf(name) <= width) return name
  return partsOf(name).reduce((text, part) => {
    const line = text.slice(text.lastIndexOf('\n') + 1)
    const joined = text.endsWith('_') || text === '' ? '' : ' '
    return widthOf(line + joined + part) <= width ? text + joined + part : `${text}\n${part}`
  }, '')
}

/** Text from outside, without what would move the cursor or color a terminal. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, (character) =>
    JSON.stringify(character)
      .slice(1, -1)
      .replace(/[\u007f-\u009f]/, '?'),
  )

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return printable(text).replaceAll('\n', '\\n')
}
