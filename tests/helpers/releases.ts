/** Made-up releases of the relative value file, as folders that `ingest` takes. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unpackFixture } from '../../fixtures/zip.ts'
import { quarterStart } from '../../pipelines/release-name.ts'
import { parseRelease } from '../../src/releases.ts'
import { makeFolder } from './folder.ts'

const MONTHS: Readonly<Record<string, [file: string, title: string]>> = {
  '01': ['JAN', 'January'],
  '04': ['APR', 'April'],
  '07': ['JUL', 'July'],
  '10': ['OCT', 'October'],
}

export interface MadeUp {
  readonly release: string
  /** Work RVU in hundredths of each code; a code that is not here is not in the release. */
  readonly work: Readonly<Record<string, number>>
  readonly conversionFactor?: string
  /** What its title says after RELEASED, such as 12/23/2024; empty: the title does not say it. */
  readonly released?: string
  /** Name of the folder, which stands for that of the zip. */
  readonly name?: string
}

const root = await makeFolder('releases')
const source = (await unpackFixture('rvu25a.zip')).get('PPRRVU25_JAN.csv')?.toString('latin1') ?? ''
const header = source.split('\r\n').slice(0, 10)
let made = 0

/** Writes the release's file below a folder of its own, and gives the folder's path. */
export async function makeRelease({
  release,
  work,
  conversionFactor = '32.3465',
  released = '12/23/2024',
  name,
}: MadeUp): Promise<string> {
  const { year, month } = parseRelease(release)
  const [, mm = ''] = quarterStart({ year, month }).split('-')
  const [file, title] = MONTHS[mm] ?? ['', '']
  const head = header.map((line) =>
    line
      .replace('2025 National', `${year} National`)
      .replace('January Release', `${title} Release`)
      .replace('RELEASED 12/23/2024', released && `RELEASED ${released}`),
  )
  const rows = Object.entries(work).map(([code, hundredths]) => {
    const rvu = (hundredths / 100).toFixed(2)
    return `${code},,Made up,A,,${rvu},0.00,,0.00,,0.00,${rvu},${rvu},0,XXX,0.00,0.00,0.00,0,0,0,0,0,,${conversionFactor},09,0,99,0.00,0.00,0.00`
  })
  made += 1
  const folder = join(root, String(made), name ?? 'release')
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, `PPRRVU${String(year).slice(2)}_${file}.csv`),
    `${[...head, ...rows].join('\r\n')}\r\n`,
  )
  return folder
}
