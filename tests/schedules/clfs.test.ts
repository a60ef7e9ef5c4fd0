import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { clfs } from '../../pipelines/clfs.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const HEADER = 'YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC,LONGDESC,EXTENDED LONGDESC\r\n'
const row = (code: string, day: string, rate = '00010.50', indicator = 'N', year = '2025') =>
  `${year},${code},,${day},${indicator},${rate},Made up,Made up,Made up\r\n`

async function load(
  database: ReturnType<typeof useDatabase>,
  release: string,
  ...rows: readonly string[]
) {
  const folder = await makeFolder('clfs')
  const [, year, quarter] = /CLFS(\d\d)Q(\d)/.exec(release) ?? []
  const title = `20${year} Clinical Diagnostic Laboratory Fee Schedule ,,,,,,,,\r\n`
  const text = title + HEADER + rows.join('')
  await writeFile(join(folder, `PUF_CLFS_CY20${year}_Q${quarter}V1.csv`), text)
  return ingest({ release, from: folder }, database)
}

describe('the laboratory fee schedule', () => {
  const database = useDatabase()
  const versions = (code: string) =>
    database.rows(
      `select rate, valid_from, valid_to, first_release from api.clfs_versions where hcpcs = '${code}' order by valid_from`,
    )

  test('a version begins on the first day of its code, and ends with its code', async () => {
    await load(database, 'CLFS25Q1', row('G0001', '20250101'), row('G0002', '20250215'))
    await load(database, 'CLFS25Q2', row('G0001', '20250101'), row('G0003', '20250401'))
    expect(await versions('G0001')).toEqual([
      { rate: '10.50', valid_from: '2025-01-01', valid_to: null, first_release: 'CLFS25Q1' },
    ])
    expect(await versions('G0002')).toMatchObject([
      { valid_from: '2025-02-15', valid_to: '2025-03-31' },
    ])
    expect(await versions('G0003')).toMatchObject([{ valid_from: '2025-04-01', valid_to: null }])
    expect(await database.rows(`select hcpcs from api.clfs_on('2025-02-14')`)).toEqual([
      { hcpcs: 'G0001' },
    ])
  })

  test('another first day each January makes no version', async () => {
    const same = row('G0001', '20260101', '10.5', 'N', '2026')
    await load(database, 'CLFS26Q1', same, row('G0003', '20260101', '10.51', 'N', '2026'))
    expect(await versions('G0001')).toHaveLength(1)
    expect(await versions('G0003')).toHaveLength(2)
  })

  test('a test that the contractor prices has no rate', async () => {
    await load(database, 'CLFS26Q2', row('G0004', '20260401', '00000.00', 'L', '2026'))
    expect(await database.rows(`select rate, indicator from api.clfs_on('2026-04-01')`)).toEqual([
      { rate: null, indicator: 'L' },
    ])
  })

  test.each([
    ['of another year', row('G0001', '20260701', '1.00', 'N', '2025'), 'E_WRONG_RELEASE'],
    ['a national rate of nothing', row('G0001', '20260701', '0.00', 'N', '2026'), 'E_TOO_MANY'],
    ['a local rate', row('G0001', '20260701', '1.00', 'L', '2026'), 'E_TOO_MANY'],
    ['no such day', row('G0001', '20260732', '1.00', 'N', '2026'), 'E_TOO_MANY'],
    ['three decimals', row('G0001', '20260701', '1.005', 'N', '2026'), 'E_TOO_MANY'],
  ])('a row is refused: %s', async (_, line, code) => {
    await expect(load(database, 'CLFS26Q3', line)).rejects.toMatchObject({
      code: expect.stringMatching(code),
    })
  })
})

describe('the sample of January 2025', () => {
  const database = useDatabase()

  test('is one in each format, but for the long descriptions that the TXT lacks', async () => {
    const rows: object[][] = []
    for (const format of ['csv', 'xlsx', 'txt'] as const) {
      const report = await ingest(
        { release: 'CLFS25Q1', from: join(FIXTURES, 'clfs25q1.zip'), format },
        database,
      )
      expect(report.files).toMatchObject([{ rows_accepted: 46, rows_rejected: 0 }])
      rows.push(
        await database.rows(
          `select hcpcs, modifier, indicator, rate, short_description, long_description from api.clfs_on('2025-01-01') order by 1, 2`,
        ),
      )
    }
    const [csv, xlsx, txt] = rows
    expect(xlsx).toEqual(csv)
    expect(txt).toEqual(csv?.map((row) => ({ ...row, long_description: null })))
    expect(csv).toContainEqual(expect.objectContaining({ hcpcs: 'G0103', rate: '19.31' }))
  })
})

test.each([
  ['25CLABQ1.zip', 'CLFS25Q1'],
  ['25CLABQ3v2.zip', 'CLFS25Q3'],
  ['18CLAB.zip', 'CLFS18Q1'],
  ['CLFS 2025 Q4V1.csv', 'CLFS25Q4'],
  ['PUF_CLFS_CY2026_Q3V1.xlsx', 'CLFS26Q3'],
  ['26clabq2', 'CLFS26Q2'],
  ['Gapfill-Pricing-Inquiries', null],
])('%s is of %s', (name, release) => {
  expect(clfs.namedAfter(name)).toBe(release)
})
