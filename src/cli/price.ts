import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Readable, Transform, type Writable } from 'node:stream'
import { type Command, Option } from '@commander-js/extra-typings'
import { tellColumns } from '../claims/columns.ts'
import { type ClaimFile, copyLines } from '../claims/read.ts'
import type { Session } from '../db/session.ts'
import { CmsFeesError, EXIT } from '../errors.ts'
import {
  type ClaimSummary,
  type PricedColumn,
  pricedColumns,
  priceLines,
} from '../queries/claims.ts'
import { openParquet, type ParquetColumn } from '../queries/parquet.ts'
import { withScratch } from './context.ts'
import { formatTable } from './output.ts'
import { progressBar } from './progress.ts'

interface Options {
  readonly out?: string
  readonly columns?: string[]
  readonly onMissing: 'refuse' | 'latest'
}

/** Lines of the file that are named one by one. */
const NAMED = 20

export function addPrice(program: Command): void {
  program
    .command('price')
    .argument('[file]', 'CSV of claim lines with a header; without it, or with -, standard input')
    .description('price claim lines as a Medicare contractor would')
    .option(
      '--out <path>',
      'write the priced lines to this .csv or .parquet, else as CSV to standard output',
    )
    .option(
      '--columns <column...>',
      'columns of the answer, in their order (api.priced_claim_line)',
    )
    .addOption(
      new Option('--on-missing <how>', 'what to do on days whose release is not loaded')
        .choices(['refuse', 'latest'])
        .default('refuse'),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  cms-fees price lines.csv --out priced.csv\n  cms-fees price lines.csv --columns claim_id line amount basis\n\nColumns are found by their ordinary names; docs/claims.md lists them. Ends with 3 where lines could not be read.',
    )
    .action((path: string | undefined, options: Options) =>
      withScratch(async ({ session }) => {
        const { columns, types } = await chosenColumns(options, session)
        const file: ClaimFile = { header: [], columns: {}, lines: [], unread: [] }
        const lines = copyLines(openInput(path), file)
        const request = { ...options, columns, unread: file.unread, priced: tellStep }
        const price = (out: Writable) => priceLines(session, lines, out, request)
        const summary = /\.parquet$/i.test(options.out ?? '')
          ? await asParquet(options.out ?? '', types, price)
          : await price(options.out ? createWriteStream(options.out) : process.stdout)
        process.stderr.write(tellSummary(file, summary))
        if (summary.unread.length > 0) process.exitCode = EXIT.refused
      }),
    )
}

/** Columns of the answer, none for all, and their types in Parquet. */
async function chosenColumns({ columns: given, out }: Options, session: Session) {
  const columns = given?.flatMap((each) => each.split(',')) ?? []
  const known = await pricedColumns(session)
  const names = known.map(({ name }) => name)
  refuseUnknown(columns, names)
  if (out && !/\.(csv|parquet)$/i.test(out))
    throw new CmsFeesError('E_USAGE', `--out ${out}: the answer is written as .csv or .parquet`)
  return { columns, types: typesOf(columns.length > 0 ? columns : names, known) }
}

/** On a terminal: what takes its time after the lines are read. */
function tellStep(step: 'pricing' | 'writing'): void {
  if (process.stderr.isTTY) process.stderr.write(`${step} …\n`)
}

/** Types of the columns of the answer in Parquet: money is exact to the cent, unit amounts of drugs to a tenth of one. */
function typesOf(columns: readonly string[], known: readonly PricedColumn[]) {
  const money: Readonly<Record<string, string>> = {
    units: 'decimal(30, 15)',
    unit_amount: 'decimal(18, 3)',
  }
  const types: Readonly<Record<string, string>> = {
    ...{ text: 'varchar', json: 'varchar', numeric: 'decimal(18, 2)' },
    ...{ date: 'date', boolean: 'boolean', bigint: 'bigint' },
  }
  const named = new Map(known.map(({ name, type }) => [name, money[name] ?? types[type]]))
  return columns.map((name) => ({ name, type: named.get(name) ?? 'varchar' }))
}

/** The file appears whole, or not at all. */
async function asParquet(
  path: string,
  columns: readonly ParquetColumn[],
  price: (out: Writable) => Promise<ClaimSummary>,
): Promise<ClaimSummary> {
  const folder = await mkdtemp(join(tmpdir(), 'cms-fees-price-'))
  const half = `${path}.part`
  try {
    const csv = join(folder, 'priced.csv')
    const summary = await price(createWriteStream(csv))
    const parquet = await openParquet(folder, '250MB')
    await parquet.write({ path: csv, columns, header: true }, half).finally(() => parquet.close())
    await rename(half, path)
    return summary
  } finally {
    await rm(half, { force: true })
    await rm(folder, { recursive: true, force: true })
  }
}

function refuseUnknown(columns: readonly string[], known: readonly string[]): void {
  const unknown = columns.filter((column) => !known.includes(column))
  if (unknown.length === 0) return
  throw new CmsFeesError(
    'E_USAGE',
    `no such column: ${unknown.join(', ')}. There are ${known.join(', ')}`,
  )
}

function openInput(path: string | undefined): Readable {
  if (path === undefined || path === '-') return process.stdin
  if (!existsSync(path) || !statSync(path).isFile())
    throw new CmsFeesError('E_SOURCE_NOT_FOUND', `there is no file ${path}`, {
      next: 'Give the path of a CSV of claim lines.',
    })
  const progress = progressBar('read')
  const { size } = statSync(path)
  const input = createReadStream(path)
  if (!progress) return input
  const counted = new Transform({
    transform(bytes, _, done) {
      progress.show(input.bytesRead, size)
      done(null, bytes)
    },
    flush(done) {
      progress.end()
      done()
    },
  })
  return input.on('error', (error) => counted.destroy(error)).pipe(counted)
}

function tellSummary(file: ClaimFile, summary: ClaimSummary): string {
  const { lines, priced, allowed, medicare_pays, not_priced } = summary
  const { unread } = summary
  return [
    tellColumns(file.header, file.columns),
    `${lines} lines, ${priced} priced: ${allowed ?? '0.00'} dollars allowed, of which Medicare pays ${medicare_pays ?? '0.00'} before deductible and sequestration.`,
    ...(not_priced.length > 0 ? ['Not priced:', formatTable(not_priced)] : []),
    ...(unread.length > 0 ? [`${unread.length} lines could not be read:`] : []),
    ...unread.slice(0, NAMED).map(({ row, why }) => `  line ${file.lines[row - 1]}: ${why}`),
    ...(unread.length > NAMED
      ? [`  and ${unread.length - NAMED} more, with their basis in the answer`]
      : []),
    '',
  ].join('\n')
}
