-- The rules of claim lines, each with the document that says so and the days of service on which it holds.

-- Grain: place of service and period. For readers who ask which amount a place of service is paid.
create view api.place_of_service as
select place_of_service, setting, document, note,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.place_of_service;
comment on column api.place_of_service.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.place_of_service is
  'Setting whose amount Medicare pays for a place of service of a claim. Grain: place of service and period. Codes without a row are not assigned.';
comment on column api.place_of_service.place_of_service is 'Place of service of the claim line, two digits.';
comment on column api.place_of_service.setting is 'facility or non_facility; null where the manual gives no payment rate.';

-- Grain: modifier, value of the indicator and period. For readers who ask what a modifier does.
create view api.modifier_rule as
select modifier, indicator, indicator_value, treatment, applies_to, share, shares_of_file, document, note,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.modifier_rule;
comment on column api.modifier_rule.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.modifier_rule is
  'What a modifier of a claim line does to its amount. Grain: modifier, value of the indicator that decides, and period. Modifiers without a row change nothing; 26, TC and 53 choose the row of the file, where it has one.';
comment on column api.modifier_rule.modifier is 'Modifier of the claim line.';
comment on column api.modifier_rule.indicator is
  'Column of the relative value file that decides, or computed_tomography: pctc_indicator for the codes of api.computed_tomography, and 9 for others. Modifier 26 makes pctc_indicator 2. Null where none decides.';
comment on column api.modifier_rule.indicator_value is 'Value of that column; null where none decides.';
comment on column api.modifier_rule.treatment is
  'share: the amount is multiplied; documented: only where the claim says that documentation was accepted; by report: the contractor decides; not paid, does not apply, not priced: no amount.';
comment on column api.modifier_rule.applies_to is 'amount: the allowed amount; technical: its technical part, after the OPPS cap; payment: what Medicare pays of it.';
comment on column api.modifier_rule.share is 'Factor; null where there is none, or where it is the sum of columns of the file.';
comment on column api.modifier_rule.shares_of_file is 'Columns of the relative value file whose sum is the factor; empty where none is.';

-- Grain: HCPCS code and period. For readers who ask which codes modifier CT is for.
create view api.computed_tomography as
select hcpcs, document,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.computed_tomography;
comment on column api.computed_tomography.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.computed_tomography is
  'Codes of computed tomography whose technical part modifier CT reduces (api.modifier_rule); numbers of CMS''s ranges that are no codes are among them. Grain: HCPCS code and period.';

-- Grain: indicator, part, ranks and period. For readers who ask what a second procedure is paid.
create view api.multiple_procedure_rule as
select multiple_procedure_indicator, part, first_rank, last_rank, share, document, note,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.multiple_procedure;
comment on column api.multiple_procedure_rule.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.multiple_procedure_rule is
  'What is paid of several procedures of a patient on a day, by rank from the highest amount down, unit by unit. Grain: multiple procedure indicator, part of the amount, ranks and period. A part without a row is paid in full.';
comment on column api.multiple_procedure_rule.part is 'Part of the amount that is ranked and reduced: amount (all of it), professional, technical or practice expense.';
comment on column api.multiple_procedure_rule.first_rank is 'First rank that the row is for.';
comment on column api.multiple_procedure_rule.last_rank is 'Last rank that the row is for; null where it is for all that follow.';
comment on column api.multiple_procedure_rule.share is 'Share of the part that is paid; null where payment is by report.';
comment on column api.multiple_procedure_rule.multiple_procedure_indicator is 'Multiple procedure indicator of the code (PPRRVU).';

-- Grain: practitioner and period. For readers who ask what who is no physician is paid.
create view api.practitioner_rule as
select practitioner, share, must_assign, document,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.practitioner;
comment on column api.practitioner_rule.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.practitioner_rule is 'Share of the fee schedule amount that Medicare pays, by practitioner. Grain: practitioner and period.';
comment on column api.practitioner_rule.practitioner is
  'MD, DO, DPM podiatrist, OD optometrist, DDS and DMD dentists, DC chiropractor, all physicians to Medicare; NP nurse practitioner, CNS clinical nurse specialist, PA physician assistant, CNM nurse-midwife, CSW clinical social worker, CP clinical psychologist, RD dietitian, MFT marriage and family therapist, MHC mental health counselor; PT, OT, SLP therapists; CRNA, AA anesthetists; ASC the ambulatory surgical center itself.';
comment on column api.practitioner_rule.share is 'Share of the fee schedule amount.';
comment on column api.practitioner_rule.must_assign is
  'Whether the practitioner must take assignment (Social Security Act, section 1842(b)(18)), so that no limiting charge applies.';

-- Grain: modifier and period. For readers who ask what anesthesia is paid.
create view api.anesthesia_modifier_rule as
select modifier, share, base_units, documented_units, must_assign, document, note,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.anesthesia_modifier;
comment on column api.anesthesia_modifier_rule.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.anesthesia_modifier_rule is 'What is paid of anesthesia, by who gave it. Grain: modifier and period.';
comment on column api.anesthesia_modifier_rule.modifier is 'Modifier of the claim line.';
comment on column api.anesthesia_modifier_rule.share is 'Share of the amount.';
comment on column api.anesthesia_modifier_rule.documented_units is 'Units beside base_units where the claim says that documentation was accepted; null where there are none.';
comment on column api.anesthesia_modifier_rule.must_assign is
  'Whether who gives it must take assignment (Social Security Act, section 1842(b)(18)), so that no limiting charge applies.';
