/**
 * PPRRVU, the relative value file: one row for each HCPCS code and modifier.
 * Follows the 'National Physician Fee Schedule Relative Value File' record layout in each release's zip.
 * From 2026 CMS ships two: nonQPP (every code, the ordinary conversion factor) and QPP (the codes priced
 * with the conversion factor for qualifying APM participants). Their RVUs agree; the factor differs.
 */
import { hcpcs, modifier, statusIndicator } from '../columns.ts'
import {
  code,
  conversionFactor,
  hcpcs as hcpcsField,
  hundredths,
  optional,
  rvu as rvuField,
  share,
  text,
  whereLaidOut,
} from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'
import { csvLayouts, txtLayouts } from './rvu-layouts.ts'
import { seenInZips } from './seen.ts'

/** A payment policy indicator of one character; now and then CMS leaves one out. */
const indicator = (values: string) => optional(code(...values))

const columns = {
  hcpcs,
  modifier,
  description: column(
    optional(text),
    'Short description of CMS; CPT and CDT descriptions are licensed by the AMA and the ADA. Null where it was left out.',
  ),
  status_indicator: statusIndicator,
  not_used_for_medicare_payment: column(
    optional(code('+')),
    '+ where RVUs are shown that Medicare does not pay by; null elsewhere.',
  ),
  work_rvu: column(rvuField, 'Work RVUs, as published.'),
  non_facility_pe_rvu: column(rvuField, 'Practice expense RVUs outside a facility.'),
  non_facility_na_indicator: column(
    optional(code('NA')),
    'NA where the service is rarely or never done outside a facility: the practice expense is then the facility one; null elsewhere.',
  ),
  facility_pe_rvu: column(rvuField, 'Practice expense RVUs in a facility.'),
  facility_na_indicator: column(
    optional(code('NA')),
    'NA where the service is rarely or never done in a facility: the practice expense is then the non-facility one; null elsewhere.',
  ),
  mp_rvu: column(rvuField, 'Malpractice RVUs.'),
  non_facility_total_rvu: column(
    rvuField,
    'Sum of work, non-facility practice expense and malpractice RVUs.',
  ),
  facility_total_rvu: column(
    rvuField,
    'Sum of work, facility practice expense and malpractice RVUs.',
  ),
  pctc_indicator: column(
    indicator('0123456789'),
    'Professional and technical part: 0 physician service, 1 test with both parts, 2 professional only, 3 technical only, 4 global only, 5 incident to, 6 laboratory interpretation, 7 therapy, 8 interpretation, 9 does not apply. Null where CMS left it out (one code of 2015).',
  ),
  global_days: column(
    code('000', '010', '090', 'MMM', 'XXX', 'YYY', 'ZZZ'),
    'Days of the global package: 000, 010, 090; MMM maternity, XXX does not apply, YYY set by the contractor, ZZZ part of another service.',
  ),
  preoperative_share: column(share, 'Preoperative share of the global package, 0.00 to 1.00.'),
  intraoperative_share: column(share, 'Intraoperative share of the global package, 0.00 to 1.00.'),
  postoperative_share: column(share, 'Postoperative share of the global package, 0.00 to 1.00.'),
  multiple_procedure_indicator: column(
    indicator('012345679'),
    'Rule for several procedures on one day: 0 none, 2 standard, 3 endoscopy, 4 imaging, 5 therapy, 6 cardiovascular, 7 ophthalmology, 9 does not apply. Null where CMS left it out.',
  ),
  bilateral_surgery_indicator: column(
    indicator('01239'),
    'Both sides: 0 no increase, 1 150 percent, 2 RVUs are for both, 3 each side in full, 9 does not apply. Null where CMS left it out.',
  ),
  assistant_at_surgery_indicator: column(
    indicator('0129'),
    'Assistant at surgery: 0 with documentation, 1 not paid, 2 paid, 9 does not apply. Null where CMS left it out.',
  ),
  co_surgeons_indicator: column(
    indicator('0129'),
    'Two surgeons: 0 not paid, 1 with documentation, 2 paid, 9 does not apply. Null where CMS left it out.',
  ),
  team_surgery_indicator: column(
    indicator('0129'),
    'Team of surgeons: 0 not paid, 1 with documentation, 2 paid, 9 does not apply. Null where CMS left it out.',
  ),
  endoscopic_base: column(
    optional(hcpcsField),
    'Base code of an endoscopy family (multiple_procedure_indicator 3); null elsewhere.',
  ),
  physician_supervision: column(
    code(...'00 01 02 03 04 05 06 09 21 22 66 6A 77 7A'.split(' ')),
    'Supervision that a diagnostic test needs: 01 general, 02 direct, 03 personal, 09 does not apply, others as in the PPRRVU record layout.',
  ),
  calculation_flag: column(
    code('0', '1', '2', '3'),
    'Whether the fee schedule amount is adjusted: 2 by 1.05 (psychotherapy, July 2008 to 2010), 3 by 0.98 (chiropractors, 2010 to 2014), 0 not; api.payment_rule has the factors.',
  ),
  imaging_family: column(
    code(...'01 02 03 04 05 06 07 08 09 10 11 88 99'.split(' ')),
    'Diagnostic imaging family: 88 subject to the reduction for several images, 99 does not apply.',
  ),
  non_facility_pe_opps: column(
    rvuField,
    'Practice expense RVUs of the hospital outpatient amount, outside a facility; 0.00 where CMS gives none.',
  ),
  facility_pe_opps: column(
    rvuField,
    'Practice expense RVUs of the hospital outpatient amount, in a facility; 0.00 where CMS gives none.',
  ),
  mp_opps: column(
    rvuField,
    'Malpractice RVUs of the hospital outpatient amount; 0.00 where CMS gives none.',
  ),
  // Until 2012 practice expense was in transition between two methods. Medicare paid the transitioned
  // values, which stand in the columns above; these are what it would pay once the transition was over.
  fully_implemented_non_facility_pe_rvu: column(
    whereLaidOut(rvuField),
    'Practice expense RVUs outside a facility as they will be after the transition that the release is part of (until 2012); null since 2013. Medicare paid the transitioned ones.',
  ),
  fully_implemented_non_facility_na_indicator: column(
    optional(code('NA')),
    'NA beside the fully implemented practice expense RVUs outside a facility; null elsewhere.',
  ),
  fully_implemented_facility_pe_rvu: column(
    whereLaidOut(rvuField),
    'Practice expense RVUs in a facility as they will be after the transition that the release is part of (until 2012); null since 2013. Medicare paid the transitioned ones.',
  ),
  fully_implemented_facility_na_indicator: column(
    optional(code('NA')),
    'NA beside the fully implemented practice expense RVUs in a facility; null elsewhere.',
  ),
  fully_implemented_non_facility_total_rvu: column(
    whereLaidOut(rvuField),
    'Total RVUs outside a facility as they will be after the transition that the release is part of (until 2012); null since 2013. Medicare paid the transitioned ones.',
  ),
  fully_implemented_facility_total_rvu: column(
    whereLaidOut(rvuField),
    'Total RVUs in a facility as they will be after the transition that the release is part of (until 2012); null since 2013. Medicare paid the transitioned ones.',
  ),
}

