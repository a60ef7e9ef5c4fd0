import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { asp } from '../../pipelines/asp.ts'
import { ndc } from '../../pipelines/ndc-crosswalk.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

type Database = ReturnType<typeof useDatabase>
const sample = (database: Database, release: string, zip = `${release.toLowerCase()}.zip`) =>
  ingest({ release, from: join(FIXTURES, zip) }, database)

/** All that is known of the drugs, whatever the order in which it was told. */
const state = (database: Database) =>
  database.rows('select hcpcs, content_hash, valid_during from asp.asp order by 1, 2')

describe('payment limits of drugs', () => {
  const database = useDatabase()
  beforeAll(async () => {
    await sample(database, 'ASP25Q1', 'asp25q1-first.zip')
    await sample(database, 'ASP25Q1')
    await sample(database, 'ASP25Q2')
  })

  test('a limit is for one dosage unit, on the days that the file states', async () => {
    const columns = 'hcpcs, dosage, payment_limit, coinsurance_percentage, valid_from, valid_to'
    expect(
      await database.rows(`select ${columns} from api.asp_on('2025-02-01') where hcpcs = 'J1885'`),
    ).toEqual([
      {
        hcpcs: 'J1885',
        dosage: '15 MG',
        payment_limit: '0.751',
        coinsurance_percentage: '20.000',
        valid_from: '2025-01-01',
        valid_to: '2025-03-31',
      },
    ])
    expect(await database.rows(`select from api.asp_on('2025-07-01')`)).toEqual([])
  })

  test('a drug without a limit has none, and its note says why', async () => {
    expect(
      await database.rows(
        `select payment_limit, notes from api.asp_on('2025-01-01') where payment_limit is null`,
      ),
    ).toEqual([{ payment_limit: null, notes: expect.stringMatching(/^microCurie 100% AWP/) }])
  })

  test('vaccines, blood products and clotting factors are told apart', async () => {
    expect(
      await database.rows(
        `select count(blood_limit) as blood, count(*) filter (where clotting_factor) as clotting,
                count(*) filter (where blood_limit <> payment_limit) as others from api.asp_on('2025-01-01')`,
      ),
    ).toEqual([{ blood: 4, clotting: 34, others: 0 }])
  })

  test('a revision within the quarter replaces the first posting, by the day in its name', async () => {
    expect(
      await database.rows(
        `select revision, state, published, published_source from api.release where release = 'ASP25Q1' order by 1`,
      ),
    ).toEqual([
      { revision: 1, state: 'superseded', published: '2024-12-19', published_source: 'file' },
      { revision: 2, state: 'past', published: '2025-03-07', published_source: 'file' },
    ])
    const limit = (source: string) =>
      database.rows(`select payment_limit from ${source} where hcpcs = 'Q5130'`)
    expect(await limit(`api.asp_on('2025-01-01')`)).toEqual([{ payment_limit: '169.694' }])
    const first = `(select loaded_at from api.release where release = 'ASP25Q1' and revision = 1)`
    expect(await limit(`api.asp_as_known('2025-01-01', ${first})`)).toEqual([
      { payment_limit: '183.517' },
    ])
  })

  describe('in another order', () => {
    const other = useDatabase()
    test('gives the same tables', async () => {
      await sample(other, 'ASP25Q2')
      await sample(other, 'ASP25Q1')
      await sample(other, 'ASP25Q1', 'asp25q1-first.zip')
      expect(await state(other)).toEqual(await state(database))
    })
  })

  test.each([
    ['other days', 'Effective April 1, 2025 through June 30, 2025', 'E_WRONG_RELEASE'],
    ['no days', 'Payment limits', 'E_WRONG_RELEASE'],
    ['days in the wrong order', 'Effective July 1, 2025 through June 30, 2025', 'E_WRONG_RELEASE'],
  ])('a file is refused that states %s', async (_, title, code) => {
    const folder = await makeFolder('asp')
    const rows = [
      [title],
      'HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Co-insurance Percentage,Vaccine AWP%,Vaccine Limit,Blood AWP%,Blood limit,Clotting Factor,Notes'.split(
        ',',
      ),
      ['J0001', 'Made up', '1 MG', '1.5', '20', '', '', '', '', '', ''],
    ]
    await writeFile(join(folder, 'July 2025 ASP Pricing File 061525.csv'), Papa.unparse(rows))
    await expect(ingest({ release: 'ASP25Q3', from: folder }, database)).rejects.toMatchObject({
      code,
    })
  })
})

describe('the NDC crosswalk', () => {
  const database = useDatabase()

  test('says which packages a code stands for, with the units in each', async () => {
    const report = await sample(database, 'NDC25Q1')
    expect(report.files).toMatchObject([{ rows_accepted: 185, rows_rejected: 0 }])
    expect(
      await database.rows(
        `select drug_name, package_size, package_quantity, billing_units, billing_units_per_package
           from api.asp_ndc_on('2025-01-01') where ndc = '00781-3156-95'`,
      ),
    ).toEqual([
      {
        drug_name: 'Acetaminophen',
        package_size: '100.0000',
        package_quantity: '10.0000',
        billing_units: '100.0000',
        billing_units_per_package: '1000.0000',
      },
    ])
  })
})

test.each([
  ['january-2025-asp-pricing-file-12_19_24-final-file.zip', 'ASP25Q1'],
  ['july-2020-asp-pricing-file-updated-06012020.zip', 'ASP20Q3'],
  ['2013-October-ASP-Pricing-File.zip', 'ASP13Q4'],
  ['Apr-14-ASP-Pricing-File.zip', 'ASP14Q2'],
  ['April 2026 Medicare Part B Payment Limit Files (ZIP)', 'ASP26Q2'],
  ['january-2025-asp-noc-pricing-file.zip', null],
  ['january-2025-asp-ndc-hcpcs-crosswalk.zip', null],
])('%s is of %s', (name, release) => {
  expect(asp.namedAfter(name)).toBe(release)
})

test('the crosswalk is known by its name', () => {
  const name = 'october-2025-asp-ndc-hcpcs-crosswalk-final-file.zip'
  expect(ndc.namedAfter(name)).toBe('NDC25Q4')
  expect(ndc.namedAfter('october-2025-asp-pricing-final-file.zip')).toBeNull()
})
