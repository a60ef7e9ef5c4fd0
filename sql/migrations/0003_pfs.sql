-- The physician fee schedule: CMS's files as tables of versions (0002_versions.sql).

create schema pfs;
comment on schema pfs is 'CMS''s rows as versions. Not a contract: read api.';

create table pfs.rvu (
  hcpcs text not null,
  modifier text not null,
  description text,
  status_indicator text not null,
  not_used_for_medicare_payment text,
  work_rvu numeric(6, 2) not null,
  non_facility_pe_rvu numeric(6, 2) not null,
  non_facility_na_indicator text,
  facility_pe_rvu numeric(6, 2) not null,
  facility_na_indicator text,
  mp_rvu numeric(6, 2) not null,
  non_facility_total_rvu numeric(6, 2) not null,
  facility_total_rvu numeric(6, 2) not null,
  pctc_indicator text,
  global_days text not null,
  preoperative_share numeric(3, 2) not null,
  intraoperative_share numeric(3, 2) not null,
  postoperative_share numeric(3, 2) not null,
  multiple_procedure_indicator text,
  bilateral_surgery_indicator text,
  assistant_at_surgery_indicator text,
  co_surgeons_indicator text,
  team_surgery_indicator text,
  endoscopic_base text,
  physician_supervision text not null,
  calculation_flag text not null,
  imaging_family text not null,
  non_facility_pe_opps numeric(6, 2) not null,
  facility_pe_opps numeric(6, 2) not null,
  mp_opps numeric(6, 2) not null,
  -- Until 2012: practice expense after a transition, beside those that Medicare paid.
  fully_implemented_non_facility_pe_rvu numeric(6, 2),
  fully_implemented_non_facility_na_indicator text,
  fully_implemented_facility_pe_rvu numeric(6, 2),
  fully_implemented_facility_na_indicator text,
  fully_implemented_non_facility_total_rvu numeric(6, 2),
  fully_implemented_facility_total_rvu numeric(6, 2),
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, modifier, content_hash)
);
comment on table pfs.rvu is 'Relative values (PPRRVU), in RVUs. Grain: HCPCS code, modifier and version.';

create table pfs.conversion_factor (
  qualifying_apm boolean not null,
  conversion_factor numeric(7, 4) not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (qualifying_apm, content_hash)
);
comment on table pfs.conversion_factor is
  'Conversion factors, in dollars per RVU. Grain: whether for qualifying APM participants, and version. Until 2025 both rows hold the one factor.';

create table pfs.gpci (
  mac text not null,
  locality text not null,
  state text,
  locality_name text not null,
  footnote_mark text,
  work_gpci numeric(5, 3) not null,
  work_gpci_without_floor numeric(5, 3),
  pe_gpci numeric(5, 3) not null,
  mp_gpci numeric(5, 3) not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (mac, locality, content_hash)
);
comment on table pfs.gpci is
  'Geographic practice cost indices. Grain: MAC, locality and version. work_gpci holds the 1.0 floor where law sets it; work_gpci_without_floor is null where CMS does not print it.';

create table pfs.opps_cap (
  hcpcs text not null,
  modifier text not null,
  mac text not null,
  locality text not null,
  status_indicator text not null,
  facility_price numeric(9, 2) not null,
  non_facility_price numeric(9, 2) not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (hcpcs, modifier, mac, locality, content_hash)
);
comment on table pfs.opps_cap is
  'OPPS cap on imaging (OPPSCAP), in dollars. Grain: HCPCS code, modifier, MAC, locality and version.';

create table pfs.anesthesia_cf (
  mac text not null,
  locality text not null,
  qualifying_apm boolean not null,
  locality_name text not null,
  footnote_mark text,
  conversion_factor numeric(9, 2) not null,
  national_conversion_factor numeric,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (mac, locality, qualifying_apm, content_hash)
);
comment on table pfs.anesthesia_cf is
  'Anesthesia conversion factors (ANES), in dollars per unit. Grain: MAC, locality, qualifying_apm and version. national_conversion_factor is null where the file does not give it.';

create table pfs.locality (
  mac text not null,
  locality text not null,
  entry smallint not null,
  state text,
  fee_schedule_area text not null,
  counties text not null,
  content_hash uuid not null,
  valid_during datemultirange not null check (not isempty(valid_during)),
  known_since timestamptz not null default ops.known_at(),
  primary key (mac, locality, entry, content_hash)
);
comment on table pfs.locality is
  'Localities and their counties (LOCCO). Grain: MAC, locality, entry and version. entry: 1 for a pair''s first row in the file, 2 for its next.';

select ops.keep_versions_of(name::regclass)
  from unnest(array['pfs.rvu', 'pfs.conversion_factor', 'pfs.gpci', 'pfs.opps_cap', 'pfs.anesthesia_cf', 'pfs.locality']) name;

-- What the law and CMS's manuals add to the files: numbers and meanings that payment depends on, each with
-- the days on which it holds and the document that says so.

create table pfs.payment_rule (
  rule text not null,
  value numeric,
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  note text not null,
  exclude using gist (rule with =, valid_during with &&)
);
comment on table pfs.payment_rule is
  'Rules of payment that no release file holds. Grain: rule and period. value is null where the rule has no number and only its presence counts.';

