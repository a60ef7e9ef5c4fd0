/**
 * Schema `api` for Kysely: `new Kysely<FeeScheduleDatabase>(…).selectFrom('api.rvu')`. Made from the
 * database by `npm run docs`; change the SQL, not this file. Decimals are text, so that none loses a digit.
 * `Day` is how your pg client gives a date: a Date, or text where you set its parser so.
 */
export interface FeeScheduleDatabase<Day = Date> {
  'api.accepted_gate': AcceptedGate
  'api.anesthesia_base_units': AnesthesiaBaseUnits<Day>
  'api.anesthesia_cf': AnesthesiaCfVersions<Day>
  'api.anesthesia_cf_known': AnesthesiaCfKnown
  'api.anesthesia_cf_versions': AnesthesiaCfVersions<Day>
  'api.anesthesia_modifier_rule': AnesthesiaModifierRule<Day>
  'api.asc_ancillary': AscAncillaryVersions<Day>
  'api.asc_ancillary_known': AscAncillaryKnown
  'api.asc_ancillary_versions': AscAncillaryVersions<Day>
  'api.asc_comment_indicator': AscCommentIndicatorVersions<Day>
  'api.asc_comment_indicator_known': AscCommentIndicatorKnown
  'api.asc_comment_indicator_versions': AscCommentIndicatorVersions<Day>
  'api.asc_device_offset': AscDeviceOffsetVersions<Day>
  'api.asc_device_offset_known': AscDeviceOffsetKnown
  'api.asc_device_offset_versions': AscDeviceOffsetVersions<Day>
  'api.asc_excluded_procedure': AscExcludedProcedureVersions<Day>
  'api.asc_excluded_procedure_known': AscExcludedProcedureKnown
  'api.asc_excluded_procedure_versions': AscExcludedProcedureVersions<Day>
  'api.asc_indicator_rule': AscIndicatorRule
  'api.asc_known': AscKnown
  'api.asc_modifier_rule': AscModifierRule<Day>
  'api.asc_payment_indicator': AscPaymentIndicatorVersions<Day>
  'api.asc_payment_indicator_known': AscPaymentIndicatorKnown
  'api.asc_payment_indicator_versions': AscPaymentIndicatorVersions<Day>
  'api.asc_procedure': AscProcedureVersions<Day>
  'api.asc_procedure_known': AscProcedureKnown
  'api.asc_procedure_versions': AscProcedureVersions<Day>
  'api.asc_versions': AscVersions<Day>
  'api.asp': AspVersions<Day>
  'api.asp_known': AspKnown
  'api.asp_ndc': AspNdcVersions<Day>
  'api.asp_ndc_known': AspNdcKnown
  'api.asp_ndc_versions': AspNdcVersions<Day>
  'api.asp_versions': AspVersions<Day>
  'api.benchmark': Benchmark
  'api.claim_column': ClaimColumn
  'api.claim_rule_change': ClaimRuleChange<Day>
  'api.clfs': ClfsVersions<Day>
  'api.clfs_known': ClfsKnown
  'api.clfs_versions': ClfsVersions<Day>
  'api.code_coverage': CodeCoverage
  'api.code_fact': CodeFact<Day>
  'api.code_family': CodeFamily
  'api.code_history': CodeHistory<Day>
  'api.code_page': CodePage
  'api.coinsurance_rule': CoinsuranceRule<Day>
  'api.computed_tomography': ComputedTomography<Day>
  'api.conversion_factor': ConversionFactorVersions<Day>
  'api.conversion_factor_known': ConversionFactorKnown
  'api.conversion_factor_versions': ConversionFactorVersions<Day>
  'api.dmepos': DmeposVersions<Day>
  'api.dmepos_fee': DmeposFee
  'api.dmepos_former_cba': DmeposFormerCbaVersions<Day>
  'api.dmepos_former_cba_known': DmeposFormerCbaKnown
  'api.dmepos_former_cba_versions': DmeposFormerCbaVersions<Day>
  'api.dmepos_former_cba_zip': DmeposFormerCbaZipVersions<Day>
  'api.dmepos_former_cba_zip_known': DmeposFormerCbaZipKnown
  'api.dmepos_former_cba_zip_versions': DmeposFormerCbaZipVersions<Day>
  'api.dmepos_known': DmeposKnown
  'api.dmepos_mail_order': DmeposMailOrderVersions<Day>
  'api.dmepos_mail_order_known': DmeposMailOrderKnown
  'api.dmepos_mail_order_versions': DmeposMailOrderVersions<Day>
  'api.dmepos_modifier': DmeposModifier
  'api.dmepos_modifier_rule': DmeposModifierRule
  'api.dmepos_pen': DmeposPenVersions<Day>
  'api.dmepos_pen_known': DmeposPenKnown
  'api.dmepos_pen_versions': DmeposPenVersions<Day>
  'api.dmepos_range': DmeposRange
  'api.dmepos_rural_zip': DmeposRuralZipVersions<Day>
  'api.dmepos_rural_zip_known': DmeposRuralZipKnown
  'api.dmepos_rural_zip_versions': DmeposRuralZipVersions<Day>
  'api.dmepos_versions': DmeposVersions<Day>
  'api.dmepos_zip': DmeposZip
  'api.editorial_coverage': EditorialCoverage
  'api.editorial_stale': EditorialStale
  'api.family': Family
  'api.freshness': Freshness<Day>
  'api.gpci': GpciVersions<Day>
  'api.gpci_known': GpciKnown
  'api.gpci_versions': GpciVersions<Day>
  'api.hcpcs': HcpcsVersions<Day>
  'api.hcpcs_known': HcpcsKnown<Day>
  'api.hcpcs_versions': HcpcsVersions<Day>
  'api.home_place_of_service': HomePlaceOfService<Day>
  'api.known_modifier': KnownModifier
  'api.locality': LocalityVersions<Day>
  'api.locality_directory': LocalityDirectory
  'api.locality_known': LocalityKnown
  'api.locality_versions': LocalityVersions<Day>
  'api.long_description': LongDescription
  'api.modifier_rule': ModifierRule<Day>
  'api.multiple_procedure_rule': MultipleProcedureRule<Day>
  'api.national_price': NationalPrice
  'api.national_use': NationalUse
  'api.official_text': OfficialText
  'api.opps_cap': OppsCapVersions<Day>
  'api.opps_cap_known': OppsCapKnown
  'api.opps_cap_versions': OppsCapVersions<Day>
  'api.payment_anesthesia_cf': PaymentAnesthesiaCf
  'api.payment_conversion_factor': PaymentConversionFactor
  'api.payment_gpci': PaymentGpci
  'api.payment_rule': PaymentRule<Day>
  'api.payment_rvu': PaymentRvu
  'api.payment_terms_day': PaymentTermsDay<Day>
  'api.payment_zip': PaymentZip
  'api.place_of_service': PlaceOfService<Day>
  'api.practitioner_rule': PractitionerRule<Day>
  'api.price_history': PriceHistory<Day>
  'api.price_schedule': PriceSchedule
  'api.rate_year': RateYear
  'api.rejected_row': RejectedRow
  'api.release': Release<Day>
  'api.release_calendar': ReleaseCalendar<Day>
  'api.release_period': ReleasePeriod<Day>
  'api.rvu': RvuVersions<Day>
  'api.rvu_known': RvuKnown
  'api.rvu_versions': RvuVersions<Day>
  'api.schedule_rule': ScheduleRule<Day>
  'api.search_document': SearchDocument
  'api.search_word': SearchWord
  'api.shown_day': ShownDay<Day>
  'api.status_payment': StatusPayment<Day>
  'api.unlisted_code': UnlistedCode<Day>
  'api.utilization': UtilizationVersions<Day>
  'api.utilization_known': UtilizationKnown
  'api.utilization_versions': UtilizationVersions<Day>
  'api.zip5': Zip5Versions<Day>
  'api.zip5_known': Zip5Known
  'api.zip5_versions': Zip5Versions<Day>
  'api.zip_locality': ZipLocality<Day>
}

