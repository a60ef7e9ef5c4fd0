import { describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { isIgnored, matchMembers } from '../../src/ingest/match.ts'
import { datesOf, parseRelease } from '../../src/releases.ts'
import { codeOf } from '../helpers/errors.ts'

const match = (release: string, names: readonly string[], forced?: 'csv' | 'txt' | 'xlsx') => {
  const { effectiveFrom } = datesOf(pfs, parseRelease(release))
  return matchMembers(names, pfs.files, effectiveFrom, forced)
}

describe('names of members', () => {
  test.each([
    ['RVU25A', 'PPRRVU25_JAN.csv', 'rvu'],
    ['RVU25D', 'PPRRVU2025_Oct.csv', 'rvu'],
    ['RVU26A', 'PPRRVU2026_Jan_nonQPP.csv', 'rvu'],
    ['RVU26A', 'PPRRVU2026_Jan_QPP.csv', 'rvu_qpp'],
    ['RVU26A', 'RVU26A/pprrvu2026_jan_qpp.CSV', 'rvu_qpp'],
    ['RVU10AR1', 'PPRRVU10_V1.csv', 'rvu'],
    ['RVU10C_PCT22', 'PPRRVU10_U22.csv', 'rvu'],
    ['RVU11A', 'PPRRVU11_110210(3).csv', 'rvu'],
    ['RVU15C', 'PPRRVU15_UP05_V0622.xlsx', 'rvu'],
    ['RVU16B', 'PPRRVU16_April_V0202.xlsx', 'rvu'],
    ['RVU17C', 'PPRRVU17_JULY_V0503.txt', 'rvu'],
    ['RVU20A', 'PPRRVU20_Jan.csv', 'rvu'],
    ['RVU25D', 'OPPSCAP_Oct.txt', 'opps_cap'],
    ['RVU26A', '26LOCCO.xlsx', 'locality'],
    ['RVU25A', 'GPCI2025.csv', 'gpci'],
    ['RVU11A', 'GPCI_2011.csv', 'gpci'],
    ['RVU14A', 'CY 2014 GPCI _12172013.csv', 'gpci'],
    ['RVU15A', 'CY2015_GPCIs.csv', 'gpci'],
    ['RVU20A', 'ANES2020.xlsx', 'anesthesia'],
  ])('%s: %s is %s', (release, name, dataset) => {
    const { matches, unread } = match(release, [name])
    expect(matches.map((one) => one.dataset.name)).toEqual([dataset])
    expect(unread).toEqual([])
  })

  test('two members that would both serve are refused', () => {
    const names = ['a/GPCI2025.csv', 'b/GPCI2025.csv']
    expect(codeOf(() => match('RVU25A', names))).toBe('E_AMBIGUOUS_FILE')
  })

  test.each(['RVU25A.pdf', 'RVUPUF13.docx', 'README.txt', '__MACOSX/._GPCI2025.csv', '.DS_Store'])(
    '%s is ignored by its name',
    (name) => expect(isIgnored(name)).toBe(true),
  )

  test('a data file that no dataset matches is not ignored, but given as unread', () => {
    expect(isIgnored('NEWTABLE2027.csv')).toBe(false)
    expect(match('RVU25A', ['NEWTABLE2027.csv', 'GPCI2025.csv']).unread).toEqual([
      'NEWTABLE2027.csv',
    ])
  })
})

describe('the format that is read', () => {
  const names = ['GPCI2025.txt', 'GPCI2025.xlsx', 'GPCI2025.csv']
  const formats = (release: string, list: string[], forced?: 'csv' | 'txt' | 'xlsx') =>
    match(release, list, forced).matches.map((one) => one.format)

  test('is the CSV, else the TXT, else the XLSX', () => {
    expect(formats('RVU25A', names)).toEqual(['csv'])
    expect(formats('RVU25A', names.slice(0, 2))).toEqual(['txt'])
    expect(formats('RVU25A', names.slice(1, 2))).toEqual(['xlsx'])
  })

  test('is the forced one, and no other', () => {
    for (const format of ['csv', 'txt', 'xlsx'] as const) {
      expect(formats('RVU25A', names, format)).toEqual([format])
    }
    expect(match('RVU25A', names.slice(0, 1), 'xlsx').missing).toContain(
      pfs.files.find(({ name }) => name === 'gpci'),
    )
  })

  test('PRN is text, and XLS a workbook', () => {
    expect(formats('RVU13A', ['13LOCCO.prn'])).toEqual(['txt'])
    expect(formats('RVU10AR1', ['GPCI10.xls'])).toEqual(['xlsx'])
  })
})
