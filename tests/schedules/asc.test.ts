import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { unpackFixture, unpackSource } from '../../fixtures/zip.ts'
import { asc } from '../../pipelines/asc.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { hasReal, REAL } from '../helpers/real.ts'

describe('ASC addenda', () => {
  const database = useDatabase()
  beforeAll(() => ingest({ release: 'ASC25Q1', from: join(FIXTURES, 'asc25q1.zip') }, database))

  test('a procedure has its indicator, weight and rate, and whether a second one is halved', async () => {
    expect(
      await database.rows(
        `select addendum, payment_indicator, payment_weight, payment_rate, has_multiple_procedure_discount, valid_from
           from api.asc_on('2025-02-01') where hcpcs = 'C7500'`,
      ),
    ).toEqual([
      {
        addendum: 'AA',
        payment_indicator: 'G2',
        payment_weight: '21.8945',
        payment_rate: '1201.90',
        has_multiple_procedure_discount: true,
        valid_from: '2025-01-01',
      },
    ])
  })

  test('what is packaged has no rate; every indicator is explained', async () => {
    const on = `api.asc_on('2025-02-01')`
    expect(
      await database.rows(
        `select count(*) as rows, count(payment_rate) as rates from ${on} where payment_indicator = 'N1' and addendum = 'AA'`,
      ),
    ).toMatchObject([{ rates: 0 }])
    expect(
      await database.rows(
        `select payment_indicator from ${on} except select payment_indicator from api.asc_payment_indicator_on('2025-02-01')`,
      ),
    ).toEqual([])
    expect(
      await database.rows(
        `select meaning from api.asc_payment_indicator_on('2025-02-01') where payment_indicator = 'L1'`,
      ),
    ).toEqual([
      {
        meaning:
          'Influenza vaccine; pneumococcal vaccine. Packaged item/service; no separate payment made.',
      },
    ])
  })

  test('the footnote of a code is kept, those below the data are no rows', async () => {
    expect(
      await database.rows(
        `select hcpcs, footnote_mark from api.asc_procedure_on('2025-02-01') where hcpcs = 'G0565'`,
      ),
    ).toEqual([{ hcpcs: 'G0565', footnote_mark: '*' }])
    expect(
      await database.rows(
        `select count(*) as codes from api.asc_comment_indicator_on('2025-02-01')`,
      ),
    ).toEqual([{ codes: 4 }])
  })
})

describe('addenda of 2022 laid out as CMS did, as tables with tabs', () => {
  const database = useDatabase()

  /** January 2025 without the columns that came later. */
  async function july2022(): Promise<string> {
    const folder = await makeFolder('asc22q3')
    for (const [name, bytes] of await unpackFixture('asc25q1.zip')) {
      const addendum = /ASC-(AA|BB|EE|FF)\.csv$/.exec(name)?.[1]
      if (!addendum) continue
      const { data } = Papa.parse<string[]>(bytes.toString('latin1'))
      const later = data.flatMap((row) =>
        row.flatMap((cell, at) => (at > 3 && /IRA-22|APC Device Offset/.test(cell) ? [at] : [])),
      )
      const rows = data.map((row) =>
        row
          .filter((_, at) => !later.includes(at))
          .map((cell) =>
            cell
              .replace('CY 2025', 'CY 2022')
              .replace('January 2025', 'July 2022')
              .replace('Drug and Device Pass', 'Drug Pass'),
          ),
      )
      const text = Papa.unparse(rows, { delimiter: '\t' })
      await writeFile(join(folder, `508-Version-July-2022-ASC-${addendum}.txt`), text, 'latin1')
    }
    return folder
  }

  test('they load, and what was not published is null', async () => {
    const report = await ingest(
      { release: 'ASC22Q3', from: await july2022(), allowMissing: true },
      database,
    )
    expect(report.files.map(({ format, rows_rejected }) => [format, rows_rejected])).toEqual(
      Array.from({ length: 4 }, () => ['txt', 0]),
    )
    const [counts] = await database.rows(
      `select count(payment_rate) > 0 as rates, count(adjusted_copayment) as copayments,
              (select count(apc_device_offset_percentage) from api.asc_device_offset_on('2022-08-01')) as of_apc
         from api.asc_ancillary_on('2022-08-01')`,
    )
    expect(counts).toEqual({ rates: true, copayments: 0, of_apc: 0 })
  })
})

test.each([
  ['january-2025-asc-approved-hcpcs-code-and-payment-rates.zip', 'ASC25Q1'],
  ['2021-July-ASC-Addenda.zip', 'ASC21Q3'],
  ['july-2025-asc-addenda.zip', 'ASC25Q3'],
  ['october-2022-asc-approved-hcpcs-code-and-payment-rates-updated-10182022.zip', 'ASC22Q4'],
  ['508-Version-Jan-2025-ASC-AA.csv', 'ASC25Q1'],
  ['asp-pricing.zip', null],
])('%s is of %s', (name, release) => {
  expect(asc.namedAfter(name)).toBe(release)
})

describe.skipIf(!hasReal)('ASC25Q1 of ../shared/cms', () => {
  const database = useDatabase()
  const from = join(REAL, 'asc/january-2025-asc-approved-hcpcs-code-and-payment-rates.zip')

  test('is read whole, to the cent, as papaparse alone reads it', async () => {
    const report = await ingest({ release: 'ASC25Q1', from }, database)
    expect(report.files).toMatchObject(
      [2458, 4, 4183, 2108, 21, 4183].map((rows) => ({ rows_read: rows, rows_rejected: 0 })),
    )
    const files = await unpackSource(from, (name) => name.endsWith('.csv'))
    const counted = (addendum: string, column: number) => {
      const bytes = files.get(`508-Version-Jan-2025-ASC-${addendum}.csv`) ?? ''
      const { data } = Papa.parse<string[]>(Buffer.from(bytes).toString('latin1'))
      const rows = new Map(data.map((row) => [row[0] ?? '', row[column]?.replace(/[$,]/g, '')]))
      const rates = [...rows].filter(([code, rate]) => /^[A-Z\d]{5}$/.test(code) && rate)
      const cents = rates.reduce((sum, [, rate]) => sum + Math.round(100 * Number(rate)), 0)
      return { rates: rates.length, dollars: (cents / 100).toFixed(2) }
    }
    const stored = async (table: string, amount: string) =>
      database.rows(
        `select count(${amount}) as rates, sum(${amount}) as dollars from api.${table}_on('2025-02-01')`,
      )
    expect(await stored('asc_procedure', 'payment_rate')).toEqual([counted('AA', 6)])
    expect(await stored('asc_ancillary', 'payment_rate')).toEqual([counted('BB', 6)])
    expect(await stored('asc_device_offset', 'device_offset_amount')).toEqual([counted('FF', 8)])
  })
})
