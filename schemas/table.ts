/** One table of versions, described: what its rows say, and in which words. */
import { type CellReader, readerOf } from './cell.ts'
import type { Field } from './fields.ts'
import { elementsOf, listOf } from './lists.ts'

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
  /** What tells the rows of a day apart. Its first column is the one that readers ask by. */
  readonly key: readonly NoInfer<C>[]
  /**
   * Columns that are stored as lists, with an element for each area, where CMS's row has columns for all of them: the name
   * of the area, which is part of the key, and what CMS sets for it. Readers of `api` have a row for each area.
   */
  readonly areas?: readonly NoInfer<C>[]
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
  /** The key of what is stored: without the area. */
  readonly storedKey: readonly string[]
  /** How each column is stored. */
  readonly fields: { readonly [K in C]: Field }
  /** How each column cleans and judges its cells, in their order. */
  readonly readers: readonly CellReader[]
}

export type Table = TableOf<string>

/** A column: how its cells are cleaned and judged, and what it holds. */
export const column = (field: Field, description: string): Column => ({ field, description })

export function defineTable<C extends string>(spec: TableSpec<C>): TableOf<C> {
  const areas: readonly string[] = spec.areas ?? []
  const storedKey = spec.key.filter((name) => !areas.includes(name))
  const fields = Object.entries<Column>(spec.columns).map(
    ([name, { field }]) => [name, areas.includes(name) ? listOf(field) : field] as const,
  )
  const at = Object.fromEntries(fields.map(([name], place) => [name, place]))
  return {
    ...spec,
    ...withAreasOnce(spec),
    at: at as TableOf<C>['at'],
    storedKey,
    fields: Object.fromEntries(fields) as TableOf<C>['fields'],
    readers: fields.map(([name, field]) =>
      readerOf(name, field, storedKey.includes(name as C) ? 'key' : 'content'),
    ),
  }
}

/** The row check, and that a row has each area once. */
function withAreasOnce<C extends string>({ areas: [name] = [], rowCheck }: TableSpec<C>) {
  if (name === undefined) return {}
  const check: TableSpec<C>['rowCheck'] = (cell, report) => {
    rowCheck?.(cell, report)
    const areas = elementsOf(cell(name) ?? '{}')
    const twice = areas.find((area, place) => areas.indexOf(area) !== place)
    if (twice !== undefined) report(name, `${twice} stands twice`)
  }
  return { rowCheck: check }
}

/** Whether CMS may give no value; the column of the table is then nullable. */
export const isOptional = ({ schema }: Field): boolean => schema.safeParse(null).success
