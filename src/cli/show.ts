import { type Command, Option } from 'commander'
import type { Kysely } from 'kysely'
import { pipelines } from '../../pipelines/index.ts'
import { type CodeVersion, codeHistory } from '../changes.ts'
import { type CodePage, codePage, type Sentence } from '../code-page.ts'
import type { Tables } from '../db/tables.ts'
import { formatTable, print, printJson, withMigrated } from './context.ts'
import { formatFields } from './fields.ts'
import { findRows, printRows } from './show-rows.ts'

interface Options {
  readonly history?: boolean
  readonly family?: string
  readonly json?: boolean
}

export function addShow(program: Command): void {
  program
    .command('show')
    .argument('<code>', 'HCPCS code, such as A4306; with --family zip a ZIP code')
    .description('print the page of a code, or the rows of any key')
    .option('--history', 'print each version of the code, its days and what changed')
    .addOption(
      new Option('--family <family>', 'look in the tables of this release family alone').choices(
        pipelines.map(({ family }) => family),
      ),
    )
    .option('--json', 'print the row of api.code_page, or the versions, as JSON')
    .addHelpText('after', '\nExamples:\n  cms-fees show A4306\n  cms-fees show 35042 --family zip')
    .action((code: string, { family, history: versions, json }: Options) =>
      withMigrated(async ({ session: { db } }) => {
        if (family) return printRows(await findRows(db, code, family), { versions, json })
        await (versions ? history : page)(db, code, json)
      }),
    )
}

async function page(db: Kysely<Tables>, code: string, json?: boolean): Promise<void> {
  const found = await codePage(db, code)
  if (!found) return printRows(await findRows(db, code), { json })
  if (json) printJson(found)
  else print(formatPage(found))
}

async function history(db: Kysely<Tables>, code: string, json?: boolean): Promise<void> {
  const versions = await codeHistory(db, code)
  if (versions.length === 0) return printRows(await findRows(db, code), { versions: true, json })
  if (json) printJson(versions)
  else print(formatHistory(versions))
}

function formatHistory(versions: readonly CodeVersion[]): string {
  return formatTable(
    versions.map((version) => ({
      modifier: version.modifier,
      from: version.valid_from,
      to: version.valid_to,
      release: version.first_release,
      changed: formatFields(version.fields),
    })),
  )
}

/** The page as text, a heading for each section that has content. */
export function formatPage(page: CodePage): string {
  const { rvu_information: rvu } = page
  const paragraphs = (text: readonly string[] | null) => text ?? []
  const sections: [string, readonly (string | null)[]][] = [
    ['Category', [page.category, page.category_payment]],
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
      lines.push('', heading, '-'.repeat(heading.length), ...text.map((part) => wrap(part)))
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

const WIDTH = 96

/** Breaks a paragraph at spaces; an indent at its start is kept on every line. */
function wrap(paragraph: string): string {
  const indent = /^\s*/.exec(paragraph)?.[0] ?? ''
  const lines: string[] = []
  let line = indent
  for (const word of paragraph.trim().split(/\s+/)) {
    if (line.trim() !== '' && line.length + word.length + 1 > WIDTH) {
      lines.push(line)
      line = indent
    }
    line += line.trim() === '' ? word : ` ${word}`
  }
  return [...lines, line].join('\n')
}
