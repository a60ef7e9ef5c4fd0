-- Rules by which a Medicare contractor turns a line of the fee schedule into the payment of a claim line: what
-- sql/api/8*_claim*.sql apply. Each row has the document that says so and the days of service on which it holds.

create schema claim;
comment on schema claim is 'Rules for the lines of claims. Not a contract: read api.';

create table claim.place_of_service (
  place_of_service text not null check (place_of_service ~ '^\d\d$'),
  setting text check (setting in ('facility', 'non_facility')),
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  note text not null,
  exclude using gist (place_of_service with =, valid_during with &&)
);
comment on table claim.place_of_service is
  'Setting whose amount Medicare pays for a place of service. Grain: place of service and period. setting is null where the manual gives no payment rate; a code without a row is not assigned.';

insert into claim.place_of_service
select p.code, p.setting, p.valid_during::daterange, p.document, p.note
  from (
    select code, 'facility' as setting, '(,)' as valid_during,
           'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.2' as document,
           'Paid at the facility rate.' as note
      from unnest('{21,22,23,26,31,34,41,42,51,52,53,56,61}'::text[]) code
     union all
    select code, 'non_facility', '(,)',
           'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.2, and chapter 26, section 10.5',
           'Paid at the nonfacility rate.'
      from unnest('{01,03,04,09,11,12,13,14,15,16,17,18,20,25,27,32,33,49,50,54,55,57,58,60,62,65,66,71,72,81,99}'::text[]) code
     union all
    select code, null, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 26, section 10.5',
           'Not applicable for the adjudication of Medicare claims.'
      from unnest('{05,06,07,08}'::text[]) code
     union all
    values
      ('02', 'facility', '[2017-01-01,)',
       'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.2; Change Request 9726',
       'Telehealth elsewhere than in the home: the facility rate.'),
      ('10', null, '[2022-01-01,2024-01-01)', 'Change Request 12427',
       'Telehealth in the home: not to be reported to Medicare before 2024, but the place where the visit would have been, with modifier 95.'),
      ('10', 'non_facility', '[2024-01-01,)',
       'CY 2024 physician fee schedule final rule (CMS-1784-F), 88 FR 78818; Change Request 13452',
       'Telehealth in the home: the nonfacility rate.'),
      ('19', 'facility', '[2016-01-01,)', 'Change Request 9231',
       'Outpatient department off the campus of the hospital: the facility rate.'),
      ('24', null, '(,2008-01-01)',
       'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.2',
       'Until 2007 the rate depended on the list of procedures of ambulatory surgical centers.'),
      ('24', 'facility', '[2008-01-01,)',
       'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.2',
       'Ambulatory surgical center: the facility rate.')
  ) p (code, setting, valid_during, document, note);

create table claim.modifier_rule (
  modifier text not null,
  indicator text check (indicator in ('bilateral_surgery_indicator', 'assistant_at_surgery_indicator', 'co_surgeons_indicator', 'team_surgery_indicator', 'global_days',
                                      'pctc_indicator', 'computed_tomography')),
  indicator_value text,
  treatment text not null check (treatment in ('share', 'documented', 'by report', 'not paid', 'does not apply', 'not priced')),
  applies_to text not null default 'amount' check (applies_to in ('amount', 'technical', 'payment')),
  share numeric,
  shares_of_file text[] not null default '{}',
  valid_during daterange not null default '(,)' check (not isempty(valid_during)),
  document text not null,
  note text not null,
  check ((indicator is null) = (indicator_value is null)),
  check ((treatment in ('share', 'documented')) = (share is not null or shares_of_file <> '{}')),
  exclude using gist (modifier with =, coalesce(indicator_value, '') with =, valid_during with &&)
);
comment on table claim.modifier_rule is
  'What a modifier does to an amount. Grain: modifier, value of the indicator that decides, and period. A modifier without a row changes nothing.';

insert into claim.modifier_rule (modifier, indicator, indicator_value, treatment, share, document, note)
select '50', 'bilateral_surgery_indicator', r.value, r.treatment, r.share,
       'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.7; PPRRVU record layout, Bilateral Surgery', r.note
  from (values
    ('0', 'share', 1.00, 'Both sides are paid as one.'),
    ('1', 'share', 1.50, 'Both sides are paid as one and a half.'),
    ('2', 'share', 1.00, 'The RVUs are for both sides already.'),
    ('3', 'share', 2.00, 'Each side is paid in full.'),
    ('9', 'does not apply', null, 'The code has no sides.')
  ) r (value, treatment, share, note);

