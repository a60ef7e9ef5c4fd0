/** National amounts of CMS's own January releases, beside a computation from the raw file that shares nothing with ours. */
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { useDatabase } from '../helpers/database.ts'
import { exactFee } from '../helpers/exact.ts'
import { hasReal, REAL } from '../helpers/real.ts'
import { readZip } from '../helpers/zips.ts'

const YEARS = ['09', '11', '12', '13', '14', '15', '16', '18', '20', '23', '25']
const CODES = [
  '99213',
  '99214',
  '71020',
  '93000',
  '66984',
  '27447',
  '90806',
  '78452',
  '99203',
  '70553',
  'G0101',
]

const zipOf = (year: string) =>
  join(REAL, year === '25' ? 'rvu25a-updated-01_10_2025.zip' : `rvu-zips/RVU${year}A.zip`)

/** Where the record layouts say that they stand in the CSV: until 2012 each practice expense has two columns. */
const PLACES = {
  paired: { non_facility: 6, facility: 10, mp: 14, factor: 30, flag: 32, opps: [34, 35, 36] },
  single: { non_facility: 6, facility: 8, mp: 10, factor: 24, flag: 26, opps: [28, 29, 30] },
} as const

/** Amounts outside and in a facility by code, of rows without a modifier. */
async function computed(year: string): Promise<Record<string, [string, string]>> {
  const [, bytes] =
    [...(await readZip(zipOf(year)))].find(([name]) => /PPRRVU[^/]*\.csv$/i.test(name)) ?? []
  const { data } = Papa.parse<string[]>(Buffer.from(bytes ?? []).toString('latin1'))
  const at = year < '13' ? PLACES.paired : PLACES.single
  const amounts: Record<string, [string, string]> = {}
  for (const row of data.filter(([code = '', modifier]) => CODES.includes(code) && !modifier)) {
    const cell = (place: number) => row[place]?.trim() ?? ''
    // Flag 2 was 5 percent more for psychotherapy.
    const raised = cell(at.flag) === '2' ? 105n : 100n
    const [non_facility_opps, facility_opps, mp_opps] = at.opps.map(cell) as [
      string,
      string,
      string,
    ]
    const national = {
      work_gpci: '1',
      pe_gpci: '1',
      mp_gpci: '1',
      conversion_factor: cell(at.factor),
    }
    const amount = (pe: string, opps: string) => {
      const exact = exactFee(cell(5), pe, cell(at.mp), national, raised)
      const capped = Number(opps) > 0 || Number(mp_opps) > 0
      const cap = exactFee(cell(5), opps, mp_opps, national)
      return capped && Number(cap) < Number(exact) ? cap : exact
    }
    amounts[cell(0)] = [
      amount(cell(at.non_facility), non_facility_opps),
      amount(cell(at.facility), facility_opps),
    ]
  }
  return amounts
}

describe.skipIf(!hasReal)("prices of the past, of CMS's own zips", () => {
  const database = useDatabase()

  const priced = (year: string) =>
    database.rows<Record<'hcpcs' | 'amount' | 'facility' | 'basis' | 'factor', string>>(`
      select p.hcpcs, p.non_facility_amount as amount, p.facility_amount as facility, p.basis, p.conversion_factor as factor
        from unnest('{${CODES}}'::text[]) code,
             api.payment(code, '', '00000', '00', '20${year}-01-15') p
       where p.non_facility_amount is not null`)

  test.each(YEARS)('RVU%sA: the amounts equal those of the raw file', async (year) => {
    await ingest({ release: `RVU${year}A`, from: zipOf(year) }, database)
    const found = (await priced(year)).map((row) => [row.hcpcs, [row.amount, row.facility]])
    expect(Object.fromEntries(found)).toEqual(await computed(year))
    expect(found.length).toBeGreaterThan(7)
  })

  test('2011: office visits as the AAFP published them, by the conversion factor of 2010 (news of December 1, 2010)', async () => {
    const rows = await database.rows(`
      select hcpcs, round(non_facility_total_rvu * 36.8729, 2) as amount from api.rvu_on('2011-01-15')
       where hcpcs in ('99213', '99214') order by 1`)
    expect(rows).toEqual([
      { hcpcs: '99213', amount: '74.85' },
      { hcpcs: '99214', amount: '111.36' },
    ])
  })

  test('of a factor that never took effect the basis says so', async () => {
    const basis = async (year: string) =>
      (await priced(year)).find(({ hcpcs }) => hcpcs === '99213')
    expect((await basis('13'))?.basis).toBe(
      'fee schedule (by the 25.0008 dollars per RVU of RVU13A, which never took effect: American Taxpayer Relief Act of 2012 (Public Law 112-240), section 601)',
    )
    expect((await basis('14'))?.basis).toBe('fee schedule')
    expect(await database.rows(`select basis from api.wrvu('99213', '', '2013-01-15')`)).toEqual([
      { basis: 'as published' },
    ])
  })
})
