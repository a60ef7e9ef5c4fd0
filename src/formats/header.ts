/** Finds the header of a CSV and matches its columns by their text, never by their position. */
import type { AreaColumns, CsvLayout, Label } from '../../schemas/file.ts'
import { CmsFeesError } from '../errors.ts'
import { normalise, plainest, says } from './label.ts'
import type { TextRow } from './text.ts'

export interface HeaderMatch {
  readonly layout: CsvLayout
  /** Index of the last header row. */
  readonly headerAt: number
  /** Cell index of each field, null where the layout does not publish it. */
  readonly columns: readonly (readonly [field: string, at: number | null])[]
  /** What the layout's data-bearing header cells say, by field. */
  readonly headerValues: readonly (readonly [field: string, value: string | null])[]
  /** The areas that columns stand for; none where the layout has no such columns. */
  readonly areas: readonly Area[]
}

/** One area, and where its amounts stand. */
export interface Area {
  readonly name: string
  /** Cell index of each of its amounts, by field. */
  readonly columns: ReadonlyMap<string, number>
}

/** What keeps a header from being that of a layout, against the layout that comes nearest. */
export interface Drift {
  readonly layout: CsvLayout
  readonly headerAt: number
  /** Text of each column. */
  readonly found: readonly string[]
  /** Cell indexes of the columns that no label of the layout fits. */
  readonly unknown: readonly number[]
  readonly doubled: readonly string[]
  /** Fields whose column is not there, with their label. */
  readonly missing: readonly (readonly [field: string, label: Label])[]
  /** The same against every layout that was tried, but for fields that have a column in the nearest. */
  readonly candidates: readonly (readonly [field: string, label: Label])[]
}

/** Columns of a file that a person said are fields, by their text as `normalise` gives it. */
export type AcceptedColumns = ReadonlyMap<string, string>

const NONE: AcceptedColumns = new Map()

/** Preamble rows that a header may stand below. */
const DEEPEST_HEADER = 25

/** Tries the layouts of an epoch in their order. Throws E_HEADER_NOT_FOUND. */
export function matchHeader(
  rows: readonly TextRow[],
  layouts: readonly CsvLayout[],
  member: string,
  accepted = NONE,
): HeaderMatch | Drift {
  const drifts: Omit<Drift, 'candidates'>[] = []
  for (const layout of layouts) {
    if (layout.headerless) {
      if (isHeaderless(rows, layout.headerless)) return withoutHeader(layout, layout.headerless)
      continue
    }
    for (const anchor of anchorsOf(rows, layout, accepted)) {
      const headerAt = anchor + (layout.headerRowsBelow ?? 0)
      const found = stack(rows, anchor, headerAt, layout.headerRows)
      const match = matchLabels(found, layout, accepted)
      if (!('missing' in match)) return { layout, headerAt, ...match }
      drifts.push({ layout, headerAt, found, ...match })
    }
  }
  const faults = ({ unknown, missing, doubled }: Omit<Drift, 'candidates'>) =>
    unknown.length + missing.length + doubled.length
  const [nearest] = drifts.toSorted((a, b) => faults(a) - faults(b))
  if (nearest) {
    const gone = new Set(nearest.missing.map(([field]) => field))
    const isOpen = (field: string) => gone.has(field) || nearest.layout.labels[field] === null
    const candidates = drifts.flatMap(({ missing }) => missing).filter(([field]) => isOpen(field))
    return { ...nearest, candidates }
  }
  const top = rows.slice(0, 3).map((row) => row.cells.filter(Boolean).join(' | ').slice(0, 80))
  throw new CmsFeesError(
    'E_HEADER_NOT_FOUND',
    `${member}: none of the first ${DEEPEST_HEADER} rows begins with ${JSON.stringify(plainest(Object.values(layouts[0]?.labels ?? {}).find((label) => label !== null) ?? ''))}; the file begins with ${JSON.stringify(top)}`,
  )
}

/** The row that begins with the first label of a layout; else, since that may be misspelled, one that has most others. */
function anchorsOf(
  rows: readonly TextRow[],
  layout: CsvLayout,
  accepted: AcceptedColumns,
): readonly number[] {
  const [first, ...others] = Object.entries<Label | null>(layout.labels).flatMap(
    ([field, label]) => (label === null ? [] : [{ field, label }]),
  )
  if (!first) return []
  const top = rows.slice(0, DEEPEST_HEADER)
  const exact = top.findIndex(({ cells }) => {
    const text = normalise(cells[0] ?? '')
    return says(first.label, text) || accepted.get(text) === first.field
  })
  if (exact >= 0) return [exact]
  const matched = top.map((row, at) => {
    const found = stack(rows, at, at + (layout.headerRowsBelow ?? 0), layout.headerRows)
    const texts = found.map(normalise)
    return row.cells[0]
      ? others.filter(({ label }) => texts.some((text) => says(label, text))).length
      : 0
  })
  const most = Math.max(...matched)
  return most > 0 && most >= others.length / 2 ? [matched.indexOf(most)] : []
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
  accepted: AcceptedColumns,
): Omit<HeaderMatch, 'layout' | 'headerAt'> | Pick<Drift, 'unknown' | 'missing' | 'doubled'> {
  const labels = found.map(normalise)
  const wanted = Object.entries<Label | null>(layout.labels)
  const isColumnOf = (text: string, [field, label]: readonly [string, Label | null]) =>
    label !== null && (says(label, text) || accepted.get(text) === field)
  const columns = wanted.map(
    (one) =>
      [one[0], one[1] === null ? null : labels.findIndex((text) => isColumnOf(text, one))] as const,
  )

  const missing = columns.flatMap(([field, at]) =>
    at === -1 ? [[field, layout.labels[field] ?? ''] as const] : [],
  )
  const unknown = [...labels.keys()].filter(
    (at) =>
      labels[at] !== '' &&
      !wanted.some((one) => isColumnOf(labels[at] ?? '', one)) &&
      !layout.areas?.header.test(found[at] ?? ''),
  )
  // A column of an area is what its header says of it, however that is spaced.
  const said = found.map((text, at) => {
    const area = layout.areas?.header.exec(text)?.groups
    return area ? JSON.stringify(area) : (labels[at] ?? '')
  })
  const doubled = found.filter((_, at) => said[at] !== '' && said.indexOf(said[at] ?? '') !== at)
  if (missing.length + unknown.length + doubled.length > 0) return { unknown, missing, doubled }

  const cellOf = (name: string) => found[columns.find(([field]) => field === name)?.[1] ?? -1] ?? ''
  return {
    columns,
    headerValues: (layout.headerData ?? []).map(({ field, column, pattern }) => [
      field,
      pattern.exec(cellOf(column))?.[1] ?? null,
    ]),
    areas: areasIn(found, new Set(columns.map(([, at]) => at)), layout.areas),
  }
}

/** The columns of each area, which need not stand together. In the order of their names, whichever that of the file is. */
function areasIn(
  found: readonly string[],
  labeled: ReadonlySet<number | null>,
  areas: AreaColumns | undefined,
): Area[] {
  const byName = new Map<string, Map<string, number>>()
  for (const [at, text] of found.entries()) {
    const groups = labeled.has(at) ? undefined : areas?.header.exec(text)?.groups
    if (!groups) continue
    const { area = '', amount = '' } = groups
    const columns = byName.get(area) ?? new Map<string, number>()
    byName.set(area, columns.set(areas?.amounts[amount] ?? '', at))
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, columns]) => ({ name, columns }))
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
  areas: [],
})
