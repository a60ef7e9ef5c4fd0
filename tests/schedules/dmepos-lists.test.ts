/** What a release may do to the columns for areas: name them otherwise, put them in another order, leave one out. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { unpackSource } from '../../fixtures/zip.ts'
import { dmepos } from '../../pipelines/dmepos.ts'
import { tablesOf } from '../../pipelines/schedule.ts'
import { dmeposTable } from '../../schemas/dmepos/dmepos.ts'
import type { Table } from '../../schemas/table.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { loadedRevision } from '../../src/queries/loaded-revision.ts'
import { rowHistory, tableChanges } from '../../src/queries/table-changes.ts'
import { useDatabase } from '../helpers/database.ts'
import { writeSamples } from '../helpers/families.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const samples = await makeFolder('dmepos')

type Rows = string[][]

/** The release of April with the rows of some files changed. */
async function april(changes: readonly [RegExp, (rows: Rows) => Rows][]): Promise<string> {
  const folder = await makeFolder('april')
  for (const [name, content] of await unpackSource(join(samples, 'dme25-b.zip'), () => true)) {
    const text = Buffer.from(content).toString('latin1').trimEnd().replaceAll('\r\n', '\n')
    const [, change = (rows: Rows) => rows] = changes.find(([member]) => member.test(name)) ?? []
    const rows = change(Papa.parse<string[]>(text).data)
    await writeFile(join(folder, name), Papa.unparse(rows))
  }
  return folder
}

const renamed = (names: Readonly<Record<string, string>>) => (rows: Rows) =>
  rows.map((row) => row.map((cell) => names[cell] ?? cell))

/** Columns of states stand behind three others, and before the description. */
const reversed = (rows: Rows) =>
  rows.map((row) => [...row.slice(0, 3), ...row.slice(3, -1).reverse(), ...row.slice(-1)])

const AREAS = {
  'Albany, NY': 'Ñandú "Al\\bany" {x}, NULL, NY',
  'Akron, OH': 'null, OH',
}

beforeAll(async () => {
  await writeSamples('dmepos', samples)
  await ingest({ release: 'DME25A', from: join(samples, 'dme25a.zip') }, database)
})

