/**
 * PPRRVU, the relative value file: one row for each HCPCS code and modifier.
 * Follows the 'National Physician Fee Schedule Relative Value File' record layout in each release's zip.
 * From 2026 CMS ships two: nonQPP (every code, the ordinary conversion factor) and QPP (the codes priced
 * with the conversion factor for qualifying APM participants). Their RVUs agree; the factor differs.
 */
import { type CsvLayout, defineDataset, type TxtLayout } from '../dataset.ts'
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
} from '../fields.ts'

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
  imaging_family: code(...'01 02 03 04 05 06 07 08 09 10 11 88 99'.split(' ')),
  non_facility_pe_opps: rvuField,
  facility_pe_opps: rvuField,
  mp_opps: rvuField,
}
type Column = keyof typeof fields

/** Seen alike in 22A, 22B, 23A, 24C, 25A and 25D; CMS's values of 2020–2024 are proven in this layout. */
const csv2020: CsvLayout<Column> = {
  since: '2020-01-01',
  headerRows: 5,
  labels: {
    hcpcs: 'HCPCS',
    modifier: 'MOD',
    description: 'DESCRIPTION',
    status_indicator: 'STATUS CODE',
    not_used_for_medicare_payment: 'NOT USED FOR MEDICARE PAYMENT',
    work_rvu: 'WORK RVU',
    non_facility_pe_rvu: 'NON-FAC PE RVU',
    non_facility_na_indicator: 'NON-FAC NA INDICATOR',
    facility_pe_rvu: 'FACILITY PE RVU',
    facility_na_indicator: 'FACILITY NA INDICATOR',
    mp_rvu: 'MP RVU',
    non_facility_total_rvu: 'NON-FACILITY TOTAL',
    facility_total_rvu: 'FACILITY TOTAL',
    pctc_indicator: 'PCTC IND',
    global_days: 'GLOB DAYS',
    preoperative_share: 'PRE OP',
    intraoperative_share: 'INTRA OP',
    postoperative_share: 'POST OP',
    multiple_procedure_indicator: 'MULT PROC',
    bilateral_surgery_indicator: 'BILAT SURG',
    assistant_at_surgery_indicator: 'ASST SURG',
    co_surgeons_indicator: 'CO- SURG',
    team_surgery_indicator: 'TEAM SURG',
    pricing_indicator: null,
    endoscopic_base: 'ENDO BASE',
    conversion_factor: 'CONV FACTOR',
    physician_supervision: 'PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES',
    calculation_flag: 'CALCULATION FLAG',
    imaging_family: 'DIAGNOSTIC IMAGING FAMILY INDICATOR',
    non_facility_pe_opps: 'NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT',
    facility_pe_opps: 'FACILITY PE USED FOR OPPS PAYMENT AMOUNT',
    mp_opps: 'MP USED FOR OPPS PAYMENT AMOUNT',
  },
}

/** 2026 inserts the pricing indicator between TEAM SURG and ENDO BASE. */
const csv2026: CsvLayout<Column> = {
  ...csv2020,
  since: '2026-01-01',
  labels: { ...csv2020.labels, pricing_indicator: 'PRIC IND' },
}

/** Column 59 ('+') is in the files, not in CMS's document. */
const txt2020: TxtLayout<Column> = {
  since: '2020-01-01',
  record: /^(?!HDR )[A-Z\d]{5}/,
  columns: {
    hcpcs: [1, 5],
    modifier: [6, 7],
    description: [8, 57],
    status_indicator: [58, 58],
    not_used_for_medicare_payment: [59, 59],
    work_rvu: [60, 65],
    non_facility_pe_rvu: [67, 72],
    non_facility_na_indicator: [73, 74],
    facility_pe_rvu: [76, 81],
    facility_na_indicator: [82, 83],
    mp_rvu: [85, 89],
    non_facility_total_rvu: [91, 96],
    facility_total_rvu: [97, 102],
    pctc_indicator: [103, 103],
    global_days: [104, 106],
    preoperative_share: [107, 109],
    intraoperative_share: [110, 112],
    postoperative_share: [113, 115],
    multiple_procedure_indicator: [116, 116],
    bilateral_surgery_indicator: [117, 117],
    assistant_at_surgery_indicator: [118, 118],
    co_surgeons_indicator: [119, 119],
    team_surgery_indicator: [120, 120],
    pricing_indicator: null,
    endoscopic_base: [128, 132],
    conversion_factor: [133, 140],
    physician_supervision: [142, 143],
    calculation_flag: [144, 144],
    imaging_family: [146, 147],
    non_facility_pe_opps: [152, 157],
    facility_pe_opps: [159, 164],
    mp_opps: [166, 171],
  },
}

const txt2026: TxtLayout<Column> = {
  ...txt2020,
  since: '2026-01-01',
  columns: { ...txt2020.columns, pricing_indicator: [121, 121] },
}

/** 'Total RVUs: sum of work, practice expense and malpractice RVUs', exactly, in every release seen. */
function checkTotals(
  row: Readonly<Record<Column, string>>,
  report: (column: Column, message: string) => void,
): void {
  for (const setting of ['non_facility', 'facility'] as const) {
    const [pe, total] = [`${setting}_pe_rvu`, `${setting}_total_rvu`] as const
    const sum = hundredths(row.work_rvu) + hundredths(row[pe]) + hundredths(row.mp_rvu)
    if (sum !== hundredths(row[total])) {
      report(
        total,
        `${row[total]} is not the sum of work ${row.work_rvu}, PE ${row[pe]} and MP ${row.mp_rvu}`,
      )
    }
  }
}

const shared = {
  fields,
  key: ['hcpcs', 'modifier'],
  constants: ['conversion_factor', 'pricing_indicator'],
  rowCheck: checkTotals,
  titleDate:
    /\b(?<year>20\d\d) National Physician Fee Schedule Relative Value File (?<month>[A-Z]+) Release/i,
  csv: [csv2020, csv2026],
  txt: [txt2020, txt2026],
} as const

export const rvu = defineDataset({
  ...shared,
  name: 'rvu',
  title: 'Relative values (PPRRVU; from 2026 the nonQPP file)',
  table: 'rvu',
  member: /^PPRRVU(?<year>\d{4}|\d{2})(?!.*_QPP)(?:_(?<month>JAN|APR|JUL|OCT))?/i,
})

export const rvuQpp = defineDataset({
  ...shared,
  name: 'rvu_qpp',
  title: 'Relative values for qualifying APM participants (PPRRVU QPP)',
  table: 'rvu',
  checkOnly: true,
  member: /^PPRRVU(?<year>\d{4}|\d{2})_(?:(?<month>JAN|APR|JUL|OCT)\w*_)?QPP/i,
  since: '2026-01-01',
})
