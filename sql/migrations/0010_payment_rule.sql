-- What the law and CMS's manuals add to the files: numbers and meanings that payment depends on, each with
-- the days on which it holds and the document that says so. A new rule, or a new period of one, is a
-- further migration.

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
   'Most that a physician who neither participates nor accepts assignment may charge, as a share of the non-participating amount.'),
  ('anesthesia_minutes_per_unit', 15, '[1994-01-01,)',
   'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 50.G',
   'Minutes of anesthesia time in one time unit.'),
  ('anesthesia_time_unit_decimals', 1, '[1994-01-01,)',
   'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 50.G',
   'Decimals to which time units are rounded.');

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
