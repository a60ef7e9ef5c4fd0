/**
 * The clinical laboratory fee schedule: what Medicare pays for laboratory tests, in dollars, the same everywhere.
 * Follows the columns of CMS's file; Medicare Claims Processing Manual, chapter 16, section 20. Its descriptions of CPT
 * codes are the AMA's.
 */
import { hcpcs } from '../columns.ts'
import {
  calendarYear,
  code,
  modifier,
  money,
  noneWhere,
  optional,
  text,
  whereLaidOut,
} from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'

export const clfsTable = defineTable({
  schema: 'clfs',
  name: 'clfs',
  summary: 'Clinical laboratory fee schedule, in dollars.',
  grain: 'HCPCS code, modifier',
  columns: {
    hcpcs,
    modifier: column(
      modifier,
      'QW: a test that laboratories with a certificate of waiver may perform; empty text elsewhere.',
    ),
    indicator: column(
      code('N', 'L'),
      'Who sets the rate: N one national rate, L the Medicare Administrative Contractor.',
    ),
    rate: column(
      optional(noneWhere(/^0*\.?0*$/, money)),
      'National rate in dollars. Null where the contractor sets it, for which CMS prints 0.00.',
    ),
    short_description: column(
      text,
      'Short description of CMS, at most 28 characters; of CPT codes licensed by the AMA.',
    ),
    long_description: column(
      whereLaidOut(text),
      'Long description of CMS, cut at 80 characters; of CPT codes licensed by the AMA. Null in a TXT, which has none.',
    ),
    extended_description: column(
      whereLaidOut(text),
      'Long description in full; of CPT codes licensed by the AMA. Null in a TXT, which has none.',
    ),
  },
  key: ['hcpcs', 'modifier'],
  amount: 'rate',
  rowCheck(cell, report) {
    if ((cell('indicator') === 'N') !== (cell('rate') !== null)) {
      report('rate', `indicator ${cell('indicator')} does not go with rate ${cell('rate')}`)
    }
  },
})

export const clfs = defineFile({
  name: 'clfs',
  title: 'Clinical laboratory fee schedule (CLFS)',
  table: clfsTable,
  codes: {
    column: 'hcpcs',
    descriptions: ['short_description', 'long_description', 'extended_description'],
  },
  // CLFS 2025 Q1V1, CLFS_2026_Q1V1, PUF_CLFS_CY2026_Q3V1.
  member: /CLFS[ _](?:CY)?(?<year>20\d\d)[ _]?Q(?<quarter>[1-4])/i,
  constants: { year: calendarYear },
  states: { column: 'year', date: /^(?<year>\d{4})$/ },
  titleDate: /^(?<year>20\d\d) Clinical/,
  firstDay: 'effective_from',
  // From 2024 Q4 to 2026 Q1 no rate became more than 3.0 times what it was. The law limits what a rate may fall in a year
  // (42 CFR 414.507(d)), not what it may rise.
  mayChange: {
    rows: { withinYear: 5, acrossYears: 12 },
    amounts: { times: 20, doubled: 2 },
  },
  seen: {
    csv: ['CLFS24Q4', 'CLFS25Q1'],
    txt: ['CLFS24Q4', 'CLFS25Q1'],
    xlsx: ['CLFS24Q4', 'CLFS25Q1', 'CLFS26Q1'],
  },
  csv: [
    {
      since: '2018-01-01',
      headerRows: 1,
      labels: {
        year: 'YEAR',
        hcpcs: 'HCPCS',
        modifier: 'MOD',
        effective_from: 'EFF_DATE',
        indicator: 'INDICATOR',
        rate: 'RATE',
        short_description: 'SHORTDESC',
        long_description: 'LONGDESC',
        extended_description: ['EXTENDED LONGDESC', 'EXTENDEDLONGDESC'],
      },
    },
  ],
  txt: [
    {
      since: '2018-01-01',
      record: /^20\d\d~/,
      delimiter: '~',
      fields: [
        'year',
        'hcpcs',
        'modifier',
        'effective_from',
        'indicator',
        'rate',
        'short_description',
      ],
    },
  ],
})
