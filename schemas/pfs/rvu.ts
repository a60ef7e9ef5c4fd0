/**
 * PPRRVU, the relative value file: one row for each HCPCS code and modifier.
 * Follows the 'National Physician Fee Schedule Relative Value File' record layout in each release's zip.
 * From 2026 CMS ships two: nonQPP (every code, the ordinary conversion factor) and QPP (the codes priced
 * with the conversion factor for qualifying APM participants). Their RVUs agree; the factor differs.
 */
import { defineDataset } from '../dataset.ts'
import {
  code,
  conversionFactor,
  hcpcs,
  hundredths,
  modifier,
  optional,
  rvu as rvuField,
  share,
  text,
  whereLaidOut,
} from '../fields.ts'
import { csvLayouts, txtLayouts } from './rvu-layouts.ts'

const fields = {
  hcpcs,
  modifier,
  description: optional(text),
  status_indicator: code(...'ABCDEFGHIJMNPQRTX'),
  not_used_for_medicare_payment: optional(code('+')),
  work_rvu: rvuField,
  non_facility_pe_rvu: rvuField,
  non_facility_na_indicator: optional(code('NA')),
  facility_pe_rvu: rvuField,
  facility_na_indicator: optional(code('NA')),
  mp_rvu: rvuField,
  non_facility_total_rvu: rvuField,
  facility_total_rvu: rvuField,
  pctc_indicator: code(...'0123456789'),
  global_days: code('000', '010', '090', 'MMM', 'XXX', 'YYY', 'ZZZ'),
  preoperative_share: share,
  intraoperative_share: share,
  postoperative_share: share,
  multiple_procedure_indicator: code(...'012345679'),
  bilateral_surgery_indicator: code(...'01239'),
  assistant_at_surgery_indicator: code(...'0129'),
  co_surgeons_indicator: code(...'0129'),
  team_surgery_indicator: code(...'0129'),
  pricing_indicator: optional(code('1', '9')),
  endoscopic_base: optional(hcpcs),
  conversion_factor: conversionFactor,
  physician_supervision: code(...'01 02 03 04 05 06 09 21 22 66 6A 77 7A'.split(' ')),
  calculation_flag: code('0', '1'),
  imaging_family: whereLaidOut(code(...'01 02 03 04 05 06 07 08 09 10 11 88 99'.split(' '))),
  non_facility_pe_opps: whereLaidOut(rvuField),
  facility_pe_opps: whereLaidOut(rvuField),
  mp_opps: whereLaidOut(rvuField),
  // Until 2013 practice expense was in transition between two methods. Medicare paid the transitioned
  // values, which stand in the columns above; these are what it would pay once the transition was over.
  fully_implemented_non_facility_pe_rvu: whereLaidOut(rvuField),
  fully_implemented_non_facility_na_indicator: optional(code('NA')),
  fully_implemented_facility_pe_rvu: whereLaidOut(rvuField),
  fully_implemented_facility_na_indicator: optional(code('NA')),
  fully_implemented_non_facility_total_rvu: whereLaidOut(rvuField),
  fully_implemented_facility_total_rvu: whereLaidOut(rvuField),
}
export type Column = keyof typeof fields

/** 'Total RVUs: sum of work, practice expense and malpractice RVUs', exactly, in every release seen. */
function checkTotals(
  cell: (column: Column) => string,
  report: (column: Column, message: string) => void,
): void {
  for (const [pe, total] of TOTALS) {
    const sum = hundredths(cell('work_rvu')) + hundredths(cell(pe)) + hundredths(cell('mp_rvu'))
    if (sum !== hundredths(cell(total))) {
      report(
        total,
        `${cell(total)} is not the sum of work ${cell('work_rvu')}, PE ${cell(pe)} and MP ${cell('mp_rvu')}`,
      )
    }
  }
}

const TOTALS = [
  ['non_facility_pe_rvu', 'non_facility_total_rvu'],
  ['facility_pe_rvu', 'facility_total_rvu'],
] as const

const shared = {
  fields,
  key: ['hcpcs', 'modifier'],
  constants: ['conversion_factor', 'pricing_indicator'],
  rowCheck: checkTotals,
  titleDate:
    /\b(?<year>20\d\d) National Physician Fee Schedule Relative Value File (?<month>[A-Z]+) Release/i,
  csv: csvLayouts,
  txt: txtLayouts,
} as const

export const rvu = defineDataset({
  ...shared,
  name: 'rvu',
  title: 'Relative values (PPRRVU; from 2026 the nonQPP file)',
  table: 'rvu',
  member: /^PPRRVU(?<year>20\d\d|\d\d)(?!.*[_ -]QPP)(?:[_ -](?<month>JAN|APR|JUL|OCT))?/i,
  evidence: {
    csv: [
      ['2003-01-01', 'synthetic'],
      ['2020-01-01', 'real values', ['RVU22A', 'RVU24A', 'RVU24AR', 'RVU24B', 'RVU24C']],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'real bytes', ['RVU26A']],
    ],
    txt: [
      ['2003-01-01', 'synthetic'],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'real bytes', ['RVU26B']],
    ],
    xlsx: [
      ['2003-01-01', 'synthetic'],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'synthetic'],
    ],
  },
})

export const rvuQpp = defineDataset({
  ...shared,
  name: 'rvu_qpp',
  title: 'Relative values for qualifying APM participants (PPRRVU QPP)',
  table: 'rvu',
  checkOnly: true,
  member: /^PPRRVU(?<year>20\d\d|\d\d)(?=.*[_ -]QPP)(?:[_ -](?<month>JAN|APR|JUL|OCT))?/i,
  since: '2026-01-01',
  evidence: {
    csv: [['2026-01-01', 'real bytes', ['RVU26A']]],
    txt: [['2026-01-01', 'synthetic']],
    xlsx: [['2026-01-01', 'synthetic']],
  },
})
