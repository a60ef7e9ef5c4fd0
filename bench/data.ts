/** What is loaded: one whole release, as its zip and as plain CSV files that every peer reads alike. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import papa from 'papaparse'
import { zipOf } from '../fixtures/zip.ts'
import { ROOT } from '../src/paths.ts'
import { readZip } from '../tests/helpers/zips.ts'

export interface Table {
  readonly name: string
  /** A CSV without titles and header, every line of one width. */
  readonly csv: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export interface BenchData {
  readonly release: string
  readonly zip: string
  /** The same release with one relative value row in a hundred changed. */
  readonly changedZip: string
  readonly tables: readonly Table[]
  /** Whether it is CMS's whole file or the sample of it in `fixtures`. */
  readonly whole: boolean
}

const RELEASE = 'RVU25D'

/** Writes the files into `folder`. Takes CMS's own zip where it is present, else the fixture. */
export async function prepare(folder: string): Promise<BenchData> {
  const real = join(ROOT, '../shared/cms/rvu25d-0.zip')
  const whole = existsSync(real)
  const zip = whole ? real : join(ROOT, 'fixtures/rvu25d.zip')
  const members = await readZip(zip)
  const tables: Table[] = []
  const changed = new Map<string, Buffer>()
  for (const [member, bytes] of members) {
    if (!/\.csv$/i.test(member)) continue
    const { data } = papa.parse<string[]>(Buffer.from(bytes).toString('latin1'))
    tables.push(await plainTable(folder, member, data))
    const rows = /PPRRVU/i.test(member) ? data.map(withOtherWork) : data
    changed.set(member, Buffer.from(papa.unparse(rows, { newline: '\r\n' }), 'latin1'))
  }
  const changedZip = join(folder, 'changed.zip')
  await writeFile(changedZip, await zipOf(changed))
  return { release: RELEASE, zip, changedZip, tables, whole }
}

/** Adds a cent of an RVU to the work of every hundredth code that has any, and to its totals. */
function withOtherWork(cells: string[], line: number): string[] {
  const WORK = 5
  if (line % 100 !== 50 || !/^[1-9]\d*\.\d\d$/.test(cells[WORK] ?? '')) return cells
  return cells.map((cell, at) =>
    at === WORK || at === 11 || at === 12 ? (Number(cell) + 0.01).toFixed(2) : cell,
  )
}

async function plainTable(folder: string, member: string, data: string[][]): Promise<Table> {
  const width = Math.max(...data.map((row) => row.length))
  const rows = data
    .filter((row) => /\d/.test(row.slice(0, 2).join('')) && row.length > 2)
    .map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ''))
  // A name that no program needs to quote.
  const name = `f_${member
    .replace(/\.csv$/i, '')
    .toLowerCase()
    .replace(/\W/g, '_')}`
  const csv = join(folder, `${name}.csv`)
  await writeFile(csv, `${papa.unparse(rows, { newline: '\n' })}\n`, 'latin1')
  return { name, csv, columns: rows[0]?.map((_, at) => `c${at + 1}`) ?? [], rows }
}
