/** Reads the YAML of editorial/, and says where each problem is: file, line and column. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Document, isMap, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import {
  type Category,
  categorySchema,
  type Entry,
  entrySchema,
  type Families,
  familiesSchema,
  type Rule,
  ruleSchema,
} from '../../schemas/editorial.ts'
import { misplacedFamilies } from './families.ts'

export interface EditorialProblem {
  /** From the package's root, as a version of the content remembers it. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
}

/** A file that fits its schema, and where in it each part stands. */
export interface Item<T> {
  readonly file: string
  readonly content: T
  at(path: readonly PropertyKey[]): { readonly line: number; readonly column: number }
}

export interface Editorial {
  readonly entries: readonly Item<Entry>[]
  readonly categories: readonly Item<Category>[]
  /** A file for each category, with the families in it. */
  readonly families: readonly Item<Families>[]
  readonly rules: readonly Item<Rule>[]
  readonly problems: readonly EditorialProblem[]
}

/** Content by folder, with the hash of the files that it was read from. */
const lastRead = new Map<string, { sha256: string; content: Promise<Editorial> }>()

/**
 * A file that cannot be used is left out and stands among the problems, whatever is wrong with it. Files
 * that have not changed are not parsed again: a backfill of twenty releases does so once.
 */
export async function readEditorial(folder: string): Promise<Editorial> {
  const sha256 = hashEditorial(folder)
  const last = lastRead.get(folder)
  if (last?.sha256 === sha256) return last.content
  const content = readAll(folder)
  lastRead.set(folder, { sha256, content })
  return content
}

/** SHA-256 of all files, by name and content. */
export function hashEditorial(folder: string): string {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const digest = createHash('sha256').update(basename(folder))
  // One after the other: the thread pool takes longer to hand hundreds of small files around than to read them.
  for (const name of all.filter((each) => each.endsWith('.yaml')).sort()) {
    const text = readFileSync(join(folder, name))
    digest.update(`\n${name} ${text.length}\n`).update(text)
  }
  return digest.digest('hex')
}

async function readAll(folder: string): Promise<Editorial> {
  const problems: EditorialProblem[] = []
  const nameOf = ({ category }: { category: string }) => category
  const categories = await readFolder(folder, 'categories', categorySchema, nameOf, problems)
  const families = await readFolder(folder, 'families', familiesSchema, nameOf, problems)
  const misplaced = misplacedFamilies(categories, families)
  problems.push(...misplaced)
  return {
    entries: await readFolder(folder, 'codes', entrySchema, ({ hcpcs }) => hcpcs, problems),
    categories,
    families: families.filter(({ file }) => misplaced.every((each) => each.file !== file)),
    rules: await readFolder(
      folder,
      'rules',
      ruleSchema,
      ({ rule }) => rule.replaceAll('_', '-'),
      problems,
    ),
    problems,
  }
}

async function readFolder<T>(
  root: string,
  folder: string,
  schema: z.ZodType<T>,
  nameOf: (content: T) => string,
  problems: EditorialProblem[],
): Promise<Item<T>[]> {
  const items: Item<T>[] = []
  const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.yaml')).sort()
  for (const name of names) {
    const file = `${basename(root)}/${folder}/${name}`
    const read = readItem(file, await readFile(join(root, folder, name), 'utf8'), schema, nameOf)
    if ('content' in read) items.push(read)
    else problems.push(...read)
  }
  return items
}

/** One file: its content, or what is wrong with it. */
export function readItem<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  nameOf: (content: T) => string,
): Item<T> | EditorialProblem[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const at = (path: readonly PropertyKey[]) => place(offsetOf(document, path))
  if (document.errors.length > 0) {
    return document.errors.map(({ message, pos }) => ({
      file,
      ...place(pos[0]),
      message: message.split('\n')[0]?.replace(/ at line .*/, '') ?? message,
    }))
  }
  let plain: unknown
  try {
    plain = document.toJS()
  } catch (error) {
    // An alias without an anchor, or aliases that grow without bounds.
    return [{ file, ...at([]), message: error instanceof Error ? error.message : String(error) }]
  }
  const result = schema.safeParse(plain)
  if (!result.success) {
    return result.error.issues.map(({ path, message }) => ({
      file,
      ...at(path),
      message: path.length > 0 ? `${path.join('.')}: ${message}` : message,
    }))
  }
  const expected = `${nameOf(result.data)}.yaml`
  // The name is the key: two files can then never say different things about one code.
  if (basename(file) !== expected) {
    return [{ file, ...at([]), message: `a file with this content is named ${expected}` }]
  }
  return { file, content: result.data, at }
}

/** Where the part of a path begins, or the nearest part around it that is there; a key for a pair. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = document.getIn(path.slice(0, depth - 1), true) ?? document.contents
    const key = path[depth - 1]
    const pair = isMap(parent)
      ? parent.items.find((item) => String(item.key) === String(key))
      : undefined
    const node = pair?.key ?? document.getIn(path.slice(0, depth), true)
    const range = (node as { range?: readonly number[] | null } | undefined)?.range
    if (range) return range[0] ?? 0
  }
  return document.contents?.range?.[0] ?? 0
}
