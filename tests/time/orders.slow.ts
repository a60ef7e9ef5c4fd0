/** The same on CMS's whole files, where ../shared/cms is there; `orders-samples.slow.ts` proves it on the fixtures. */
import { describe, test } from 'vitest'
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
})
