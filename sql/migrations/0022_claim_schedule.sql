-- What claims need of the schedules beside the physician fee schedule: who pays what share, and what an ambulatory surgical
-- center's modifiers do.

create table claim.schedule (
  schedule text not null check (schedule in ('laboratory', 'drugs', 'DMEPOS', 'ASC')),
  title text not null,
  coinsurance numeric check (coinsurance between 0 and 1),
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  coinsurance_document text not null,
  exclude using gist (schedule with =, valid_during with &&)
);
comment on table claim.schedule is
  'Schedules other than the physician fee schedule, by whose amounts claim lines are paid. Grain: schedule and period. coinsurance is null where each code has its own.';

insert into claim.schedule values
  ('laboratory', 'laboratory fee schedule', 0, '[1984-07-01,)', '42 CFR 414.507; Medicare Claims Processing Manual (Pub. 100-04), chapter 16, section 20',
   'Social Security Act, section 1833(a)(1)(D); Medicare Claims Processing Manual (Pub. 100-04), chapter 16, section 30.2'),
  ('drugs', 'payment limit of drugs', null, '[2005-01-01,)', 'Social Security Act, section 1847A; 42 CFR 414.904; Medicare Claims Processing Manual (Pub. 100-04), chapter 17, section 20',
   'Social Security Act, sections 1833(a)(1)(S) and 1847A(i)(5); coinsurance percentage of the ASP pricing file'),
  ('DMEPOS', 'DMEPOS fee schedule', 0.20, '[1989-01-01,)', '42 CFR 414.210; Medicare Claims Processing Manual (Pub. 100-04), chapter 20, section 30',
   'Social Security Act, section 1834(a)(1)(A); 42 CFR 410.152(b)'),
  ('ASC', 'ASC rate', 0.20, '[2008-01-01,)', '42 CFR 416.171; Medicare Claims Processing Manual (Pub. 100-04), chapter 14, section 40',
   'Social Security Act, section 1833(a)(4); 42 CFR 416.163 and 410.152(i)');

create table claim.asc_modifier (
  modifier text not null,
  treatment text not null check (treatment in ('share', 'not priced', 'does not apply')),
  share numeric check ((treatment = 'share') = (share is not null)),
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  note text not null,
  device_share numeric not null default 0 check (device_share between 0 and 1),
  exclude using gist (modifier with =, valid_during with &&)
);
comment on table claim.asc_modifier is
  'What a modifier does to the payment of an ambulatory surgical center. Grain: modifier and period. A modifier without a row changes nothing.';

insert into claim.asc_modifier values
  ('73', 'share', 0.50, '[2008-01-01,2016-01-01)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 14, section 40.4', 'Discontinued before anesthesia: half.'),
  ('52', 'share', 0.50, '[2008-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 14, section 40.4', 'Reduced or discontinued, where no anesthesia was planned: half.'),
  ('50', 'not priced', null, '[2008-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 14, section 40.5', 'A center reports both sides as two lines, or as two units.');
-- A device that cost the center nothing, or half.
insert into claim.asc_modifier values
  ('FB', 'share', 1, '[2008-01-01,)', '42 CFR 416.179(b)(1); Medicare Claims Processing Manual (Pub. 100-04), chapter 14, section 40.8',
   'A device without cost, or with full credit: of a device-intensive procedure what is left without its device.', 1),
  ('FC', 'share', 1, '[2008-01-01,)', '42 CFR 416.179(b)(2); Medicare Claims Processing Manual (Pub. 100-04), chapter 14, section 40.8',
   'A device with credit for half of it or more: of a device-intensive procedure what is left without half of its device.', 0.5);
-- Since 2016 a surgical center is not paid for the device of a procedure that ends before anesthesia.
insert into claim.asc_modifier values
  ('73', 'share', 0.50, '[2016-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 14, sections 40.4 and 40.10; CR 9297',
   'Discontinued before anesthesia: half, and of a device-intensive procedure half of what is left without its device.', 1);
-- A surgical center has no fee for what a practitioner's modifier says.
insert into claim.asc_modifier
select r.modifier, 'does not apply', null, '[2008-01-01,)',
       r.document || '; 42 CFR 416.164(c)(1): the services of physicians are no services of a surgical center', r.note
  from (values
    ('26', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.2', 'The professional part is the practitioner''s.'),
    ('53', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 14, section 40.4', 'A practitioner''s discontinued service; a center reports 73, 74 or 52.'),
    ('54', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.2', 'A part of the surgeon''s global fee.'),
    ('55', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.2', 'A part of the surgeon''s global fee.'),
    ('56', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.2', 'A part of the surgeon''s global fee.'),
    ('62', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.8', 'The fee of one of two surgeons.'),
    ('66', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 40.8', 'The fee of a team of surgeons.'),
    ('80', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.3', 'The fee of an assistant at surgery.'),
    ('81', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.3', 'The fee of an assistant at surgery.'),
    ('82', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, section 20.4.3', 'The fee of an assistant at surgery.'),
    ('AS', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 12, sections 110.2 and 120', 'The fee of an assistant at surgery.')
  ) r (modifier, document, note);

-- Places that Medicare takes for a patient's home, where supplies are paid by DMEPOS and not as a part of a visit.
create table claim.home (
  place_of_service text not null,
  valid_during daterange not null check (not isempty(valid_during)),
  document text not null,
  exclude using gist (place_of_service with =, valid_during with &&)
);
comment on table claim.home is
  'Places of service that count as the patient''s home for equipment and supplies. Grain: place of service and period.';

insert into claim.home
select code, '(,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 20, section 10; 42 CFR 410.38(b)'
  from unnest('{01,04,09,12,13,14,33,54,55,56,65}'::text[]) code;

insert into claim.practitioner values
  ('ASC', 1, '[2008-01-01,)', 'Medicare Claims Processing Manual (Pub. 100-04), chapter 26, section 10.8.3: specialty 49; chapter 14, section 50');

insert into pfs.payment_rule (rule, value, valid_during, document, note) values
  ('asc_multiple_procedure', 0.50, '[2008-01-01,)', '42 CFR 416.172(e); Medicare Claims Processing Manual (Pub. 100-04), chapter 14, section 40.5',
   'Share that a surgical center is paid of its second and further procedures of a session.');
