import { beforeAll, describe, expect, test } from 'vitest'
import type { PaymentChangeRow } from '../../src/fee-schedule-database.ts'
import { useDatabase } from '../helpers/database.ts'
import { exactFee } from '../helpers/exact.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const explain = (arguments_: string) =>
  database.rows<PaymentChangeRow<string>>(
    `select * from api.payment_change(${arguments_}) order by setting desc`,
  )

beforeAll(() => loadSamples(database, 'RVU25A', 'RVU26B'))

describe('api.payment_change', () => {
  test('takes the RVUs first, then the GPCIs, then the conversion factor', async () => {
    const before = { work_gpci: '1.000', pe_gpci: '0.869', mp_gpci: '0.575' }
    const after = { work_gpci: '1.000', pe_gpci: '0.875', mp_gpci: '0.566' }
    const [old, new_] = ['32.3465', '33.4009']
    const [row] = await explain(`'G0402', '', '10112', '00', '2025-02-03', '2026-04-01'`)
    const [rvu] = await database.rows<{ work: string; pe: string; mp: string }>(
      `select work_rvu as work, non_facility_pe_rvu as pe, mp_rvu as mp from api.rvu_on('2026-04-01') where hcpcs = 'G0402'`,
    )
    if (!rvu) throw new Error('G0402')
    const step = (gpcis: typeof before, conversion_factor: string) =>
      Number(exactFee(rvu.work, rvu.pe, rvu.mp, { ...gpcis, conversion_factor }))
    const amounts = [149.2, step(before, old), step(after, old), step(after, new_)] as const
    const difference = (at: 1 | 2 | 3) =>
      ((amounts[at] ?? 0) - (amounts[(at - 1) as 0] ?? 0)).toFixed(2)
    expect(row).toMatchObject({
      setting: 'non_facility',
      from_amount: '149.20',
      to_amount: amounts[3].toFixed(2),
      rvu_change: difference(1),
      gpci_change: difference(2),
      conversion_factor_change: difference(3),
    })
  })

  test.each([
    ['10112', '00'],
    ['02102', '01'],
    ['00000', '00'],
  ])('adds up to the cent for every code of %s/%s', async (mac, locality) => {
    const [sums] = await database.rows(`
      select count(*) filter (where c.change <> 0) > 100 as many,
             count(*) filter (where c.rvu_change + c.gpci_change + c.conversion_factor_change <> c.change
                                 or c.from_amount + c.change <> c.to_amount) as broken,
             count(*) filter (where (c.change is null) <> (c.rvu_change is null)
                                 or (c.change is null) <> (c.gpci_change is null)
                                 or (c.change is null) <> (c.conversion_factor_change is null)) as half_known
        from api.fee_schedule('${mac}', '${locality}', '2026-04-01') f
       cross join lateral api.payment_change(f.hcpcs, f.modifier, '${mac}', '${locality}', '2025-02-03', '2026-04-01') c
       where f.non_facility_amount is not null`)
    expect(sums).toEqual({ many: true, broken: 0, half_known: 0 })
  })

  test('says why a part is null', async () => {
    expect(await explain(`'G0402', null, '10112', '00', '2024-12-31', '2026-04-01'`)).toMatchObject(
      [
        {
          from_basis: 'no loaded release governs this day',
          to_basis: 'fee schedule',
          change: null,
        },
        { from_amount: null, rvu_change: null, setting: 'facility' },
      ],
    )
    expect(
      await explain(`'G0402', '', '10112', '00', '2025-02-03', '2026-04-01', true`),
    ).toMatchObject([
      { to_basis: 'no conversion factor on this day', to_amount: null, gpci_change: null },
      {},
    ])
  })
})

describe('releases that are known and not loaded', () => {
  const gap =
    'RVU25B to RVU26A (4 releases, in force from April 1, 2025 on) are not loaded: changes may have begun in their time'

  test('stand before the one that seems to have changed something', async () => {
    const gaps = `select api.gap_before('rvu', day) as gap from unnest(array[date '2025-01-01', '2025-04-01', '2026-04-01']) day`
    expect(await database.rows(gaps)).toEqual([{ gap: null }, { gap: null }, { gap }])
  })

  test('are told in the history of a code, whose days are no change', async () => {
    const history = await database.rows<{ fields: object | null; gap: string | null }>(
      `select fields, gap from api.code_history where hcpcs = 'G0101' order by valid_from`,
    )
    expect(history.map((version) => version.gap)).toEqual([null, gap])
    expect(Object.keys(history[1]?.fields ?? {})).toContain('work_rvu')
    expect(Object.keys(history[1]?.fields ?? {})).not.toContain('known_to')
  })
})
