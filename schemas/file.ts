/** One CMS file, described: which member of the zip it is, how it is laid out, what a valid row is. */
import { z } from 'zod'
import { type Cell, type CellReader, readerOf } from './cell.ts'
import { day, type Field } from './fields.ts'
import type { Table, TableOf } from './table.ts'

/** A valid row: one cell for each field of its dataset, in their order. */
export type Row = readonly Cell[]

/** Where each field stands in a row. */
export type Places<F extends string = string> = { readonly [K in F]: number }

/** Formats that CMS publishes each file in, in order of trust (docs/formats.md says why). */
export const FORMATS = ['csv', 'txt', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]

/** Whether the tests read CMS's own bytes of a release's file in this format. */
export type Evidence = 'proven' | 'never seen'

/**
 * Header text of a column, its stacked cells joined by one space, in upper case; several where CMS's
 * spelling varies, a pattern where only its words are known.
 */
export type Label = string | RegExp | readonly (string | RegExp)[]

/** Columns that each stand for an area, which their header names: the fields are lists (`areas` of the table). */
export interface AreaColumns<F extends string = string> {
  /** The header of such a column: group `area` is the name; `amount` says which of its amounts the column holds. */
  readonly header: RegExp
  /** The field of each amount, by the text of that group; by the empty text where there is but one. */
  readonly amounts: Readonly<Record<string, F>>
}

/** How one run of releases lays out its CSV and XLSX. A field that it does not publish is null. */
export interface CsvLayout<F extends string = string> {
  /**
   * First effective date of the epoch; it lasts until the next one begins. Layouts with one `since` are
   * variants of that epoch, tried in order.
   */
  readonly since: string
  /** Rows that make up the stacked header, down to the one that begins with the first field's label. */
  readonly headerRows: number
  /** Rows of the header that stand below that one. */
  readonly headerRowsBelow?: number
  readonly labels: { readonly [K in F]-?: Label | null }
  /** Columns beside those with labels. */
  readonly areas?: AreaColumns<F>
  /** The file has no header: its columns in their order. Its first row must have as many cells, a number in the first. */
  readonly headerless?: readonly F[]
  /** Columns whose header cell carries data: the field is set from the first group of the pattern. */
  readonly headerData?: readonly {
    readonly field: F
    readonly column: F
    readonly pattern: RegExp
  }[]
}

interface TxtLayoutBase {
  readonly since: string
  /** What a data record begins with; lines before the first one are header, after the last one notes. */
  readonly record: RegExp
}

/** How one run of releases lays out its fixed-width TXT (or PRN): 1-based first and last column of each field. */
export interface FixedLayout<F extends string = string> extends TxtLayoutBase {
  readonly columns: { readonly [K in F]-?: readonly [first: number, last: number] | null }
}

/** A TXT whose columns move from year to year, though each line says what is what: a group for each field. */
export interface PatternLayout extends TxtLayoutBase {
  readonly pattern: RegExp
}

/** A TXT whose fields stand in an order, with a character between them. Each line has all of them. */
export interface DelimitedLayout<F extends string = string> extends TxtLayoutBase {
  readonly delimiter: string
  readonly fields: readonly F[]
}

/** A TXT that is the CSV with tabs for commas. The layouts of the CSV say what its columns are. */
export interface TabbedLayout extends Pick<TxtLayoutBase, 'since'> {
  readonly tabbed: true
}

/** How one run of releases lays out the lines of its TXT. */
export type LineLayout<F extends string = string> =
  | FixedLayout<F>
  | DelimitedLayout<F>
  | PatternLayout

export type TxtLayout<F extends string = string> = LineLayout<F> | TabbedLayout

/** A row on its way from file to table. `afterGap`: a blank line stands before it. */
export interface SourceRecord {
  readonly line: number
  readonly afterGap: boolean
  /** Text of each field, in their order; null where the layout does not publish it. A list is a JSON array of its cells. */
  readonly cells: (string | null)[]
  /** Text that stands in no column of the layout; any makes the row invalid. */
  readonly unclaimedText: string
}

