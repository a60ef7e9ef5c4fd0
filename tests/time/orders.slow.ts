/** The same on CMS's whole files, where ../shared/cms is there; `orders-samples.slow.ts` proves it on the fixtures. */
import { describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { findReleases } from '../../src/jobs/find-releases.ts'
import { useDatabase } from '../helpers/database.ts'
import { expectSameTruth } from '../helpers/orders.ts'
import { hasReal, REAL } from '../helpers/real.ts'

describe.skipIf(!hasReal)('CMS releases from ../shared/cms', () => {
  const database = useDatabase()

  test('five releases in six orders end in the same versions of every table', async () => {
    await expectSameTruth(database, REAL, {
      RVU24A: 'relaid/rvu24a.zip',
      RVU24AR: 'relaid/rvu24ar.zip',
      RVU24B: 'relaid/rvu24b.zip',
      RVU25A: 'rvu25a-updated-01_10_2025.zip',
      RVU25D: 'rvu25d-0.zip',
    })
  })

  test('all that are at hand load in three orders, without a gate or a warning, and end in the same versions', async () => {
    const found = (await findReleases(REAL, pfs)).filter(({ path }) => !path.includes('excerpt'))
    const paths = Object.fromEntries(found.map(({ release, path }) => [release, path]))
    const names = Object.keys(paths).sort()
    expect(names).toEqual(expect.arrayContaining(['RVU09A', 'RVU18A', 'RVU25D', 'RVU26B']))
    const mixed = [...names.filter((_, at) => at % 2), ...names.filter((_, at) => at % 2 === 0)]
    await expectSameTruth(database, REAL, paths, [names, names.toReversed(), mixed])
  })
})
