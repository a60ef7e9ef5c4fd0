/** How PPRRVU is laid out, as CMS's own files since RVU09A show; docs/coverage.md names those that were seen. */
import type { CsvLayout, FixedLayout } from '../file.ts'
import type { Column } from './rvu.ts'

type Labels = CsvLayout<Column>['labels']

/** 31 columns, one pair of practice expense RVUs. */
const single: Labels = {
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
  fully_implemented_non_facility_pe_rvu: null,
  fully_implemented_non_facility_na_indicator: null,
  fully_implemented_facility_pe_rvu: null,
  fully_implemented_facility_na_indicator: null,
  fully_implemented_non_facility_total_rvu: null,
  fully_implemented_facility_total_rvu: null,
}

/** 37 columns: each practice expense RVU twice, as paid during the transition and as fully implemented. */
const paired: Labels = {
  ...single,
  non_facility_pe_rvu: 'TRANSITIONED NON-FAC PE RVU',
  non_facility_na_indicator: 'TRANSITIONED NON-FAC NA INDICATOR',
  facility_pe_rvu: 'TRANSITIONED FACILITY PE RVU',
  facility_na_indicator: 'TRANSITIONED FACILITY NA INDICATOR',
  non_facility_total_rvu: 'TRANSITIONED NON-FACILITY TOTAL',
  facility_total_rvu: 'TRANSITIONED FACILITY TOTAL',
  fully_implemented_non_facility_pe_rvu: 'FULLY IMPLEMENTED NON-FAC PE RVU',
  fully_implemented_non_facility_na_indicator: 'FULLY IMPLEMENTED NON-FAC NA INDICATOR',
  fully_implemented_facility_pe_rvu: 'FULLY IMPLEMENTED FACILITY PE RVU',
  fully_implemented_facility_na_indicator: 'FULLY IMPLEMENTED FACILITY NA INDICATOR',
  fully_implemented_non_facility_total_rvu: 'FULLY IMPLEMENTED NON-FACILITY TOTAL',
  fully_implemented_facility_total_rvu: 'FULLY IMPLEMENTED FACILITY TOTAL',
}

export const csvLayouts: readonly CsvLayout<Column>[] = [
  { since: '2009-01-01', headerRows: 5, labels: paired },
  // The transition was over.
  { since: '2013-01-01', headerRows: 5, labels: single },
  // 2026 inserts the pricing indicator between TEAM SURG and ENDO BASE.
  { since: '2026-01-01', headerRows: 5, labels: { ...single, pricing_indicator: 'PRIC IND' } },
]

type Columns = FixedLayout<Column>['columns']

/** 171 characters. Column 59 ('+') is in the files, not in CMS's document. */
const singleColumns: Columns = {
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
  fully_implemented_non_facility_pe_rvu: null,
  fully_implemented_non_facility_na_indicator: null,
  fully_implemented_facility_pe_rvu: null,
  fully_implemented_facility_na_indicator: null,
  fully_implemented_non_facility_total_rvu: null,
  fully_implemented_facility_total_rvu: null,
}

/**
 * 207 characters; everything behind the totals stands 36 columns further on. In 2009 the last three numbers stand
 * one column further left than since, so each has seven columns here.
 */
const pairedColumns: Columns = {
  ...singleColumns,
  fully_implemented_non_facility_pe_rvu: [76, 81],
  fully_implemented_non_facility_na_indicator: [82, 83],
  facility_pe_rvu: [85, 90],
  facility_na_indicator: [91, 92],
  fully_implemented_facility_pe_rvu: [94, 99],
  fully_implemented_facility_na_indicator: [101, 102],
  mp_rvu: [104, 108],
  non_facility_total_rvu: [110, 115],
  fully_implemented_non_facility_total_rvu: [117, 122],
  facility_total_rvu: [124, 129],
  fully_implemented_facility_total_rvu: [131, 136],
  pctc_indicator: [139, 139],
  global_days: [140, 142],
  preoperative_share: [143, 145],
  intraoperative_share: [146, 148],
  postoperative_share: [149, 151],
  multiple_procedure_indicator: [152, 152],
  bilateral_surgery_indicator: [153, 153],
  assistant_at_surgery_indicator: [154, 154],
  co_surgeons_indicator: [155, 155],
  team_surgery_indicator: [156, 156],
  endoscopic_base: [164, 168],
  conversion_factor: [169, 176],
  physician_supervision: [178, 179],
  calculation_flag: [180, 180],
  imaging_family: [182, 183],
  non_facility_pe_opps: [187, 193],
  facility_pe_opps: [194, 200],
  mp_opps: [201, 207],
}

const txtLayout = (since: string, columns: Columns): FixedLayout<Column> => ({
  since,
  record: /^(?!HDR )[A-Z\d]{5}/,
  columns,
})

export const txtLayouts: readonly FixedLayout<Column>[] = [
  txtLayout('2009-01-01', pairedColumns),
  txtLayout('2013-01-01', singleColumns),
  txtLayout('2026-01-01', { ...singleColumns, pricing_indicator: [121, 121] }),
]
