/**
 * GPCI, Addendum E of the fee schedule rule: geographic practice cost indices of each payment locality.
 * A locality number is unique only within its MAC. The indices hold the floors that law sets: work 1.0
 * (1.5 in Alaska), practice expense 1.0 in frontier states.
 */
import { footnoteMark, locality, localityName, mac } from '../columns.ts'
import { type CsvLayout, defineDataset, type TxtLayout } from '../dataset.ts'
import { gpci as index, optional, text } from '../fields.ts'
import { column, defineTable } from '../table.ts'
import { splitFootnoteMark } from './footnote.ts'

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

const withState: Labels = {
  mac: ['MEDICARE ADMINISTRATIVE CONTRACTOR (MAC)', 'MEDICARE ADMINISTRATIVE CONTRACTOR'],
  state: 'STATE',
  locality: 'LOCALITY NUMBER',
  locality_name: 'LOCALITY NAME',
  footnote_mark: null,
  work_gpci_without_floor: null,
  work_gpci: 'YYYY PW GPCI (WITH 1.0 FLOOR)',
  pe_gpci: 'YYYY PE GPCI',
  mp_gpci: 'YYYY MP GPCI',
}

const bothFloors: Labels = {
  ...withState,
  work_gpci_without_floor: 'YYYY PW GPCI (WITHOUT 1.0 FLOOR)',
}

/** As GPCI2020.csv has it. */
const withoutState: Labels = { ...withState, state: null, work_gpci: 'YYYY PW GPCI' }

/** Until 2019 only the words of the labels are known, from programs that read the files. */
const words: Labels = {
  ...withoutState,
  mac: [...(withState.mac as string[]), /^(MEDICARE )?(CARRIER|CONTRACTOR|MAC)( NUMBER| NO\.?)?$/],
  locality: /^LOCALITY( NUMBER| NO\.?)?$/,
  locality_name: /^LOCALITY NAME$/,
  work_gpci: /^(YYYY )?(PW|WORK)\W+GPCIS?\W*( ?WITH 1\.0 FLOOR\)?)?$/,
  pe_gpci: /^(YYYY )?(PE|PRACTICE EXPENSE)\W+GPCIS?\W*$/,
  mp_gpci: /^(YYYY )?(MP|MALPRACTICE)\W+GPCIS?\W*$/,
}

const csv: readonly CsvLayout<Column>[] = [
  { since: '2003-01-01', headerRows: 1, labels: words },
  // A public program reads 2019 with its labels over two lines.
  { since: '2003-01-01', headerRows: 1, headerRowsBelow: 1, labels: words },
  { since: '2003-01-01', headerRows: 1, labels: withState },
  { since: '2020-01-01', headerRows: 1, labels: withState },
  { since: '2020-01-01', headerRows: 1, labels: withoutState },
  { since: '2020-01-01', headerRows: 1, labels: { ...withState, work_gpci: 'YYYY PW GPCI' } },
  { since: '2020-01-01', headerRows: 1, labels: bothFloors },
  // 2026 prints the work GPCI twice, the one without the 1.0 floor first; CMS's later postings print it once.
  { since: '2026-01-01', headerRows: 1, labels: bothFloors },
  { since: '2026-01-01', headerRows: 1, labels: withState },
]

const unmarked = { state: null, footnote_mark: null, work_gpci_without_floor: null }

const txt: readonly TxtLayout<Column>[] = [
  {
    // GPCI04.PRN, GPCIS06.PRN, GPCIS08.PRN
    since: '2003-01-01',
    record: /^\d{5}\s/,
    columns: {
      ...unmarked,
      mac: [1, 5],
      locality: [7, 8],
      locality_name: [9, 33],
      work_gpci: [34, 38],
      pe_gpci: [43, 47],
      mp_gpci: [53, 57],
    },
  },
  {
    since: '2009-01-01',
    record: /^\d{5}\s/,
    columns: {
      ...unmarked,
      mac: [1, 5],
      locality: [9, 10],
      locality_name: [11, 44],
      work_gpci: [45, 49],
      pe_gpci: [53, 57],
      mp_gpci: [61, 65],
    },
  },
  {
    since: '2020-01-01',
    record: /^\d{4,5}\s/,
    columns: {
      ...unmarked,
      mac: [1, 16],
      state: [17, 24],
      locality: [25, 29],
      locality_name: [30, 121],
      work_gpci: [122, 126],
      pe_gpci: [134, 138],
      mp_gpci: [146, 150],
    },
  },
]

export const gpci = defineDataset({
  name: 'gpci',
  title: 'Geographic practice cost indices (GPCI)',
  table: gpciTable,
  codes: null,
  // GPCI2025, GPCI_2011, GPCIS06, 01GPCIS, CY2015_GPCIs, 'CY 2014 GPCI _12172013'
  member: /^(?=\D*(?<year>20\d\d|\d\d)|)(?:CY ?)?[\d _-]*GPCI/i,
  complete: splitFootnoteMark,
  csv,
  txt,
  evidence: {
    csv: [
      ['2003-01-01', 'synthetic'],
      ['2020-01-01', 'real values', ['RVU20A', 'RVU22A', 'RVU24A', 'RVU24AR', 'RVU24B']],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'real bytes', ['RVU26B']],
    ],
    txt: [
      ['2003-01-01', 'synthetic'],
      // Nothing tells how the TXT of these years was laid out.
      ['2010-01-01', null],
      ['2021-01-01', 'synthetic'],
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