/** Where a file names codes. CPT codes are described in the AMA's words, CDT codes in the ADA's: both are licensed. */
export interface Codes<F extends string = string> {
  readonly column: F
  /** Columns that describe the code. */
  readonly descriptions: readonly F[]
}

export interface FileSpec<
  C extends string,
  K extends string = never,
  D extends string = never,
  R extends string = C | K | D,
> {
  /** Name in logs, `ops` and the command line. */
  readonly name: string
  readonly title: string
  /** Table that the rows become versions of. */
  readonly table: TableOf<C>
  /** The rows have the table's shape, but are only compared with another dataset's, not stored. */
  readonly checkOnly?: boolean
  /** Null: the file names no code. What is licensed stays out of fixtures by this (fixtures/licensed.ts). */
  readonly codes: Codes<NoInfer<R>> | null
  /** Matches the member's name without folder and extension; groups `year`, and `quarter` or `month`, date it. */
  readonly member: RegExp
  /** Workbook in which it is one sheet of several: names of the member, without folder and extension, and of the sheet. */
  readonly sheet?: { readonly of: RegExp; readonly named: RegExp }
  /** First release date that must contain this file. */
  readonly since?: string
  /** Columns of the file that hold one value throughout; they are not part of a version. */
  readonly constants?: { readonly [N in K]: Field }
  /** One of these that says which release the rows are of, and how: groups `year`, and `quarter` or `month`. */
  readonly states?: { readonly column: NoInfer<K>; readonly date: RegExp }
  /** Column of each row's own first day: before it the row is not true, though its release is in force. No part of a version. */
  readonly firstDay?: D
  /** What a record of the file consists of, where that is not a row of the table: `rows` then makes rows of it. */
  readonly record?: readonly R[]
  readonly rows?: (
    cell: (field: NoInfer<R>) => string | null,
  ) => readonly { readonly [N in C | K | D]: string | null }[]
  /** Layouts of the CSV, which the XLSX shares. */
  readonly csv: readonly CsvLayout<NoInfer<R>>[]
  readonly txt: readonly TxtLayout<NoInfer<R>>[]
  /** Releases whose own bytes the tests read, by format. */
  readonly seen: { readonly [K in Format]?: readonly string[] }
  /** Fills what the file leaves to the reader's eye (a state that stands on its first row only). */
  readonly complete?: (records: readonly SourceRecord[], at: Places<NoInfer<R>>) => void
  /** Makes one record of lines that continue each other. A line that it cannot place stays a record. */
  readonly join?: (
    records: readonly SourceRecord[],
    at: Places<NoInfer<R>>,
  ) => readonly SourceRecord[]
  /** Says which year and month the file's own title gives, from its text above the header. */
  readonly titleDate?: RegExp
  /** Finds the days for which the file says that it holds, in the same text: groups `from` and `to`, such as 'January 1, 2025'. */
  readonly statedDays?: RegExp
  /**
   * Finds the day on which CMS released the file, in the same text or in the member's name: groups `year`, `month`
   * and `day`, in figures.
   */
  readonly releasedOn?: RegExp
  /**
   * Columns that CSV, TXT and workbook have said alike in every release seen, as they have each key: where two formats of a
   * posting differ in them, one was changed. Absent: the formats of this file are known to differ (docs/formats.md).
   */
  readonly alike?: readonly NoInfer<C | K>[]
  /** Share of the file's rows that may be rejected before the release is refused. */
  readonly tolerance?: number
  /** What a release may change before a person is asked, as the gates row-count and amounts measure it. */
  readonly mayChange?: MayChange
}

