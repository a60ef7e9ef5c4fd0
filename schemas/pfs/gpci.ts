/**
 * GPCI, Addendum E of the fee schedule rule: geographic practice cost indices of each payment locality.
 * A locality number is unique only within its MAC. The indices hold the floors that law sets: work 1.0
 * (1.5 in Alaska), practice expense 1.0 in frontier states.
 */
import { footnoteMark, locality, localityName, mac } from '../columns.ts'
import { gpci as index, optional, text } from '../fields.ts'
import { type CsvLayout, defineFile, type TxtLayout } from '../file.ts'
import { column, defineTable } from '../table.ts'
import { splitFootnoteMark } from './footnote.ts'
import { seenInZips } from './seen.ts'

export const gpciTable = defineTable({
  schema: 'pfs',
  name: 'gpci',
  summary: 'Geographic practice cost indices (Addendum E).',
  grain: 'MAC, locality',
  columns: {
    mac,
    locality,
    state: column(
      optional(text),
      'State: its name in LOCCO, two letters in GPCI; null where the file names none.',
    ),
    locality_name: localityName,
    footnote_mark: footnoteMark,
    work_gpci: column(index, 'Work GPCI, with the floors of law.'),
    work_gpci_without_floor: column(
      optional(index),
      'Work GPCI without the 1.0 floor; null where CMS does not print it.',
    ),
    pe_gpci: column(index, 'Practice expense GPCI, with the floors of law.'),
    mp_gpci: column(index, 'Malpractice GPCI.'),
  },
  key: ['mac', 'locality'],
})
type Column = keyof typeof gpciTable.columns
type Labels = CsvLayout<Column>['labels']

/** Words that CMS has used for each column, with the year before and a footnote's number behind them. */
const labels: Labels = {
  mac: /^(MEDICARE ADMINISTRATIVE )?(CONTRACTOR|CARRIER)( \(MAC\))?$/,
  state: null,
  locality: /^LOCALITY( NUMBER)?$/,
  // 2014: 'State/County', and the indices as 'Work RVU', 'PE RVU' and 'MP RVU'.
  locality_name: ['LOCALITY NAME', 'STATE/COUNTY'],
  footnote_mark: null,
  work_gpci_without_floor: null,
  work_gpci: /^(YYYY )?(PW|WORK)\W+(GPCI( \d| \(WITH 1\.0 FLOOR\))?|RVU)$/,
  pe_gpci: /^(YYYY )?PE (GPCI( \d)?|RVU)$/,
  mp_gpci: /^(YYYY )?MP (GPCI( \d)?|RVU)$/,
}

const withState: Labels = { ...labels, state: 'STATE' }

/** 2026 prints the work GPCI twice, the one without the 1.0 floor first; CMS's later revisions print it once. */
const since2026: Labels = { ...withState, work_gpci: 'YYYY PW GPCI (WITH 1.0 FLOOR)' }
const bothFloors: Labels = {
  ...since2026,
  work_gpci_without_floor: 'YYYY PW GPCI (WITHOUT 1.0 FLOOR)',
}

const csv: readonly CsvLayout<Column>[] = [
  { since: '2009-01-01', headerRows: 1, labels },
  // 2018: the year stands once, above the three indices.
  { since: '2009-01-01', headerRows: 1, headerRowsBelow: 1, labels },
  { since: '2009-01-01', headerRows: 1, labels: withState },
  { since: '2026-01-01', headerRows: 1, labels: bothFloors },
  { since: '2026-01-01', headerRows: 1, labels: since2026 },
]

/** The columns move from year to year; a line has three indices of three decimals at its end, which a long name may touch. */
const txt: readonly TxtLayout<Column>[] = [
  {
    since: '2009-01-01',
    record: /^\s*\d{4,5}\s/,
    pattern:
      /^\s*(?<mac>\d{4,5})\s+((?<state>[A-Z]{2})\s+)?(?<locality>\d{1,2})\s+(?<locality_name>\S.*?)\s*(?<work_gpci>\d\.\d{3})\s+(?<pe_gpci>\d\.\d{3})\s+(?<mp_gpci>\d\.\d{3})\s*$/,
  },
]

export const gpci = defineFile({
  name: 'gpci',
  title: 'Geographic practice cost indices (GPCI)',
  table: gpciTable,
  codes: null,
  titleDate: /(?<year>20\d\d)\s+(?:PW|WORK|PE|MP|GEOGRAPHIC)\b/i,
  // GPCI2025, GPCI_2011, GPCIS06, 01GPCIS, CY2015_GPCIs, 'CY 2014 GPCI _12172013'
  member: /^(?=\D*(?<!V)(?<year>20\d\d|\d\d)(?!\d)|)(?:CY ?)?[\d _-]*GPCI/i,
  complete: splitFootnoteMark,
  csv,
  txt,
  seen: {
    ...seenInZips,
    csv: [...seenInZips.csv, 'RVU26B'],
  },
})
