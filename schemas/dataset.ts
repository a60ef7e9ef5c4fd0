/** One CMS file, described: which member of the zip it is, how it is laid out, what a valid row is. */
import { z } from 'zod'
import { type Cell, type CellReader, readerOf } from './cell.ts'
import type { Field } from './fields.ts'
import type { Table, TableOf } from './table.ts'

/** A valid row: one cell for each field of its dataset, in their order. */
export type Row = readonly Cell[]

/** Where each field stands in a row. */
export type Places<F extends string = string> = { readonly [K in F]: number }

/** Formats that CMS publishes each file in, in order of trust (docs/formats.md says why). */
export const FORMATS = ['csv', 'txt', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]

/**
 * How well a layout is proven: on CMS's own bytes, on CMS's values laid out again, or only on synthetic
 * files made after a published layout ('not yet seen in real bytes').
 */
export type Evidence = 'real bytes' | 'real values' | 'synthetic'

/**
 * From each date on, by effective date of the release, and the releases whose own files the tests read.
 * Null: the format is not read.
 */
export type EvidenceSince = readonly (readonly [
  since: string,
  evidence: Evidence | null,
  seenIn?: readonly string[],
])[]

/**
 * Header text of a column, its stacked cells joined by one space, in upper case; several where CMS's
 * spelling varies, a pattern where only its words are known.
 */
export type Label = string | RegExp | readonly (string | RegExp)[]

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
  /** Columns whose header cell carries data: the field is set from the first group of the pattern. */
  readonly headerData?: { readonly field: F; readonly column: F; readonly pattern: RegExp }
}

/** How one run of releases lays out its fixed-width TXT (or PRN): 1-based first and last column of each field. */
export interface TxtLayout<F extends string = string> {
  readonly since: string
  /** What a data record begins with; lines before the first one are header, after the last one notes. */
  readonly record: RegExp
  readonly columns: { readonly [K in F]-?: readonly [first: number, last: number] | null }
  /** Fields printed without a decimal point, and how many decimals are implied. */
  readonly impliedDecimals?: { readonly [K in F]?: number }
}

/** A row on its way from file to table. `afterGap`: a blank line stands before it. */
export interface SourceRecord {
  readonly line: number
  readonly afterGap: boolean
  /** Text of each field, in their order; null where the layout does not publish it. */
  readonly cells: (string | null)[]
  /** Text that stands in no column of the layout; any makes the row invalid. */
  readonly stray: string
}

/** Where a file names codes. CPT codes are described in the AMA's words, CDT codes in the ADA's: both are licensed. */
export interface Codes<F extends string = string> {
  readonly column: F
  /** Columns that describe the code. */
  readonly descriptions: readonly F[]
}

export interface DatasetSpec<C extends string, K extends string = never> {
  /** Name in logs, `ops` and the command line. */
  readonly name: string
  readonly title: string
  /** Table that the rows become versions of. */
  readonly table: TableOf<C>
  /** The rows have the table's shape, but are only compared with another dataset's, not stored. */
  readonly checkOnly?: boolean
  /** Null: the file names no code. What is licensed stays out of fixtures by this (fixtures/licensed.ts). */
  readonly codes: Codes<NoInfer<C | K>> | null
  /** Matches the member's name without folder and extension; groups `year` and `month` date it. */
  readonly member: RegExp
  /** First release date that must contain this file. */
  readonly since?: string
  /** Columns of the file that hold one value throughout; they are not part of a version. */
  readonly constants?: { readonly [N in K]: Field }
  /** Layouts of the CSV, which the XLSX shares. */
  readonly csv: readonly CsvLayout<NoInfer<C | K>>[]
  readonly txt: readonly TxtLayout<NoInfer<C | K>>[]
  readonly evidence: { readonly [K in Format]?: EvidenceSince }
  /** Fills what the file leaves to the reader's eye (a state that stands on its first row only). */
  readonly complete?: (records: readonly SourceRecord[], at: Places<NoInfer<C | K>>) => void
  /** Makes one record of lines that continue each other. A line that it cannot place stays a record. */
  readonly join?: (
    records: readonly SourceRecord[],
    at: Places<NoInfer<C | K>>,
  ) => readonly SourceRecord[]
  /** Says which year and month the file's own title gives, from its text above the header. */
  readonly titleDate?: RegExp
  /** Share of the file's rows that may be rejected before the release is refused. */
  readonly tolerance?: number
}

export interface Dataset extends Omit<DatasetSpec<string, string>, 'constants'> {
  readonly table: Table
  /** Names of the columns that hold one value throughout. */
  readonly constants: readonly string[]
  readonly tolerance: number
  /** The columns of the table, then the constants. */
  readonly fields: Readonly<Record<string, Field>>
  readonly at: Places
  /** How each field cleans and judges its cells, in their order. */
  readonly readers: readonly CellReader[]
  /** What a valid row is, by the names of its fields. */
  readonly schema: z.ZodType<Readonly<Record<string, string | null>>>
}

/** How well the layout is proven that reads a format of a release; null: it is not read. */
export function evidenceOf(
  dataset: Pick<Dataset, 'evidence'>,
  format: Format,
  effectiveFrom: string,
): Evidence | null {
  const epoch = dataset.evidence[format]?.findLast(([since]) => since <= effectiveFrom)
  return epoch?.[1] ?? null
}

/** Default tolerance: one row in a thousand, and never the whole file. */
const TOLERANCE = 0.001

export function defineDataset<C extends string, K extends string = never>(
  spec: DatasetSpec<C, K>,
): Dataset {
  const table = spec.table as unknown as Table
  const { rowCheck } = table
  const constants = Object.entries<Field>(spec.constants ?? {})
  const kept = Object.entries(table.columns).map(([name, { field }]) => [name, field] as const)
  const fields = Object.fromEntries([...kept, ...constants])
  const columns = z.strictObject(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.schema])),
  )
  const schema = rowCheck
    ? columns.superRefine((row, context) => {
        // Between columns there is nothing to compare where one of them is not valid.
        if (context.issues.length > 0) return
        rowCheck(
          (column) => String(row[column]),
          (column, message) => context.addIssue({ code: 'custom', path: [column], message }),
        )
      })
    : columns
  return {
    tolerance: TOLERANCE,
    ...(spec as unknown as DatasetSpec<string, string>),
    table,
    constants: constants.map(([name]) => name),
    fields,
    at: Object.fromEntries(Object.keys(fields).map((name, place) => [name, place])),
    readers: [
      ...table.readers,
      ...constants.map(([name, field]) => readerOf(name, field, 'constant')),
    ],
    schema: schema as Dataset['schema'],
  }
}

/** The cells as they become once cleaned, by the names of their fields, whether they are valid or not. */
export function cleanedByName(
  dataset: Dataset,
  cells: SourceRecord['cells'],
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(dataset.fields).map(([name, { clean }], place) => {
      const cell = cells[place] ?? null
      return [name, cell === null ? null : clean(cell)]
    }),
  )
}
