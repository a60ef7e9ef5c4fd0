/** How a command prints: tables that fit the screen, JSON, and CSV. */
import { type Command, Option, type OptionValues } from '@commander-js/extra-typings'
import Papa from 'papaparse'
import { formatGrid } from './table.ts'

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))

export interface RowOptions {
  readonly json?: boolean
  readonly csv?: boolean
}

/** The two options of a command that prints rows. */
export const withRowOptions = <A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
  rows: string,
) =>
  command
    .option('--json', `print ${rows} as JSON`)
    .addOption(
      new Option('--csv', `print ${rows} as CSV (RFC 4180), with a header`).conflicts('json'),
    )

/** Rows as JSON or CSV where that is asked for, else what `text` makes of them for a person. */
export async function printRows<T extends object>(
  { json, csv }: RowOptions,
  rows: readonly T[],
  columns: readonly (keyof T & string)[],
  text: (rows: readonly T[]) => string | Promise<string>,
): Promise<void> {
  if (json) return printJson(rows)
  if (!csv) return print(await text(rows))
  await printCsv(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  )
}

/** Prints rows while they come, and stops where nobody reads on (`| head`). */
export async function printCsv(
  columns: readonly string[],
  rows: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>,
): Promise<void> {
  await write(csvLines([columns]))
  let lines: (readonly unknown[])[] = []
  for await (const row of rows) {
    lines.push(row)
    if (lines.length < LINES) continue
    if (!(await write(csvLines(lines)))) return
    lines = []
  }
  if (lines.length > 0) await write(csvLines(lines))
}

/** Lines that are written at a time. */
const LINES = 1_000

/** When the text is on its way; false where the reader has gone. */
const write = (text: string): Promise<boolean> =>
  new Promise((resolve) => process.stdout.write(text, (error) => resolve(!error)))

/** As PostgreSQL's COPY has it: null is nothing, and empty text is quoted. */
const csvLines = (rows: readonly (readonly unknown[])[]): string =>
  `${Papa.unparse(
    rows.map((row) => row.map(csvText)),
    { newline: '\r\n', quotes: (value) => value === '' },
  )}\r\n`

function csvText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Rows as a table, their keys the header. */
export function formatTable(rows: readonly object[]): string {
  const columns = Object.keys(rows[0] ?? {})
  return formatGrid(
    columns,
    rows.map((row) => columns.map((column) => (row as Record<string, unknown>)[column])),
  )
}
