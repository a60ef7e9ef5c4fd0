import type { DelimitedLayout, FixedLayout, LineLayout, PatternLayout } from '../../schemas/file.ts'
import { CTRL_Z, lineOf, type TextFile, type TextRow } from './text.ts'

export interface LinesFile extends TextFile {
  /** Fields that the layout publishes; a row has a cell for each, and a last one for text that belongs to none. */
  readonly fields: readonly string[]
  /** Lines of text above the first data record and below the last, by the layout's own sign. */
  readonly header: number
  readonly notes: number
}

/** A line's cells, and the text that is in none of them: a file without a header cannot announce that a column moved. */
type Cut = (line: string) => string[]

/** Data records of a text file: what `readLines` would cut. */
export function countLines(text: string, { record }: LineLayout): number {
  const lines = text.split('\n').map((line) => line.replaceAll(CTRL_Z, ''))
  const first = lines.findIndex((line) => record.test(line))
  const last = lines.findLastIndex((line) => record.test(line))
  if (first < 0) return 0
  return lines.slice(first, last + 1).filter((line) => line.trim() !== '').length
}

/** Cuts the data records of a text file, a line each, by columns, by a delimiter or by a pattern. */
export function readLines(text: string, layout: LineLayout): LinesFile {
  const lines = text.split('\n').map((line) => line.replaceAll(CTRL_Z, ''))
  const first = lines.findIndex((line) => layout.record.test(line))
  const last = lines.findLastIndex((line) => layout.record.test(line))
  const { fields, cut } = cutterOf(layout)
  const rows: TextRow[] = []
  let blank = 0
  let afterGap = false
  for (let at = Math.max(first, 0); at <= last; at += 1) {
    const line = lines[at] ?? ''
    const isBlank = line.trim() === ''
    if (isBlank) blank += 1
    else rows.push({ line: at + 1, cells: cut(line), afterGap })
    afterGap = isBlank
  }
  const textLines = (part: string[]) => part.filter((line) => line.trim() !== '').length
  return {
    fields,
    header: textLines(lines.slice(0, first < 0 ? lines.length : first)),
    notes: first < 0 ? 0 : textLines(lines.slice(last + 1)),
    blank,
    raw: lineOf(text),
    rows,
  }
}

function cutterOf(layout: LineLayout): { fields: readonly string[]; cut: Cut } {
  if ('pattern' in layout) return byPattern(layout)
  return 'delimiter' in layout ? byDelimiter(layout) : byColumns(layout)
}

/** A line with fewer or more fields than the layout has is none of its records. */
function byDelimiter({ delimiter, fields }: DelimitedLayout): {
  fields: readonly string[]
  cut: Cut
} {
  return {
    fields,
    cut(line) {
      const cells = line.split(delimiter).map((cell) => cell.trim())
      return [
        ...fields.map((_, at) => cells[at] ?? ''),
        cells.length === fields.length ? '' : line.trim(),
      ]
    },
  }
}

function byColumns({ columns }: FixedLayout): { fields: string[]; cut: Cut } {
  const published = Object.entries(columns).flatMap(([field, span]) =>
    span === null ? [] : [{ field, span }],
  )
  const spans = published.map(({ span }) => span)
  const gaps = gapsBetween(spans)
  const between = ([from, to]: Span, line: string) => line.slice(from - 1, to).trim()
  return {
    fields: published.map(({ field }) => field),
    cut: (line) => [
      ...spans.map((span) => between(span, line)),
      gaps.map((span) => between(span, line)).join(''),
    ],
  }
}

function byPattern({ pattern }: PatternLayout): { fields: string[]; cut: Cut } {
  const fields = [...pattern.source.matchAll(/\(\?<([a-z]\w*)>/g)].map(([, field]) => field ?? '')
  return {
    fields,
    cut(line) {
      const groups = pattern.exec(line)?.groups
      return [...fields.map((field) => groups?.[field] ?? ''), groups ? '' : line.trim()]
    },
  }
}

type Span = readonly [first: number, last: number]

/** The columns that no field covers, up to the end of any line. */
function gapsBetween(spans: readonly Span[]): Span[] {
  const gaps: Span[] = []
  let next = 1
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    if (from > next) gaps.push([next, from - 1])
    next = to + 1
  }
  return [...gaps, [next, Number.MAX_SAFE_INTEGER]]
}
