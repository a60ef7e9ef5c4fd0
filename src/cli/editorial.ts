/** What editors run. They need no database to check their files, and no release to publish them. */
import { resolve } from 'node:path'
import type { Command } from '@commander-js/extra-typings'
import type { Kysely } from 'kysely'
import { readConfig } from '../config.ts'
import { hasEmbedded } from '../db/embedded.ts'
import { asDatabaseError } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'
import { checkEditorial, type Official, readOfficial } from '../editorial/check.ts'
import { publishContent } from '../editorial/publish.ts'
import { type EditorialProblem, readEditorial } from '../editorial/read.ts'
import { CmsFeesError } from '../errors.ts'
import { EDITORIAL } from '../paths.ts'
import {
  COVERAGE,
  type Coverage,
  categoriesOfCodes,
  codesWithoutText,
  coverageByCategory,
  MISSING,
  STALE,
  staleEntries,
} from '../queries/editorial.ts'
import { refreshSearch } from '../queries/search.ts'
import { withReading, withWritable } from './context.ts'
import {
  formatTable,
  print,
  printJson,
  printRows,
  type RowOptions,
  withRowOptions,
} from './output.ts'

interface Options extends RowOptions {
  readonly folder?: string
}

export function addEditorial(program: Command): void {
  const editorial = program
    .command('editorial')
    .description('check, survey and publish what editors write about codes')
    .addHelpText('after', '\nExample:\n  cms-fees editorial check')
  const folder = ['--folder <folder>', 'another folder than the editorial/ of cms-fees'] as const

  editorial
    .command('check')
    .description('find what is wrong in the files, by file and line')
    .option(...folder)
    .option('--json', 'print the problems as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees editorial check')
    .action(check)
  const surveying = editorial
    .command('coverage')
    .argument('[category]', 'list the codes of this category that lack an entry, paid ones first')
    .description('count codes by what explains them: own text, family, nothing')
  withRowOptions(surveying, 'the counts')
    .addHelpText('after', '\nExample:\n  cms-fees editorial coverage hcpcs-g')
    .action(coverage)
  const listing = editorial
    .command('stale')
    .description('list the published entries that CMS may have overtaken, and why')
  withRowOptions(listing, 'them')
    .addHelpText('after', '\nExample:\n  cms-fees editorial stale')
    .action(stale)
  editorial
    .command('publish')
    .description('bring the files into the database now, without waiting for a release')
    .option(...folder)
    .addHelpText('after', '\nExample:\n  cms-fees editorial publish')
    .action(publish)
}

const folderOf = ({ folder }: Options) => (folder ? resolve(folder) : EDITORIAL)

async function check(options: Options): Promise<void> {
  const editorial = await readEditorial(folderOf(options))
  const official = await officialOf(editorial.entries.map(({ content }) => content.hcpcs))
  const problems = checkEditorial(editorial, typeof official === 'string' ? undefined : official)
  const unchecked = typeof official === 'string' ? official : null
  if (options.json) printJson({ problems, unchecked })
  else for (const each of problems) print(formatProblem(each))
  if (unchecked) process.stderr.write(`Codes and copied text were not checked: ${unchecked}\n`)
  if (problems.length > 0) throw refusal(problems)
  const { entries, categories, families, rules } = editorial
  const files = entries.length + categories.length + families.length + rules.length
  if (!options.json) print(`${files} files, no problem.`)
}

const formatProblem = ({ file, line, column, message }: EditorialProblem): string =>
  `${file}:${line}:${column}: ${message}`

function refusal(problems: readonly EditorialProblem[]): CmsFeesError {
  const files = new Set(problems.map(({ file }) => file)).size
  return new CmsFeesError('E_EDITORIAL', `problems: ${problems.length}, in files: ${files}`)
}

/** What the database knows, or why there is none to ask: the files can be checked all the same. */
async function officialOf(codes: readonly string[]): Promise<Official | string> {
  const { databaseUrl, home } = readConfig(process.env)
  if (!databaseUrl && !(await hasEmbedded(home))) return 'there is no database yet'
  try {
    return await withReading(({ session }) => readOfficial(session.db, codes))
  } catch (cause) {
    const error = asDatabaseError(cause)
    if (!(error instanceof CmsFeesError)) throw error
    return `${error.code}: ${error.message}`
  }
}

async function coverage(category: string | undefined, options: Options): Promise<void> {
  await withReading(async ({ session: { db } }) => {
    if (category === undefined) {
      const rows = await coverageByCategory(db)
      return printRows(options, rows, COVERAGE, () => `${counted(rows)}\n\n${total(rows)}`)
    }
    await requireCategory(db, category)
    const rows = await codesWithoutText(db, category)
    await printRows(options, rows, MISSING, () =>
      rows.length > 0 ? formatTable(rows) : `No code of ${category} lacks an entry.`,
    )
  })
}

/** As many columns as a terminal has room for. */
const counted = (rows: readonly Coverage[]): string =>
  formatTable(
    rows.map(({ category, codes, own_text, family_text, nothing, reviewed }) => ({
      ...{ category, codes, own_text, family_text, nothing, reviewed },
    })),
  )

/** All categories together, in a sentence or two. */
function total(rows: readonly Coverage[]): string {
  const sum = (column: keyof Coverage) => rows.reduce((all, row) => all + Number(row[column]), 0)
  const allowed = sum('allowed_amount')
  const share = ((100 * sum('own_text_allowed_amount')) / allowed).toFixed(1)
  const weighted =
    allowed > 0
      ? `Of each 100 dollars that Medicare allowed for them, ${share} are for codes with a text of their own.`
      : 'What Medicare allowed for them is not known: no release of Part B utilization is loaded.'
  return `Of ${sum('codes')} codes ${sum('own_text')} have a text of their own, ${sum('family_text')} that of their family, and ${sum('nothing')} neither.\n${weighted}`
}

/** Throws E_USAGE, which names the categories that there are. */
async function requireCategory(db: Kysely<Tables>, category: string): Promise<void> {
  const known = await categoriesOfCodes(db)
  if (known.includes(category)) return
  throw new CmsFeesError('E_USAGE', `there is no category ${category}`, {
    next: `Name one of these: ${known.join(', ')}.`,
  })
}

async function stale(options: Options): Promise<void> {
  await withReading(async ({ session: { db } }) => {
    const rows = await staleEntries(db)
    await printRows(options, rows, STALE, () =>
      rows.length > 0 ? formatTable(rows) : 'Nothing is stale.',
    )
    if (rows.length > 0) throw new CmsFeesError('E_EDITORIAL_STALE', `entries: ${rows.length}`)
  })
}

async function publish(options: Options): Promise<void> {
  const folder = folderOf(options)
  const { problems } = await readEditorial(folder)
  await withWritable(async ({ session, log }) => {
    const changed = await session.db.transaction().execute(async (trx) => {
      const rows = await publishContent(trx, log, folder)
      await refreshSearch(trx)
      return rows
    })
    print(`Published: ${changed} changed.`)
  })
  if (problems.length > 0) throw refusal(problems)
}
