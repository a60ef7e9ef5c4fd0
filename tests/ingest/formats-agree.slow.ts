import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compare, DISAGREEMENTS } from '../helpers/formats.ts'
import { hasReal, REAL } from '../helpers/real.ts'

const RELEASES = [
  ...['09', '11', '12', '13', '14', '15', '16', '18', '20', '23'].map(
    (year) => [`RVU${year}A`, `rvu-zips/RVU${year}A.zip`] as const,
  ),
  ['RVU25A', 'rvu25a-updated-01_10_2025.zip'],
  ['RVU25B', 'rvu25b/rvu25b.zip'],
  ['RVU25D', 'rvu25d-0.zip'],
] as const

describe.skipIf(!hasReal)("CMS's own files", () => {
  test.each(RELEASES)(
    '%s holds what an independent count finds, and its formats agree but where CMS disagrees with itself',
    async (release, path) => {
      const { counted, found } = await compare(release, join(REAL, path))
      expect(counted).toHaveLength(10)
      for (const [member, rows, lines] of counted) expect([member, rows]).toEqual([member, lines])
      expect(found).toEqual(DISAGREEMENTS.filter(([of]) => of === release))
    },
  )
})
