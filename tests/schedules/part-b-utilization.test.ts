/** What Medicare was billed by year and state, on a file that is made up in the shape of CMS's. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { unpackFixture } from '../../fixtures/zip.ts'
import { partBUtilization } from '../../pipelines/part-b-utilization.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const [[, bytes] = []] = await unpackFixture('mup_phy_d23-synthetic.zip')
const made = bytes?.toString('latin1') ?? ''

/** Ingests a file of a year as a folder. */
async function load(year: number, text: string, round = 26) {
  const folder = await makeFolder('mup-phy')
  await writeFile(join(folder, `MUP_PHY_R${round}_P05_V10_D${year}_Geo.csv`), text)
  return ingest({ release: `MUP_PHY_D${year}`, from: folder }, database)
}
const benchmark = (where: string) =>
  database.rows(
    `select year, state, setting, patients, services, average_allowed_amount, allowed_amount, release
       from api.benchmark where ${where} order by year, hcpcs, state, setting`,
  )

describe('Part B utilization', () => {
  beforeAll(() => loadSamples(database, 'RVU26B', 'MUP_PHY_D23'))

  test('is named by the year of its data, whatever round CMS posted it in', () => {
    const names = ['MUP_PHY_R25_P05_V20_D23_Geo.csv', 'MUP_PHY_RY24_P05_V10_D22_Geo', 'MUP_PHY_D21']
    expect(names.map((name) => partBUtilization.namedAfter(name))).toEqual([
      'MUP_PHY_D23',
      'MUP_PHY_D22',
      'MUP_PHY_D21',
    ])
    expect(partBUtilization.namedAfter('MUP_INP_RY24_P03_V10_DY22_Geo.CSV')).toBeNull()
  })

  test('tells how often, what was allowed, and where', async () => {
    expect(await benchmark(`hcpcs = 'G0102' and state_code in ('', '01')`)).toEqual([
      {
        year: 2023,
        state: 'Alabama',
        setting: 'non_facility',
        patients: 266,
        services: '267',
        average_allowed_amount: '22.18',
        allowed_amount: '5922.06',
        release: 'MUP_PHY_D23',
      },
      expect.objectContaining({ state: 'National', setting: 'non_facility', patients: 3071 }),
    ])
  })

  test('keeps numbers as printed, and none of the words about codes', async () => {
    expect(
      await database.rows(
        `select distinct services, average_submitted_charge, is_drug from api.benchmark where hcpcs = 'J1100' and state_code = '72'`,
      ),
    ).toEqual([{ services: '520.5', average_submitted_charge: '0.26', is_drug: true }])
    expect(
      await database.rows(`select from mup_phy.utilization u where to_jsonb(u)::text ~* 'made up'`),
    ).toEqual([])
  })

  test('a year stands beside the one before it; what did not change is stored once', async () => {
    const next = made.replace(/,G0102,.*,22\.18,/g, (line) => line.replace(',22.18,', ',23.18,'))
    // Of four rows one version ends and one begins; the others go on.
    expect(await load(24, next)).toMatchObject({ files: [{ versions_written: 8 }] })
    const rows = await benchmark(`hcpcs in ('G0102', 'G0106') and state_code = ''`)
    expect(rows).toMatchObject([
      { year: 2023, average_allowed_amount: '22.18' },
      { year: 2023, average_allowed_amount: '161.7' },
      { year: 2024, average_allowed_amount: '23.18' },
      { year: 2024, average_allowed_amount: '161.7', release: 'MUP_PHY_D24' },
    ])
  })

  test('weighs what editors have written by what Medicare allowed in the latest year', async () => {
    const [code] = await database.rows(
      `select c.allowed_amount = sum(b.allowed_amount) as same, max(b.year) as year
         from api.code_coverage c join api.benchmark b using (hcpcs)
        where hcpcs = 'G0101' and state_code = '' and year = 2024 group by c.allowed_amount`,
    )
    expect(code).toEqual({ same: true, year: 2024 })
    const home = await makeFolder('home')
    const { stdout } = await runCli(['editorial', 'coverage'], database.url, home)
    expect(stdout).toMatch(/^Of each 100 dollars that Medicare allowed for them, \d+\.\d are for/m)
  })

  test.for([
    ['a place that is neither state nor nation', 'National,,National', 'County,,Fresno'],
    ['a state without its code', 'State,01,Alabama', 'State,,Alabama'],
    ['a setting that nobody knows', ',N,O,', ',N,X,'],
    ['an amount with a sign', ',22.18,', ',-22.18,'],
    ['an amount with a dollar sign', ',22.18,', ',$22.18,'],
  ] as const)('%s is refused', async ([, from, to]) => {
    expect(made).toContain(from)
    await expect(load(25, made.replace(from, to))).rejects.toMatchObject({
      code: 'E_TOO_MANY_REJECTED',
    })
  })

  test('a column that is gone is drift', async () => {
    const shorter = made.replace('Avg_Mdcr_Stdzd_Amt', 'Avg_Stdzd')
    await expect(load(25, shorter)).rejects.toMatchObject({ code: 'E_HEADER_DRIFT' })
  })
})
