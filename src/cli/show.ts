import { type Command, Option } from '@commander-js/extra-typings'
import type { Kysely } from 'kysely'
import { schedules } from '../../pipelines/index.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { type CodeVersion, codeHistory } from '../queries/changes.ts'
import {
  type CodePage,
  codePage,
  type ScheduleHistory,
  type Sentence,
} from '../queries/code-page.ts'
import { withReading } from './context.ts'
import { formatFields } from './fields.ts'
import {
  formatTable,
  print,
  printJson,
  printRows,
  type RowOptions,
  withRowOptions,
} from './output.ts'
import { findRows, printFound, withGaps } from './show-rows.ts'
import { screenWidth, wrap } from './table.ts'

interface Options extends RowOptions {
  readonly history?: boolean
}

export function addShow(program: Command): void {
  const command = program
    .command('show')
    .argument('<code>', 'HCPCS code, such as A4306; with --family zip a ZIP code')
    .description('print the page of a code, or the rows of any key')
    .option('--history', 'print each version of the code, its days and what changed')
    .addOption(
      new Option('--family <family>', 'look in the tables of this release family alone').choices(
        schedules.map(({ family }) => family),
      ),
    )
  withRowOptions(command, 'the row of api.code_page, or the versions,')
    .addHelpText('after', '\nExamples:\n  cms-fees show A4306\n  cms-fees show 35042 --family zip')
    .action((code, { family, ...options }) =>
      withReading(async ({ session: { db } }) => {
        if (family) return printFound(await findRows(db, code, family), options)
        await (options.history ? history : page)(db, code, options)
      }),
    )
}

async function page(db: Kysely<Tables>, code: string, options: Options): Promise<void> {
  const found = await codePage(db, code)
  if (!found) return printFound(await findRows(db, code), options)
  if (options.csv) throw new CmsFeesError('E_USAGE', 'a page is no table: --csv needs --history')
  if (options.json) printJson(found)
  else print(formatPage(found))
}

async function history(db: Kysely<Tables>, code: string, options: Options): Promise<void> {
  const versions = await codeHistory(db, code)
  if (versions.length === 0) return printFound(await findRows(db, code), options)
  await printRows(options, versions, VERSION_COLUMNS, formatHistory)
}

const VERSION_COLUMNS = [
  ...(['hcpcs', 'modifier', 'valid_from', 'valid_to', 'first_release', 'fields', 'gap'] as const),
]

function formatHistory(versions: readonly CodeVersion[]): string {
  const table = formatTable(
    versions.map((version) => ({
      modifier: version.modifier,
      from: version.valid_from,
      to: version.valid_to,
      release: version.first_release,
      changed: formatFields(version.fields),
    })),
  )
  return withGaps(table, versions)
}

function formatFamily({ family }: CodePage): (string | null)[] {
  if (!family) return []
  const { name, plain_language, performed_by, payment } = family
  return [name, plain_language, `Done or supplied by: ${performed_by.join(' · ')}`, payment]
}

/** The page as text, a heading for each section that has content. */
export function formatPage(page: CodePage): string {
  const { rvu_information: rvu } = page
  const paragraphs = (text: readonly string[] | null) => text ?? []
  const sections: [string, readonly (string | null)[]][] = [
    ['Category', [page.category, page.category_payment]],
    ['Family', formatFamily(page)],
    ['Synonyms', [page.synonyms?.join(' · ') ?? null]],
    ['Official description', [page.long_description]],
    ['Description', [page.description]],
    ['In plain language', [page.plain_language]],
    ['Clinical context', [page.clinical_context]],
    [
      'RVUs',
      [
        rvu.status_indicator && `Status ${rvu.status_indicator}.`,
        ...rvu.sentences.map(formatSentence(page)),
      ],
    ],
    [
      'What other schedules pay',
      page.schedule_prices?.map(formatPrice) ?? [
        page.unpriced_because && `No amount: ${page.unpriced_because}.`,
      ],
    ],
    ['Billing and documentation', [page.billing_and_documentation]],
    ['Specialties', [page.specialties?.join(' · ') ?? null]],
    ['Notes', paragraphs(page.notes)],
    ['Questions', page.faq?.flatMap(({ question, answer }) => [question, `  ${answer}`]) ?? []],
    ['Notices', paragraphs(page.notices)],
    ['Where this comes from', formatProvenance(page)],
  ]
  const title = [page.hcpcs, page.name].filter(Boolean).join('  ')
  const lines = [
    title,
    '='.repeat(title.length),
    [
      page.code_system,
      page.short_description && `CMS's short description: ${page.short_description}`,
    ]
      .filter(Boolean)
      .join('; '),
  ]
  for (const [heading, parts] of sections) {
    const text = parts.filter((part) => part !== null)
    if (text.length > 0)
      lines.push('', heading, '-'.repeat(heading.length), ...text.map(formatParagraph))
  }
  return lines.join('\n')
}

/** A sentence that does not hold for the code in every form says for which. */
function formatSentence({ rvu_information: { components } }: CodePage) {
  return ({ sentence, modifiers }: Sentence): string =>
    modifiers.length === components.length
      ? sentence
      : `${modifiers.map((modifier) => modifier || 'no modifier').join(', ')}: ${sentence}`
}

/** The latest amount of a schedule and its days, then the earlier ones. */
function formatPrice({
  schedule,
  modifier,
  meaning,
  unit,
  history,
  basis,
}: ScheduleHistory): string {
  const name = modifier
    ? `${schedule}, modifier ${modifier}${meaning ? ` (${meaning})` : ''}`
    : schedule
  const ranges = history.map(({ lowest, highest, valid_from, valid_to, known_to, release }) => {
    const amount = lowest === highest ? `$${lowest}` : `$${lowest} to $${highest}`
    const days = valid_to ? `from ${valid_from} to ${valid_to}` : `since ${valid_from}`
    return `${amount} ${days}${release ? ` (${release})` : ''}${known_to ? `, releases missing after ${known_to}` : ''}`
  })
  return `${name}, per ${unit}: ${ranges.join('; before, ')}. ${basis}`
}

/** Each source once, with the sections that come from it. */
function formatProvenance({ provenance }: CodePage): string[] {
  const sections = new Map<string, string[]>()
  for (const [section, source] of Object.entries(provenance)) {
    const text =
      source.source === 'CMS'
        ? `CMS ${source.release}, ${source.file}, in force since ${source.effective_from}`
        : `${source.file} (${source.status})`
    sections.set(text, [...(sections.get(text) ?? []), section.replaceAll('_', ' ')])
  }
  return [...sections].map(([text, names]) => `${text}: ${names.join(', ')}`)
}

/** Longer lines are hard to read, however wide the screen is. */
const LINE = 96

/** Breaks a paragraph at spaces; an indent at its start is kept on every line. */
function formatParagraph(paragraph: string): string {
  const indent = /^\s*/.exec(paragraph)?.[0] ?? ''
  const width = Math.min(LINE, screenWidth()) - indent.length
  return wrap(paragraph.trim().replace(/\s+/g, ' '), width).replaceAll(/^/gm, indent)
}
