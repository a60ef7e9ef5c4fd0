/** What functions of api accept of people and of claims beyond CMS's own spelling. */
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
beforeAll(() => loadSamples(database, 'RVU25D'))

test.for([
  ['a lower case code', 'g0101', '10112', '00'],
  ['the end of a line', 'G0101\r\n', '10112', '00'],
  ['a space that does not break, and a tab', '\u00a0G0101\t', '10112\t', '\u00a000'],
  ['lost zeros', ' G0101 ', '2102', '1'],
])('%s is understood', async ([, hcpcs, mac, locality]) => {
  const { rows } = await sql`
    select p.hcpcs, p.basis, api.code_standing(${hcpcs}) as standing
      from api.payment(${hcpcs}, '25 lt', ${mac}, ${locality}, '2025-10-05') p
  `.execute(database.session.db)
  expect(rows).toEqual([{ hcpcs: 'G0101', basis: 'fee schedule', standing: 'in force' }])
})

test('a day without end is no date of service', async () => {
  const { rows } = await sql`
    select basis from api.payment('G0101', null, '10112', '00', 'infinity')
  `.execute(database.session.db)
  expect(rows).toEqual([{ basis: 'no date of service' }])
})
