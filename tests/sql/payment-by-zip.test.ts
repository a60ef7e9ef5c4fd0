import { beforeAll, describe, expect, test } from 'vitest'
import type { PaymentByZipRow } from '../../src/fee-schedule-database.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const price = (arguments_: string) =>
  database.rows<PaymentByZipRow<string>>(`select * from api.payment_by_zip(${arguments_})`)

beforeAll(() => loadSamples(database, 'RVU25D', 'ZIP5_OCT2025'))

describe('api.payment_by_zip', () => {
  test('prices in the locality of the ZIP code, for all ZIP codes of the file', async () => {
    const other = await database.rows(`
      select z.zip
        from api.zip5_on('2025-10-06') z
       cross join lateral api.payment_by_zip('G0402', '', z.zip, '2025-10-06') a
        left join lateral api.payment('G0402', '', z.mac, z.locality, '2025-10-06') b on true
       where (a.mac, a.locality, a.non_facility_amount, a.facility_limiting_charge)
          is distinct from (z.mac, z.locality, b.non_facility_amount, b.facility_limiting_charge)
          or a.non_facility_amount is null`)
    expect(other).toEqual([])
  })

  test('counts the first five digits of a ZIP+4, and says where they do not decide', async () => {
    expect(await price(`'G0402', '', '35042-1234', '2025-10-06'`)).toMatchObject([
      { zip: '35042', mac: '10112', non_facility_amount: '149.20', plus_four_required: false },
    ])
    expect(await price(`'G0402', '', '78612', '2025-10-06'`)).toMatchObject([
      { mac: '04412', locality: '99', plus_four_required: true },
    ])
  })

  test('gives no amount where the ZIP code is not known on the day', async () => {
    const unknown = (basis: string) => [
      { mac: null, plus_four_required: null, non_facility_amount: null, basis },
    ]
    expect(await price(`'G0402', '', '00000', '2025-10-06'`)).toMatchObject(
      unknown('no such ZIP code on this day (ZIP5_OCT2025)'),
    )
    expect(await price(`'G0402', '', null, '2025-10-06'`)).toMatchObject(unknown('no ZIP code'))
    expect(await price(`'G0402', '', '35O42', '2025-10-06'`)).toMatchObject(
      unknown("'35O42' is not a ZIP code"),
    )
    expect(await price(`'A4306', '', '00000', '2025-10-06'`)).toMatchObject([
      { basis: 'bundled or excluded' },
    ])
  })
})

describe('api.locality_directory', () => {
  test('has each MAC and locality once, with its state, name and counties', async () => {
    expect(
      await database.rows(
        `select count(*) as places, count(distinct (mac, locality)) as pairs, count(counties) as with_counties from api.locality_directory`,
      ),
    ).toEqual([{ places: 109, pairs: 109, with_counties: 109 }])
    expect(
      await database.rows(
        `select * from api.locality_directory where (mac, locality) in (('05302', '99'), ('05302', '02')) order by locality`,
      ),
    ).toEqual([
      {
        mac: '05302',
        locality: '02',
        state_code: 'MO',
        state: 'MISSOURI',
        locality_name: 'METROPOLITAN KANSAS CITY',
        fee_schedule_area: 'METROPOLITAN KANSAS CITY',
        counties: 'CLAY, JACKSON AND PLATTE',
      },
      {
        mac: '05302',
        locality: '99',
        state_code: 'MO',
        state: 'MISSOURI',
        locality_name: 'REST OF MISSOURI',
        fee_schedule_area: 'REST OF STATE*',
        counties: 'ALL OTHER COUNTIES',
      },
    ])
  })
})