describe('a release whose columns for areas are others', () => {
  const load = async (accepted?: string, fees = {}) => {
    const from = await april([
      [/^DMEPOS/, renamed({ 'VI (NR)': 'GU (NR)', 'VI (R)': 'GU (R)', ...fees })],
      [/^DMEPEN/, reversed],
      [/Fee Schedule File/, renamed(AREAS)],
    ])
    const accept = accepted && { gates: [accepted], because: 'renamed', operator: 'test' }
    return ingest({ release: 'DME25B', from, ...(accept && { accept }) }, database)
  }

  test('is refused where it lacks one, which is named', async () => {
    await expect(load()).rejects.toMatchObject({
      code: 'E_GATE',
      message: expect.stringMatching(
        /dmepos has no column for VI, where DME25A had.*dmepos_former_cba has no column for Akron, OH; Albany, NY, where DME25A had/s,
      ),
    })
  })

  test('is compared by the amounts of those that both have', async () => {
    await expect(load('areas-kept', { '2.54': '254.00' })).rejects.toMatchObject({
      code: 'E_GATE',
      message: expect.stringContaining('A4351///AL: 2.53 dollars before, 254.00 now'),
    })
  })

  describe('once that is accepted', () => {
    beforeAll(() => load('areas-kept'))

    test('names each to the letter', async () => {
      const found = await database.rows<{ area: string }>(
        `select distinct area from api.dmepos_former_cba_on('2025-04-01')
         except select area from api.dmepos_former_cba_on('2025-03-31')`,
      )
      expect(found.map(({ area }) => area).sort()).toEqual(Object.values(AREAS).sort())
    })

    test('writes nothing where only their order is another', async () => {
      expect(await database.rows('select distinct valid_during from dmepos.dmepos_pen')).toEqual([
        { valid_during: '{[2025-01-01,)}' },
      ])
    })

    test('differs by what came and went alone', async () => {
      const { db } = database.session
      const [before, after] = await Promise.all(
        ['DME25A', 'DME25B'].map((release) => loadedRevision(db, release)),
      )
      if (!before || !after) throw new Error('a release is not loaded')
      const changes = await tableChanges(db, [dmeposTable as unknown as Table], before, after)
      const ofCode = changes.filter(({ key }) => key.hcpcs === 'A4351' && key.modifier === '')
      expect(ofCode.map(({ change, key }) => `${key.state} ${change}`).sort()).toEqual([
        ...['AL changed', 'GU added', 'VI deleted'],
      ])
      const history = await rowHistory(db, tablesOf(dmepos), 'A4351')
      const daysOf = (state: string) =>
        history
          .filter(({ key }) => key.state === state && key.modifier === '')
          .map(({ valid_from, valid_to, first_release }) => [valid_from, valid_to, first_release])
      const ended = ['2025-01-01', '2025-03-31', 'DME25A']
      const begun = ['2025-04-01', null, 'DME25B']
      expect([...daysOf('VI'), ...daysOf('GU'), ...daysOf('AL')]).toEqual([
        ...[ended, begun, ended, begun],
      ])
      expect(daysOf('AK')).toEqual([['2025-01-01', null, 'DME25A']])
    })

    test('says the same of an area as before, by its hash, whatever it says of others', async () => {
      expect(
        await database.rows(
          `select state, count(distinct content_hash)::int as said
             from api.dmepos_known where hcpcs = 'A4351' and modifier = '' and state in ('AK', 'AL') group by 1 order by 1`,
        ),
      ).toEqual([
        { state: 'AK', said: 1 },
        { state: 'AL', said: 2 },
      ])
      // What it says is beside its key: the territory that took the place of another has its fees.
      expect(
        await database.rows(
          `select count(distinct content_hash)::int as said from api.dmepos_known where hcpcs = 'A4351' and state in ('GU', 'VI')`,
        ),
      ).toEqual([{ said: 1 }])
    })
  })
})

describe('a record that was rejected', () => {
  const message = 'expected dollars, found "?" in AL'
  beforeAll(async () => {
    await database.rows(
      `delete from dmepos.dmepos where (hcpcs, modifier, modifier_2) in (('A4351', '', ''), ('E0981', 'NU', ''), ('E0981', 'UE', 'KE'))`,
    )
    await database.rows(
      `insert into ops.rejected_row (run_id, dataset, file, line, raw, key, issues)
       select max(run_id), 'dmepos', 'DMEPOS.csv', line, '', key, '[{"column": "rural_fee", "message": "${message.replaceAll('"', '\\"')}"}]'
         from ops.run, (values (8, '{"hcpcs": "A4351", "modifier": "", "modifier_2": ""}'::jsonb),
                               (9, '{"hcpcs": "E0981", "modifier": "NU", "modifier_2": ""}'),
                               (10, '{"hcpcs": "E0981", "modifier": "UE", "modifier_2": "KE"}')) r (line, key)
        where release = 'DME25A' and outcome = 'done' group by line, key`,
    )
  })

  const told = expect.stringContaining(`was rejected (line`)
  test.each([
    ['A4351', ''],
    ['E0981', 'NU'],
    // Its fee without the second modifier is there.
    ['E0981', 'UE KE'],
  ])('is why %s with %s has no fee', async (hcpcs, modifier) => {
    const asked = `('${hcpcs}', '${modifier}', '35004', '2025-02-01')`
    expect(await database.rows(`select amount, basis from api.dmepos_payment${asked}`)).toEqual([
      { amount: null, basis: told },
    ])
    expect(await database.rows(`select amount, basis from api.price_on${asked}`)).toEqual([
      { amount: null, basis: told },
    ])
  })
})
