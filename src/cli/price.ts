import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs'
import { type Readable, Transform } from 'node:stream'
import { type Command, Option } from '@commander-js/extra-typings'
import { tellColumns } from '../claims/columns.ts'
import { type ClaimFile, copyLines } from '../claims/read.ts'
import { CmsFeesError, EXIT } from '../errors.ts'
import { type ClaimSummary, pricedColumns, priceLines } from '../queries/claims.ts'
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
    .option('--out <path>', 'write the priced lines to this CSV, else to standard output')
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
        const columns = options.columns?.flatMap((each) => each.split(',')) ?? []
        refuseUnknown(columns, await pricedColumns(session))
        if (options.out && !/\.csv$/i.test(options.out))
          throw new CmsFeesError('E_USAGE', `--out ${options.out}: the answer is written as .csv`)
        const file: ClaimFile = { header: [], columns: {}, lines: [], unread: [] }
        const out = options.out ? createWriteStream(options.out) : process.stdout
        const lines = copyLines(openInput(path), file)
        const summary = await priceLines(session, lines, out, { ...options, columns })
        process.stderr.write(tellSummary(file, summary))
        if (file.unread.length + summary.unread.length > 0) process.exitCode = EXIT.refused
      }),
    )
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
  const unread = [
    ...file.unread,
    ...summary.unread.map(({ row, why }) => ({ line: file.lines[row - 1] ?? 0, why })),
  ].sort((a, b) => a.line - b.line)
  return [
    tellColumns(file.header, file.columns),
    `${lines} lines, ${priced} priced: ${allowed ?? '0.00'} dollars allowed, of which Medicare pays ${medicare_pays ?? '0.00'} before deductible and sequestration.`,
    ...(not_priced.length > 0 ? ['Not priced:', formatTable(not_priced)] : []),
    ...(unread.length > 0 ? [`${unread.length} lines could not be read:`] : []),
    ...unread.slice(0, NAMED).map(({ line, why }) => `  line ${line}: ${why}`),
    ...(unread.length > NAMED ? [`  and ${unread.length - NAMED} more`] : []),
    '',
  ].join('\n')
}
