/**
 * ZIP5, the ZIP code to carrier locality file: which MAC and payment locality a ZIP code lies in.
 * Follows ZIP5lyout.txt in the release's zip. Where the plus-four flag is 1 the ZIP code spans localities,
 * and CMS's nine-digit file decides.
 */
import { locality, mac } from '../columns.ts'
import { code, optional, stateCode, text, yearQuarter, zip } from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'

export const zip5Table = defineTable({
  schema: 'zip',
  name: 'zip5',
  summary: 'ZIP codes and their localities (ZIP5).',
  grain: 'ZIP code',
  columns: {
    zip: column(zip, 'ZIP code, five digits.'),
    state: column(stateCode, 'State in two letters; CMS splits some (EM, WM: Missouri).'),
    mac,
    locality,
    rural_indicator: column(
      optional(code('R', 'B')),
      'Rural by the definitions of 2013: R rural, B super rural; null for urban.',
    ),
    lab_cb_locality: column(
      code('Z1', 'Z2', 'Z9'),
      'Locality of laboratory competitive bidding: Z1, Z2, or Z9 for none.',
    ),
    rural_indicator_2006: column(
      optional(code('R', 'B')),
      'Rural by the definitions of December 2006: R rural, B super rural; null for urban.',
    ),
    plus_four_flag: column(
      code('0', '1'),
      "1 where the ZIP code spans localities and CMS's nine-digit file decides, 0 elsewhere.",
    ),
    part_b_payment_indicator: column(text, 'Part B payment indicator, as CMS prints it.'),
  },
  key: ['zip'],
})

export const zip5 = defineFile({
  name: 'zip5',
  title: 'ZIP codes and their localities (ZIP5)',
  table: zip5Table,
  codes: null,
  member: /^ZIP5_(?<month>JAN|APR|JUL|OCT)(?<year>\d{4})/i,
  constants: { year_quarter: yearQuarter },
  states: { column: 'year_quarter', date: /^(?<year>\d{4})(?<quarter>[1-4])$/ },
  seen: { txt: ['ZIP5_OCT2025'] },
  csv: [],
  txt: [
    {
      since: '2020-01-01',
      record: /^[A-Z]{2}\d{5}/,
      columns: {
        zip: [3, 7],
        state: [1, 2],
        mac: [8, 12],
        locality: [13, 14],
        rural_indicator: [15, 15],
        lab_cb_locality: [16, 17],
        rural_indicator_2006: [18, 18],
        plus_four_flag: [21, 21],
        part_b_payment_indicator: [23, 23],
        year_quarter: [76, 80],
      },
    },
  ],
})