/** Set well above what the releases at hand changed. */
export interface MayChange {
  /** Rows more or less than the release before has, in percent. */
  readonly rows: { readonly withinYear: number; readonly acrossYears: number }
  /** Of the table's `amount`. */
  readonly amounts?: {
    /** What one of them may become, times what it was, or the other way round; absent: whatever it does is only told. */
    readonly times?: number
    /** Share of them that may at least double or halve, in percent. */
    readonly doubled: number
  }
}

export interface SourceFile extends Omit<FileSpec<string, string, string>, 'constants' | 'record'> {
  readonly table: Table
  /** Names of the columns that hold one value throughout. */
  readonly constants: readonly string[]
  readonly tolerance: number
  readonly mayChange: MayChange
  /** The columns of the table, the constants, and the first day. */
  readonly fields: Readonly<Record<string, Field>>
  /** The fields of a record: those above, unless `rows` makes them of it. */
  readonly record: readonly string[]
  /** Where each of them stands. */
  readonly at: Places
  /** How each field cleans and judges its cells, in their order. */
  readonly readers: readonly CellReader[]
  /** What a valid row is, by the names of its fields. */
  readonly schema: z.ZodType<Readonly<Record<string, string | null>>>
}

export const evidenceOf = ({ seen }: SourceFile, format: Format, release: string): Evidence =>
  seen[format]?.includes(release) ? 'proven' : 'never seen'

/** The layouts that a format of a release of this date may have; those of the CSV and of the XLSX are one. */
export function layoutsOf(
  { csv, txt }: Pick<SourceFile, 'csv' | 'txt'>,
  format: Format,
  effectiveFrom: string,
): readonly (CsvLayout | TxtLayout)[] {
  const layouts: readonly (CsvLayout | TxtLayout)[] = format === 'txt' ? txt : csv
  const since = layouts.findLast((layout) => layout.since <= effectiveFrom)?.since
  return layouts.filter((layout) => layout.since === since)
}

/** Default tolerance: one row in a thousand, and never the whole file. */
const TOLERANCE = 0.001

const MAY_CHANGE: MayChange = { rows: { withinYear: 3, acrossYears: 12 } }

export function defineFile<
  C extends string,
  K extends string = never,
  D extends string = never,
  R extends string = C | K | D,
>(spec: FileSpec<C, K, D, R>): SourceFile {
  const table = spec.table as unknown as Table
  const { rowCheck } = table
  const constants = Object.entries<Field>(spec.constants ?? {})
  const firstDay = spec.firstDay === undefined ? [] : [[spec.firstDay, day] as const]
  const fields = { ...table.fields, ...Object.fromEntries([...constants, ...firstDay]) }
  const record: readonly string[] = spec.record ?? Object.keys(fields)
  const columns = z.strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.schema])),
  )
  const schema = rowCheck
    ? columns.superRefine((row, context) => {
        // Between columns there is nothing to compare where one of them is not valid.
        if (context.issues.length > 0) return
        rowCheck(
          (column) => row[column] ?? null,
          (column, message) => context.addIssue({ code: 'custom', path: [column], message }),
        )
      })
    : columns
  return {
    tolerance: TOLERANCE,
    mayChange: MAY_CHANGE,
    ...(spec as unknown as FileSpec<string, string, string>),
    table,
    constants: constants.map(([name]) => name),
    fields,
    record,
    at: Object.fromEntries(record.map((name, place) => [name, place])),
    readers: [
      ...table.readers,
      ...constants.map(([name, field]) => readerOf(name, field, 'constant')),
      ...firstDay.map(([name, field]) => readerOf(name, field, 'first day')),
    ],
    schema: schema as SourceFile['schema'],
  }
}

/** The cells as they become once cleaned, by the names of their fields, whether they are valid or not. */
export function cleanedByName(
  dataset: SourceFile,
  cells: SourceRecord['cells'],
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(dataset.fields).map(([name, { clean }], place) => {
      const cell = cells[place] ?? null
      return [name, cell === null ? null : clean(cell)]
    }),
  )
}
