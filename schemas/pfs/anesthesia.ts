/**
 * ANES: the anesthesia conversion factor of each locality, in dollars per unit. The national factor stands
 * in the header of the CSV's last column ('National Anes CF of 20.3178'); the TXT does not give it.
 * Before 2020 no layout is published anywhere: the file is read with the oldest one known, which refuses
 * whatever differs.
 */
import { footnoteMark, locality, localityName, mac } from '../columns.ts'
import { defineDataset } from '../dataset.ts'
import { conversionFactor, money, optional } from '../fields.ts'
import { column, defineTable } from '../table.ts'
import { splitFootnoteMark } from './footnote.ts'

export const anesthesiaTable = defineTable({
  schema: 'pfs',
  name: 'anesthesia_cf',
  summary: 'Anesthesia conversion factors (ANES), in dollars per unit.',
  grain: 'MAC, locality',
  columns: {
    mac,
    locality,
    locality_name: localityName,
    footnote_mark: footnoteMark,
    conversion_factor: column(
      money,
      'Conversion factor, in dollars per RVU; in anesthesia dollars per unit.',
    ),
    national_conversion_factor: column(
      optional(conversionFactor),
      'National anesthesia conversion factor, in dollars per unit; null where the file does not give it.',
    ),
  },
  key: ['mac', 'locality'],
})

export const anesthesia = defineDataset({
  name: 'anesthesia',
  title: 'Anesthesia conversion factors (ANES)',
  table: anesthesiaTable,
  codes: null,
  member: /^(?=\D*(?<year>20\d\d|\d\d)|)(?:CY ?)?[\d _-]*ANES/i,
  complete(records, at) {
    splitFootnoteMark(records, at)
    for (const { cells } of records) {
      // A header that says 0.0000 gives no factor: absent, not zero.
      if (/^[0.]*$/.test(cells[at.national_conversion_factor] ?? '')) {
        cells[at.national_conversion_factor] = null
      }
    }
  },
  csv: [
    {
      since: '2003-01-01',
      headerRows: 1,
      labels: {
        mac: /^(CONTRACTOR|CARRIER)( NUMBER)?$/,
        locality: /^LOCALITY( NUMBER)?$/,
        locality_name: 'LOCALITY NAME',
        footnote_mark: null,
        // The XLSX leaves out 'National'.
        conversion_factor: /\bANES(THESIA)? (CF|CONVERSION FACTOR)\b/,
        national_conversion_factor: null,
      },
      headerData: {
        field: 'national_conversion_factor',
        column: 'conversion_factor',
        pattern: /ANES.* OF \$?(\d+\.\d+)/i,
      },
    },
  ],
  txt: [
    {
      since: '2003-01-01',
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
  evidence: {
    csv: [
      ['2003-01-01', 'synthetic'],
      ['2024-01-01', 'real values', ['RVU24A', 'RVU24AR', 'RVU24B']],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'synthetic'],
    ],
    txt: [
      ['2003-01-01', 'synthetic'],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'synthetic'],
    ],
    xlsx: [
      ['2003-01-01', 'synthetic'],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'synthetic'],
    ],
  },
})
