/** Cuts a stream of CSV into rows, each for itself: what is wrong with one line leaves the others whole. */
import type { Readable } from 'node:stream'
import { TextDecoder } from 'node:util'
import Papa from 'papaparse'

export interface CsvRow {
  /** Line of the file on which the row begins, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** Why there are no cells. */
  readonly fault?: string
}

/** Lines that one quoted cell may hold: a quote that stays open for longer was never meant to be closed. */
const LONGEST_CELL = 100

/** Rows in their order, without blank ones; the first is the header. UTF-8, or UTF-16 with its mark, and any line ends. */
export async function* csvRows(input: Readable): AsyncGenerator<CsvRow> {
  const cutter = new RowCutter()
  for await (const text of linesOf(input)) yield* cutter.add(text)
  yield* cutter.end()
}

class RowCutter {
  /** Lines of a row whose quote is open. */
  #open: string[] = []
  #start = 1
  #delimiter = ''
  #width = 0

  add(text: string): CsvRow[] {
    const rows: CsvRow[] = []
    const waiting = [text]
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      this.#open.push(next)
      const { cells, isOpen } = this.#cut(this.#open.join('\n'))
      if (isOpen && this.#open.length < LONGEST_CELL) continue
      // Lines that a quote joins, and that are no row together, stand for themselves but for the first.
      if (isOpen || this.#isJoinedByChance(cells)) waiting.unshift(...this.#refuse(rows))
      else this.#accept(cells, rows)
    }
    return rows
  }

  end(): CsvRow[] {
    const rows: CsvRow[] = []
    while (this.#open.length > 0)
      for (const text of this.#refuse(rows)) rows.push(...this.add(text))
    return rows
  }

  /** Whether lines that a quote joins are no row, or hold one that is whole without it. */
  #isJoinedByChance(cells: readonly string[]): boolean {
    if (this.#open.length === 1 || this.#width === 0) return false
    const within = this.#open.slice(1, -1)
    return (
      cells.length !== this.#width ||
      within.some((text) => text.split(this.#delimiter).length === this.#width)
    )
  }

  #cut(text: string): { cells: string[]; isOpen: boolean } {
    if (this.#delimiter !== '' && !text.includes('"'))
      return { cells: text.split(this.#delimiter), isOpen: false }
    const { data, errors, meta } = Papa.parse<string[]>(text, {
      delimiter: this.#delimiter,
      newline: '\n',
    })
    const isOpen = errors.some(({ code }) => code === 'MissingQuotes')
    // The header says it, and not a blank line before.
    if (!isOpen && this.#delimiter === '' && text.trim() !== '') this.#delimiter = meta.delimiter
    return { cells: data[0] ?? [], isOpen }
  }

  #accept(cells: string[], rows: CsvRow[]): void {
    if (cells.some((cell) => cell.trim() !== '')) {
      if (this.#width === 0) this.#width = cells.length
      rows.push({ line: this.#start, cells })
    }
    this.#start += this.#open.length
    this.#open = []
  }

  /** Refuses the first open line; the others are to be cut again. */
  #refuse(rows: CsvRow[]): string[] {
    const [, ...others] = this.#open
    rows.push({
      line: this.#start,
      cells: [],
      fault: 'a quote (") is open; close it, or double it',
    })
    this.#start += 1
    this.#open = []
    return others
  }
}

/** Lines as text, whatever ends them; zero bytes, which no database takes, are left out. */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  let rest = ''
  for await (const chunk of input as AsyncIterable<Buffer>) {
    decoder ??= new TextDecoder(encodingOf(chunk))
    const text = rest + decoder.decode(chunk, { stream: true }).replaceAll('\0', '')
    // The end of a line may be cut in two.
    const lines = text.split(/\r\n|\n|\r(?=[^\n])/)
    rest = lines.pop() ?? ''
    yield* lines
  }
  rest += decoder?.decode() ?? ''
  if (rest !== '') yield rest.replace(/\r$/, '')
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  return 'utf-8'
}
