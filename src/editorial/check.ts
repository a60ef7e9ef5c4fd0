/** What a schema cannot see in original content: names given twice, text that is not ours, unknown codes. */
import { type Kysely, sql } from 'kysely'
import type { Category, Entry, Families } from '../../schemas/editorial.ts'
import type { Tables } from '../db/tables.ts'
import { codesWithoutFamily } from './families.ts'
import type { Editorial, EditorialProblem, Item } from './read.ts'

/** What the loaded releases say about the codes of the entries. */
export interface Official {
  readonly standing: ReadonlyMap<string, string>
  readonly wordings: ReadonlyMap<string, readonly string[]>
}

type Path = readonly (string | number)[]

/** Every problem, in the order of files and lines. Without `official`, codes and copies are not looked at. */
export function checkEditorial(editorial: Editorial, official?: Official): EditorialProblem[] {
  const problems = [
    ...editorial.problems,
    ...sharedSynonyms(editorial.entries),
    ...editorial.entries.flatMap(licensedEntry),
    ...editorial.families.flatMap((item) => licensedFamilies(item, editorial.categories)),
    ...codesWithoutFamily(editorial.categories, editorial.families),
    ...(official
      ? editorial.entries.flatMap((item) => [
          ...unknownCode(item, official),
          ...copiedText(item, official.wordings),
        ])
      : []),
  ]
  return problems.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
}

const problem = (item: Item<unknown>, path: Path, message: string): EditorialProblem => ({
  file: item.file,
  ...item.at(path),
  message,
})

/** Everything in an entry that a reader reads, and where it stands. */
function proseOf(entry: Entry): [Path, string][] {
  const { title, description, plain_language, clinical_context, billing_and_documentation } = entry
  const sections = {
    title,
    description,
    plain_language,
    clinical_context,
    billing_and_documentation,
  }
  const lists = {
    synonyms: entry.synonyms,
    specialties: entry.specialties,
    notes: entry.notes,
  }
  return [
    ...Object.entries(sections).map(([name, text]): [Path, string] => [[name], text ?? '']),
    ...Object.entries(lists).flatMap(([name, texts]) =>
      texts.map((text, index): [Path, string] => [[name, index], text]),
    ),
    ...entry.faq.flatMap(({ question, answer }, index): [Path, string][] => [
      [['faq', index, 'question'], question],
      [['faq', index, 'answer'], answer],
    ]),
  ]
}

function* sharedSynonyms(entries: readonly Item<Entry>[]): Generator<EditorialProblem> {
  const owners = new Map<string, string>()
  for (const item of entries) {
    for (const [index, synonym] of item.content.synonyms.entries()) {
      const name = words(synonym).join(' ')
      const owner = owners.get(name)
      if (owner !== undefined) {
        yield problem(item, ['synonyms', index], `${owner} has the synonym "${synonym}" already`)
      }
      owners.set(name, item.content.hcpcs)
    }
  }
}

const LEVEL_II = /^[A-CE-Z]\d{4}$/
const LICENSED = /\bCPT\b|\b\d{5}\b|\b\d{4}[FMTU]\b|\bD\d{4}\b/

function licensedEntry(item: Item<Entry>): EditorialProblem[] {
  return LEVEL_II.test(item.content.hcpcs) ? licensedText(item, proseOf(item.content)) : []
}

function licensedFamilies(
  item: Item<Families>,
  categories: readonly Item<Category>[],
): EditorialProblem[] {
  const of = categories.find(({ content }) => content.category === item.content.category)
  if (of?.content.code_system !== 'HCPCS Level II') return []
  const prose = item.content.families.flatMap((family, index) =>
    (['name', 'plain_language', 'payment', 'synonyms', 'performed_by'] as const).map(
      (name): [Path, string] => [['families', index, name], [family[name]].flat().join('; ')],
    ),
  )
  return licensedText(item, prose)
}

/** Nothing about a HCPCS Level II code needs the code sets of the AMA and the ADA. */
function licensedText(item: Item<unknown>, prose: readonly [Path, string][]): EditorialProblem[] {
  return prose.flatMap(([path, text]) => {
    const found = LICENSED.exec(text)?.[0]
    return found
      ? [
          problem(
            item,
            path,
            `"${found}" belongs to CPT or CDT: say it without, in words of your own`,
          ),
        ]
      : []
  })
}

function unknownCode(item: Item<Entry>, { standing }: Official): EditorialProblem[] {
  return standing.get(item.content.hcpcs) === 'unknown'
    ? [problem(item, ['hcpcs'], `no loaded release has the code ${item.content.hcpcs}`)]
    : []
}

/** CMS's short description of a HCPCS Level II code has no more characters. */
const SHORT_DESCRIPTION = 28

/**
 * So many words in a row that are CMS's too are copied. The long description of a HCPCS Level II code is public, and
 * names a thing at length ("continuous positive airway pressure device"), so that four of its words are no sign.
 */
const copiedWords = (hcpcs: string, wording: string): number =>
  LEVEL_II.test(hcpcs) && wording.length > SHORT_DESCRIPTION ? 6 : 4

/** Where an entry has words of the official descriptions of its code, which `wordings` gives. */
export function copiedText(item: Item<Entry>, wordings: Official['wordings']): EditorialProblem[] {
  const { hcpcs } = item.content
  const official = new Map([
    [4, new Set<string>()],
    [6, new Set<string>()],
  ])
  for (const wording of wordings.get(hcpcs) ?? []) {
    const length = copiedWords(hcpcs, wording)
    for (const run of runs(wording, length)) official.get(length)?.add(run)
  }
  return proseOf(item.content).flatMap(([path, text]) => {
    const copied = [...official]
      .flatMap(([length, copies]) => runs(text, length).filter((run) => copies.has(run)))
      .at(-1)
    return copied ? [problem(item, path, `"${copied}" is copied from the official text`)] : []
  })
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

/** Every run of so many words in a row. */
function runs(text: string, length: number): string[] {
  const all = words(text)
  return all.slice(length - 1).map((_, start) => all.slice(start, start + length).join(' '))
}

export async function readOfficial(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<Official> {
  const standing = await sql<{ hcpcs: string; standing: string }>`
    select hcpcs, api.code_standing(hcpcs) as standing from unnest(${codes}::text[]) hcpcs
  `.execute(db)
  const wordings = await sql<{ hcpcs: string; wordings: string[] }>`
    select hcpcs, array_agg(wording) as wordings from api.official_text where hcpcs = any(${codes}) group by hcpcs
  `.execute(db)
  return {
    standing: new Map(standing.rows.map((row) => [row.hcpcs, row.standing])),
    wordings: new Map(wordings.rows.map((row) => [row.hcpcs, row.wordings])),
  }
}
