import { test } from 'vitest'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { expectSameTruth } from '../helpers/orders.ts'

const database = useDatabase()

test('five releases in six orders end in the same versions of every table', async () => {
  await expectSameTruth(database, FIXTURES, {
    RVU24A: 'rvu24a.zip',
    RVU24AR: 'rvu24ar.zip',
    RVU24B: 'rvu24b.zip',
    RVU25A: 'rvu25a.zip',
    RVU25D: 'rvu25d.zip',
  })
})
