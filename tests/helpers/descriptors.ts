/** The AMA's and the ADA's descriptions of codes: read off whatever real file is at hand, and looked for in text. */
import { readFileSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, parse } from 'node:path'
import Papa from 'papaparse'
import { readWorkbook } from '../../src/formats/workbook.ts'
import { openZip } from '../../src/formats/zip.ts'

const LICENSED = /^(\d{4}[\dA-Z]|D\d{4})$/
const PUBLIC = /^[A-CE-V]\d{4}$/

/** Files in which a number of five digits is a carrier, a ZIP code or a count, and no code. */
const WITHOUT_CODES = /GPCI|LOCCO|ANES|ZIP|invariants|catalog/i

/** Descriptions as words, each with its codes. */
export type Descriptors = ReadonlyMap<string, ReadonlySet<string>>

/** Every code of the CSVs, workbooks and texts below a folder, and of its zips, with all that is said of it there. */
export async function readWordings(
  folder: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const wordings = new Map<string, Set<string>>()
  for await (const cells of rowsBelow(folder)) {
    const code = cells.find((cell) => LICENSED.test(cell) || PUBLIC.test(cell))
    if (code === undefined) continue
    const known = wordings.get(code) ?? new Set()
    for (const text of textsOf(cells)) known.add(text)
    wordings.set(code, known)
  }
  return new Map([...wordings].map(([code, texts]) => [code, [...texts]]))
}

/** Of what is said of codes, that which is said of licensed ones alone. */
export function licensedDescriptors(wordings: ReadonlyMap<string, readonly string[]>): Descriptors {
  const licensed = new Map<string, Set<string>>()
  const open = new Set<string>()
  for (const [code, texts] of wordings) {
    for (const text of texts) {
      if (PUBLIC.test(code)) open.add(text)
      else licensed.set(text, (licensed.get(text) ?? new Set()).add(code))
    }
  }
  // What CMS says of its own codes, too, is public.
  const found = descriptorFinder(licensed)
  for (const text of open) for (const same of found(text)) licensed.delete(same)
  return licensed
}

/** The cells that have words, and are more than a code. */
const textsOf = (cells: readonly string[]): string[] =>
  cells
    .filter((cell) => /[a-z]{3}/i.test(cell) && !PUBLIC.test(cell))
    .map((cell) => wordsOf(cell).join(' '))

async function* rowsBelow(folder: string): AsyncGenerator<readonly string[]> {
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name)
    if (statSync(path).isFile()) yield* rowsOf(name, readFileSync(path))
  }
}

/** Rows of a file, by any sign that separates cells: no layout has to know the file. */
async function* rowsOf(name: string, bytes: Buffer): AsyncGenerator<readonly string[]> {
  if (WITHOUT_CODES.test(parse(name).name)) return
  if (/\.zip$/i.test(name)) yield* zipRows(name, bytes)
  else if (/\.xlsx?$/i.test(name)) {
    yield* (await readWorkbook(bytes, name)).rows.map(({ cells }) => cells)
  } else if (/\.csv$/i.test(name)) {
    const text = bytes.toString('latin1').replace(/\r\n?/g, '\n')
    yield* Papa.parse<string[]>(text, { delimiter: ',', transform: trimmed }).data
  } else if (/\.(txt|prn)$/i.test(name)) {
    yield* bytes
      .toString('latin1')
      .split(/\r\n?|\n/)
      .map(lineCells)
  }
}

async function* zipRows(name: string, bytes: Buffer): AsyncGenerator<readonly string[]> {
  const zip = await openZip(bytes, name)
  for (const member of zip.names) {
    const twin = member.replace(/xlsx?$/i, 'csv')
    // The workbook of a release says what its CSV says, and takes ten times as long.
    if (member !== twin && zip.names.includes(twin)) continue
    yield* rowsOf(member, Buffer.from(await zip.read(member)))
  }
}

/** Of a line without signs: the code and the description of 50 characters, where PPRRVU has them. */
function lineCells(line: string): string[] {
  if (/[~\t]/.test(line)) return line.split(/[~\t]/).map(trimmed)
  const [, code, rest] = /^([A-Z\d]{5})..(\S.*)$/.exec(line) ?? []
  return code && rest ? [code, rest.slice(0, 50).split(/ {2,}/)[0] ?? ''] : []
}

const trimmed = (cell: string): string => cell.trim()
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z\d]+/g) ?? []

/**
 * A description of so many words is not written twice by chance (of three it is: 'correction of astigmatism'). A
 * shorter one is the AMA's where a code that it describes stands on the same line or the next.
 */
const ENOUGH_WORDS = 4

/** Finds descriptions in a text, whatever its case, line breaks and punctuation. */
export function descriptorFinder(descriptors: Descriptors): (text: string) => string[] {
  const byFirst = new Map<string, { words: string[]; codes: ReadonlySet<string> }[]>()
  for (const [text, codes] of descriptors) {
    const words = text.split(' ')
    const same = byFirst.get(words[0] ?? '') ?? []
    byFirst.set(words[0] ?? '', [...same, { words, codes }])
  }
  const startingAt = (words: readonly string[], at: number) =>
    (byFirst.get(words[at] ?? '') ?? []).filter((one) =>
      one.words.every((word, place) => word === words[at + place]),
    )
  return (text) => {
    const all = wordsOf(text)
    const apart = all.flatMap((_, at) =>
      startingAt(all, at).filter(({ words }) => words.length >= ENOUGH_WORDS),
    )
    const beside = text.split('\n').flatMap((line, at, lines) => {
      const words = wordsOf(`${line} ${lines[at + 1] ?? ''}`)
      const named = new Set(words.map((word) => word.toUpperCase()))
      return words.flatMap((_, place) =>
        startingAt(words, place).filter(({ codes }) => [...codes].some((code) => named.has(code))),
      )
    })
    return [...new Set([...apart, ...beside].map(({ words }) => words.join(' ')))]
  }
}

/** Name and text of a file, and of what is in it where it is a zip or a workbook. */
export async function* textsIn(name: string, bytes: Buffer): AsyncGenerator<[string, string]> {
  if (/\.(zip|xlsx)$/i.test(name)) {
    const zip = await openZip(bytes, name).catch(() => null)
    for (const member of zip?.names ?? []) {
      const content = await zip?.read(member).catch(() => null)
      if (content) yield* textsIn(`${name}: ${member}`, Buffer.from(content))
    }
  } else yield [name, bytes.toString('latin1').replace(/<[^>]*>/g, '\n')]
}
