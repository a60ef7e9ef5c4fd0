/**
 * ANES: the anesthesia conversion factor of each locality, in dollars per unit. The national factor stands
 * in the header of the CSV's last column ('National Anes CF of 20.3178'); the TXT does not give it.
 */
import { defineDataset } from '../dataset.ts'
import { conversionFactor, locality, mac, money, optional, text } from '../fields.ts'
import { splitFootnoteMark } from './footnote.ts'

export const anesthesia = defineDataset({
  name: 'anesthesia',
  title: 'Anesthesia conversion factors (ANES)',
  table: 'anesthesia_cf',
  member: /^ANES(?<year>\d{4}|\d{2})?/i,
  fields: {
    mac,
    locality,
    locality_name: text,
    footnote_mark: optional(text),
    conversion_factor: money,
    national_conversion_factor: optional(conversionFactor),
  },
  key: ['mac', 'locality'],
  complete(records) {
    splitFootnoteMark(records)
    for (const { values } of records) {
      // A header that says 0.0000 gives no factor: absent, not zero.
      if (/^[0.]*$/.test(values.national_conversion_factor ?? '')) {
        values.national_conversion_factor = null
      }
    }
  },
  csv: [
    {
      since: '2020-01-01',
      headerRows: 1,
      labels: {
        mac: 'CONTRACTOR',
        locality: 'LOCALITY',
        locality_name: 'LOCALITY NAME',
        footnote_mark: null,
        conversion_factor: 'NATIONAL ANES CF OF #',
        national_conversion_factor: null,
      },
      headerData: {
        field: 'national_conversion_factor',
        column: 'conversion_factor',
        pattern: /ANES CF OF (\d+\.\d+)/i,
      },
    },
  ],
  txt: [
    {
      since: '2020-01-01',
      record: /^\d{5}\s/,
      columns: {
        mac: [1, 5],
        locality: [13, 14],
        locality_name: [19, 58],
        footnote_mark: null,
        conversion_factor: [70, 77],
        national_conversion_factor: null,
      },
      impliedDecimals: { conversion_factor: 2 },
    },
  ],
})
