/**
 * GPCI, Addendum E of the fee schedule rule: geographic practice cost indices of each payment locality.
 * A locality number is unique only within its MAC. The indices hold the floors that law sets: work 1.0
 * (1.5 in Alaska), practice expense 1.0 in frontier states.
 */
import { defineDataset } from '../dataset.ts'
import { gpci as index, locality, mac, optional, text } from '../fields.ts'
import { splitFootnoteMark } from './footnote.ts'

const csv2020 = {
  since: '2020-01-01',
  headerRows: 1,
  labels: {
    mac: 'MEDICARE ADMINISTRATIVE CONTRACTOR (MAC)',
    state: 'STATE',
    locality: 'LOCALITY NUMBER',
    locality_name: 'LOCALITY NAME',
    footnote_mark: null,
    work_gpci_without_floor: null,
    work_gpci: 'YYYY PW GPCI (WITH 1.0 FLOOR)',
    pe_gpci: 'YYYY PE GPCI',
    mp_gpci: 'YYYY MP GPCI',
  },
} as const

export const gpci = defineDataset({
  name: 'gpci',
  title: 'Geographic practice cost indices (GPCI)',
  table: 'gpci',
  member: /^GPCI(?<year>\d{4}|\d{2})?/i,
  fields: {
    mac,
    locality,
    state: optional(text),
    locality_name: text,
    footnote_mark: optional(text),
    work_gpci: index,
    work_gpci_without_floor: optional(index),
    pe_gpci: index,
    mp_gpci: index,
  },
  key: ['mac', 'locality'],
  complete: splitFootnoteMark,
  csv: [
    csv2020,
    {
      // 2026 prints the work GPCI twice, the one without the 1.0 floor first.
      ...csv2020,
      since: '2026-01-01',
      labels: { ...csv2020.labels, work_gpci_without_floor: 'YYYY PW GPCI (WITHOUT 1.0 FLOOR)' },
    },
  ],
  txt: [
    {
      since: '2020-01-01',
      record: /^\d{4,5}\s/,
      columns: {
        mac: [1, 16],
        state: [17, 24],
        locality: [25, 29],
        locality_name: [30, 121],
        footnote_mark: null,
        work_gpci_without_floor: null,
        work_gpci: [122, 126],
        pe_gpci: [134, 138],
        mp_gpci: [146, 150],
      },
    },
  ],
})
