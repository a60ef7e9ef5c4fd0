/** RVU26A whole: both relative value files (CMS's rows of the excerpt) beside companions as 2026 lays them out. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { unpackFixture } from '../../fixtures/zip.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()

/** Rows of the file that two programs expect of RVU26B and RVU26C. */
const ANES2026 = [
  'Contractor,Locality,Locality Name,Qualifying APM National Anes CF (with 2.5% statutory increase) of 20.599835,Non-Qualifying APM National Anes CF (with 2.5% Statutory increase)  of 20.49754',
  '10112 ,00 ,ALABAMA,19.63,19.53',
  '02102 ,01 ,ALASKA*,28.29,28.15',
  '03102 ,00 ,ARIZONA,20.32,20.22',
]

/** Its GPCI and locality files are those of other releases, the localities with tabs, and OPPSCAP has one code in each locality. */
async function makeRvu26a(): Promise<string> {
  const folder = await makeFolder('rvu26a')
  const write = (name: string, content: string | Buffer) => writeFile(join(folder, name), content)
  for (const [name, content] of await unpackFixture('rvu26a-excerpt.zip')) {
    await write(name.replace('.excerpt', ''), content)
  }
  const gpci = (await unpackFixture('rvu26b.zip')).get('GPCI2026.csv') ?? Buffer.of()
  await write('GPCI2026.csv', gpci)
  await write('ANES2026.csv', ANES2026.map((line) => `${line}\r\n`).join(''))
  const localities = (await unpackFixture('rvu25a.zip')).get('25LOCCO.csv')?.toString('latin1')
  const rows = Papa.parse<string[]>((localities ?? '').replaceAll('2025', '2026')).data
  await write('26LOCCO.txt', Papa.unparse(rows, { delimiter: '\t', newline: '\r\n' }))
  const places = Papa.parse<string[]>(gpci.toString('latin1')).data.filter(([mac]) =>
    /^\d{5}$/.test(mac ?? ''),
  )
  const caps = places.map(([mac, , locality]) => `A4641,,C,${mac},${locality},150.69,150.69\r\n`)
  const header = 'HCPCS,MOD,PROCSTAT,CARRIER,LOCALITY,FACILITY PRICE,NON-FACILTY PRICE\r\n'
  await write('OPPSCAP_JAN.csv', header + caps.join(''))
  return folder
}

test('RVU26A loads with all of its files', async () => {
  const { files, outcome } = await ingest({ release: 'RVU26A', from: await makeRvu26a() }, database)
  expect(outcome).toBe('done')
  expect(
    files.map(({ dataset, rows_read, rows_rejected }) => [dataset, rows_read, rows_rejected]),
  ).toEqual([
    ['anesthesia', 3, 0],
    ['conversion_factor', 2, 0],
    ['gpci', 109, 0],
    ['locality', 110, 0],
    ['opps_cap', 109, 0],
    ['rvu', 12, 0],
    ['rvu_qpp', 2, 0],
  ])
  const factors = await database.rows(
    `select qualifying_apm, conversion_factor, national_conversion_factor
       from api.anesthesia_cf_on('2026-01-15') where mac = '02102' order by qualifying_apm`,
  )
  expect(factors).toEqual([
    { qualifying_apm: false, conversion_factor: '28.15', national_conversion_factor: '20.49754' },
    { qualifying_apm: true, conversion_factor: '28.29', national_conversion_factor: '20.599835' },
  ])
  const payments = await database.rows(
    `select q.apm, p.amount from (values (false), (true)) q (apm)
      cross join lateral api.anesthesia_payment(5, 60, '02102', '01', '2026-01-15', q.apm) p order by 1`,
  )
  // (5 base units + 60 / 15 minutes) times the factor of the locality.
  expect(payments).toEqual([
    { apm: false, amount: '253.35' },
    { apm: true, amount: '254.61' },
  ])
})