const constants = {
  conversion_factor: conversionFactor,
  pricing_indicator: optional(code('1', '9')),
}
export type Column = keyof typeof columns | keyof typeof constants

/** 'Total RVUs: sum of work, practice expense and malpractice RVUs', exactly, in every release seen. */
function checkTotals(
  cell: (column: keyof typeof columns) => string | null,
  report: (column: keyof typeof columns, message: string) => void,
): void {
  for (const [pe, total] of TOTALS) {
    const stated = cell(total)
    // Null: the layout has none.
    if (stated === null) continue
    const parts = [cell('work_rvu'), cell(pe), cell('mp_rvu')]
    const sum = parts.reduce((whole, part) => whole + hundredths(part ?? ''), 0)
    if (sum !== hundredths(stated)) {
      report(
        total,
        `${stated} is not the sum of work ${parts[0]}, PE ${parts[1]} and MP ${parts[2]}`,
      )
    }
  }
}

const TOTALS = [
  ['non_facility_pe_rvu', 'non_facility_total_rvu'],
  ['facility_pe_rvu', 'facility_total_rvu'],
  ['fully_implemented_non_facility_pe_rvu', 'fully_implemented_non_facility_total_rvu'],
  ['fully_implemented_facility_pe_rvu', 'fully_implemented_facility_total_rvu'],
] as const

export const rvuTable = defineTable({
  schema: 'pfs',
  name: 'rvu',
  summary:
    'Relative values (PPRRVU), in RVUs. fully_implemented_*: until 2012, what CMS would pay after the transition between two methods of practice expense; null since.',
  grain: 'HCPCS code, modifier',
  columns,
  key: ['hcpcs', 'modifier'],
  rowCheck: checkTotals,
})

const shared = {
  table: rvuTable,
  constants,
  codes: { column: 'hcpcs', descriptions: ['description'] },
  releasedOn: /\bRELEASED\s+(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})\b/i,
  titleDate:
    /\b(?<year>20\d\d) National Physician Fee Schedule Relative Value File(?: (?<month>[A-Z]+) Release)?/i,
  csv: csvLayouts,
  txt: txtLayouts,
  // Descriptions are spelled otherwise now and then.
  alike: (Object.keys(columns) as (keyof typeof columns)[]).filter(
    (name) => name !== 'description',
  ),
} as const

export const rvu = defineFile({
  ...shared,
  name: 'rvu',
  title: 'Relative values (PPRRVU; from 2026 the nonQPP file)',
  member: /^PPRRVU(?<year>20\d\d|\d\d)(?!.*[_ -]QPP)(?:[_ -](?<month>JAN|APR|JUL|OCT))?/i,
  seen: {
    ...seenInZips,
    csv: [...seenInZips.csv, 'RVU26A'],
    txt: [...seenInZips.txt, 'RVU26B'],
  },
})

export const rvuQpp = defineFile({
  ...shared,
  name: 'rvu_qpp',
  title: 'Relative values for qualifying APM participants (PPRRVU QPP)',
  checkOnly: true,
  member: /^PPRRVU(?<year>20\d\d|\d\d)(?=.*[_ -]QPP)(?:[_ -](?<month>JAN|APR|JUL|OCT))?/i,
  since: '2026-01-01',
  seen: { csv: ['RVU26A'] },
})
