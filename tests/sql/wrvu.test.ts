import { beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()

beforeAll(() => loadSamples(database, 'RVU25D'))

describe('api.wrvu', () => {
  test('is null without RVUs, zero without work, and says where Medicare does not pay by it', async () => {
    const rows = await database.rows(`
      select w.hcpcs, w.modifier, w.work_rvu, w.not_used_for_medicare_payment
        from (values ('G0402', null), ('G0130', 'TC'), ('A4306', ''), ('G0511', ''), ('G9999', 'ZZ')) c (hcpcs, modifier)
       cross join lateral api.wrvu(c.hcpcs, c.modifier, '2025-10-06') w
       order by w.hcpcs`)
    expect(rows).toEqual([
      { hcpcs: 'A4306', modifier: '', work_rvu: null, not_used_for_medicare_payment: null },
      { hcpcs: 'G0130', modifier: 'TC', work_rvu: '0.00', not_used_for_medicare_payment: null },
      { hcpcs: 'G0402', modifier: '', work_rvu: '2.60', not_used_for_medicare_payment: null },
      { hcpcs: 'G0511', modifier: '', work_rvu: '0.90', not_used_for_medicare_payment: '+' },
    ])
  })
})
