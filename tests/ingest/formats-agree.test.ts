import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FIXTURES } from '../../src/paths.ts'
import { compare, DISAGREEMENTS, type Disagreement } from '../helpers/formats.ts'
import { readRelease } from '../helpers/release.ts'

/** Files that the fixtures hold whole. */
const WHOLE = ['gpci', 'anesthesia', 'locality']
const SAMPLES = ['09', '11', '12', '13', '14', '15', '16', '18', '20', '23', '25'].map(
  (year) => `RVU${year}A`,
)

test.each(SAMPLES)('%s, the fixture', async (release) => {
  const { counted, found } = await compare(release, join(FIXTURES, `${release.toLowerCase()}.zip`))
  expect(counted).toHaveLength(10)
  for (const [member, rows, lines] of counted) expect([member, rows]).toEqual([member, lines])
  const isWhole = ([of, file, format]: Disagreement) =>
    of === release && WHOLE.includes(file) && (format === 'txt' || release === 'RVU25A')
  expect(found.filter(isWhole)).toEqual(DISAGREEMENTS.filter(isWhole))
})

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
