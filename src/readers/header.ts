/** Finds the header of a CSV and matches its columns by their text, never by their position. */
import type { CsvLayout, Label } from '../../schemas/dataset.ts'
import { CmsFeesError } from '../errors.ts'
import type { TextRow } from './text.ts'

export interface HeaderMatch {
  readonly layout: CsvLayout
  /** Index of the last header row. */
  readonly headerAt: number
  /** Cell index of each field, null where the layout does not publish it. */
  readonly columns: readonly (readonly [field: string, at: number | null])[]
  /** What the layout's data-bearing header cells say, by field. */
  readonly headerValues: readonly (readonly [field: string, value: string | null])[]
}

/** Preamble rows that a header may stand below. */
const DEEPEST_HEADER = 25

/**
 * Tries the layouts of an epoch in their order. Throws E_HEADER_NOT_FOUND, or E_HEADER_DRIFT with the
 * unknown, missing and doubled columns against the layout that comes nearest.
 */
export function matchHeader(
  rows: readonly TextRow[],
  layouts: readonly CsvLayout[],
  member: string,
): HeaderMatch {
  let drift: Drift | undefined
  for (const layout of layouts) {
    if (layout.headerless) {
      if (isHeaderless(rows, layout.headerless)) return withoutHeader(layout, layout.headerless)
      continue
    }
    const first = Object.values(layout.labels).find((label) => label !== null) ?? ''
    const anchor = rows
      .slice(0, DEEPEST_HEADER)
      .findIndex((row) => says(first, normalise(row.cells[0] ?? '')))
    if (anchor < 0) continue
    const headerAt = anchor + (layout.headerRowsBelow ?? 0)
    const found = stack(rows, anchor, headerAt, layout.headerRows)
    const match = matchLabels(found, layout, member)
    if (!('drift' in match)) return { layout, headerAt, ...match }
    if (!drift || match.faults < drift.faults) drift = match
  }
  if (drift) throw drift.drift
  const top = rows.slice(0, 3).map((row) => row.cells.filter(Boolean).join(' | ').slice(0, 80))
  throw new CmsFeesError(
    'E_HEADER_NOT_FOUND',
    `${member}: none of the first ${DEEPEST_HEADER} rows begins with ${shown(Object.values(layouts[0]?.labels ?? {}).find(Boolean))}; the file begins with ${JSON.stringify(top)}`,
  )
}

interface Drift {
  readonly drift: CmsFeesError
  readonly faults: number
}

function says(label: Label, text: string): boolean {
  if (label instanceof RegExp) return label.test(text)
  return typeof label === 'string' ? label === text : label.some((one) => says(one, text))
}

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (part instanceof RegExp ? part.source : part))

/**
 * Header text differs between the releases of one year in spaces, asterisks, and in the year and the
 * figures that it quotes: YYYY stands for a year, # for a figure.
 */
function normalise(text: string): string {
  return text
    .toUpperCase()
    .replace(/\*+$/, '')
    .replace(/\d+\.\d{2,}/g, '#')
    .replace(/\b(19|20)\d\d\b/g, 'YYYY')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Title, notices and date, which stand close above the header of the shorter old files. */
const PREAMBLE = /RELEASED|COPYRIGHT|RELATIVE VALUE FILE/i

/** The header cells of each column, joined from top to bottom. */
function stack(
  rows: readonly TextRow[],
  anchor: number,
  headerAt: number,
  depth: number,
): string[] {
  const top = (rows[anchor]?.line ?? 0) - depth
  const header = rows
    .slice(0, headerAt + 1)
    .filter((row) => row.line > top && !row.cells.some((cell) => PREAMBLE.test(cell)))
  const width = Math.max(...header.map((row) => row.cells.length))
  return Array.from({ length: width }, (_, at) =>
    header
      .map((row) => row.cells[at] ?? '')
      .filter(Boolean)
      .join(' '),
  )
}

function matchLabels(
  found: readonly string[],
  layout: CsvLayout,
  member: string,
): Omit<HeaderMatch, 'layout' | 'headerAt'> | Drift {
  const labels = found.map(normalise)
  const wanted = Object.entries<Label | null>(layout.labels)
  const known = wanted.flatMap(([, label]) => (label === null ? [] : [label]))
  const columns = wanted.map(
    ([field, label]) =>
      [field, label === null ? null : labels.findIndex((text) => says(label, text))] as const,
  )

  const missing = columns.filter(([, at]) => at === -1).map(([field]) => layout.labels[field])
  const unknown = found.filter(
    (text, at) => text !== '' && !known.some((label) => says(label, labels[at] ?? '')),
  )
  const doubled = found.filter(
    (_, at) => labels[at] !== '' && labels.indexOf(labels[at] ?? '') !== at,
  )
  const faults = missing.length + unknown.length + doubled.length
  if (faults > 0) {
    const drift = new CmsFeesError(
      'E_HEADER_DRIFT',
      [
        `${member}: the columns are not those of the layout since ${layout.since}`,
        unknown.length > 0 && `unknown: ${JSON.stringify(unknown)}`,
        missing.length > 0 && `missing: ${shown(missing)}`,
        doubled.length > 0 && `doubled: ${JSON.stringify(doubled)}`,
        `found: ${JSON.stringify(found)}`,
      ]
        .filter(Boolean)
        .join('; '),
    )
    return { drift, faults }
  }

  const cellOf = (name: string) => found[columns.find(([field]) => field === name)?.[1] ?? -1] ?? ''
  return {
    columns,
    headerValues: (layout.headerData ?? []).map(({ field, column, pattern }) => [
      field,
      pattern.exec(cellOf(column))?.[1] ?? null,
    ]),
  }
}

/** Whether a file begins with data: each of its rows has exactly these columns, a number in the first. */
function isHeaderless(rows: readonly TextRow[], fields: readonly string[]): boolean {
  return rows.every(({ cells }) => {
    const used = cells.findLastIndex((cell) => cell !== '') + 1
    return used === fields.length && /^\d+$/.test(cells[0] ?? '')
  })
}

const withoutHeader = (layout: CsvLayout, fields: readonly string[]): HeaderMatch => ({
  layout,
  headerAt: -1,
  columns: fields.map((field, at) => [field, at]),
  headerValues: [],
})
