/** Every format of every file of a release: what an independent count finds, and where CMS disagrees with itself. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { expect } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import type { SourceFile } from '../../schemas/file.ts'
import { ROOT } from '../../src/paths.ts'
import { keyOf, type ReadFile, readRelease } from './release.ts'
import { readZip } from './zips.ts'

/** Release, file, format against the CSV, column (or 'key'), and how many rows differ. */
export type Disagreement = readonly [
  release: string,
  file: string,
  format: string,
  column: string,
  rows: number,
]

/** All of CMS's own files that are at hand; docs/formats.md says which format is trusted, and why. */
export const DISAGREEMENTS: readonly Disagreement[] = JSON.parse(
  readFileSync(join(ROOT, 'tests/helpers/disagreements.json'), 'utf8'),
)

/** `counted`: each text file with its rows as they were read, and as its lines tell. */
export async function compare(release: string, path: string) {
  const members = await readZip(path)
  const formats = await Promise.all(
    (['csv', 'txt', 'xlsx'] as const).map((format) => readRelease(path, release, format)),
  )
  const files = formats.flatMap((each) => [...each.values()])
  for (const { rejected, file } of files) expect(rejected, file.member).toEqual([])
  return {
    counted: files.flatMap((file) => count(file, members)),
    found: pfs.files.flatMap((dataset) => {
      const [ours, ...others] = formats.map((each) => each.get(dataset.name))
      return others.flatMap((theirs) => {
        if (!ours || !theirs) return []
        return differencesOf(dataset, ours, theirs).map(
          ([column, rows]): Disagreement => [
            release,
            dataset.name,
            theirs.file.format,
            column,
            rows,
          ],
        )
      })
    }),
  }
}

/** A text file's rows as they were read, and as its lines tell. */
function count(
  read: ReadFile,
  members: ReadonlyMap<string, Uint8Array>,
): [string, number, number][] {
  const { dataset, member, format } = read.file
  const bytes = members.get(member)
  if (format === 'xlsx' || !bytes) return []
  const lines = dataLines(dataset, Buffer.from(bytes).toString('latin1'))
  if (format === 'csv' && dataset.name === 'rvu') expectSum(read, lines)
  const rowsPerLine = dataset.name === 'anesthesia' ? 2 : 1
  return [[member, read.rows.length, lines.length * rowsPerLine]]
}

/** Lines that begin with a code, or a contractor's number and a locality: counted without our readers. */
function dataLines({ codes, name }: SourceFile, text: string): string[] {
  const start = codes
    ? /^[A-Z\d]{5}([A-Z\d]{2}| {2})?[^:]/
    : /^\s*"?\d{3,5}[\s,]+([A-Z]{2}[\s,]+)?\d{1,2}[\s,]/
  const lines = text.split(/\r\n?|\n/)
  const data = lines.filter((line) => start.test(line) && !line.startsWith('HCPCS'))
  // RVU09A has a code twice, to the letter.
  return name === 'rvu' ? [...new Set(data)] : data
}

/** The sum of the work RVUs in the sixth cell of each line. */
function expectSum(file: ReadFile, lines: readonly string[]): void {
  const cells = Papa.parse<string[]>(lines.join('\n')).data
  const raw = cells.reduce((sum, row) => sum + Math.round(Number(row[5]) * 100), 0)
  const read = file.rows.reduce((sum, row) => sum + Math.round(Number(row.work_rvu) * 100), 0)
  expect(read).toBe(raw)
  expect(file.rows.every(({ hcpcs }) => hcpcs?.length === 5)).toBe(true)
}

/** How many rows differ, by column; 'key': rows that only one of the two has. */
function differencesOf(dataset: SourceFile, ours: ReadFile, theirs: ReadFile): [string, number][] {
  const byKey = (file: ReadFile) => new Map(file.rows.map((row) => [keyOf(dataset, row), row]))
  const [left, right] = [byKey(ours), byKey(theirs)]
  const only = (one: typeof left, other: typeof left) =>
    [...one.keys()].filter((key) => !other.has(key)).length
  const alone = only(left, right) + only(right, left)
  const shared = [...left].filter(([key]) => right.has(key))
  const counts = Object.keys(dataset.fields).map((column): [string, number] => [
    column,
    shared.filter(([key, row]) => row[column] !== right.get(key)?.[column]).length,
  ])
  return [['key', alone] as [string, number], ...counts].filter(([, rows]) => rows > 0)
}