/** Gates (sql/checks) that a release broke and a person accepted, with who and why. Grain: run and gate. */
export interface AcceptedGate {
  release: string
  gate: string
  accepted_by: string
  because: string
  accepted_at: Date
  run: string
  broken_rows: string
  sample: unknown
}

/** Base units of anesthesia codes, by the list of 2022, the only one that was seen: it stands for later days too. Grain: HCPCS code and period. */
export interface AnesthesiaBaseUnits<Day = Date> {
  hcpcs: string
  base_units: string
  add_on: boolean
  timed: boolean
  document: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** Anesthesia conversion factors (ANES), in dollars per unit. Until 2025 one factor served everybody: both rows of a locality hold it. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface AnesthesiaCfKnown {
  mac: string
  locality: string
  qualifying_apm: boolean
  locality_name: string
  footnote_mark: string | null
  conversion_factor: string
  national_conversion_factor: string | null
  content_hash: string
  valid_during: string
  known_during: string
}

/** Anesthesia conversion factors (ANES), in dollars per unit. Until 2025 one factor served everybody: both rows of a locality hold it. Every version and each range of days on which CMS said so. Grain: MAC, locality, qualifying_apm and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface AnesthesiaCfVersions<Day = Date> {
  mac: string
  locality: string
  qualifying_apm: boolean
  locality_name: string
  footnote_mark: string | null
  conversion_factor: string
  national_conversion_factor: string | null
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** What is paid of anesthesia, by who gave it. Grain: modifier and period. */
export interface AnesthesiaModifierRule<Day = Date> {
  modifier: string
  share: string
  base_units: string | null
  documented_units: string | null
  must_assign: boolean
  document: string
  note: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** What Medicare pays for anesthesia in one locality on one day, in dollars. */
export interface AnesthesiaPaymentRow<Day = Date> {
  mac: string
  locality: string
  on_date: Day
  qualifying_apm: boolean
  base_units: string | null
  minutes: string | null
  time_units: string | null
  conversion_factor: string | null
  amount: string | null
  basis: string | null
}

/** Ancillary services in ambulatory surgical centers (addendum BB), rates in dollars before the wage index. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface AscAncillaryKnown {
  hcpcs: string
  footnote_mark: string | null
  short_description: string | null
  pass_through_expiration: string | null
  payment_indicator: string
  payment_weight: string | null
  payment_rate: string | null
  adjusted_copayment: string | null
  content_hash: string
  valid_during: string
  known_during: string
}

/** Ancillary services in ambulatory surgical centers (addendum BB), rates in dollars before the wage index. Every version and each range of days on which CMS said so. Grain: HCPCS code and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface AscAncillaryVersions<Day = Date> {
  hcpcs: string
  footnote_mark: string | null
  short_description: string | null
  pass_through_expiration: string | null
  payment_indicator: string
  payment_weight: string | null
  payment_rate: string | null
  adjusted_copayment: string | null
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Comment indicators, which mark codes that are new or changed in the addenda of a rule, and what they mean (addendum DD2). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface AscCommentIndicatorKnown {
  comment_indicator: string
  meaning: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Comment indicators, which mark codes that are new or changed in the addenda of a rule, and what they mean (addendum DD2). Every version and each range of days on which CMS said so. Grain: comment indicator and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface AscCommentIndicatorVersions<Day = Date> {
  comment_indicator: string
  meaning: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Device offsets of the procedures of addendum AA (addendum FF), in percent and dollars. All null but the payment indicator where the procedure is packaged. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface AscDeviceOffsetKnown {
  hcpcs: string
  footnote_mark: string | null
  short_description: string | null
  payment_indicator: string
  apc: string
  apc_device_offset_percentage: string | null
  opps_payment_rate: string
  device_offset_percentage: string
  device_offset_amount: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Device offsets of the procedures of addendum AA (addendum FF), in percent and dollars. All null but the payment indicator where the procedure is packaged. Every version and each range of days on which CMS said so. Grain: HCPCS code and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface AscDeviceOffsetVersions<Day = Date> {
  hcpcs: string
  footnote_mark: string | null
  short_description: string | null
  payment_indicator: string
  apc: string
  apc_device_offset_percentage: string | null
  opps_payment_rate: string
  device_offset_percentage: string
  device_offset_amount: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Surgical procedures that Medicare does not pay for in ambulatory surgical centers (addendum EE). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface AscExcludedProcedureKnown {
  hcpcs: string
  short_description: string | null
  content_hash: string
  valid_during: string
  known_during: string
}

/** Surgical procedures that Medicare does not pay for in ambulatory surgical centers (addendum EE). Every version and each range of days on which CMS said so. Grain: HCPCS code and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface AscExcludedProcedureVersions<Day = Date> {
  hcpcs: string
  short_description: string | null
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Payment indicators of surgical centers whose rate is not for one service and not adjusted by the wage index of the place. Others that are not adjusted (J7, pass-through devices) have no rate in the files. Grain: payment indicator. */
export interface AscIndicatorRule {
  payment_indicator: string
  unit: string
  is_wage_adjusted: boolean
  document: string
}

/** Addenda AA and BB: every version that was ever believed. Grain: version and time of belief. */
export interface AscKnown {
  addendum: string
  hcpcs: string
  footnote_mark: string | null
  short_description: string | null
  payment_indicator: string
  payment_weight: string | null
  payment_rate: string | null
  has_multiple_procedure_discount: boolean | null
  adjusted_copayment: string | null
  content_hash: string
  valid_during: string
  known_during: string
}

/** What a modifier does to the payment of an ambulatory surgical center. Grain: modifier and period. Modifiers without a row change nothing. */
export interface AscModifierRule<Day = Date> {
  modifier: string
  treatment: string
  share: string | null
  device_share: string
  document: string
  note: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** Payment indicators of the ASC addenda and what they mean (addendum DD1). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface AscPaymentIndicatorKnown {
  payment_indicator: string
  meaning: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Payment indicators of the ASC addenda and what they mean (addendum DD1). Every version and each range of days on which CMS said so. Grain: payment indicator and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface AscPaymentIndicatorVersions<Day = Date> {
  payment_indicator: string
  meaning: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Surgical procedures that Medicare covers in ambulatory surgical centers (addendum AA), rates in dollars before the wage index. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface AscProcedureKnown {
  hcpcs: string
  footnote_mark: string | null
  short_description: string | null
  has_multiple_procedure_discount: boolean | null
  payment_indicator: string
  payment_weight: string | null
  payment_rate: string | null
  content_hash: string
  valid_during: string
  known_during: string
}

/** Surgical procedures that Medicare covers in ambulatory surgical centers (addendum AA), rates in dollars before the wage index. Every version and each range of days on which CMS said so. Grain: HCPCS code and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface AscProcedureVersions<Day = Date> {
  hcpcs: string
  footnote_mark: string | null
  short_description: string | null
  has_multiple_procedure_discount: boolean | null
  payment_indicator: string
  payment_weight: string | null
  payment_rate: string | null
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** What Medicare pays ambulatory surgical centers for procedures (addendum AA) and ancillary services (addendum BB), in dollars before the wage index. Every version and each range of days on which CMS said so. Grain: HCPCS code and range. */
export interface AscVersions<Day = Date> {
  addendum: string
  hcpcs: string
  footnote_mark: string | null
  short_description: string | null
  payment_indicator: string
  payment_weight: string | null
  payment_rate: string | null
  has_multiple_procedure_discount: boolean | null
  adjusted_copayment: string | null
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Payment limits of Part B drugs (ASP), in dollars for one dosage unit of the code. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface AspKnown {
  hcpcs: string
  short_description: string
  dosage: string
  payment_limit: string | null
  coinsurance_percentage: string | null
  vaccine_awp_percentage: number | null
  vaccine_limit: string | null
  blood_awp_percentage: number | null
  blood_limit: string | null
  clotting_factor: boolean
  notes: string | null
  content_hash: string
  valid_during: string
  known_during: string
}

/** Packages of drugs that each HCPCS code of the payment limit file stands for (ASP NDC-HCPCS crosswalk). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface AspNdcKnown {
  hcpcs: string
  ndc: string
  short_description: string
  labeler_name: string
  drug_name: string
  dosage: string
  package_size: string
  package_quantity: string
  billing_units: string
  billing_units_per_package: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Packages of drugs that each HCPCS code of the payment limit file stands for (ASP NDC-HCPCS crosswalk). Every version and each range of days on which CMS said so. Grain: HCPCS code, NDC and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface AspNdcVersions<Day = Date> {
  hcpcs: string
  ndc: string
  short_description: string
  labeler_name: string
  drug_name: string
  dosage: string
  package_size: string
  package_quantity: string
  billing_units: string
  billing_units_per_package: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Payment limits of Part B drugs (ASP), in dollars for one dosage unit of the code. Every version and each range of days on which CMS said so. Grain: HCPCS code and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface AspVersions<Day = Date> {
  hcpcs: string
  short_description: string
  dosage: string
  payment_limit: string | null
  coinsurance_percentage: string | null
  vaccine_awp_percentage: number | null
  vaccine_limit: string | null
  blood_awp_percentage: number | null
  blood_limit: string | null
  clotting_factor: boolean
  notes: string | null
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** How often Part B services were rendered in Original Medicare, what was charged, and what was allowed and paid, by year (CMS, Medicare Physician & Other Practitioners by Geography and Service). Grain: year that is loaded, HCPCS code, state or the nation, and setting. CMS leaves out what fewer than eleven patients had: sums over states fall short of the nation. */
export interface Benchmark {
  year: number
  hcpcs: string
  state_code: string
  state: string
  setting: string
  is_drug: boolean
  providers: string
  patients: string
  services: string
  patient_days: string
  average_submitted_charge: string
  average_allowed_amount: string
  average_payment: string
  average_standardized_payment: string
  allowed_amount: string
  release: string
}

/** Columns that api.price_claims reads of a table of claim lines; others are ignored. Grain: column. */
export interface ClaimColumn {
  name: string
  kind: string
  required: boolean
  description: string
}

/** First days on which any rule of payment begins, changes or ends. Grain: day. */
export interface ClaimRuleChange<Day = Date> {
  changed_on: Day
}

/** Clinical laboratory fee schedule, in dollars. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface ClfsKnown {
  hcpcs: string
  modifier: string
  indicator: string
  rate: string | null
  short_description: string
  long_description: string | null
  extended_description: string | null
  content_hash: string
  valid_during: string
  known_during: string
}

/** Clinical laboratory fee schedule, in dollars. Every version and each range of days on which CMS said so. Grain: HCPCS code, modifier and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface ClfsVersions<Day = Date> {
  hcpcs: string
  modifier: string
  indicator: string
  rate: string | null
  short_description: string
  long_description: string | null
  extended_description: string | null
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** What explains each of the codes that have a page. Grain: HCPCS code. */
export interface CodeCoverage {
  hcpcs: string
  short_description: string | null
  category: string
  label: string
  family: string | null
  paid: boolean
  allowed_amount: string | null
  state: string
  explained_by: string
}

/** The facts that the sentences of a code page are chosen by and made of. Grain: HCPCS code and modifier of the schedule in force today. Amounts are national; RVUs and dollars are text, as published. */
export interface CodeFact<Day = Date> {
  hcpcs: string
  modifier: string
  short_description: string | null
  release: string
  sha256: string
  effective_from: Day
  facts: unknown | null
}

/** Which family a code belongs to. Grain: HCPCS code that any loaded file or entry of ours knows. Everything else is null for a code that no family has. */
export interface CodeFamily {
  hcpcs: string
  family: string | null
  category: string | null
  name: string | null
  plain_language: string | null
  performed_by: unknown | null
  payment: string | null
  provenance: unknown | null
}

/** The versions of a code and what each changed. Grain: HCPCS code, modifier and range of days. fields: each column that differs from the range before, before and after; null for the first. */
export interface CodeHistory<Day = Date> {
  hcpcs: string
  modifier: string
  valid_from: Day
  valid_to: Day | null
  first_release: string | null
  fields: unknown | null
  gap: string | null
}

/** Everything a code-reference page shows about a code, in one row. Grain: HCPCS code of the physician schedule in force today, and of the other loaded files what it leaves out (api.unlisted_code). A section that nobody has written is null. */
export interface CodePage {
  hcpcs: string
  code_system: string | null
  name: string | null
  short_description: string | null
  long_description: string | null
  category: string | null
  family: unknown | null
  synonyms: unknown | null
  description: string | null
  plain_language: string | null
  clinical_context: string | null
  rvu_information: unknown
  schedule_prices: unknown | null
  unpriced_because: string | null
  billing_and_documentation: string | null
  category_payment: string | null
  specialties: unknown | null
  notes: unknown | null
  faq: unknown | null
  notices: unknown | null
  release: string | null
  provenance: unknown
}

/** A sentence that the data of a code gives rise to. */
export interface CodeSentenceRow {
  rule: string
  section: string
  position: number
  question: string | null
  sentence: string
  modifiers: string[]
  first: string
  source_file: string
}

/** Codes and modifiers whose coinsurance is not the ordinary one of api.payment_rule. Grain: kind, code or modifier, and period. */
export interface CoinsuranceRule<Day = Date> {
  kind: string
  name: string
  share: string
  document: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** Codes of computed tomography whose technical part modifier CT reduces (api.modifier_rule); numbers of CMS's ranges that are no codes are among them. Grain: HCPCS code and period. */
export interface ComputedTomography<Day = Date> {
  hcpcs: string
  document: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface ConversionFactorKnown {
  qualifying_apm: boolean
  conversion_factor: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it. Every version and each range of days on which CMS said so. Grain: qualifying_apm and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface ConversionFactorVersions<Day = Date> {
  qualifying_apm: boolean
  conversion_factor: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** The fees of all files of a DMEPOS release, in dollars. Grain: HCPCS code, modifiers, place and version. */
export interface DmeposFee {
  hcpcs: string
  modifier: string
  modifier_2: string
  modifier_3: string
  place_kind: string
  place: string
  fee: string | null
  rural_fee: string | null
  category: string | null
  valid_during: string
  modifiers: string
}

/** DMEPOS fees in former competitive bidding areas, in dollars. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface DmeposFormerCbaKnown {
  hcpcs: string
  modifier: string
  modifier_2: string
  modifier_3: string
  area: string
  fee: string | null
  category: string | null
  short_description: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** DMEPOS fees in former competitive bidding areas, in dollars. Every version and each range of days on which CMS said so. Grain: HCPCS code, modifiers, area and range. A change in one area of a row of CMS begins a new range in all of them. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface DmeposFormerCbaVersions<Day = Date> {
  hcpcs: string
  modifier: string
  modifier_2: string
  modifier_3: string
  area: string
  fee: string | null
  category: string | null
  short_description: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** ZIP codes of former competitive bidding areas. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface DmeposFormerCbaZipKnown {
  zip: string
  state: string
  area: string
  area_name: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** ZIP codes of former competitive bidding areas. Every version and each range of days on which CMS said so. Grain: ZIP code and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface DmeposFormerCbaZipVersions<Day = Date> {
  zip: string
  state: string
  area: string
  area_name: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** DMEPOS fees by state, in dollars, without parenteral and enteral nutrition (api.dmepos_pen). A fee does not say that Medicare covers the item. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface DmeposKnown {
  hcpcs: string
  modifier: string
  modifier_2: string
  state: string
  non_rural_fee: string | null
  rural_fee: string | null
  ceiling: string | null
  floor: string | null
  jurisdiction: string
  category: string
  short_description: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Fees of diabetic testing supplies by mail order (modifier KL), in dollars, for the whole country. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface DmeposMailOrderKnown {
  hcpcs: string
  modifier: string
  modifier_2: string
  modifier_3: string
  fee: string | null
  category: string | null
  short_description: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Fees of diabetic testing supplies by mail order (modifier KL), in dollars, for the whole country. Every version and each range of days on which CMS said so. Grain: HCPCS code, modifiers and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface DmeposMailOrderVersions<Day = Date> {
  hcpcs: string
  modifier: string
  modifier_2: string
  modifier_3: string
  fee: string | null
  category: string | null
  short_description: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** What the modifiers of DMEPOS fees mean, in a few words of ours. Grain: modifier. */
export interface DmeposModifier {
  modifier: string
  meaning: string
  document: string
}

/** Modifiers that change a DMEPOS fee by a rule instead of having a fee of their own. QF and QB (above 4 liters with portable oxygen) have fees in the files; KH and KI (the first three months of rental) change nothing. Grain: modifier, payment category and range of codes. */
export interface DmeposModifierRule {
  modifier: string
  category: string
  first_hcpcs: string
  last_hcpcs: string
  share: string | null
  effect: string
  document: string
}

/** The DMEPOS fee of one code with modifiers at one ZIP code on one day, in dollars. */
export interface DmeposPaymentRow<Day = Date> {
  hcpcs: string
  modifier: string
  zip: string | null
  on_date: Day
  state: string | null
  is_rural: boolean | null
  former_bidding_area: string | null
  category: string | null
  amount: string | null
  basis: string
  release: string | null
}

/** Fees of parenteral and enteral nutrition by state (DMEPEN), in dollars. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface DmeposPenKnown {
  hcpcs: string
  modifier: string
  modifier_2: string
  state: string
  non_rural_fee: string | null
  rural_fee: string | null
  short_description: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Fees of parenteral and enteral nutrition by state (DMEPEN), in dollars. Every version and each range of days on which CMS said so. Grain: HCPCS code, modifiers, state and range. A change in one state of a row of CMS begins a new range in all of them. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface DmeposPenVersions<Day = Date> {
  hcpcs: string
  modifier: string
  modifier_2: string
  state: string
  non_rural_fee: string | null
  rural_fee: string | null
  short_description: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Between which amounts the DMEPOS fees of a code lie in the country, in dollars, from one release to the next. Grain: HCPCS code, modifiers and release that governs days. What has no fee anywhere is absent. */
export interface DmeposRange {
  hcpcs: string
  modifiers: string
  lowest: string
  highest: string
  basis: string
  release: string
  period: string
}

/** ZIP codes in which DMEPOS pays the rural fee. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface DmeposRuralZipKnown {
  zip: string
  state: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** ZIP codes in which DMEPOS pays the rural fee. Every version and each range of days on which CMS said so. Grain: ZIP code and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface DmeposRuralZipVersions<Day = Date> {
  zip: string
  state: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** DMEPOS fees by state, in dollars, without parenteral and enteral nutrition (api.dmepos_pen). A fee does not say that Medicare covers the item. Every version and each range of days on which CMS said so. Grain: HCPCS code, modifiers, state and range. A change in one state of a row of CMS begins a new range in all of them. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface DmeposVersions<Day = Date> {
  hcpcs: string
  modifier: string
  modifier_2: string
  state: string
  non_rural_fee: string | null
  rural_fee: string | null
  ceiling: string | null
  floor: string | null
  jurisdiction: string
  category: string
  short_description: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Where a ZIP code lies as DMEPOS sees it, from three files: former bidding areas, rural ZIP codes, and the ZIP code file (ZIP5). Grain: ZIP code, file and version. */
export interface DmeposZip {
  zip: string
  state: string
  former_bidding_area: string | null
  is_rural: boolean
  place: number
  valid_during: string
}

/** By what the codes that have a page are explained, the category first in which most paid codes lack a text of their own. Grain: category. codes is the sum of own_text, family_text and nothing. */
export interface EditorialCoverage {
  category: string
  label: string
  codes: string
  own_text: string
  family_text: string
  nothing: string
  reviewed: string
  paid_without_own_text: string
  allowed_amount: string | null
  own_text_allowed_amount: string | null
}

/** Entries whose text may no longer be true. Grain: entry and reason. */
export interface EditorialStale {
  hcpcs: string
  source_file: string
  status: string
  reviewed_against: string | null
  reason: string
  fields: unknown | null
}

/** Families of codes, explained in our own words. Grain: family. A code belongs to one family (api.code_family), a family to one category. */
export interface Family {
  family: string
  category: string
  category_label: string
  codes: string
  name: string
  synonyms: unknown | null
  plain_language: string
  performed_by: unknown
  payment: string
  provenance: unknown
  first_code: string
}

/** What api.payable_amount takes of one row of relative values, in RVUs. payable: whether Medicare pays by them; work is null where it does not, and the practice expense and malpractice RVUs of the OPPS cap where no cap applies. */
export interface FormulaRow {
  payable: boolean | null
  adjusted_work_rvu: string
  adjustment: string | null
  work: string | null
  non_facility_pe: string
  facility_pe: string
  mp: string
  non_facility_pe_opps: string | null
  facility_pe_opps: string | null
  mp_opps: string | null
}

/** Which quarterly releases are due today, for each family that is loaded. Grain: release. state: loaded; missing (due, and not loaded); due (on a later day). */
export interface Freshness<Day = Date> {
  family: string
  release: string
  due_on: Day
  state: string
  days_overdue: number | null
  loaded_as: string | null
  loaded_at: Date | null
}

/** Geographic practice cost indices (Addendum E). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface GpciKnown {
  mac: string
  locality: string
  state: string | null
  locality_name: string
  footnote_mark: string | null
  work_gpci: string
  work_gpci_without_floor: string | null
  pe_gpci: string
  mp_gpci: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Geographic practice cost indices (Addendum E). Every version and each range of days on which CMS said so. Grain: MAC, locality and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface GpciVersions<Day = Date> {
  mac: string
  locality: string
  state: string | null
  locality_name: string
  footnote_mark: string | null
  work_gpci: string
  work_gpci_without_floor: string | null
  pe_gpci: string
  mp_gpci: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** HCPCS Level II codes and modifiers (ANWEB). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface HcpcsKnown<Day = Date> {
  hcpcs: string
  kind: string
  long_description: string
  short_description: string
  pricing_indicators: string[] | null
  multiple_pricing_indicator: string | null
  coverage_issues_references: string[] | null
  carriers_manual_references: string[] | null
  statute: string | null
  lab_certifications: string[] | null
  cross_references: string[] | null
  coverage_indicator: string | null
  asc_group: string | null
  asc_group_effective_on: Day | null
  mog_group: string | null
  mog_payment_indicator: string | null
  mog_group_effective_on: Day | null
  processing_note: string | null
  betos: string | null
  types_of_service: string[] | null
  anesthesia_base_units: number | null
  added_on: Day
  action_effective_on: Day | null
  terminated_on: Day | null
  action_code: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** HCPCS Level II codes and modifiers (ANWEB). Every version and each range of days on which CMS said so. Grain: code or modifier and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface HcpcsVersions<Day = Date> {
  hcpcs: string
  kind: string
  long_description: string
  short_description: string
  pricing_indicators: string[] | null
  multiple_pricing_indicator: string | null
  coverage_issues_references: string[] | null
  carriers_manual_references: string[] | null
  statute: string | null
  lab_certifications: string[] | null
  cross_references: string[] | null
  coverage_indicator: string | null
  asc_group: string | null
  asc_group_effective_on: Day | null
  mog_group: string | null
  mog_payment_indicator: string | null
  mog_group_effective_on: Day | null
  processing_note: string | null
  betos: string | null
  types_of_service: string[] | null
  anesthesia_base_units: number | null
  added_on: Day
  action_effective_on: Day | null
  terminated_on: Day | null
  action_code: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Places of service that count as the patient's home: supplies whose status is P are paid there by the DMEPOS fee schedule, and are a part of the visit elsewhere. Grain: place of service and period. */
export interface HomePlaceOfService<Day = Date> {
  place_of_service: string
  document: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** Modifiers that claims may have, of CPT and of HCPCS Level II, with those of the loaded HCPCS Level II files. Grain: modifier and document. */
export interface KnownModifier {
  modifier: string
  document: string
}

/** What Medicare pays for one code and modifier in one locality on one day by the latest known release, in dollars. */
export interface KnownPaymentRow<Day = Date> {
  hcpcs: string
  modifier: string
  mac: string
  locality: string
  on_date: Day
  status_indicator: string
  work_rvu: string
  non_facility_pe_rvu: string
  facility_pe_rvu: string
  mp_rvu: string
  work_gpci: string
  pe_gpci: string
  mp_gpci: string
  conversion_factor: string
  non_facility_amount: string | null
  facility_amount: string | null
  non_facility_limiting_charge: string | null
  facility_limiting_charge: string | null
}

/** Payment localities of today with their names, state and counties (GPCI, LOCCO). Grain: MAC and locality. */
export interface LocalityDirectory {
  mac: string
  locality: string
  state_code: string | null
  state: string | null
  locality_name: string
  fee_schedule_area: string | null
  counties: string | null
}

/** Localities and their counties (LOCCO). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface LocalityKnown {
  mac: string
  locality: string
  entry: number
  state: string | null
  fee_schedule_area: string
  counties: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Localities and their counties (LOCCO). Every version and each range of days on which CMS said so. Grain: MAC, locality, entry and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface LocalityVersions<Day = Date> {
  mac: string
  locality: string
  entry: number
  state: string | null
  fee_schedule_area: string
  counties: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** CMS's long description of a code, and where it stands. Grain: HCPCS Level II code of the file in force today. */
export interface LongDescription {
  hcpcs: string
  long_description: string
  provenance: unknown
}

/** What a modifier of a claim line does to its amount. Grain: modifier, value of the indicator that decides, and period. Modifiers without a row change nothing; 26, TC and 53 choose the row of the file, where it has one. */
export interface ModifierRule<Day = Date> {
  modifier: string
  indicator: string | null
  indicator_value: string | null
  treatment: string
  applies_to: string
  share: string | null
  shares_of_file: string[]
  document: string
  note: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** What is paid of several procedures of a patient on a day, by rank from the highest amount down, unit by unit. Grain: multiple procedure indicator, part of the amount, ranks and period. A part without a row is paid in full. */
export interface MultipleProcedureRule<Day = Date> {
  multiple_procedure_indicator: string
  part: string
  first_rank: number
  last_rank: number | null
  share: string | null
  document: string
  note: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** What the laboratory fee schedule, the payment limits of drugs and the ASC addenda pay for one unit of a code, in dollars, as far as it is one amount for the whole country. Grain: schedule, HCPCS code, modifier and version. */
export interface NationalPrice {
  schedule: string
  setting: string
  table_name: string
  hcpcs: string
  modifier: string
  amount: string | null
  unit: string
  coinsurance: string | null
  copayment: string | null
  has_multiple_procedure_discount: boolean | null
  basis: string
  is_wage_adjusted: boolean
  valid_during: string
}

/** What Medicare allowed in the nation for each code, both settings together, in the latest year that is loaded. Grain: HCPCS code. */
export interface NationalUse {
  year: number
  hcpcs: string
  services: string
  allowed_amount: string
}

/** Every official description that the loaded releases have of a code. Grain: HCPCS code and wording. CPT and CDT descriptions are licensed by the AMA and the ADA. */
export interface OfficialText {
  hcpcs: string
  wording: string
}

/** OPPS cap on imaging (OPPSCAP), in dollars. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface OppsCapKnown {
  hcpcs: string
  modifier: string
  mac: string
  locality: string
  status_indicator: string
  facility_price: string
  non_facility_price: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** OPPS cap on imaging (OPPSCAP), in dollars. Every version and each range of days on which CMS said so. Grain: HCPCS code, modifier, MAC, locality and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface OppsCapVersions<Day = Date> {
  hcpcs: string
  modifier: string
  mac: string
  locality: string
  status_indicator: string
  facility_price: string
  non_facility_price: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Amount of one unit whose parts are reduced, and the share of its work RVUs. */
export interface PartPaymentRow {
  amount: string | null
  work: string
  before_technical: string | null
}

/** Anesthesia conversion factors (ANES), in dollars per unit, and the national one as MAC 00000, locality 00. Grain: MAC, locality, qualifying_apm and version. */
export interface PaymentAnesthesiaCf {
  mac: string
  locality: string
  qualifying_apm: boolean
  conversion_factor: string
  valid_during: string
}

/** What Medicare pays for one code and modifier at one ZIP code on one day, in dollars. */
export interface PaymentByZipRow<Day = Date> {
  hcpcs: string
  modifier: string
  zip: string
  plus_four_required: boolean | null
  mac: string | null
  locality: string | null
  on_date: Day
  qualifying_apm: boolean
  status_indicator: string | null
  basis: string | null
  conversion_factor: string | null
  non_facility_capped: boolean | null
  facility_capped: boolean | null
  non_facility_amount: string | null
  facility_amount: string | null
  non_facility_non_participating_amount: string | null
  facility_non_participating_amount: string | null
  non_facility_limiting_charge: string | null
  facility_limiting_charge: string | null
  zip_release: string | null
}

/** Why an amount changed between two days, in dollars. rvu_change + gpci_change + conversion_factor_change = change, to the cent. */
export interface PaymentChangeRow<Day = Date> {
  hcpcs: string
  modifier: string
  mac: string
  locality: string
  qualifying_apm: boolean
  setting: string
  from_date: Day
  to_date: Day
  from_basis: string
  to_basis: string
  from_amount: string | null
  to_amount: string | null
  change: string | null
  rvu_change: string | null
  gpci_change: string | null
  conversion_factor_change: string | null
}

/** Conversion factors (PPRRVU), in dollars per RVU; two from 2026 (Social Security Act, section 1848(d)(1)(A)). Grain: qualifying_apm and version. */
export interface PaymentConversionFactor {
  qualifying_apm: boolean
  conversion_factor: string
  valid_during: string
}

/** What pricing must know of a day. refusal: why nothing is priced; note: what to add to each basis, amount_note: what to add to that of an amount as well; empty where nothing is. */
export interface PaymentDayRow {
  release: string | null
  refusal: string | null
  note: string
  amount_note: string
}

/** Geographic practice cost indices (Addendum E), floors of law included, and MAC 00000, locality 00 for national amounts: 1.000 each. Grain: MAC, locality and version. */
export interface PaymentGpci {
  mac: string
  locality: string
  work_gpci: string
  pe_gpci: string
  mp_gpci: string
  valid_during: string
}

/** What the same lines of claims are allowed by the schedules of two days, in dollars. rvu_change + gpci_change + conversion_factor_change = change, to the cent. */
export interface PaymentImpactRow {
  hcpcs: string | null
  modifiers: string | null
  lines: string
  lines_without_amount: string
  units: string | null
  from_amount: string | null
  to_amount: string | null
  change: string | null
  rvu_change: string | null
  gpci_change: string | null
  conversion_factor_change: string | null
}

/** What Medicare pays for one code and modifier in one locality on one day, in dollars, and the numbers that it comes from. */
export interface PaymentRow<Day = Date> {
  hcpcs: string
  modifier: string
  mac: string
  locality: string
  on_date: Day
  qualifying_apm: boolean
  status_indicator: string | null
  basis: string | null
  work_rvu: string | null
  adjusted_work_rvu: string | null
  non_facility_pe_rvu: string | null
  facility_pe_rvu: string | null
  mp_rvu: string | null
  non_facility_na_indicator: string | null
  facility_na_indicator: string | null
  work_gpci: string | null
  pe_gpci: string | null
  mp_gpci: string | null
  conversion_factor: string | null
  adjustment: string | null
  non_facility_fee: string | null
  facility_fee: string | null
  non_facility_pe_opps: string | null
  facility_pe_opps: string | null
  mp_opps: string | null
  non_facility_opps_amount: string | null
  facility_opps_amount: string | null
  non_facility_capped: boolean | null
  facility_capped: boolean | null
  non_facility_amount: string | null
  facility_amount: string | null
  non_facility_non_participating_amount: string | null
  facility_non_participating_amount: string | null
  non_facility_limiting_charge: string | null
  facility_limiting_charge: string | null
}

/** Rules of payment that no release file holds, each with the law, rule or manual that it follows. Grain: rule and period. Shares have no unit. */
export interface PaymentRule<Day = Date> {
  rule: string
  value: string | null
  document: string
  note: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** What payment needs of the relative values (PPRRVU), in RVUs. Grain: HCPCS code, modifier and version. */
export interface PaymentRvu {
  hcpcs: string
  modifier: string
  status_indicator: string
  not_used_for_medicare_payment: string | null
  work_rvu: string
  non_facility_pe_rvu: string
  facility_pe_rvu: string
  mp_rvu: string
  has_rvus: boolean
  non_facility_na_indicator: string | null
  facility_na_indicator: string | null
  calculation_flag: string
  non_facility_pe_opps: string
  facility_pe_opps: string
  mp_opps: string
  has_opps_rvus: boolean
  valid_during: string
  global_days: string
  preoperative_share: string
  intraoperative_share: string
  postoperative_share: string
  pctc_indicator: string | null
  multiple_procedure_indicator: string | null
  bilateral_surgery_indicator: string | null
  assistant_at_surgery_indicator: string | null
  co_surgeons_indicator: string | null
  team_surgery_indicator: string | null
  endoscopic_base: string | null
}

/** The rules of payment of one day (api.payment_rule), side by side. */
export interface PaymentTerms {
  work_adjustor: string | null
  opps_cap: boolean | null
  non_participating_share: string | null
  limiting_charge_share: string | null
  adjustments: unknown | null
}

/** The numbers of api.payment_rule that the lines of claims need, side by side, for each day from the first to the last whose release is loaded. Grain: day. */
export interface PaymentTermsDay<Day = Date> {
  on_date: Day
  non_participating_share: string | null
  limiting_charge_share: string | null
  coinsurance: string | null
  sequestration: string | null
  anesthesia_minutes_per_unit: string | null
  anesthesia_time_unit_decimals: string | null
}

/** What payment needs of the ZIP code file (ZIP5). Grain: ZIP code and version. */
export interface PaymentZip {
  zip: string
  mac: string
  locality: string
  plus_four_flag: string
  valid_during: string
}

/** Amounts of the physician fee schedule for one code and modifier in one locality on a range of days, in dollars. */
export interface PhysicianRateRow<Day = Date> {
  hcpcs: string
  modifier: string
  mac: string
  locality: string
  qualifying_apm: boolean | null
  valid_from: Day
  valid_to: Day
  basis: string
  non_facility_amount: string
  facility_amount: string
  non_facility_uncapped_amount: string | null
  facility_uncapped_amount: string | null
  non_facility_opps_cap_amount: string | null
  facility_opps_cap_amount: string | null
  non_facility_reduced_amount: string | null
  facility_reduced_amount: string | null
}

/** Setting whose amount Medicare pays for a place of service of a claim. Grain: place of service and period. Codes without a row are not assigned. */
export interface PlaceOfService<Day = Date> {
  place_of_service: string
  setting: string | null
  document: string
  note: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** Share of the fee schedule amount that Medicare pays, by practitioner. Grain: practitioner and period. */
export interface PractitionerRule<Day = Date> {
  practitioner: string
  share: string
  must_assign: boolean
  document: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** What one schedule pays for a code in one setting on one day, in dollars. */
export interface Price<Day = Date> {
  schedule: string | null
  setting: string | null
  hcpcs: string
  modifier: string
  on_date: Day
  amount: string | null
  unit: string | null
  depends_on: string
  basis: string
  release: string | null
}

/** What the schedules beside that of physicians paid for a code, nationally and in dollars, and since when. Grain: schedule, setting, HCPCS code, modifiers and range of days with the same amount. lowest and highest differ where the amount depends on the place. */
export interface PriceHistory<Day = Date> {
  schedule: string
  setting: string
  hcpcs: string
  modifier: string
  lowest: string
  highest: string
  unit: string
  basis: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  release: string | null
}

/** What one schedule pays for a code in one setting in the nation, in dollars. */
export interface PriceRange {
  schedule: string
  setting: string
  hcpcs: string
  modifier: string
  amount: string | null
  lowest: string
  highest: string
  unit: string
  basis: string
  release: string
}

/** The schedules beside that of physicians which set amounts. Grain: schedule. */
export interface PriceSchedule {
  place: number
  schedule: string
  title: string
  table_name: string
  is_loaded: boolean
}

/** What Medicare allows and pays for one line of a claim, in dollars, and why. */
export interface PricedClaimLine<Day = Date> {
  claim_id: string | null
  line: string | null
  hcpcs: string | null
  modifiers: string
  units: string | null
  service_date: Day | null
  place_of_service: string | null
  setting: string | null
  mac: string | null
  locality: string | null
  plus_four_required: boolean | null
  qualifying_apm: boolean
  schedule: string | null
  status_indicator: string | null
  unit_amount: string | null
  amount: string | null
  medicare_pays: string | null
  patient_owes: string | null
  medicare_pays_after_sequestration: string | null
  limiting_charge: string | null
  work_rvus: string | null
  adjusted_work_rvus: string | null
  paid_by_medicare: boolean | null
  basis: string | null
  steps: unknown | null
  source_row: string
}

/** The amounts of one row of relative values, in dollars. payable: whether Medicare pays by its RVUs; the practice expense and malpractice RVUs of the OPPS cap are null where no cap applies. */
export interface PricedRow {
  payable: boolean | null
  adjusted_work_rvu: string
  adjustment: string | null
  non_facility_pe_opps: string | null
  facility_pe_opps: string | null
  mp_opps: string | null
  non_facility_fee: string | null
  facility_fee: string | null
  non_facility_opps_amount: string | null
  facility_opps_amount: string | null
  non_facility_amount: string | null
  facility_amount: string | null
}

/** Years of which api.physician_rates and api.schedule_rates have amounts. Grain: schedule and year. */
export interface RateYear {
  schedule: string
  year: number
  source: string
  tables: string[]
}

/** Rows of CMS's files that a schema rejected. Grain: run, file and line. open: the last run over these bytes rejected it, and no replay accepted it since. */
export interface RejectedRow {
  run: string
  release: string
  sha256: string | null
  rejected_at: Date
  dataset: string
  file: string
  line: number
  raw: string
  key: unknown
  issues: unknown
  replay: string | null
  replay_run: string | null
  replayed_at: Date | null
  open: boolean
}

/** Releases. Grain: release and sha256 (CMS posts a release again with other bytes: revision counts them in the order in which CMS posted them). family: short name of the schedule, such as pfs (physician fee schedule), zip (ZIP codes), hcpcs (HCPCS Level II), clfs (laboratory fees), asp (payment limits of drugs) or ndc (their packages). State and in_force_to are those of its relative value file, where it has one. superseded: another revision of the same day replaces it. published: day on which CMS published it, null where nobody says; published_source: operator, file (RELEASED in its title), catalog, name (of the zip) or last-modified (CMS's server). not loaded: a gap, its days are governed by its predecessor. layout_evidence: proven where the tests read CMS's own bytes of each of its files, never seen where one of them is not among these (docs/coverage.md). */
export interface Release<Day = Date> {
  release: string
  family: string
  revision: string | null
  state: string
  effective_from: Day
  in_force_to: Day | null
  effective_from_source: string
  published: Day | null
  published_source: string | null
  source: string | null
  sha256: string | null
  loaded_at: Date | null
  datasets: string[] | null
  rows_accepted: string | null
  rows_rejected: string | null
  layout_evidence: string | null
  accepted_columns: unknown | null
}

/** Which loaded release governs the days of each table of the physician fee schedule, and whether it is the one that governs them at CMS. Grain: table and period, from its first loaded release on. */
export interface ReleaseCalendar<Day = Date> {
  table_name: string
  release: string
  governs_from: Day
  missing_release: string | null
  is_known: boolean
  period: string
  valid_from: Day
  valid_to: Day | null
}

/** On which days a revision is in force, for each table. Grain: table and revision. A table without a row on a day has no data for it. */
export interface ReleasePeriod<Day = Date> {
  table_name: string
  release: string
  sha256: string
  period: string
  valid_from: Day
  valid_to: Day | null
}

/** Relative values (PPRRVU), in RVUs. fully_implemented_*: until 2012, what CMS would pay after the transition between two methods of practice expense; null since. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface RvuKnown {
  hcpcs: string
  modifier: string
  description: string | null
  status_indicator: string
  not_used_for_medicare_payment: string | null
  work_rvu: string
  non_facility_pe_rvu: string
  non_facility_na_indicator: string | null
  facility_pe_rvu: string
  facility_na_indicator: string | null
  mp_rvu: string
  non_facility_total_rvu: string
  facility_total_rvu: string
  pctc_indicator: string | null
  global_days: string
  preoperative_share: string
  intraoperative_share: string
  postoperative_share: string
  multiple_procedure_indicator: string | null
  bilateral_surgery_indicator: string | null
  assistant_at_surgery_indicator: string | null
  co_surgeons_indicator: string | null
  team_surgery_indicator: string | null
  endoscopic_base: string | null
  physician_supervision: string
  calculation_flag: string
  imaging_family: string
  non_facility_pe_opps: string
  facility_pe_opps: string
  mp_opps: string
  fully_implemented_non_facility_pe_rvu: string | null
  fully_implemented_non_facility_na_indicator: string | null
  fully_implemented_facility_pe_rvu: string | null
  fully_implemented_facility_na_indicator: string | null
  fully_implemented_non_facility_total_rvu: string | null
  fully_implemented_facility_total_rvu: string | null
  content_hash: string
  valid_during: string
  known_during: string
}

/** Relative values (PPRRVU), in RVUs. fully_implemented_*: until 2012, what CMS would pay after the transition between two methods of practice expense; null since. Every version and each range of days on which CMS said so. Grain: HCPCS code, modifier and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface RvuVersions<Day = Date> {
  hcpcs: string
  modifier: string
  description: string | null
  status_indicator: string
  not_used_for_medicare_payment: string | null
  work_rvu: string
  non_facility_pe_rvu: string
  non_facility_na_indicator: string | null
  facility_pe_rvu: string
  facility_na_indicator: string | null
  mp_rvu: string
  non_facility_total_rvu: string
  facility_total_rvu: string
  pctc_indicator: string | null
  global_days: string
  preoperative_share: string
  intraoperative_share: string
  postoperative_share: string
  multiple_procedure_indicator: string | null
  bilateral_surgery_indicator: string | null
  assistant_at_surgery_indicator: string | null
  co_surgeons_indicator: string | null
  team_surgery_indicator: string | null
  endoscopic_base: string | null
  physician_supervision: string
  calculation_flag: string
  imaging_family: string
  non_facility_pe_opps: string
  facility_pe_opps: string
  mp_opps: string
  fully_implemented_non_facility_pe_rvu: string | null
  fully_implemented_non_facility_na_indicator: string | null
  fully_implemented_facility_pe_rvu: string | null
  fully_implemented_facility_na_indicator: string | null
  fully_implemented_non_facility_total_rvu: string | null
  fully_implemented_facility_total_rvu: string | null
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** What a schedule other than that of physicians pays for a code at a place on a range of days, in dollars. */
export interface ScheduleRateRow<Day = Date> {
  schedule: string
  hcpcs: string
  modifier: string
  setting: string
  geography_kind: string
  geography: string
  qualifying_apm: boolean | null
  valid_from: Day
  valid_to: Day
  amount: string
  unit: string
  basis: string
}

/** Schedules other than the physician fee schedule by which claim lines are paid. Grain: schedule and period. */
export interface ScheduleRule<Day = Date> {
  schedule: string
  title: string
  coinsurance: string | null
  document: string
  coinsurance_document: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** What can be found of a code. Grain: HCPCS code that any loaded file or entry of ours knows. words: stems with weights, A: names and synonyms, B: CMS's descriptions, C: our texts, D: what its family is called. */
export interface SearchDocument {
  hcpcs: string
  code_system: string | null
  name: string
  description: string | null
  words: string
  our_names: string[]
  in_schedule: boolean
}

/** Stems that documents have, or had. Grain: stem, of letters alone. */
export interface SearchWord {
  word: string
}

/** The latest day, up to today, of which the loaded releases say what holds. Grain: table of a schedule that has a catalog. */
export interface ShownDay<Day = Date> {
  table_name: string
  shown_day: Day
}

/** What each status indicator means for payment (PPRRVU record layout, Attachment A). Grain: status indicator and period. */
export interface StatusPayment<Day = Date> {
  status_indicator: string
  pays_rvus: boolean
  basis: string
  basis_without_rvus: string
  document: string
  valid_from: Day | null
  valid_to: Day | null
  valid_during: string
}

/** Codes that the physician schedule of today leaves out and another loaded file has: one of another schedule, or that of HCPCS Level II where the schedule leaves out the whole letter. Grain: HCPCS code. */
export interface UnlistedCode<Day = Date> {
  hcpcs: string
  short_description: string | null
  table_name: string
  shown_day: Day
  release: string | null
  sha256: string
  effective_from: Day
  facts: unknown
}

/** Part B services of a year in Original Medicare, by code, place and setting (MUP_PHY, by geography and service). A row holds for the year of its release: look at a day of that year. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface UtilizationKnown {
  hcpcs: string
  state_code: string
  setting: string
  level: string
  state: string
  is_drug: boolean
  providers: string
  patients: string
  services: string
  patient_days: string
  average_submitted_charge: string
  average_allowed_amount: string
  average_payment: string
  average_standardized_payment: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** Part B services of a year in Original Medicare, by code, place and setting (MUP_PHY, by geography and service). A row holds for the year of its release: look at a day of that year. Every version and each range of days on which CMS said so. Grain: HCPCS code, state or the nation, setting and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface UtilizationVersions<Day = Date> {
  hcpcs: string
  state_code: string
  setting: string
  level: string
  state: string
  is_drug: boolean
  providers: string
  patients: string
  services: string
  patient_days: string
  average_submitted_charge: string
  average_allowed_amount: string
  average_payment: string
  average_standardized_payment: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Work RVUs of one code and modifier on one day. */
export interface WrvuRow<Day = Date> {
  hcpcs: string
  modifier: string
  on_date: Day
  status_indicator: string | null
  not_used_for_medicare_payment: string | null
  work_rvu: string | null
  basis: string
}

/** ZIP codes and their localities (ZIP5). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true. */
export interface Zip5Known {
  zip: string
  state: string
  mac: string
  locality: string
  rural_indicator: string | null
  lab_cb_locality: string
  rural_indicator_2006: string | null
  plus_four_flag: string
  part_b_payment_indicator: string
  content_hash: string
  valid_during: string
  known_during: string
}

/** ZIP codes and their localities (ZIP5). Every version and each range of days on which CMS said so. Grain: ZIP code and range. known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version. */
export interface Zip5Versions<Day = Date> {
  zip: string
  state: string
  mac: string
  locality: string
  rural_indicator: string | null
  lab_cb_locality: string
  rural_indicator_2006: string | null
  plus_four_flag: string
  part_b_payment_indicator: string
  valid_from: Day
  valid_to: Day | null
  known_to: Day | null
  first_release: string | null
  valid_during: string
}

/** Payment locality of each ZIP code (ZIP5), on the days on which CMS said so. Grain: ZIP code and range. */
export interface ZipLocality<Day = Date> {
  zip: string
  mac: string
  locality: string
  geography: string
  state: string
  rural_indicator: string | null
  plus_four_required: boolean
  valid_from: Day
  valid_to: Day | null
}
