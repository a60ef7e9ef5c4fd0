/**
 * ZIP5, the ZIP code to carrier locality file: which MAC and payment locality a ZIP code lies in.
 * Follows ZIP5lyout.txt in the release's zip. Where the plus-four flag is 1 the ZIP code spans localities,
 * and CMS's nine-digit file decides.
 */
import { defineDataset } from '../dataset.ts'
import { code, locality, mac, optional, stateCode, text, yearQuarter, zip } from '../fields.ts'

export const zip5 = defineDataset({
  name: 'zip5',
  title: 'ZIP codes and their localities (ZIP5)',
  table: 'zip5',
  member: /^ZIP5_(?<month>JAN|APR|JUL|OCT)(?<year>\d{4})/i,
  fields: {
    zip,
    state: stateCode,
    mac,
    locality,
    rural_indicator: optional(code('R', 'B')),
    lab_cb_locality: code('Z1', 'Z2', 'Z9'),
    rural_indicator_2006: optional(code('R', 'B')),
    plus_four_flag: code('0', '1'),
    part_b_payment_indicator: text,
    year_quarter: yearQuarter,
  },
  key: ['zip'],
  constants: ['year_quarter'],
  evidence: { txt: [['2020-01-01', 'real bytes']] },
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
