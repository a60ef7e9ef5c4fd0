/** One table of versions, described: what its rows say, and in which words. */
import { type CellReader, readerOf } from './cell.ts'
import type { Field } from './fields.ts'

export interface Column {
  readonly field: Field
  /** What the column holds, as a sentence for readers of schema `api`; says when it is null. */
  readonly description: string
}

interface TableSpec<C extends string> {
  readonly schema: string
  /** Name in its schema, and of its views in `api`. */
  readonly name: string
  /** What the rows are, with their units, in one or more sentences. */
  readonly summary: string
  /** What one row of a day stands for, such as 'HCPCS code, modifier'. */
  readonly grain: string
  /** In the order of the table and of its views. */
  readonly columns: { readonly [K in C]: Column }
  /** Its first column is the one that readers ask by. */
  readonly key: readonly NoInfer<C>[]
  /** The column in dollars that the schedule is about, where it has one: releases are compared by it. */
  readonly amount?: NoInfer<C>
  /** What must hold within one row, beyond each column by itself. */
  readonly rowCheck?: (
    cell: (column: NoInfer<C>) => string | null,
    report: (column: NoInfer<C>, message: string) => void,
  ) => void
}

export interface TableOf<C extends string> extends TableSpec<C> {
  /** Where each column stands in a row. */
  readonly at: { readonly [K in C]: number }
  /** How each column cleans and judges its cells, in their order. */
  readonly readers: readonly CellReader[]
}

export type Table = TableOf<string>

/** A column: how its cells are cleaned and judged, and what it holds. */
export const column = (field: Field, description: string): Column => ({ field, description })

export function defineTable<C extends string>(spec: TableSpec<C>): TableOf<C> {
  const key: readonly string[] = spec.key
  const columns = Object.entries<Column>(spec.columns)
  const at = Object.fromEntries(columns.map(([name], place) => [name, place]))
  return {
    ...spec,
    at: at as TableOf<C>['at'],
    readers: columns.map(([name, { field }]) =>
      readerOf(name, field, key.includes(name) ? 'key' : 'content'),
    ),
  }
}

/** Whether CMS may give no value; the column of the table is then nullable. */
export const isOptional = ({ field }: Column): boolean => field.schema.safeParse(null).success
