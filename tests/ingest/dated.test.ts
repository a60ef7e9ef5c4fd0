import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gpci } from '../../schemas/pfs/gpci.ts'
import { refuseOtherRelease } from '../../src/ingest/dated.ts'
import { FIXTURES } from '../../src/paths.ts'
import { parseRelease } from '../../src/releases.ts'
import { codeOf } from '../helpers/errors.ts'
import { readFileOf } from '../helpers/release.ts'

type Date = readonly [year: number | null, month: number | null]

/** Null where nothing contradicts, the text where the name alone does, else the code of the refusal. */
function judged(release: string, name: Date, ...weighty: readonly Date[]): string | null {
  const [own, title, header, zip] = [name, ...weighty].map(([year, month], at) => ({
    source: ['its name', 'its title', 'its header', 'the zip'][at] ?? '',
    ...{ year, month },
  }))
  if (!own) throw new Error('no name')
  const others = [title, header, zip].filter((one) => one !== undefined)
  let told: string | null = null
  const refusal = codeOf(() => {
    told = refuseOtherRelease('FILE', parseRelease(release), own, others)
  })
  return refusal ?? told
}

const SILENT: Date = [null, null]

describe('of which release a file is', () => {
  test.each<[string, Date, Date[], string | null]>([
    [
      'all agree',
      [2024, 1],
      [
        [2024, 1],
        [2024, null],
        [2024, 1],
      ],
      null,
    ],
    ['nothing says anything', SILENT, [SILENT, SILENT], null],
    ['the name alone', [2024, null], [], null],
    ['the name alone, another year', [2023, null], [], 'E_WRONG_RELEASE'],
    ['the name alone, another month', [null, 4], [], 'E_WRONG_RELEASE'],
    ['another year, and the title says another, too', [2023, 1], [[2023, 1]], 'E_WRONG_RELEASE'],
    [
      'the header against name and zip',
      [2024, 1],
      [SILENT, [2023, null], [2024, 1]],
      'E_WRONG_RELEASE',
    ],
    ['the zip against the title', [2024, 1], [[2024, 1], SILENT, [2025, 1]], 'E_WRONG_RELEASE'],
    [
      'another month, and the header knows the year only',
      [null, 4],
      [SILENT, [2024, null]],
      'E_WRONG_RELEASE',
    ],
  ])('%s', (_, name, weighty, expected) => {
    expect(judged('RVU24A', name, ...weighty)).toBe(expected)
  })

  test('what the file or the zip says outweighs its name, and all of it is told', () => {
    expect(judged('RVU24A', [2023, 1], [2024, 1], SILENT, [2024, 1])).toBe(
      'FILE: its title says 2024-01, the zip says 2024-01, its name says 2023-01; RVU24A is the release of 2024-01',
    )
    expect(judged('RVU24A', [null, 4], SILENT, [2024, null], [2024, 1])).toBe(
      'FILE: its header says 2024, the zip says 2024-01, its name says month-04; RVU24A is the release of 2024-01',
    )
  })
})

test('the cells of a header say the year', async () => {
  const content = readFileSync(join(FIXTURES, 'layouts/GPCI2022.csv'))
  await expect(readFileOf(gpci, 'RVU23A', 'GPCI2023.csv', content)).rejects.toMatchObject({
    code: 'E_WRONG_RELEASE',
    message: expect.stringMatching(/its header says 2022.*its name says 2023;/),
  })
})