comment on column api.anesthesia_modifier_rule.base_units is 'Units that stand in place of those of the code and of time; null where these count.';

-- Grain: HCPCS code and period. For claim pricing.
create view api.anesthesia_base_units as
select hcpcs, base_units, add_on, timed, document,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.anesthesia_base_units;
comment on column api.anesthesia_base_units.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.anesthesia_base_units is
  'Base units of anesthesia codes, by the list of 2022, the only one that was seen: it stands for later days too. Grain: HCPCS code and period.';
comment on column api.anesthesia_base_units.base_units is 'Base units of the code.';
comment on column api.anesthesia_base_units.add_on is 'Whether its units count beside those of another code of the session.';
comment on column api.anesthesia_base_units.timed is 'Whether time counts beside the base units; else each unit of service has them.';

-- Grain: kind, code or modifier, and period. For readers who ask what the patient owes.
create view api.coinsurance_rule as
select kind, name, share, document,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.coinsurance;
comment on column api.coinsurance_rule.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.coinsurance_rule is
  'Codes and modifiers whose coinsurance is not the ordinary one of api.payment_rule. Grain: kind, code or modifier, and period.';
comment on column api.coinsurance_rule.kind is 'code or modifier.';
comment on column api.coinsurance_rule.name is 'The code or the modifier.';
comment on column api.coinsurance_rule.share is 'Share of the allowed amount that the patient owes: 0 where it is waived.';

-- Grain: schedule and period. For readers who ask what the patient owes of a laboratory test, a drug, equipment or a surgical center.
create view api.schedule_rule as
select schedule, title, coinsurance, document, coinsurance_document,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.schedule;
comment on column api.schedule_rule.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.schedule_rule is
  'Schedules other than the physician fee schedule by which claim lines are paid. Grain: schedule and period.';
comment on column api.schedule_rule.schedule is 'laboratory, drugs, DMEPOS or ASC.';
comment on column api.schedule_rule.title is 'Name of its amounts in the steps of a priced line.';
comment on column api.schedule_rule.coinsurance is 'Share of the amount that the patient owes; null where each code has its own.';
comment on column api.schedule_rule.coinsurance_document is 'Law, rule or file that says what the patient owes.';

-- Grain: modifier and period. For readers who ask what a surgical center is paid.
create view api.asc_modifier_rule as
select modifier, treatment, share, device_share, document, note,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.asc_modifier;
comment on column api.asc_modifier_rule.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.asc_modifier_rule is
  'What a modifier does to the payment of an ambulatory surgical center. Grain: modifier and period. Modifiers without a row change nothing.';
comment on column api.asc_modifier_rule.modifier is 'Modifier of the claim line.';
comment on column api.asc_modifier_rule.treatment is 'share: the amount is multiplied, and where the factor is not 1 the line is not ranked among the procedures of its session; not priced: no amount.';
comment on column api.asc_modifier_rule.share is 'Factor; null where there is none.';
comment on column api.asc_modifier_rule.device_share is
  'How much of the device (device_offset_amount of api.asc_device_offset) is taken out of the rate of a device-intensive procedure (payment indicator J8) before the factor: 0 none, 1 all of it.';

-- Grain: place of service and period. For readers who ask where supplies are paid for themselves.
create view api.home_place_of_service as
select place_of_service, document,
       lower(valid_during) as valid_from, upper(valid_during) - 1 as valid_to, valid_during
  from claim.home;
comment on column api.home_place_of_service.valid_from is 'First day of the period; null where it is older than the data.';
comment on view api.home_place_of_service is
  'Places of service that count as the patient''s home: supplies whose status is P are paid there by the DMEPOS fee schedule, and are a part of the visit elsewhere. Grain: place of service and period.';
comment on column api.home_place_of_service.place_of_service is 'Place of service of the claim line, two digits.';

-- First days on which one of the rules of claims changes. For api.price_claims, which applies them to whole periods.
create view api.claim_rule_change as
select distinct changed_on
  from (select valid_during from api.place_of_service
         union all select valid_during from api.modifier_rule
         union all select valid_during from api.computed_tomography
         union all select valid_during from api.multiple_procedure_rule
         union all select valid_during from api.practitioner_rule
         union all select valid_during from api.anesthesia_modifier_rule
         union all select valid_during from api.anesthesia_base_units
         union all select valid_during from api.coinsurance_rule
         union all select valid_during from api.schedule_rule
         union all select valid_during from api.asc_modifier_rule
         union all select valid_during from api.home_place_of_service
         union all select valid_during from api.payment_rule
         union all select valid_during from api.status_payment) rule
 cross join lateral unnest(array[lower(rule.valid_during), upper(rule.valid_during)]) changed_on
 where changed_on is not null;
comment on view api.claim_rule_change is 'First days on which any rule of payment begins, changes or ends. Grain: day.';
comment on column api.claim_rule_change.changed_on is 'First day of the new rule.';
