import type { Command } from 'commander'
import type { Kysely } from 'kysely'
import { type CodeVersion, codeHistory } from '../changes.ts'
import { type CodePage, codePage } from '../code-page.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { formatTable, print, printJson, withMigrated } from './context.ts'
import { formatFields } from './diff.ts'

export function addShow(program: Command): void {
  program
    .command('show')
    .argument('<code>', 'HCPCS code, such as A4306')
    .description('print the page of a code')
    .option('--history', 'print each version of the code, its days and what changed')
    .option('--json', 'print the row of api.code_page, or the versions, as JSON')
    .addHelpText('after', '\nExample:\n  cms-fees show A4306')
    .action((code: string, options: { history?: boolean; json?: boolean }) =>
      withMigrated(({ session }) =>
        (options.history ? history : page)(session.db, code, options.json),
      ),
    )
}

async function page(db: Kysely<Tables>, code: string, json?: boolean): Promise<void> {
  const found = await codePage(db, code)
  if (!found)
    throw new CmsFeesError('E_UNKNOWN_CODE', `${code} is not in the schedule in force today`)
  if (json) printJson(found)
  else print(formatPage(found))
}

async function history(db: Kysely<Tables>, code: string, json?: boolean): Promise<void> {
  const versions = await codeHistory(db, code)
  if (versions.length === 0)
    throw new CmsFeesError('E_UNKNOWN_CODE', `no loaded release has ${code}`)
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
  const { rvu_information: rvu, provenance } = page
  const factors = rvu.conversion_factors?.map(
    ({ qualifying_apm, conversion_factor }) =>
      `${conversion_factor} dollars per RVU${qualifying_apm ? ' for qualifying APM participants' : ''}`,
  )
  const components = rvu.has_rvus
    ? rvu.components.map(
        (part) =>
          `${part.modifier || 'global'}: work ${part.work_rvu}, PE ${part.non_facility_pe_rvu} non-facility and ${part.facility_pe_rvu} facility, MP ${part.mp_rvu}; total ${part.non_facility_total_rvu} and ${part.facility_total_rvu}`,
      )
    : ['No RVUs.']
  const sections: [string, readonly (string | null | undefined)[]][] = [
    ['Category', [page.category, page.category_payment]],
    ['Synonyms', [page.synonyms?.join(' · ')]],
    ['Description', [page.description]],
    ['In plain language', [page.plain_language]],
    ['Clinical context', [page.clinical_context]],
    [
      'RVUs',
      [
        `Status ${rvu.status_indicator}. ${rvu.explanation ?? ''}`,
        ...components,
        factors?.join('; '),
      ],
    ],
    ['Billing and documentation', [page.billing_and_documentation]],
    ['Specialties', [page.specialties?.join(' · ')]],
    ['Questions', page.faq?.flatMap(({ question, answer }) => [question, `  ${answer}`]) ?? []],
    [
      'Where this comes from',
      [
        `CMS ${provenance.cms.release}, ${provenance.cms.file}, in force since ${provenance.cms.effective_from}`,
        provenance.editorial.file &&
          `${provenance.editorial.file} (${provenance.editorial.status})`,
      ],
    ],
  ]
  const title = `${page.hcpcs}  ${page.name}`
  const lines = [
    title,
    '='.repeat(title.length),
    `${page.code_system}; CMS's short description: ${page.short_description}`,
  ]
  for (const [heading, paragraphs] of sections) {
    const text = paragraphs.filter((paragraph) => paragraph)
    if (text.length > 0)
      lines.push('', heading, '-'.repeat(heading.length), ...text.map((line) => wrap(line ?? '')))
  }
  return lines.join('\n')
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
