/** Files of DMEPOS that have columns for areas: lists in the database, and a row for each area in `api`. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { unpackSource } from '../../fixtures/zip.ts'
import { dmepos } from '../../pipelines/dmepos.ts'
import { tablesOf } from '../../pipelines/schedule.ts'
import { dmepos as stateFees } from '../../schemas/dmepos/dmepos.ts'
import { formerCba } from '../../schemas/dmepos/former-cba.ts'
import { pen } from '../../schemas/dmepos/pen.ts'
import type { SourceFile } from '../../schemas/file.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { loadedRevision } from '../../src/queries/loaded-revision.ts'
import { rowHistory, tableChanges } from '../../src/queries/table-changes.ts'
import { useDatabase } from '../helpers/database.ts'
import { writeSamples } from '../helpers/families.ts'
import { makeFolder } from '../helpers/folder.ts'
import { readFileOf } from '../helpers/release.ts'

const read = (dataset: SourceFile, member: string, lines: readonly string[]) =>
  readFileOf(dataset, 'DME25A', member, `${lines.join('\n')}\n`)

const HEADER = 'HCPCS,MOD,MOD2,AL (NR),AL (R),AK (NR),DESCRIPTION'
const txt = (code: string, state: string, fees: [base: string, fee: string], mark = ' ') =>
  `2025~${code}~  ~  ~${fees[0]}~${state}   ~${fees[1]} ~${mark}~Feeding kit`

describe('a record', () => {
  const csv = ['2025 Fee Schedule', HEADER, 'B4034,,,8.12,7.50,6.03,Feeding kit']

  test('has its areas in the order of their names, an amount that CMS does not print being null', async () => {
    const { rows } = await read(pen, 'DMEPEN_JAN.csv', csv)
    expect(rows).toMatchObject([
      { state: '{"AK","AL"}', non_rural_fee: '{"6.03","8.12"}', rural_fee: '{null,"7.50"}' },
    ])
  })

  test('is the same from lines of one state each', async () => {
    const lines = [
      txt('B4034', 'AL', ['000007.50', '000008.12'], 'R'),
      txt('B4034', 'AK', ['000005.00', '000006.03']),
    ]
    const { rows, read: records } = await read(pen, 'DMEPEN_JAN.txt', lines)
    expect(rows).toEqual((await read(pen, 'DMEPEN_JAN.csv', csv)).rows)
    expect(records).toBe(1)
    const tabbed = csv.slice(1).map((line) => line.replaceAll(',', '\t'))
    expect((await read(pen, 'DMEPEN_JAN.txt', tabbed)).rows).toEqual(rows)
  })

  test('does not take up lines that do not fit: each of them is told', async () => {
    const lines = [
      txt('B4034', 'AL', ['000007.50', '000008.12'], 'R'),
      txt('B4034', 'AK', ['000005.00', '00006.03']),
      txt('B4035', 'AK', ['000005.00', '00006.03']),
    ]
    const { rows, rejected } = await read(pen, 'DMEPEN_JAN.txt', lines)
    expect(rows).toMatchObject([{ hcpcs: 'B4034', state: '{"AL"}' }])
    expect(rejected.map(({ issues: [issue] }) => issue?.message)).toEqual(
      lines.slice(1).map((line) => `there is ${JSON.stringify(line)}`),
    )
  })

  test('is rejected as a whole where one of its amounts is none, or a state stands twice', async () => {
    const wrong = await read(pen, 'DMEPEN_JAN.csv', [...csv, 'B4035,,,8.12,?,6.03,Feeding kit'])
    expect(wrong.rows).toHaveLength(1)
    expect(wrong.rejected).toMatchObject([
      {
        line: 4,
        key: { hcpcs: 'B4035', modifier: '', modifier_2: '' },
        issues: [{ column: 'rural_fee', message: expect.stringMatching(/found "\?" in AL$/) }],
      },
    ])
    const al = txt('B4034', 'AL', ['000007.50', '000008.12'], 'R')
    const twice = await read(pen, 'DMEPEN_JAN.txt', [al, al])
    expect(twice.rejected).toMatchObject([
      { issues: [{ column: 'state', message: 'AL stands twice' }] },
    ])
  })

  test('is told once for all areas that have the same fault, by the first of them', async () => {
    const { rejected } = await read(pen, 'DMEPEN_JAN.csv', [...csv, 'B4035,,,?,7.50,?,Feeding kit'])
    expect(rejected.map(({ issues }) => issues)).toEqual([
      [{ column: 'non_rural_fee', message: expect.stringMatching(/found "\?" in AK$/) }],
    ])
  })

  test('is of a file that is refused where two columns are of one state, however they are spelled', async () => {
    const twice = 'HCPCS,MOD,MOD2,AL (NR),AL(NR),DESCRIPTION'
    await expect(
      read(pen, 'DMEPEN_JAN.csv', ['Fees', twice, 'B4034,,,,9.12,Feeding kit']),
    ).rejects.toMatchObject({
      code: 'E_HEADER_DRIFT',
      message: expect.stringContaining('doubled: ["AL(NR)"]'),
    })
  })

  test('is rejected where an area has a tab in its name, of which PostgreSQL would make a letter', async () => {
    const header = 'HCPCS,MOD,MOD2,MOD3,CATG,"Ak\tron, OH",DESCRIPTION'
    const member = 'Former CBA Fee Schedule File_JAN 2025.csv'
    const lines = ['Fees', header, 'E0601,RR,,,CR,55.11,Device']
    expect((await read(formerCba, member, lines)).rejected).toMatchObject([
      { issues: [{ column: 'area', message: 'expected text without control characters' }] },
    ])
  })

  test('needs a column for an area', async () => {
    const none = ['Fees', 'HCPCS,MOD,MOD2,DESCRIPTION', 'B4034,,,Feeding kit']
    expect((await read(pen, 'DMEPEN_JAN.csv', none)).rejected).toMatchObject([
      { issues: [{ column: 'state', message: 'expected a column for each area, found none' }] },
    ])
  })

  test('has all of its areas where the file has no rural ones', async () => {
    const header = 'HCPCS,MOD,MOD2,JURIS,CATG,CEILING,FLOOR,AL (NR),PR (NR),DESCRIPTION'
    const line = 'A4351,,,D,OS,2.53,2.15,2.53,0.00,Catheter'
    const { rows } = await read(stateFees, 'DMEPOS_JAN.csv', ['Fees', header, line])
    expect(rows).toMatchObject([{ state: '{"AL","PR"}', non_rural_fee: '{"2.53",null}' }])
  })
})

describe('where one state changes', async () => {
  const database = useDatabase()
  const ALL = "hcpcs = 'A4351' and modifier = ''"

  const folder = await makeFolder('dmepos')
  beforeAll(async () => {
    await writeSamples('dmepos', folder)
    await ingest({ release: 'DME25A', from: join(folder, 'dme25a.zip') }, database)
  })

  test('by a hundred times, the release is refused, and the state is named', async () => {
    const moved = await makeFolder('moved')
    for (const [name, content] of await unpackSource(join(folder, 'dme25-b.zip'), () => true)) {
      const text = Buffer.from(content).toString('latin1').replace('2.15,2.54', '2.15,254.00')
      await writeFile(join(moved, name), text, 'latin1')
    }
    await expect(ingest({ release: 'DME25B', from: moved }, database)).rejects.toMatchObject({
      code: 'E_GATE',
      message: expect.stringContaining('A4351///AL: 2.53 dollars before, 254.00 now'),
    })
  })

  describe('by a cent', () => {
    beforeAll(() => ingest({ release: 'DME25B', from: join(folder, 'dme25-b.zip') }, database))

    test('one version is written, and the difference is that state alone', async () => {
      expect(
        await database.rows(
          `select cardinality(state) as states, valid_during from dmepos.dmepos where ${ALL} order by 2`,
        ),
      ).toEqual([
        { states: 53, valid_during: '{[2025-01-01,2025-04-01)}' },
        { states: 53, valid_during: '{[2025-04-01,)}' },
      ])
      const { db } = database.session
      const [before, after] = await Promise.all(
        ['DME25A', 'DME25B'].map((release) => loadedRevision(db, release)),
      )
      if (!before || !after) throw new Error('a release is not loaded')
      const changes = await tableChanges(db, tablesOf(dmepos), before, after)
      expect(changes.filter(({ change }) => change === 'changed')).toMatchObject([
        {
          key: { hcpcs: 'A4351', modifier: '', state: 'AL' },
          fields: { non_rural_fee: { before: '2.53', after: '2.54' } },
          amount_change: '0.01',
        },
      ])
    })

    test('its history has both, and that of any other state goes on', async () => {
      const history = await rowHistory(database.session.db, tablesOf(dmepos), 'A4351')
      const of = (state: string) =>
        history
          .filter(({ key }) => key.state === state)
          .map(({ valid_from, valid_to, first_release, row }) => [
            ...[valid_from, valid_to, first_release, row.non_rural_fee],
          ])
      expect(of('AL')).toEqual([
        ['2025-01-01', '2025-03-31', 'DME25A', '2.53'],
        ['2025-04-01', null, 'DME25B', '2.54'],
      ])
      expect(of('AK')).toMatchObject([['2025-01-01', null, 'DME25A', expect.any(String)]])
    })

    test('each day has its fee, and what was believed is told by state', async () => {
      const fee = (source: string) =>
        database.rows(`select non_rural_fee from ${source} where ${ALL} and state = 'AL'`)
      expect(await fee("api.dmepos_on('2025-03-31')")).toEqual([{ non_rural_fee: '2.53' }])
      expect(await fee("api.dmepos_on('2025-04-01')")).toEqual([{ non_rural_fee: '2.54' }])
      expect(await fee("api.dmepos_as_known('2025-04-01', now())")).toEqual([
        { non_rural_fee: '2.54' },
      ])
    })
  })
})