insert into claim.modifier_rule (modifier, indicator, indicator_value, treatment, share, document, note)
select m.modifier, 'assistant_at_surgery_indicator', r.value, r.treatment,
       case when r.treatment in ('share', 'documented') then m.share end, m.document, r.note
  from (values
    ('80', 0.16, 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.3; Social Security Act, section 1848(i)(2)'),
    ('81', 0.16, 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.3; Social Security Act, section 1848(i)(2)'),
    ('82', 0.16, 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.3; Social Security Act, section 1848(i)(2)'),
    ('AS', 0.136, 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, sections 110.2 and 120: 85 percent of 16 percent')
  ) m (modifier, share, document)
 cross join (values
    ('0', 'documented', 'An assistant is paid only where documentation shows the medical need.'),
    ('1', 'not paid', 'By statute no assistant is paid.'),
    ('2', 'share', 'An assistant is paid.'),
    ('9', 'does not apply', 'The code is no surgery.')
  ) r (value, treatment, note);

insert into claim.modifier_rule (modifier, indicator, indicator_value, treatment, share, document, note)
select r.modifier, r.indicator, r.value, r.treatment, r.share,
       'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.8', r.note
  from (values
    ('62', 'co_surgeons_indicator', '0', 'not paid', null, 'Two surgeons are not paid.'),
    ('62', 'co_surgeons_indicator', '1', 'documented', 0.625, 'Two surgeons are paid only where documentation shows the medical need.'),
    ('62', 'co_surgeons_indicator', '2', 'share', 0.625, 'Each of two surgeons is paid 62.5 percent.'),
    ('62', 'co_surgeons_indicator', '9', 'does not apply', null, 'The code is no surgery.'),
    ('66', 'team_surgery_indicator', '0', 'not paid', null, 'A team is not paid.'),
    ('66', 'team_surgery_indicator', '1', 'by report', null, 'A team is paid by report, where documentation shows the medical need.'),
    ('66', 'team_surgery_indicator', '2', 'by report', null, 'A team is paid by report.'),
    ('66', 'team_surgery_indicator', '9', 'does not apply', null, 'The code is no surgery.')
  ) r (modifier, indicator, value, treatment, share, note);

insert into claim.modifier_rule (modifier, indicator, indicator_value, treatment, share, shares_of_file, document, note)
select m.modifier, 'global_days', d.days,
       case when m.modifier = '78' and d.days = '000' or d.days in ('010', '090') then 'share' else 'does not apply' end,
       case when m.modifier = '78' and d.days = '000' then 1 end,
       case when d.days in ('010', '090') then m.shares else '{}' end,
       m.document, case when d.days in ('010', '090') then m.note
                        when m.modifier = '78' and d.days = '000' then 'A code without a global period is paid in full.'
                        else 'The code has no global period.' end
  from (values
    ('54', '{preoperative_share,intraoperative_share}'::text[],
     'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, sections 40.2 and 40.4.B',
     'Surgical care is paid by the preoperative and intraoperative shares of the file.'),
    ('55', '{postoperative_share}', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, sections 40.2 and 40.4.B',
     'Care after surgery is paid by the postoperative share of the file, of all its days.'),
    ('56', '{preoperative_share}', 'PPRRVU record layout, Preoperative Percentage',
     'Care before surgery is paid by the preoperative share of the file.'),
    ('78', '{intraoperative_share}', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.4.C',
     'A return to the operating room for complications is paid by the intraoperative share of the file.')
  ) m (modifier, shares, document, note)
 cross join unnest('{000,010,090,MMM,XXX,YYY,ZZZ}'::text[]) d (days);

insert into claim.modifier_rule (modifier, treatment, applies_to, share, valid_during, document, note) values
  ('22', 'by report', 'amount', null, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.4.A', 'More work than usual is paid by report.'),
  ('52', 'by report', 'amount', null, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.4.A', 'Less than the whole service is paid by report.'),
  ('53', 'by report', 'amount', null, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 30.1.B', 'A discontinued service is paid by report, unless the file has a row for it.'),
  ('73', 'not priced', 'amount', null, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 4, section 20.6.4', 'For facilities, whose payment is not priced here.'),
  ('74', 'not priced', 'amount', null, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 4, section 20.6.4', 'For facilities, whose payment is not priced here.'),
  ('GY', 'not paid', 'amount', null, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 23, section 20.9.1', 'The line says that Medicare excludes the service.'),
  ('GZ', 'not paid', 'amount', null, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 23, section 20.9.1', 'The line says that the service is not reasonable and necessary.'),
  ('PA', 'not paid', 'amount', null, '[2009-01-15,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 32, section 230', 'Surgery on the wrong part of the body.'),
  ('PB', 'not paid', 'amount', null, '[2009-01-15,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 32, section 230', 'Surgery on the wrong patient.'),
  ('PC', 'not paid', 'amount', null, '[2009-01-15,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 32, section 230', 'The wrong surgery.'),
  ('CO', 'share', 'payment', 0.85, '[2022-01-01,)', 'Social Security Act, section 1834(v); Change Request 12397', 'An assistant in occupational therapy: 85 percent of what Medicare would pay.'),
  ('CQ', 'share', 'payment', 0.85, '[2022-01-01,)', 'Social Security Act, section 1834(v); Change Request 12397', 'An assistant in physical therapy: 85 percent of what Medicare would pay.');

-- Tests on equipment that the law wants replaced: what is left of the technical part. Of the professional part alone, which
-- modifier 26 makes of a code, nothing is taken.
insert into claim.modifier_rule (modifier, indicator, indicator_value, treatment, applies_to, share, valid_during, document, note)
select m.modifier, m.indicator, i.value, i.treatment, 'technical',
       case when i.treatment = 'share' then case when i.value = '2' then 1 else m.share end end, m.valid_during::daterange, m.document,
       case i.treatment when 'share' then case when i.value = '2' then 'The professional part is paid in full.' else m.note end
                        when 'not priced' then 'The technical part of this code is a code of its own, whose amount is not looked up.'
                        else m.otherwise end
  from (values
    ('FX', 'pctc_indicator', 0.80, '[2017-01-01,)', 'Social Security Act, section 1848(b)(9)(A); Change Request 9727',
     'X-ray on film: the technical part, or its OPPS cap where that is lower, less 20 percent.', 'The code has no technical part.'),
    ('FY', 'pctc_indicator', 0.93, '[2018-01-01,2023-01-01)', 'Social Security Act, section 1848(b)(9)(B); Change Request 10188',
     'Computed radiography: the technical part, or its OPPS cap where that is lower, less 7 percent.', 'The code has no technical part.'),
    ('FY', 'pctc_indicator', 0.90, '[2023-01-01,)', 'Social Security Act, section 1848(b)(9)(B); Change Request 10188',
     'Computed radiography: the technical part, or its OPPS cap where that is lower, less 10 percent.', 'The code has no technical part.'),
    ('CT', 'computed_tomography', 0.95, '[2016-01-01,2017-01-01)', 'Social Security Act, section 1834(p); Change Request 9250',
     'Computed tomography below standard XR-29: the technical part, or its OPPS cap where that is lower, less 5 percent.', 'The code is not on CMS''s list of computed tomography.'),
    ('CT', 'computed_tomography', 0.85, '[2017-01-01,)', 'Social Security Act, section 1834(p); Change Request 9250',
     'Computed tomography below standard XR-29: the technical part, or its OPPS cap where that is lower, less 15 percent.', 'The code is not on CMS''s list of computed tomography.')
  ) m (modifier, indicator, share, valid_during, document, note, otherwise)
 cross join (values ('1', 'share'), ('2', 'share'), ('3', 'share'), ('4', 'not priced'), ('0', 'does not apply'), ('5', 'does not apply'),
                    ('6', 'does not apply'), ('7', 'does not apply'), ('8', 'does not apply'), ('9', 'does not apply')) i (value, treatment);

create table claim.computed_tomography (
  hcpcs text not null,
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  exclude using gist (hcpcs with =, valid_during with &&)
);
comment on table claim.computed_tomography is
  'Codes of computed tomography whose technical part modifier CT reduces. Grain: HCPCS code and period. CMS names ranges: numbers of them that are no codes yet stand here too.';

insert into claim.computed_tomography
select number::text, '[2016-01-01,)', 'Change Request 9250'
  from (values (70450, 70498), (71250, 71275), (72125, 72133), (72191, 72194), (73200, 73206),
               (73700, 73706), (74150, 74178), (74261, 74263), (75571, 75574)) r (first_number, last_number)
 cross join lateral generate_series(first_number, last_number) number;

create table claim.multiple_procedure (
  multiple_procedure_indicator text not null,
  part text not null check (part in ('amount', 'professional', 'technical', 'practice expense')),
  first_rank integer not null check (first_rank > 0),
  last_rank integer,
  share numeric,
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  note text not null,
  check (last_rank >= first_rank),
  exclude using gist (multiple_procedure_indicator with =, part with =, int4range(first_rank, last_rank, '[]') with &&, valid_during with &&)
);
comment on table claim.multiple_procedure is
  'What is paid of the second and further procedures of a patient on a day. Grain: indicator, part of the amount, ranks and period. Ranks go from the highest amount of the part down, unit by unit; share is null where payment is by report. A part without a row is paid in full.';

insert into claim.multiple_procedure
select i.indicator, 'amount', r.first_rank, r.last_rank, r.share, '[1995-01-01,)', i.document, i.note
  from (values
    ('2', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.6',
     'Several surgeries: the highest in full, the second to the fifth by half, the rest by report.'),
    ('3', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.6.C',
     'Several endoscopies: in a family the highest in full and the others less its base; the families then count as one surgery each.')
  ) i (indicator, document, note)
 cross join (values (1, 1, 1.00), (2, 5, 0.50), (6, null, null)) r (first_rank, last_rank, share);

insert into claim.multiple_procedure
select r.indicator, r.part, rank.first_rank, rank.last_rank, case when rank.first_rank = 1 then 1 else r.share end,
       r.valid_during::daterange, r.document, r.note
  from (values
    ('4', 'technical', 0.50, '[2011-01-01,)', 'Social Security Act, section 1848(b)(4)(D); Change Request 7442',
     'Several images of one session: the highest technical part in full, the others by half, before the OPPS cap.'),
    ('4', 'professional', 0.75, '[2012-01-01,2017-01-01)', 'CY 2012 physician fee schedule final rule (CMS-1524-FC), 76 FR 73026; Change Request 7442',
     'Several images of one session: the highest professional part in full, the others by three quarters.'),
    ('4', 'professional', 0.95, '[2017-01-01,)', 'Consolidated Appropriations Act, 2016, section 502(a)(2); Change Request 9647',
     'Several images of one session: the highest professional part in full, the others by 95 percent.'),
    ('5', 'practice expense', 0.80, '[2011-01-01,2013-04-01)', 'Physician Payment and Therapy Relief Act of 2010, section 3; Change Request 7050',
     'Several therapies of a day: the highest practice expense in full, the others by 80 percent, in offices.'),
    ('5', 'practice expense', 0.50, '[2013-04-01,)', 'American Taxpayer Relief Act of 2012, section 633; Medicare Claims Processing Manual (Pub. 100-04), chapter 5, section 10.7',
     'Several therapies of a day: the highest practice expense in full, the others by half.'),
    ('6', 'technical', 0.75, '[2013-01-01,)', 'CY 2013 physician fee schedule final rule (CMS-1590-FC), 77 FR 68892; Change Request 7848',
     'Several cardiovascular tests of a day: the highest technical part in full, the others by three quarters.'),
    ('7', 'technical', 0.80, '[2013-01-01,)', 'CY 2013 physician fee schedule final rule (CMS-1590-FC), 77 FR 68892; Change Request 7848',
     'Several ophthalmological tests of a day: the highest technical part in full, the others by 80 percent.')
  ) r (indicator, part, share, valid_during, document, note)
 cross join (values (1, 1), (2, null)) rank (first_rank, last_rank);

create table claim.practitioner (
  practitioner text not null,
  share numeric not null,
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  -- Social Security Act, section 1842(b)(18).
  must_assign boolean not null generated always as (practitioner in ('AA', 'CNM', 'CNS', 'CP', 'CRNA', 'CSW', 'MFT', 'MHC', 'NP', 'PA', 'RD')) stored,
  exclude using gist (practitioner with =, valid_during with &&)
);
comment on table claim.practitioner is
  'Share of the fee schedule amount that Medicare pays who is no physician. Grain: practitioner and period. must_assign: whether who is one must take assignment.';

insert into claim.practitioner values
  ('MD', 1, '(,)', '42 CFR 414.20'),
  ('DO', 1, '(,)', '42 CFR 414.20'),
  ('DPM', 1, '(,)', 'Social Security Act, section 1861(r)(3): a podiatrist is a physician; 42 CFR 414.20'),
  ('OD', 1, '(,)', 'Social Security Act, section 1861(r)(4): an optometrist is a physician; 42 CFR 414.20'),
  ('DDS', 1, '(,)', 'Social Security Act, section 1861(r)(2): a dentist is a physician; 42 CFR 414.20'),
  ('DMD', 1, '(,)', 'Social Security Act, section 1861(r)(2): a dentist is a physician; 42 CFR 414.20'),
  ('DC', 1, '(,)', 'Social Security Act, section 1861(r)(5): a chiropractor is a physician; 42 CFR 414.20'),
  ('NP', 0.85, '[1998-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 120'),
  ('CNS', 0.85, '[1998-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 120'),
  ('PA', 0.85, '[1998-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 110'),
  ('CNM', 0.65, '[1992-01-01,2011-01-01)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 130.2'),
  ('CNM', 1, '[2011-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 130.2'),
  ('CSW', 0.75, '[1997-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 150'),
  ('CP', 1, '[1997-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 170'),
  ('RD', 0.85, '[2002-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 4, section 300'),
  ('MFT', 0.75, '[2024-01-01,)', 'Consolidated Appropriations Act, 2023, section 4121'),
  ('MHC', 0.75, '[2024-01-01,)', 'Consolidated Appropriations Act, 2023, section 4121'),
  ('PT', 1, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 5, section 10'),
  ('OT', 1, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 5, section 10'),
  ('SLP', 1, '[2009-07-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 5, section 10'),
  ('CRNA', 1, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 140'),
  ('AA', 1, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 140');

create table claim.anesthesia_modifier (
  modifier text not null,
  share numeric not null,
  base_units numeric,
  documented_units numeric,
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  note text not null,
  -- Social Security Act, section 1842(b)(18): nurse anesthetists and anesthesiologist assistants.
  must_assign boolean not null generated always as (modifier in ('QX', 'QZ')) stored,
  exclude using gist (modifier with =, valid_during with &&)
);
comment on table claim.anesthesia_modifier is
  'What is paid of anesthesia by who gave it. Grain: modifier and period. base_units: units that stand in place of the code''s and of time; null where those count. documented_units: units beside these where documentation was accepted. must_assign: whether who gives it must take assignment.';

insert into claim.anesthesia_modifier values
  ('AA', 1.00, null, null, '[1992-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 50.B', 'Personally performed by the physician.'),
  ('QZ', 1.00, null, null, '[1992-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 140.3', 'By a nurse anesthetist without medical direction.'),
  ('QK', 0.50, null, null, '[1998-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 50.C', 'Medical direction of two to four procedures at once.'),
  ('QY', 0.50, null, null, '[1998-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 50.C', 'Medical direction of one nurse anesthetist.'),
  ('QX', 0.50, null, null, '[1998-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 140.4', 'By a nurse anesthetist under medical direction.'),
  ('AD', 1.00, 3, 1, '[1992-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 50.D', 'Medical supervision of more than four procedures at once: three base units, and one more where the physician documents to have been present at induction.');

create table claim.coinsurance (
  kind text not null check (kind in ('code', 'modifier')),
  name text not null,
  share numeric not null check (share between 0 and 1),
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  exclude using gist (kind with =, name with =, valid_during with &&)
);
comment on table claim.coinsurance is
  'Share of the allowed amount that the patient owes where it is not the one of api.payment_rule. Grain: kind, code or modifier, and period.';

insert into claim.coinsurance
select 'code', code, 0, '[2011-01-01,)',
       'Affordable Care Act, section 4104; Medicare Claims Processing Manual (Pub. 100-04), chapter 18, section 1.2'
  from unnest('{G0101,G0104,G0105,G0121,G0270,G0271,G0124,G0141,G0389,G0402,G0438,G0439,P3001,Q0091,76977,77078,77079,77080,77081,77083,97802,97803,97804,99406,99407}'::text[]) code
 union all
select 'code', code, 0, valid_during::daterange,
       'Medicare Claims Processing Manual (Pub. 100-04), chapter 18, section 1.2'
  from (values
    ('G0130', '[2011-01-01,)'), ('G0442', '[2011-10-14,)'), ('G0443', '[2011-10-14,)'), ('G0444', '[2011-10-14,)'),
    ('G0445', '[2011-11-08,)'), ('G0446', '[2011-11-08,)'), ('G0447', '[2011-11-29,)'), ('G0473', '[2015-01-01,)'),
    ('77052', '[2011-01-01,2018-01-01)'), ('77057', '[2011-01-01,2018-01-01)'), ('77063', '[2015-01-01,)'), ('77085', '[2015-01-01,)'),
    ('G0436', '[2011-01-01,2016-10-01)'), ('G0437', '[2011-01-01,2016-10-01)'),
    ('G0296', '[2015-02-05,)'), ('76706', '[2017-01-01,)'), ('77067', '[2018-01-01,)'), ('G0202', '[2011-01-01,2018-01-01)'),
    ('71271', '[2021-01-01,)'), ('G0513', '[2018-01-01,)'), ('G0514', '[2018-01-01,)')
  ) c (code, valid_during);
insert into claim.coinsurance values
  ('code', 'G0297', 0, '[2015-02-05,2021-01-01)', 'Change Request 9246; Medicare Claims Processing Manual (Pub. 100-04), chapter 18, section 220.3'),
  ('code', '00812', 0, '[2018-01-01,)', 'Change Request 10181; Medicare Claims Processing Manual (Pub. 100-04), chapter 18, section 1.2'),
  ('code', 'G0011', 0, '[2024-09-30,)', 'National Coverage Determination 210.15: preexposure prophylaxis of HIV'),
  ('code', 'G0012', 0, '[2024-09-30,)', 'National Coverage Determination 210.15: preexposure prophylaxis of HIV'),
  ('code', 'G0013', 0, '[2024-09-30,)', 'National Coverage Determination 210.15: preexposure prophylaxis of HIV'),
  ('code', '74263', 0, '[2025-01-01,)', 'CY 2025 physician fee schedule final rule (CMS-1807-F): a colorectal cancer screening; 42 CFR 410.37 and 410.152(l)'),
  ('modifier', 'CS', 0, '[2020-03-18,2023-05-12)', 'Families First Coronavirus Response Act, section 6002; Social Security Act, section 1833(a)(1)(DD)'),
  ('modifier', '33', 0, '[2011-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 18, section 1.2: preventive service'),
  ('modifier', 'PT', 0.15, '[2023-01-01,2027-01-01)', 'Consolidated Appropriations Act, 2021, section 122; 42 CFR 410.152(l)(5)'),
  ('modifier', 'PT', 0.10, '[2027-01-01,2030-01-01)', 'Consolidated Appropriations Act, 2021, section 122; 42 CFR 410.152(l)(5)'),
  ('modifier', 'PT', 0, '[2030-01-01,)', 'Consolidated Appropriations Act, 2021, section 122; 42 CFR 410.152(l)(5)');

insert into pfs.payment_rule (rule, value, valid_during, document, note) values
  ('coinsurance', 0.20, '[1992-01-01,)', 'Social Security Act, section 1833(a)(1); 42 CFR 410.152(b)',
   'Share of the allowed amount that the patient owes, after the deductible.'),
  ('sequestration', 0, '(,2013-04-01)', 'Budget Control Act of 2011', 'Not yet in force.'),
  ('sequestration', 0.02, '[2013-04-01,2020-05-01)', 'Budget Control Act of 2011; American Taxpayer Relief Act of 2012, section 901',
   'Share that is taken from what Medicare pays.'),
  ('sequestration', 0, '[2020-05-01,2022-04-01)',
   'CARES Act, section 3709; Consolidated Appropriations Act, 2021; Public Law 117-7; Public Law 117-71', 'Suspended.'),
  ('sequestration', 0.01, '[2022-04-01,2022-07-01)', 'Public Law 117-71, section 2', 'Share that is taken from what Medicare pays.'),
  ('sequestration', 0.02, '[2022-07-01,)', 'Public Law 117-71, section 2', 'Share that is taken from what Medicare pays.');
