/** Where each fact of a code (api.code_fact) shows. A fact or rule without a place fails tests/preview/places.test.ts. */
import type { CodePage, Component } from '../../queries/code-page.ts'

/** A rule whose sentence stands in the list of rules, under this heading. */
export const RULE_HEADINGS = {
  non_facility_na_indicator: 'Outside a facility',
  facility_na_indicator: 'In a facility',
  opps_cap: 'Cap at the hospital outpatient amount',
  pctc_indicator: 'Professional and technical part',
  global_days: 'Global period',
  multiple_procedure_indicator: 'Several procedures on one day',
  bilateral_surgery_indicator: 'Both sides',
  assistant_at_surgery_indicator: 'Assistant at surgery',
  co_surgeons_indicator: 'Two surgeons',
  team_surgery_indicator: 'Team of surgeons',
  physician_supervision: 'Supervision',
  imaging_family: 'Several images in one session',
} as const

/** Rules whose sentence stands elsewhere: its numbers in the first screen, or the sentence itself there. */
export const RULES_ELSEWHERE = [
  'schedule',
  'status_indicator',
  'rvus',
  'payment',
  'qualifying_apm_payment',
  'editorial_status',
  'code_system',
] as const

/** Facts that show as numbers. */
export const FACTS_SHOWN = [
  'hcpcs',
  'modifier',
  'release',
  'code_system',
  'work_rvu',
  'non_facility_pe_rvu',
  'facility_pe_rvu',
  'mp_rvu',
  'non_facility_total_rvu',
  'facility_total_rvu',
  'conversion_factor',
  'non_facility_amount',
  'facility_amount',
  'qualifying_apm_conversion_factor',
  'qualifying_apm_non_facility_amount',
  'qualifying_apm_facility_amount',
] as const

/** Facts that need no place of their own. */
export const FACTS_SAID_OTHERWISE = [
  // A version's first day; the first screen gives that of the release.
  'valid_from',
  // The sentence of the status, and the notice on releases, say it.
  'basis',
  // The sentence of multiple procedures names it, and related codes lead to it.
  'endoscopic_base',
] as const

export type RuleHeading = keyof typeof RULE_HEADINGS

/** The code as a whole: without a modifier or, where CMS lists none so, its first. */
export const wholeOf = ({ rvu_information: { components } }: CodePage): Component | undefined =>
  components.find(({ modifier }) => modifier === '') ?? components[0]

/** Whether Medicare sets a national amount for the code by RVUs. */
export const isPriced = (page: CodePage): boolean => {
  const whole = wholeOf(page)
  return typeof whole?.facility_amount === 'string'
}
