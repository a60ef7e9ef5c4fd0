import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import type { Dataset } from '../../schemas/dataset.ts'
import { FIXTURES } from '../../src/paths.ts'
import { hasReal, REAL } from '../helpers/real.ts'
import { keyOf, type ReadFile, readRelease } from '../helpers/release.ts'

const MARKED = ['02102/01', '03202/01', '03302/01', '03402/02', '03602/21']
const LONG_NAMES = ['01182/18', '01112/05', '01112/52', '01112/65', '01112/09']
const LONG_COUNTIES = [
  '01182/18/1',
  '12202/01/1',
  '09102/03/1',
  '10212/01/1',
  '06102/12/1',
  '12302/01/1',
  '12402/01/1',
  '13202/02/1',
  '13202/03/1',
  '11302/00/1',
]

/**
 * Where CMS's own files of one release disagree: file, format against the CSV, column, and the rows (their
 * number where there are many). docs/formats.md says which one is trusted, and why. All else is equal.
 */
const DISAGREEMENTS = [
  ['anesthesia', 'txt', 'locality_name', LONG_NAMES],
  ['anesthesia', 'txt', 'footnote_mark', MARKED],
  ['anesthesia', 'txt', 'national_conversion_factor', 109],
  ['locality', 'txt', 'state', 29],
  ['locality', 'txt', 'fee_schedule_area', ['01182/18/1', '01112/05/1']],
  ['locality', 'txt', 'counties', LONG_COUNTIES],
  ['anesthesia', 'xlsx', 'footnote_mark', MARKED],
]

const RELEASES = [
  ['RVU25A', FIXTURES, 'rvu25a.zip', true, { rvu: 5021, opps_cap: 1035 }],
  ['RVU25A', REAL, 'rvu25a-updated-01_10_2025.zip', hasReal, { rvu: 18865, opps_cap: 16100 }],
  ['RVU25D', REAL, 'rvu25d-0.zip', hasReal, { rvu: 19090, opps_cap: 16100 }],
] as const

describe.each(RELEASES)('%s', (release, folder, file, present, counts) => {
  const path = join(folder, file)

  test.skipIf(!present)(
    `the formats agree but where CMS disagrees with itself: ${file}`,
    async () => {
      const csv = await readRelease(path, release, 'csv')
      expect(Object.fromEntries([...csv].map(([name, { rows }]) => [name, rows.length]))).toEqual({
        ...counts,
        gpci: 109,
        anesthesia: 109,
        locality: 110,
      })
      const found: unknown[] = []
      for (const format of ['txt', 'xlsx'] as const) {
        const files = await readRelease(path, release, format)
        for (const dataset of pfs.datasets.filter(({ name }) => csv.has(name))) {
          const differences = differencesOf(dataset, csv.get(dataset.name), files.get(dataset.name))
          for (const [column, keys] of differences) {
            found.push([dataset.name, format, column, keys.length > 10 ? keys.length : keys])
          }
        }
      }
      expect(found).toEqual(DISAGREEMENTS)
    },
  )
})

/** Keys of the rows that differ, by column. */
function differencesOf(
  dataset: Dataset,
  ours: ReadFile | undefined,
  theirs: ReadFile | undefined,
): [string, string[]][] {
  expect(theirs?.rejected).toEqual([])
  const byKey = (file: ReadFile | undefined) =>
    new Map(file?.rows.map((row) => [keyOf(dataset, row), row]))
  const [left, right] = [byKey(ours), byKey(theirs)]
  expect(new Set(right.keys())).toEqual(new Set(left.keys()))
  return Object.keys(dataset.fields)
    .map((column): [string, string[]] => [
      column,
      [...left].flatMap(([key, row]) => (row[column] === right.get(key)?.[column] ? [] : key)),
    ])
    .filter(([, keys]) => keys.length > 0)
}

test('of Los Angeles the TXT is the better spelt, and the CSV the one that is whole', async () => {
  const path = join(FIXTURES, 'rvu25a.zip')
  const rows = async (format: 'csv' | 'txt') =>
    (await readRelease(path, 'RVU25A', format)).get('locality')?.rows ?? []
  const [csv, txt] = [await rows('csv'), await rows('txt')]
  const at = (list: typeof csv, mac: string, locality: string) =>
    list.find((row) => row.mac === mac && row.locality === locality)
  expect(at(csv, '01182', '18')?.counties).toBe('LOS ANGELES /ORAGNGE CNTY')
  expect(at(txt, '01182', '18')?.counties).toBe('LOS ANGELES/ORANGE')
  expect(at(csv, '09102', '03')?.counties).toMatch(/MARTIN, PALM BEACH, AND ST\. LUCIE$/)
  expect(at(txt, '09102', '03')?.counties).toMatch(/MARTIN, PALM BEACH, A$/)
})
