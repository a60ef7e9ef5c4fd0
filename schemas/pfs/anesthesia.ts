/**
 * ANES: the anesthesia conversion factor of each locality, in dollars per unit. The national factor stands in
 * header cells ('National Anes CF of 20.3178'); the TXT does not give it. Until 2025 one factor served everybody,
 * so both rows of a locality hold it; from 2026 the file has a column for qualifying APM participants.
 */
import {
  conversionFactor,
  footnoteMark,
  locality,
  localityName,
  mac,
  qualifyingApm,
} from '../columns.ts'
import { money, optional, printedFactor } from '../fields.ts'
import { type CsvLayout, defineFile, type Places, type SourceRecord } from '../file.ts'
import { column, defineTable } from '../table.ts'
import { splitFootnoteMark } from './footnote.ts'
import { seenInZips } from './seen.ts'

export const anesthesiaTable = defineTable({
  schema: 'pfs',
  name: 'anesthesia_cf',
  summary:
    'Anesthesia conversion factors (ANES), in dollars per unit. Until 2025 one factor served everybody: both rows of a locality hold it.',
  grain: 'MAC, locality, qualifying_apm',
  columns: {
    mac,
    locality,
    qualifying_apm: qualifyingApm,
    locality_name: localityName,
    footnote_mark: footnoteMark,
    conversion_factor: column(money, conversionFactor.description),
    national_conversion_factor: column(
      optional(printedFactor),
      'National anesthesia conversion factor, in dollars per unit, with all the decimals that CMS prints; null where the file does not give it.',
    ),
  },
  key: ['mac', 'locality', 'qualifying_apm'],
})

const RECORD = [
  'mac',
  'locality',
  'locality_name',
  'footnote_mark',
  'conversion_factor',
  'national',
  'qualifying_conversion_factor',
  'qualifying_national',
] as const
type Field = (typeof RECORD)[number]

function complete(records: readonly SourceRecord[], at: Places<Field>): void {
  splitFootnoteMark(records, at)
  for (const { cells } of records) {
    // A header that says 0.0000 gives no factor: absent, not zero.
    if (/^[0.]*$/.test(cells[at.national] ?? '')) cells[at.national] = null
    // The TXT, and the CSV of 2014 and 2015, print cents: 2141 is 21.41. No factor has had three digits before the point.
    for (const place of [at.conversion_factor, at.qualifying_conversion_factor]) {
      const factor = cells[place] ?? ''
      if (/^\d{4}$/.test(factor)) cells[place] = `${factor.slice(0, 2)}.${factor.slice(2)}`
    }
  }
}

const labels: CsvLayout<Field>['labels'] = {
  mac: /^(CONTRACTOR|CARRIER)( NUMBER)?$/,
  locality: /^LOCALITY( NUMBER)?$/,
  locality_name: 'LOCALITY NAME',
  footnote_mark: null,
  // The XLSX leaves out 'National'.
  conversion_factor: /^(YYYY |NATIONAL )?ANES(THESIA|\.)? (CF|CONVERSION FACTOR)\b/,
  national: null,
  qualifying_conversion_factor: null,
  qualifying_national: null,
}

const nationalIn = (field: Field, of: Field) => ({
  field,
  column: of,
  pattern: /\bANES.*\bOF\s+\$?(\d+\.\d+)\s*$/i,
})

const TXT_START = String.raw`^\s*(?<mac>\d{5})\s+(?<locality>\d\d)\s+(?<locality_name>\S.*?)\s+`

export const anesthesia = defineFile({
  name: 'anesthesia',
  title: 'Anesthesia conversion factors (ANES)',
  table: anesthesiaTable,
  codes: null,
  titleDate: /(?<year>20\d\d)\s+ANES/i,
  member: /^(?=\D*(?<!V)(?<year>20\d\d|\d\d)(?!\d)|)(?:CY ?)?[\d _-]*ANES/i,
  record: RECORD,
  rows(cell) {
    const place = {
      mac: cell('mac'),
      locality: cell('locality'),
      locality_name: cell('locality_name'),
      footnote_mark: cell('footnote_mark'),
    }
    const ordinary = [cell('conversion_factor'), cell('national')] as const
    const qualifying = [cell('qualifying_conversion_factor'), cell('qualifying_national')] as const
    return [
      ['false', ordinary] as const,
      ['true', qualifying[0] === null ? ordinary : qualifying] as const,
    ].map(([qualifying_apm, [conversion_factor, national_conversion_factor]]) => ({
      ...{ ...place, qualifying_apm, conversion_factor, national_conversion_factor },
    }))
  },
  complete,
  csv: [
    {
      since: '2009-01-01',
      headerRows: 1,
      labels,
      headerData: [nationalIn('national', 'conversion_factor')],
    },
    // 2009 has the year in a row of its own.
    { since: '2009-01-01', headerRows: 2, labels },
    // 2015 has no header.
    {
      since: '2009-01-01',
      headerRows: 0,
      labels,
      headerless: ['mac', 'locality', 'locality_name', 'conversion_factor'],
    },
    {
      since: '2026-01-01',
      headerRows: 1,
      labels: {
        ...labels,
        qualifying_conversion_factor: /^QUALIFYING APM NATIONAL ANES CF\b/,
        conversion_factor: /^NON-QUALIFYING APM NATIONAL ANES CF\b/,
      },
      headerData: [
        nationalIn('qualifying_national', 'qualifying_conversion_factor'),
        nationalIn('national', 'conversion_factor'),
      ],
    },
  ],
  txt: [
    {
      since: '2009-01-01',
      record: /^\s*\d{5}\s/,
      pattern: new RegExp(`${TXT_START}(?<conversion_factor>\\d{4}|\\d\\d(\\.\\d{1,2})?)\\s*$`),
    },
    {
      since: '2026-01-01',
      record: /^\s*\d{5}\s/,
      pattern: new RegExp(
        `${TXT_START}(?<qualifying_conversion_factor>\\d{4})\\s+(?<conversion_factor>\\d{4})\\s*$`,
      ),
    },
  ],
  alike: ['conversion_factor'],
  seen: seenInZips,
})