insert into pfs.payment_rule (rule, value, valid_during, document, note) values
  ('work_adjustor', 1, '(,2007-01-01)',
   'Social Security Act, section 1848(b)(1)',
   'Work RVUs enter the formula as published.'),
  ('work_adjustor', 0.8994, '[2007-01-01,2008-01-01)',
   'CY 2007 physician fee schedule final rule (CMS-1321-FC), 71 FR 69624',
   'Budget neutrality adjustor: the product of work RVU and adjustor is rounded to two decimals before the formula.'),
  ('work_adjustor', 0.8806, '[2008-01-01,2009-01-01)',
   'CY 2008 physician fee schedule final rule (CMS-1385-FC), 72 FR 66222',
   'Budget neutrality adjustor: the product of work RVU and adjustor is rounded to two decimals before the formula.'),
  ('work_adjustor', 1, '[2009-01-01,)',
   'Medicare Improvements for Patients and Providers Act of 2008, section 133(b)',
   'Budget neutrality moved into the conversion factor; work RVUs enter the formula as published.'),
  ('opps_cap', null, '[2007-01-01,)',
   'Deficit Reduction Act of 2005, section 5102(b); Social Security Act, section 1848(b)(4)',
   'The technical part of imaging is paid at no more than the hospital outpatient amount, where PPRRVU gives RVUs for that amount.'),
  ('non_participating_share', 0.95, '[1992-01-01,)',
   'Social Security Act, section 1848(a)(3); 42 CFR 414.20(b)',
   'Share of the fee schedule amount that Medicare allows a physician who does not participate.'),
  ('limiting_charge_share', 1.15, '[1993-01-01,)',
   'Social Security Act, section 1848(g)(2)(C); 42 CFR 414.48(b)',
   'Most that a physician who neither participates nor accepts assignment may charge, as a share of the nonparticipating amount, which is rounded to the cent before.'),
  ('anesthesia_minutes_per_unit', 15, '[1994-01-01,)',
   'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 50.G',
   'Minutes of anesthesia time in one time unit.'),
  ('anesthesia_time_unit_decimals', 1, '[1994-01-01,)',
   'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 50.G',
   'Decimals to which time units are rounded.'),
  ('calculation_flag_2', 1.05, '[2008-07-01,)',
   'Medicare Improvements for Patients and Providers Act of 2008, section 138; RVUPUF09 and RVUPUF11, Calculation Flag',
   'Where the relative value file has calculation flag 2 (psychotherapy), the fee schedule amount is multiplied by this factor.'),
  ('calculation_flag_3', 0.98, '[2010-01-01,)',
   'RVUPUF11 to RVUPUF14, Calculation Flag',
   'Where the relative value file has calculation flag 3 (three codes of chiropractors), the fee schedule amount is multiplied by this factor.'),
  ('replaced_conversion_factor', 25.5217, '[2011-01-01,2012-01-01)',
   'Medicare and Medicaid Extenders Act of 2010 (Public Law 111-309), section 101',
   'Dollars per RVU in the files that were released before the law, which kept the cut from taking effect.'),
  ('replaced_conversion_factor', 24.6712, '[2012-01-01,2013-01-01)',
   'Temporary Payroll Tax Cut Continuation Act of 2011 (Public Law 112-78), section 301',
   'Dollars per RVU in the files that were released before the law, which kept the cut from taking effect.'),
  ('replaced_conversion_factor', 25.0008, '[2013-01-01,2014-01-01)',
   'American Taxpayer Relief Act of 2012 (Public Law 112-240), section 601',
   'Dollars per RVU in the files that were released before the law, which kept the cut from taking effect.');

create table pfs.status_payment (
  status_indicator text not null,
  pays_rvus boolean not null,
  basis text not null,
  basis_without_rvus text not null,
  valid_during daterange not null default '(,)' check (not isempty(valid_during)),
  document text not null default 'National Physician Fee Schedule Relative Value File, Attachment A',
  exclude using gist (status_indicator with =, valid_during with &&)
);
comment on table pfs.status_payment is
  'What each status indicator means for payment. Grain: status indicator and period. Only where pays_rvus do the RVUs of a row give an amount; basis_without_rvus is what holds for a row that has none.';

insert into pfs.status_payment (status_indicator, pays_rvus, basis, basis_without_rvus) values
  ('A', true, 'fee schedule', 'no RVUs'),
  ('B', false, 'bundled', 'bundled'),
  ('C', false, 'contractor-priced', 'contractor-priced'),
  ('D', false, 'deleted', 'deleted'),
  ('E', false, 'excluded by regulation', 'excluded by regulation'),
  ('F', false, 'deleted', 'deleted'),
  ('G', false, 'not valid for Medicare', 'not valid for Medicare'),
  ('H', false, 'deleted', 'deleted'),
  ('I', false, 'not valid for Medicare', 'not valid for Medicare'),
  ('J', false, 'anesthesia', 'anesthesia'),
  ('M', false, 'measurement only', 'measurement only'),
  ('N', false, 'not covered', 'not covered'),
  ('P', false, 'bundled or excluded', 'bundled or excluded'),
  ('Q', false, 'measurement only', 'measurement only'),
  ('T', true, 'fee schedule, if nothing else is payable that day', 'no RVUs'),
  ('X', false, 'not a physician service', 'not a physician service');
insert into pfs.status_payment (status_indicator, pays_rvus, basis, basis_without_rvus, document) values
  ('R', true, 'fee schedule, where covered', 'contractor-priced',
   'Physician Fee Schedule Payment Amount File, record layout: priced by the contractor only if no RVUs are shown');
