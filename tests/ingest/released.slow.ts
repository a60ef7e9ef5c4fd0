/** The day that CMS's relative value files state in their titles, in every real release at hand. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rvu } from '../../schemas/pfs/rvu.ts'
import { matchMembers } from '../../src/ingest/match.ts'
import { releasedIn } from '../../src/ingest/parse.ts'
import { hasReal, REAL } from '../helpers/real.ts'
import { readZip } from '../helpers/zips.ts'

/** By the zip, its release's first day, and the day that the title states. */
const STATED = [
  ['rvu-zips/RVU09A.zip', '2009-01-01', '2008-11-01'],
  ['rvu-zips/RVU11A.zip', '2011-01-01', '2010-11-02'],
  ['rvu-zips/RVU12A.zip', '2012-01-01', '2011-11-01'],
  ['rvu-zips/RVU13A.zip', '2013-01-01', '2012-11-01'],
  ['rvu-zips/RVU14A.zip', '2014-01-01', '2013-12-19'],
  ['rvu-zips/RVU15A.zip', '2015-01-01', '2014-12-23'],
  ['rvu-zips/RVU16A.zip', '2016-01-01', '2016-01-21'],
  ['rvu-zips/RVU18A.zip', '2018-01-01', '2017-12-18'],
  ['rvu-zips/RVU20A.zip', '2020-01-01', '2019-11-08'],
  ['rvu-zips/RVU23A.zip', '2023-01-01', '2023-01-30'],
  ['rvu25a-updated-01_10_2025.zip', '2025-01-01', '2024-12-23'],
  ['rvu25b/rvu25b.zip', '2025-04-01', '2025-06-05'],
  ['rvu25d-0.zip', '2025-10-01', '2025-09-11'],
] as const

describe.skipIf(!hasReal)('RELEASED in the titles of ../shared/cms', () => {
  test.each(STATED)('%s', async (path, effectiveFrom, day) => {
    const members = await readZip(join(REAL, path))
    const said = async (format: 'csv' | 'txt' | 'xlsx') => {
      const [match] = matchMembers([...members.keys()], [rvu], effectiveFrom, format).matches
      const bytes = match && members.get(match.member)
      return match && bytes && releasedIn({ ...match, bytes })
    }
    expect(await said('csv')).toBe(day)
    expect(await said('txt')).toBeNull()
    // A workbook takes a while to open: an XLS and an XLSX stand for the rest.
    if (/09A|25a/.test(path)) expect(await said('xlsx')).toBe(day)
  })
})
