import { beforeAll, describe, expect, test } from 'vitest'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()

beforeAll(() => loadSamples(database, 'RVU25D'))

const row = (hcpcs: string, modifier: string, work_rvu: string | null, basis = 'as published') => ({
  hcpcs,
  modifier,
  work_rvu,
  basis,
  not_used_for_medicare_payment: null as string | null,
})

describe('api.wrvu', () => {
  test('is null without RVUs, zero without work, and says where Medicare does not pay by it', async () => {
    const rows = await database.rows(`
      select w.hcpcs, w.modifier, w.work_rvu, w.not_used_for_medicare_payment, w.basis
        from (values ('G0402', null), ('G0130', 'TC'), ('A4306', ''), ('G0511', ''), ('G0001', 'ZZ')) c (hcpcs, modifier)
       cross join lateral api.wrvu(c.hcpcs, c.modifier, '2025-10-06') w
       order by w.hcpcs`)
    expect(rows).toEqual([
      row('A4306', '', null, 'no RVUs'),
      row('G0001', '', null, 'not in the schedule of this day'),
      row('G0130', 'TC', '0.00'),
      row('G0402', '', '2.60'),
      { ...row('G0511', '', '0.90'), not_used_for_medicare_payment: '+' },
    ])
    expect(
      await database.rows(
        `select work_rvu, basis from api.wrvu('G0402', null, '2026-01-06') union all select work_rvu, basis from api.wrvu('G0402', null, '2026-01-06', 'latest')`,
      ),
    ).toEqual([
      { work_rvu: null, basis: 'RVU26A, which governs this day, is not loaded' },
      {
        work_rvu: '2.60',
        basis: 'as published (latest known: RVU25D; RVU26A, which governs this day, is not loaded)',
      },
    ])
  })
})
