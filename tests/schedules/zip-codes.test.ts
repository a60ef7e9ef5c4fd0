import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()

/** A record of ZIP5lyout.txt. */
const record = (zip: string, place: string, quarter: string, plusFour = '0') =>
  `AK${zip}${place} Z9   ${plusFour} A${' '.repeat(52)}${quarter}\r\n`

/** Ingests records under a release name, as a folder with one file. */
async function load(release: string, ...records: string[]) {
  const folder = await makeFolder('zip')
  await writeFile(join(folder, `${release}.txt`), records.join(''))
  // Two records are fewer than the sample has.
  const accept = { gates: ['row-count'], because: 'made for this test', operator: 'test' }
  return ingest({ release, from: folder, accept }, database)
}

describe('ZIP5', () => {
  test('the sample release is loaded whole, dated by its name', async () => {
    const from = join(FIXTURES, 'zip5_oct2025.zip')
    const report = await ingest({ release: 'zip5_oct2025', from }, database)
    expect(report).toMatchObject({
      release: 'ZIP5_OCT2025',
      files: [{ dataset: 'zip5', rows_accepted: 860, rows_rejected: 0, versions_written: 860 }],
    })
    expect(
      await database.rows(
        `select zip, state, mac, locality, rural_indicator, plus_four_flag, valid_from, first_release
           from api.zip5_on('2025-10-01') where zip in ('00501', '99501', '99503') order by zip`,
      ),
    ).toEqual([
      {
        zip: '99501',
        state: 'AK',
        mac: '02102',
        locality: '01',
        rural_indicator: null,
        plus_four_flag: '0',
        valid_from: '2025-10-01',
        first_release: 'ZIP5_OCT2025',
      },
    ])
  })

  test('a later release changes what it changes, from its quarter on', async () => {
    await load(
      'ZIP5_JAN2026',
      record('99501', '0210201', '20261'),
      record('99999', '0210201', '20261', '1'),
    )
    expect(
      await database.rows(
        `select zip, plus_four_flag, valid_during from api.zip5_versions where zip in ('99501', '99999') order by zip`,
      ),
    ).toEqual([
      { zip: '99501', plus_four_flag: '0', valid_during: '{[2025-10-01,)}' },
      { zip: '99999', plus_four_flag: '1', valid_during: '{[2026-01-01,)}' },
    ])
  })

  test.each([
    ['ZIP5_APR2026', record('99501', '0210201', '20261'), 'E_WRONG_RELEASE'],
    ['ZIP5_APR2026', record('99501', '02102XX', '20262'), 'E_TOO_MANY_REJECTED'],
    ['ZIP5_FOO2026', record('99501', '0210201', '20262'), 'E_UNKNOWN_RELEASE'],
  ])('%s is refused with what does not belong to it', async (release, line, code) => {
    // Parsing the name throws before there is a promise.
    await expect((async () => load(release, line))()).rejects.toMatchObject({ code })
  })
})
