/** Rules of payment that hold on some days only. */
import { beforeAll, describe, expect, test } from 'vitest'
import { rowsAfter } from '../helpers/changed.ts'
import { useDatabase } from '../helpers/database.ts'
import { exactFee } from '../helpers/exact.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const changed = <T>(change: string, query: string) => rowsAfter<T>(database, change, query)

beforeAll(() => loadSamples(database, 'RVU25A'))

describe('rules with dates', () => {
  test.each([
    ['2006-12-31', '2.60'],
    ['2007-01-01', '2.34'],
    ['2008-12-31', '2.29'],
    ['2009-01-01', '2.60'],
  ])('the work adjustor of %s makes 2.60 work RVUs %s', async (day, adjusted) => {
    const rows = await changed(
      `insert into ops.calendar values ('rvu', '[2003-01-01,2010-01-01)', 'RVU03A', '2003-01-01', null, true);
       update pfs.rvu set valid_during = '{[2003-01-01,2010-01-01)}' where hcpcs = 'G0402' and non_facility_pe_rvu = 2.21;
       update pfs.gpci set valid_during = '{[2003-01-01,2010-01-01)}' where mac = '10112' and pe_gpci = 0.869;
       update pfs.conversion_factor set valid_during = '{[2003-01-01,2010-01-01)}' where conversion_factor = 32.3465`,
      `select work_rvu, adjusted_work_rvu, non_facility_fee
         from api.payment('G0402', '', '10112', '00', '${day}')`,
    )
    const factors = {
      work_gpci: '1.000',
      pe_gpci: '0.869',
      mp_gpci: '0.575',
      conversion_factor: '32.3465',
    }
    expect(rows).toEqual([
      {
        work_rvu: '2.60',
        adjusted_work_rvu: adjusted,
        non_facility_fee: exactFee(adjusted, '2.21', '0.16', factors),
      },
    ])
  })

  test('the OPPS cap begins with 2007', async () => {
    const before = await changed(
      `update pfs.rvu set valid_during = '{[2003-01-01,2010-01-01)}' where (hcpcs, modifier, work_rvu) = ('G0130', '', 0.22)`,
      `select day::date::text as day, mp_opps
         from unnest(array['2006-12-31', '2007-01-01']::date[]) day
        cross join lateral api.payment('G0130', '', '10112', '00', day)`,
    )
    expect(before).toEqual([
      { day: '2006-12-31', mp_opps: null },
      { day: '2007-01-01', mp_opps: '0.05' },
    ])
  })

  test('every rule names its document, and no two periods of one overlap', async () => {
    expect(await database.rows(`select rule from api.payment_rule where document = ''`)).toEqual([])
    await expect(
      changed(
        `insert into pfs.payment_rule values ('work_adjustor', 2, '[2020-01-01,2021-01-01)', 'none', 'none')`,
        'select',
      ),
    ).rejects.toThrow(/exclusion constraint/)
  })
})
