-- Prices claim lines as api.price_claims does, from the tables of an export. The same text runs on Spark and on DuckDB:
-- views, the last of which is priced_line. It reads the views that spark/fees.py and sql/duckdb/fees.sql make of the export,
-- and claim_line, whose columns docs/spark.md lists. Amounts are exact decimals that no step rounds before its time.
--
-- Lines are many, and what they say is little: what a code and its modifiers are paid by, where a ZIP code is, and what
-- holds on a day is decided once for each distinct value. A line is then joined to these decisions by equality, and those
-- that other lines of the day may concern are followed by their numbers alone.

create or replace temporary view modifier_days as
select modifier, indicator, coalesce(indicator_value, '') as indicator_value,
       case when treatment in ('not paid', 'does not apply', 'not priced') then concat('modifier ', modifier, ': ', note) end as refusal,
       case when treatment = 'documented' then concat('modifier ', modifier, ': ', note) end as undocumented,
       case when treatment = 'by report' then concat('modifier ', modifier, ': ', note) end as report,
       cast(case when modifier = '50' then share end as decimal(4, 2)) as both_sides,
       cast(case when applies_to = 'amount' and modifier <> '50' then share end as decimal(7, 4)) as share,
       cast(case when applies_to = 'payment' then share end as decimal(7, 4)) as payment_share,
       cast(case when applies_to = 'technical' then share end as decimal(5, 4)) as technical_share,
       -- Whatever schedule has the code.
       case when treatment = 'not paid' and indicator is null then concat('modifier ', modifier, ': ', note) end as not_paid,
       -- Shares that the file of relative values has for the code.
       case when array_contains(shares_of_file, 'preoperative_share') then 1 else 0 end as preoperative,
       case when array_contains(shares_of_file, 'intraoperative_share') then 1 else 0 end as intraoperative,
       case when array_contains(shares_of_file, 'postoperative_share') then 1 else 0 end as postoperative,
       array_contains(shares_of_file, 'preoperative_share') or array_contains(shares_of_file, 'intraoperative_share')
         or array_contains(shares_of_file, 'postoperative_share') as of_file,
       coalesce(valid_from, date '0001-01-01') as valid_from, coalesce(valid_to, date '9999-12-31') as valid_to
  from modifier_rule;

create or replace temporary view part_share as
select multiple_procedure_indicator, part, first_rank, coalesce(last_rank, 1000000000) as last_rank, cast(share as decimal(5, 4)) as share,
       coalesce(valid_from, date '0001-01-01') as valid_from, coalesce(valid_to, date '9999-12-31') as valid_to
  from multiple_procedure_rule;

create or replace temporary view code as
select hcpcs, modifier, status_indicator, non_facility_total_rvu > 0 or facility_total_rvu > 0 as has_rvus,
       non_facility_pe_rvu, facility_pe_rvu, multiple_procedure_indicator as multiple, bilateral_surgery_indicator as bilateral,
       coalesce(bilateral_surgery_indicator, '9') as bilateral_or_none, coalesce(assistant_at_surgery_indicator, '9') as assistant,
       coalesce(co_surgeons_indicator, '9') as co_surgeons, coalesce(team_surgery_indicator, '9') as team,
       -- Four codes of brachytherapy have a global period, and no shares of it.
       case when global_days in ('010', '090') and preoperative_share + intraoperative_share + postoperative_share = 0 then 'no shares' else global_days end as global_days,
       preoperative_share, intraoperative_share, postoperative_share, endoscopic_base,
       -- The file has a row of its own for some discontinued services.
       case when modifier = '53' then '53' else '' end as of_row,
       case when modifier = '26' then '2' else coalesce(pctc_indicator, '9') end as pctc,
       valid_from, coalesce(valid_to, date '9999-12-31') as valid_to
  from rvu;

-- Tests and drugs: one amount for the whole country. Of a drug the patient owes what its own list says.
create or replace temporary view national_rate as
select r.schedule, r.hcpcs, r.modifier, r.valid_from, r.valid_to, r.amount, r.basis, a.coinsurance_percentage * 0.01 as coinsurance
  from rate r
  left join asp a on a.hcpcs = case when r.schedule = 'drugs' then r.hcpcs end
        and r.valid_from between a.valid_from and coalesce(a.valid_to, date '9999-12-31')
 where r.schedule in ('laboratory', 'drugs')
   and r.year between (select min(year(service_date)) from claim_line) and (select max(year(service_date)) from claim_line);

-- Days on which anything begins or ends that a line is priced by: between two of them all days are alike.
create or replace temporary view change_day as
select valid_from as day from rvu union select valid_to + 1 from rvu
 union select valid_from from zip_locality union select valid_to + 1 from zip_locality
 union select valid_from from modifier_rule union select valid_to + 1 from modifier_rule
 union select valid_from from computed_tomography union select valid_to + 1 from computed_tomography
 union select valid_from from status_payment union select valid_to + 1 from status_payment
 union select valid_from from coinsurance_rule union select valid_to + 1 from coinsurance_rule
 union select valid_from from schedule_rule union select valid_to + 1 from schedule_rule
 union select valid_from from national_rate union select valid_to + 1 from national_rate
 union select distinct cast(date_trunc('year', service_date) as date) from claim_line;

-- Each day of service with the latest such day, whose rules are its own.
create or replace temporary view day_of_rules as
select day, rule_day
  from (select day, is_service, max(case when is_change = 1 then day end) over (order by day) as rule_day
          from (select day, max(is_change) as is_change, max(is_service) as is_service
                  from (select day, 1 as is_change, 0 as is_service from change_day
                         union all select distinct service_date, 0, 1 from claim_line) d
                 where day is not null group by day) d) d
 where is_service = 1;

-- What holds for a line by its day, place of service and practitioner.
create or replace temporary view /* kept */ circumstance as
select row_number() over (order by k.service_date, k.place_of_service, k.practitioner) as circumstance,
       k.service_date, k.place_of_service as given_place, k.practitioner as given_practitioner, k.code_of_place as place_of_service,
       a.rule_day, year(k.service_date) as service_year, s.place_of_service as known_place, s.setting, s.note as setting_note,
       k.clinician, pr.practitioner as known_clinician, cast(coalesce(pr.share, 1) as decimal(7, 4)) as practitioner_share,
       coalesce(pr.must_assign, false) as must_assign,
       t.on_date as known_day, cast(t.non_participating_share as decimal(7, 4)) as non_participating_share,
       cast(t.limiting_charge_share as decimal(7, 4)) as limiting_charge_share, cast(t.coinsurance as decimal(7, 4)) as ordinary_coinsurance,
       cast(t.sequestration as decimal(7, 4)) as sequestration, t.anesthesia_minutes_per_unit, t.anesthesia_time_unit_decimals
  from (select service_date, place_of_service, practitioner, case when length(trim(place_of_service)) = 1 then concat('0', trim(place_of_service)) else trim(place_of_service) end as code_of_place, upper(trim(practitioner)) as clinician
          from (select distinct service_date, place_of_service, practitioner from claim_line) d) k
  left join day_of_rules a on a.day = k.service_date
  left join payment_terms_day t on t.on_date = k.service_date
  left join place_of_service s on s.place_of_service = k.code_of_place
        and k.service_date between coalesce(s.valid_from, date '0001-01-01') and coalesce(s.valid_to, date '9999-12-31')
  left join practitioner_rule pr on pr.practitioner = k.clinician
        and k.service_date between coalesce(pr.valid_from, date '0001-01-01') and coalesce(pr.valid_to, date '9999-12-31');

create or replace temporary view line as
select l.*, c.circumstance, c.rule_day,
       -- MAC and locality, or the ZIP code.
       case when l.mac is not null and l.locality is not null then concat(l.mac, '/', l.locality) else l.zip end as given_locality
  from claim_line l
  join circumstance c on c.service_date is not distinct from l.service_date and c.given_place is not distinct from l.place_of_service
        and c.given_practitioner is not distinct from l.practitioner;

create or replace temporary view locality as
select k.rule_day, k.given_locality, k.zip, coalesce(k.geography, z.geography) as geography
  from (select rule_day, given_locality,
               case when given_locality like '%/%'
                    then concat(lpad(trim(split_part(given_locality, '/', 1)), 5, '0'), '-', lpad(trim(split_part(given_locality, '/', 2)), 2, '0')) end as geography,
               case when given_locality like '%/%' then null
                    when length(trim(given_locality)) <= 5 then lpad(trim(given_locality), 5, '0')
                    when length(trim(given_locality)) in (7, 8) then substr(lpad(trim(given_locality), 9, '0'), 1, 5)
                    else substr(trim(given_locality), 1, 5) end as zip
          from (select distinct rule_day, given_locality from line) d) k
  left join zip_locality z on z.zip = k.zip and k.rule_day between z.valid_from and coalesce(z.valid_to, date '9999-12-31');

-- Codes and modifiers as they are given, each combination once.
create or replace temporary view /* kept */ given_code as
select distinct rule_day, hcpcs as given_hcpcs, coalesce(modifiers, '') as modifiers from line;

-- The lists of modifiers that occur, each once: its modifiers by their places, and what it asks for.
create or replace temporary view modifier_words as
select given, case when concat(' ', words, ' ') like '% LT %' and concat(' ', words, ' ') like '% RT %' and concat(' ', words, ' ') not like '% 50 %'
                   then concat(words, ' 50') else words end as words
  from (select given, case when concat(' ', words, ' ') like '% AS %'
                           -- AS says again that somebody assisted, and by whom.
                           then trim(replace(replace(replace(replace(replace(concat(' ', replace(words, ' ', '  '), ' '), ' 80 ', ' '), ' 81 ', ' '), ' 82 ', ' '), '  ', ' '), '  ', ' '))
                           else words end as words
          from (select given, trim(replace(replace(replace(translate(upper(given), ',;/|+.-', '       '), '  ', ' '), '  ', ' '), '  ', ' ')) as words
                  from (select distinct modifiers as given from given_code) g) g) w;

create or replace temporary view modifier_place as
select given, 1 as place, split_part(words, ' ', 1) as modifier from modifier_words
 union all select given, 2, split_part(words, ' ', 2) from modifier_words
 union all select given, 3, split_part(words, ' ', 3) from modifier_words
 union all select given, 4, split_part(words, ' ', 4) from modifier_words
 union all select given, 5, split_part(words, ' ', 5) from modifier_words;

create or replace temporary view modifier_list as
select w.given,
       nullif(split_part(words, ' ', 1), '') as modifier_1, nullif(split_part(words, ' ', 2), '') as modifier_2,
       nullif(split_part(words, ' ', 3), '') as modifier_3, nullif(split_part(words, ' ', 4), '') as modifier_4,
       nullif(split_part(words, ' ', 5), '') as modifier_5,
       case when padded like '% 26 %' then '26' when padded like '% TC %' then 'TC' when padded like '% 53 %' then '53' else '' end as schedule_modifier,
       case when length(replace(words, ' ', '')) <> 2 * p.modifiers and split_part(words, ' ', 6) = '' then 'a modifier is not two characters long'
            when (case when padded like '% 26 %' then 1 else 0 end) + (case when padded like '% TC %' then 1 else 0 end)
               + (case when padded like '% 53 %' then 1 else 0 end) > 1 then 'several of 26, TC and 53'
            -- Each of a group says who did what, or which part: two contradict each other.
            when (case when padded like '% 80 %' then 1 else 0 end) + (case when padded like '% 81 %' then 1 else 0 end)
               + (case when padded like '% 82 %' then 1 else 0 end) > 1 then 'several of 80, 81, 82'
            when (case when padded like '% 54 %' then 1 else 0 end) + (case when padded like '% 55 %' then 1 else 0 end)
               + (case when padded like '% 56 %' then 1 else 0 end) > 1 then 'several of 54, 55, 56'
            when padded like '% 62 %' and padded like '% 66 %' then 'several of 62, 66'
            when padded like '% CQ %' and padded like '% CO %' then 'several of CQ, CO'
            when (padded like '% 62 %' or padded like '% 66 %') and (padded like '% 80 %' or padded like '% 81 %' or padded like '% 82 %' or padded like '% AS %')
              then 'a surgeon (62, 66) and an assistant (80, 81, 82, AS)'
            when p.unknown is not null then concat('unknown modifier ', p.unknown)
            when p.anesthesia_modifiers > 1 then 'several of AA, AD, QK, QX, QY, QZ'
            when padded like '% SG %' then 'priced only in PostgreSQL: services of an ambulatory surgical center'
            when split_part(words, ' ', 6) <> '' then 'priced only in PostgreSQL: more than five modifiers' end as fault,
       case when padded like '% 80 %' or padded like '% 81 %' or padded like '% 82 %' or padded like '% AS %' then 'assistant'
            else 'surgeon' end as role, padded like '% AS %' as is_practitioner_assistant,
       padded like '% QW %' as is_waived_test, padded like '% 78 %' as returns, padded like '% 59 %' or padded like '% XE %' as separate, padded like '% 50 %' as both_sides, padded like '% 55 %' as is_aftercare,
       case when padded like '% 50 %' then null when padded like '% LT %' then 'LT' when padded like '% RT %' then 'RT' end as side,
       p.indicator_1, p.indicator_2, p.indicator_3, p.indicator_4, p.indicator_5, p.anesthesia, p.must_assign
  from (select given, words, concat(' ', words, ' ') as padded from modifier_words) w
  join (select m.given, count(case when m.modifier <> '' then 1 end) as modifiers,
               max(case when m.place = 1 then d.indicator end) as indicator_1, max(case when m.place = 2 then d.indicator end) as indicator_2,
               max(case when m.place = 3 then d.indicator end) as indicator_3, max(case when m.place = 4 then d.indicator end) as indicator_4,
               max(case when m.place = 5 then d.indicator end) as indicator_5,
               substr(min(case when a.modifier is not null then concat(m.place, m.modifier) end), 2) as anesthesia, count(distinct a.modifier) as anesthesia_modifiers,
               max(case when a.must_assign then 1 else 0 end) = 1 as must_assign,
               max(case when m.modifier <> '' and kn.modifier is null then m.modifier end) as unknown
          from modifier_place m
          left join (select modifier, max(indicator) as indicator from modifier_days group by modifier) d on d.modifier = m.modifier
          left join (select modifier, bool_or(must_assign) as must_assign from anesthesia_modifier_rule group by modifier) a on a.modifier = m.modifier
          left join (select distinct modifier from known_modifier) kn on kn.modifier = m.modifier
         group by m.given) p on p.given = w.given;

-- The first modifier of a list that says on a day what the patient owes.
create or replace temporary view modifier_coinsurance as
select rule_day, given, share
  from (select k.rule_day, m.given, c.share, row_number() over (partition by k.rule_day, m.given order by m.place) as place
          from (select distinct rule_day, modifiers from given_code) k
          join modifier_place m on m.given = k.modifiers
          join coinsurance_rule c on c.kind = 'modifier' and c.name = m.modifier
                and k.rule_day between coalesce(c.valid_from, date '0001-01-01') and coalesce(c.valid_to, date '9999-12-31')) p
 where place = 1;

-- Codes of supplies, whose fees depend on the home of the beneficiary and on more modifiers, and are asked of PostgreSQL.
create or replace temporary view supply as
select distinct hcpcs from rate where schedule = 'DMEPOS';

-- Each combination beside the row of its code.
create or replace temporary view coded as
select k.*, m.fault as fault_of_list, m.role, m.is_practitioner_assistant, m.returns, m.separate, m.both_sides, m.is_aftercare, m.side, m.anesthesia, m.must_assign as anesthesia_must_assign,
       m.schedule_modifier, m.is_waived_test,
       -- Most codes have no row for 53: theirs is priced by report, from the row of the whole service.
       case when m.schedule_modifier = '53' and own.hcpcs is null then '' else m.schedule_modifier end as row_modifier
  from (select rule_day, given_hcpcs, modifiers,
               case when length(trim(given_hcpcs)) = 3 or length(trim(given_hcpcs)) = 4 and trim(given_hcpcs) like '1%' then lpad(trim(given_hcpcs), 5, '0')
                    else upper(trim(given_hcpcs)) end as hcpcs
          from given_code) k
  join modifier_list m on m.given = k.modifiers
  left join code own on own.modifier = '53' and own.hcpcs = case when m.schedule_modifier = '53' then k.hcpcs end
        and k.rule_day between own.valid_from and own.valid_to;

create or replace temporary view scheduled as
select k.*, c.hcpcs is not null as is_listed, c.status_indicator, c.multiple, c.bilateral, c.endoscopic_base, c.non_facility_pe_rvu, c.facility_pe_rvu,
       c.bilateral_or_none, c.assistant, c.co_surgeons, c.team, c.global_days, c.pctc, case when t.hcpcs is null then '9' else c.pctc end as tomography,
       c.preoperative_share, c.intraoperative_share, c.postoperative_share, c.of_row,
       b.both_sides as share_of_both, st.basis, u.hcpcs is not null as is_supply, coalesce(mw.share, w.share) as coinsurance_share,
       case when c.hcpcs is null then 'not in the schedule of this day'
            when c.status_indicator <> 'J' and not (coalesce(st.pays_rvus, false) and c.has_rvus)
              then case when st.pays_rvus then st.basis_without_rvus else st.basis end end as unpaid
  from coded k
  left join code c on c.hcpcs = k.hcpcs and c.modifier = k.row_modifier and k.rule_day between c.valid_from and c.valid_to
  left join status_payment st on st.status_indicator = c.status_indicator
        and k.rule_day between coalesce(st.valid_from, date '0001-01-01') and coalesce(st.valid_to, date '9999-12-31')
  left join modifier_days b on b.modifier = '50' and b.both_sides is not null and b.indicator_value = c.bilateral
        and k.rule_day between b.valid_from and b.valid_to
  left join supply u on u.hcpcs = k.hcpcs
  left join computed_tomography t on t.hcpcs = k.hcpcs
        and k.rule_day between coalesce(t.valid_from, date '0001-01-01') and coalesce(t.valid_to, date '9999-12-31')
  left join modifier_coinsurance mw on mw.rule_day = k.rule_day and mw.given = k.modifiers
  left join coinsurance_rule w on w.kind = 'code' and w.name = k.hcpcs
        and k.rule_day between coalesce(w.valid_from, date '0001-01-01') and coalesce(w.valid_to, date '9999-12-31');

-- What the physician fee schedule leaves to others. A part of a service is its own alone, and QW chooses a row of tests where
-- there is one for it.
create or replace temporary view elsewhere as
select k.rule_day, k.given_hcpcs, k.modifiers, coalesce(q.schedule, n.schedule) as schedule, coalesce(q.amount, n.amount) as amount,
       coalesce(q.basis, n.basis) as basis, coalesce(q.coinsurance, n.coinsurance, r.coinsurance) as coinsurance
  from (select rule_day, given_hcpcs, modifiers, hcpcs, case when is_waived_test then hcpcs end as waived_test
          from scheduled
         where unpaid is not null and (not is_listed or status_indicator in ('E', 'N', 'X')) and schedule_modifier = '' and not is_supply) k
  left join national_rate n on n.hcpcs = k.hcpcs and n.modifier = '' and k.rule_day between n.valid_from and n.valid_to
  left join national_rate q on q.hcpcs = k.waived_test and q.modifier = 'QW' and k.rule_day between q.valid_from and q.valid_to
  left join schedule_rule r on r.schedule = coalesce(q.schedule, n.schedule)
        and k.rule_day between coalesce(r.valid_from, date '0001-01-01') and coalesce(r.valid_to, date '9999-12-31')
 where coalesce(q.amount, n.amount) is not null;

-- What modifiers do: the rule of each of them, by the indicator of the code that decides. Codes are alike in few ways.
-- Of codes of other schedules (no of_row) only what is never paid counts.
create or replace temporary view ruled as
select *, share_4 = 1 or share_5 = 1 as is_exact,
       cast(share_1 * share_2 * share_3 as decimal(16, 12)) * cast(case when share_4 <> 1 then share_4 else share_5 end as decimal(7, 4)) as exact_share
  from (select l.rule_day, l.modifiers, l.bilateral_or_none, l.assistant, l.co_surgeons, l.team, l.global_days, l.pctc, l.tomography,
                 l.preoperative_share, l.intraoperative_share, l.postoperative_share, l.of_row,
                 coalesce(r1.refusal, r2.refusal, r3.refusal, r4.refusal, r5.refusal) as modifier_refusal,
                 coalesce(r1.not_paid, r2.not_paid, r3.not_paid, r4.not_paid, r5.not_paid) as not_paid,
                 cast(coalesce(r1.technical_share, 1) * coalesce(r2.technical_share, 1) * coalesce(r3.technical_share, 1) * coalesce(r4.technical_share, 1)
                   * coalesce(r5.technical_share, 1) as decimal(5, 4)) as technical_share,
                 coalesce(r1.undocumented, r2.undocumented, r3.undocumented, r4.undocumented, r5.undocumented) as undocumented,
                 coalesce(r1.report, r2.report, r3.report, r4.report, r5.report) as report,
                 cast(coalesce(r1.payment_share, 1) * coalesce(r2.payment_share, 1) * coalesce(r3.payment_share, 1) * coalesce(r4.payment_share, 1)
                   * coalesce(r5.payment_share, 1) as decimal(9, 6)) as payment_share,
                 cast(case when r1.of_file then cast(r1.preoperative * l.preoperative_share + r1.intraoperative * l.intraoperative_share + r1.postoperative * l.postoperative_share as decimal(7, 4)) else coalesce(r1.share, 1) end as decimal(7, 4)) as share_1,
                 cast(case when r2.of_file then cast(r2.preoperative * l.preoperative_share + r2.intraoperative * l.intraoperative_share + r2.postoperative * l.postoperative_share as decimal(7, 4)) else coalesce(r2.share, 1) end as decimal(7, 4)) as share_2,
                 cast(case when r3.of_file then cast(r3.preoperative * l.preoperative_share + r3.intraoperative * l.intraoperative_share + r3.postoperative * l.postoperative_share as decimal(7, 4)) else coalesce(r3.share, 1) end as decimal(7, 4)) as share_3,
                 cast(case when r4.of_file then cast(r4.preoperative * l.preoperative_share + r4.intraoperative * l.intraoperative_share + r4.postoperative * l.postoperative_share as decimal(7, 4)) else coalesce(r4.share, 1) end as decimal(7, 4)) as share_4,
                 cast(case when r5.of_file then cast(r5.preoperative * l.preoperative_share + r5.intraoperative * l.intraoperative_share + r5.postoperative * l.postoperative_share as decimal(7, 4)) else coalesce(r5.share, 1) end as decimal(7, 4)) as share_5
            from (select l.*,
                         -- The value of the code's indicator that decides what a modifier does.
                         case l.indicator_1 when 'bilateral_surgery_indicator' then l.bilateral_or_none when 'assistant_at_surgery_indicator' then l.assistant
                           when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days
                           when 'pctc_indicator' then l.pctc when 'computed_tomography' then l.tomography else '' end as value_1,
                         case l.indicator_2 when 'bilateral_surgery_indicator' then l.bilateral_or_none when 'assistant_at_surgery_indicator' then l.assistant
                           when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days
                           when 'pctc_indicator' then l.pctc when 'computed_tomography' then l.tomography else '' end as value_2,
                         case l.indicator_3 when 'bilateral_surgery_indicator' then l.bilateral_or_none when 'assistant_at_surgery_indicator' then l.assistant
                           when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days
                           when 'pctc_indicator' then l.pctc when 'computed_tomography' then l.tomography else '' end as value_3,
                         case l.indicator_4 when 'bilateral_surgery_indicator' then l.bilateral_or_none when 'assistant_at_surgery_indicator' then l.assistant
                           when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days
                           when 'pctc_indicator' then l.pctc when 'computed_tomography' then l.tomography else '' end as value_4,
                         case l.indicator_5 when 'bilateral_surgery_indicator' then l.bilateral_or_none when 'assistant_at_surgery_indicator' then l.assistant
                           when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days
                           when 'pctc_indicator' then l.pctc when 'computed_tomography' then l.tomography else '' end as value_5
                    from (select k.*, m.modifier_1, m.modifier_2, m.modifier_3, m.modifier_4, m.modifier_5,
                                 m.indicator_1, m.indicator_2, m.indicator_3, m.indicator_4, m.indicator_5
                            from (select distinct rule_day, modifiers, bilateral_or_none, assistant, co_surgeons, team, global_days, pctc, tomography,
                                         preoperative_share, intraoperative_share, postoperative_share, of_row
                                    from scheduled) k
                            join modifier_list m on m.given = k.modifiers) l) l
            left join modifier_days r1 on r1.modifier = l.modifier_1 and (r1.modifier <> l.of_row or r1.not_paid is not null) and r1.indicator_value = l.value_1
                  and l.rule_day between r1.valid_from and r1.valid_to
            left join modifier_days r2 on r2.modifier = l.modifier_2 and (r2.modifier <> l.of_row or r2.not_paid is not null) and r2.indicator_value = l.value_2
                  and l.rule_day between r2.valid_from and r2.valid_to
            left join modifier_days r3 on r3.modifier = l.modifier_3 and (r3.modifier <> l.of_row or r3.not_paid is not null) and r3.indicator_value = l.value_3
                  and l.rule_day between r3.valid_from and r3.valid_to
            left join modifier_days r4 on r4.modifier = l.modifier_4 and (r4.modifier <> l.of_row or r4.not_paid is not null) and r4.indicator_value = l.value_4
                  and l.rule_day between r4.valid_from and r4.valid_to
            left join modifier_days r5 on r5.modifier = l.modifier_5 and (r5.modifier <> l.of_row or r5.not_paid is not null) and r5.indicator_value = l.value_5
                  and l.rule_day between r5.valid_from and r5.valid_to) r;

-- Codes with their modifiers, and what decides: of whatever line, of whatever place.
create or replace temporary view /* kept */ variant as
select row_number() over (order by s.rule_day, s.given_hcpcs, s.modifiers) as variant, s.rule_day, s.given_hcpcs, s.modifiers, s.hcpcs, s.row_modifier, s.schedule_modifier,
       s.fault_of_list, r.modifier_refusal, r.undocumented, r.report, s.status_indicator, s.multiple, s.bilateral, s.endoscopic_base,
       s.non_facility_pe_rvu, s.facility_pe_rvu, s.share_of_both, s.role, s.is_practitioner_assistant, s.returns, s.separate, s.both_sides, s.is_aftercare, s.side, s.anesthesia, s.anesthesia_must_assign, r.technical_share,
       e.schedule, e.amount as national_amount, coalesce(e.basis, s.basis) as basis, cast(coalesce(s.coinsurance_share, e.coinsurance) as decimal(8, 5)) as coinsurance_share,
       cast(case when e.schedule is null then r.payment_share else 1 end as decimal(9, 6)) as payment_share,
       case when r.not_paid is not null then r.not_paid
            when e.schedule is not null then null
            when s.is_supply and s.unpaid is not null and (not s.is_listed or s.status_indicator in ('E', 'N', 'X')) then 'priced only in PostgreSQL: DMEPOS'
            when s.is_supply and s.status_indicator = 'P' then concat(s.basis, '; a supply at home is priced only in PostgreSQL')
            else s.unpaid end as refusal_of_code,
       -- Whether two units are the two sides.
       s.bilateral in ('1', '2') and not s.both_sides and s.side is null as two_are_both_sides,
       -- Whether other lines of the day may concern it.
       s.multiple between '2' and '7' or s.side is not null and s.bilateral between '0' and '2' or r.technical_share <> 1 as has_neighbors,
       r.exact_share, cast(r.exact_share as decimal(18, 8)) as share, r.is_exact
  from scheduled s
  join ruled r on r.rule_day is not distinct from s.rule_day and r.modifiers = s.modifiers and r.bilateral_or_none is not distinct from s.bilateral_or_none
        and r.assistant is not distinct from s.assistant and r.co_surgeons is not distinct from s.co_surgeons and r.team is not distinct from s.team
        and r.global_days is not distinct from s.global_days and r.preoperative_share is not distinct from s.preoperative_share
        and r.intraoperative_share is not distinct from s.intraoperative_share and r.postoperative_share is not distinct from s.postoperative_share
        and r.of_row is not distinct from s.of_row and r.pctc is not distinct from s.pctc and r.tomography is not distinct from s.tomography
  left join elsewhere e on e.rule_day is not distinct from s.rule_day and e.given_hcpcs is not distinct from s.given_hcpcs and e.modifiers = s.modifiers;

-- The rates of the years of the lines.
create or replace temporary view fee as
select hcpcs, modifier, setting, geography, qualifying_apm, year, valid_from, valid_to,
       cast(amount as decimal(10, 2)) as amount, cast(coalesce(uncapped_amount, amount) as decimal(10, 2)) as uncapped,
       cast(opps_cap_amount as decimal(10, 2)) as cap, cast(reduced_amount as decimal(10, 2)) as reduced
  from rate
 where schedule = 'physician'
   and year between (select min(year(service_date)) from claim_line) and (select max(year(service_date)) from claim_line);

-- Each line beside what decides, and the fee of one unit.
create or replace temporary view priced as
select /*+ merge(f) */ l.source_row, l.claim_id, l.line, l.circumstance, v.variant, g.geography,
       cast(l.units as decimal(9, 2)) as units, cast(l.charge as decimal(11, 2)) as charge, l.minutes, l.base_units,
       coalesce(l.qualifying_apm, false) as qualifying_apm, coalesce(l.participating, true) as participating, coalesce(l.assigned, true) as assigned,
       coalesce(l.documented, false) as documented, l.report_percent, c.service_date, c.setting,
       coalesce(l.rendering_npi, '') as physician, coalesce(l.billing_npi, '') as practice,
       coalesce(l.patient_id, l.claim_id, concat(l.source_row, '')) as patient,
       v.status_indicator, v.role, v.has_neighbors, v.side, v.both_sides, v.is_aftercare, v.share_of_both, v.two_are_both_sides, v.report, v.undocumented, v.modifier_refusal, v.schedule,
       v.share as share_of_variant, v.exact_share, v.is_exact,
       case when coalesce(l.participating, true) then cast(1 as decimal(7, 4)) else c.non_participating_share end as participation,
       -- What the line has of its own: who bills it, and the part of a fee that a report asks for.
       case when v.is_practitioner_assistant then cast(1 as decimal(7, 4)) else c.practitioner_share end
         * cast(case when v.report is not null then cast(l.report_percent as decimal(7, 2)) * 0.01 else 1 end as decimal(7, 4)) as own_share,
       f.amount as fee, f.uncapped, f.cap, f.reduced,
       case
         when v.hcpcs is null then 'no code'
         when v.fault_of_list is not null then v.fault_of_list
         when l.units is null then 'no units'
         when not (l.units > 0 and l.units < 1000000) then 'units are not between 0 and a million'
         when coalesce(v.status_indicator, '') <> 'J' and l.units <> floor(l.units) then 'units are no whole number'
         when l.charge < 0 or l.charge >= 1000000000 then 'charge is no amount in dollars'
         when l.report_percent <= 0 or l.report_percent > 1000 then 'report_percent is not between 0 and 1000'
         when cast(l.report_percent as decimal(7, 2)) <> l.report_percent then 'priced only in PostgreSQL: report_percent with more than two decimals'
         when c.clinician = 'ASC' then 'priced only in PostgreSQL: services of an ambulatory surgical center'
         when c.clinician <> '' and c.known_clinician is null then 'no such practitioner on this day'
         when c.service_date is null then 'no date of service'
         when c.known_day is null then 'no loaded release governs this day'
         when c.place_of_service is null then 'no place of service'
         when c.known_place is null then 'no such place of service on this day'
         when v.refusal_of_code is not null then v.refusal_of_code
         when v.schedule is not null then null
         when c.setting is null then concat('place of service ', c.place_of_service, ': ', c.setting_note)
         when g.geography is null then case when g.zip is null then 'no ZIP code' else 'no such ZIP code on this day' end
         when v.status_indicator = 'J' then null
         when f.amount is null then 'no rate of this day: its release or its locality is not loaded'
       end as refusal
  from line l
  join circumstance c on c.circumstance = l.circumstance
  join variant v on v.rule_day is not distinct from l.rule_day and v.given_hcpcs is not distinct from l.hcpcs and v.modifiers = coalesce(l.modifiers, '')
  join locality g on g.rule_day is not distinct from l.rule_day and g.given_locality is not distinct from l.given_locality
  left join fee f on f.hcpcs = v.hcpcs and f.modifier = v.row_modifier and f.setting = c.setting and f.geography = g.geography
        and f.qualifying_apm = coalesce(l.qualifying_apm, false) and f.year = c.service_year and c.service_date between f.valid_from and f.valid_to;

-- Each line with its fee, its factors and why it has no amount. Eight decimals hold the shares of all lines that are known,
-- and what they do not hold is refused.
create or replace temporary view /* kept */ shared as
select source_row, claim_id, line, circumstance, variant, geography, service_date, units, charge, minutes, base_units, qualifying_apm,
       participating, assigned, documented, participation, physician, practice, patient, fee, unit, uncapped, cap, reduced, sides, procedures,
       case when own_share = 1 then share_of_variant else cast(exact_share * own_share as decimal(18, 8)) end as share,
       coalesce(fault_of_rules, fault_of_report, late_fault) as fault,
       has_neighbors and fault_of_rules is null and unit is not null and (units = 1 or not both_sides and not is_aftercare) as has_neighbors,
       status_indicator = 'J' and refusal is null as is_anesthesia,
       status_indicator = 'T' and role = 'surgeon' and refusal is null as is_paid_alone,
       status_indicator <> 'T' and unit is not null and fault_of_rules is null and (units = 1 or not both_sides and not is_aftercare) as is_payable
  from (select p.*, case when participating then fee else cast(round(fee * participation, 2) as decimal(10, 2)) end as unit,
               cast(case when both_sides or units = 2 and two_are_both_sides then share_of_both else 1 end as decimal(4, 2)) as sides,
               cast(case when units = 2 and two_are_both_sides then 1 else units end as decimal(9, 2)) as procedures,
               case when refusal is not null or schedule is not null then refusal
                    else coalesce(modifier_refusal, case when not documented then undocumented end) end as fault_of_rules,
               -- Such a line has no amount, and yet its rank among others: its fee decides that.
               case when schedule is null and report is not null and report_percent is null then concat(report, ' (give report_percent)') end as fault_of_report,
               case when schedule is not null then null
                    when both_sides and units > 1 then 'modifier 50 stands for both sides as one unit, and there are several'
                    when is_aftercare and units > 1 then 'modifier 55 stands for the care after one operation, and there are several units'
                    when not is_exact or case when own_share = 1 then share_of_variant <> exact_share
                                              else cast(exact_share * own_share as decimal(18, 8)) <> exact_share * own_share end
                      then 'priced only in PostgreSQL: shares of more than eight decimals' end as late_fault
          from priced p) p;

-- Lines that the rules for several procedures may concern, where a patient has several of a day, or several units.
create or replace temporary view /* kept */ neighbor as
select n.source_row, n.day, n.physician, n.practice, v.role, v.hcpcs, v.schedule_modifier, v.multiple, v.bilateral, v.endoscopic_base, v.returns, v.separate,
       n.service_date, c.service_year, c.setting, n.geography, n.qualifying_apm, n.participating, n.participation,
       case c.setting when 'facility' then v.facility_pe_rvu else v.non_facility_pe_rvu end as practice_expense,
       n.unit, n.uncapped, n.cap, n.reduced, n.charge, n.procedures as units, n.sides, n.share, v.share_of_both, v.technical_share,
       v.multiple between '4' and '7' and not (v.multiple = '4' and v.separate) as has_parts,
       case when n.procedures = 1 and not v.both_sides then v.side end as side, cast(n.unit * n.sides as decimal(12, 5)) as value
  from (select source_row, variant, circumstance, geography, service_date, qualifying_apm, participating, participation, physician, practice,
               unit, uncapped, cap, reduced, charge, sides, share, cast(procedures as int) as procedures,
               -- The first line of the patient's day names it.
               min(source_row) over (partition by patient, service_date) as day,
               count(*) over (partition by patient, service_date) as lines_of_day
          from shared
         where has_neighbors) n
  join variant v on v.variant = n.variant
  join circumstance c on c.circumstance = n.circumstance
 where n.lines_of_day > 1 or n.procedures > 1 or v.technical_share <> 1;

-- The technical part of whole tests whose parts are codes of their own: the sum of theirs.
create or replace temporary view technical_fee as
select f.*
  from fee f
  semi join (select distinct technical_hcpcs from global_test) g on g.technical_hcpcs = f.hcpcs
 where f.modifier = '';

create or replace temporary view global_technical as
select n.source_row, case when count(f.uncapped) = count(*) then sum(cast(round(f.uncapped * n.participation, 2) as decimal(10, 2))) end as technical
  from neighbor n
  join global_test g on g.hcpcs = n.hcpcs and n.service_date between coalesce(g.valid_from, date '0001-01-01') and coalesce(g.valid_to, date '9999-12-31')
  left join technical_fee f on f.hcpcs = g.technical_hcpcs and f.setting = n.setting and f.geography = n.geography
        and f.qualifying_apm = n.qualifying_apm and f.year = n.service_year and n.service_date between f.valid_from and f.valid_to
 where n.multiple in ('6', '7')
 group by n.source_row;

-- Tests with their technical and professional parts.
create or replace temporary view split_test as
select /*+ merge(pf, tf) */ n.*, pc.hcpcs is not null as has_professional,
       cast(case when n.schedule_modifier = '26' then n.unit
                 when w.source_row is not null then n.unit - w.technical
                 else round(pf.uncapped * n.participation, 2) end as decimal(10, 2)) as professional,
       cast(case when w.source_row is not null then w.technical
                 when n.schedule_modifier <> '26' then
         round(case when pc.hcpcs is null then n.uncapped else tf.uncapped end * n.participation, 2) end as decimal(10, 2)) as technical,
       cast(case when n.schedule_modifier <> '26' and w.source_row is null then
         round(case when pc.hcpcs is null then n.cap else tf.cap end * n.participation, 2) end as decimal(10, 2)) as technical_cap,
       cast(round(coalesce(n.reduced, n.uncapped) * n.participation, 2) as decimal(10, 2)) as therapy
  -- A test without a row for the professional part is technical as a whole.
  from (select *, case when schedule_modifier in ('', '53') and (multiple in ('4', '6', '7') or technical_share <> 1) then hcpcs end as of_parts
          from neighbor where has_parts or technical_share <> 1) n
  left join global_technical w on w.source_row = n.source_row
  left join code pc on pc.hcpcs = n.of_parts and pc.modifier = '26' and n.service_date between pc.valid_from and pc.valid_to
  left join fee pf on pf.hcpcs = n.of_parts and pf.modifier = '26' and pf.setting = n.setting and pf.geography = n.geography
        and pf.qualifying_apm = n.qualifying_apm and pf.year = n.service_year and n.service_date between pf.valid_from and pf.valid_to
  left join fee tf on tf.hcpcs = n.of_parts and tf.modifier = 'TC' and tf.setting = n.setting and tf.geography = n.geography
        and tf.qualifying_apm = n.qualifying_apm and tf.year = n.service_year and n.service_date between tf.valid_from and tf.valid_to;

-- Lines that are ranked as a whole. Of tests on old equipment the technical part is less, after the OPPS cap.
create or replace temporary view undivided as
select source_row, day, physician, role, hcpcs, multiple, endoscopic_base, returns, service_date, service_year, setting, geography, qualifying_apm, participating,
       participation, charge, units, sides, share, share_of_both, side, value, false as is_reduced
  from neighbor
 where technical_share = 1
 union all
select source_row, day, physician, role, hcpcs, multiple, endoscopic_base, returns, service_date, service_year, setting, geography, qualifying_apm, participating,
       participation, charge, units, sides, share, share_of_both, side,
       cast((case when has_professional then professional else 0 end
             + case when technical_cap < technical then technical_cap else technical end * technical_share) * sides as decimal(12, 5)), true
  from split_test
 where technical_share <> 1 and not coalesce(has_parts, false);

-- Surgeries: endoscopies of one family, with their base code, count as one, and so do both sides of one code.
create or replace temporary view twin as
select *, side is not null and share_of_both is not null and lefts = 1 and rights = 1 as in_pair
  from (select *, sum(case when side = 'LT' then 1 else 0 end) over (partition by day, physician, role, hcpcs) as lefts,
               sum(case when side = 'RT' then 1 else 0 end) over (partition by day, physician, role, hcpcs) as rights,
               min(source_row) over (partition by day, physician, role, hcpcs) as first_of_code
          from (select *, coalesce(endoscopic_base, hcpcs) as family from undivided
                 where not returns and (multiple in ('2', '3') or is_reduced or side is not null and coalesce(multiple, '') not between '4' and '7')) f) t;

create or replace temporary view sibling as
select *, is_family and multiple in ('2', '3') as in_family,
       case when in_pair then cast(value * cast(share_of_both * 0.5 as decimal(5, 3)) as decimal(12, 5)) else value end as part_value
  from (select *, max(case when multiple = '3' then 1 else 0 end) over (partition by day, physician, role, family) = 1 as is_family,
               -- The base is included in any other; a pair is worth both of its lines.
               dense_rank() over (partition by day, physician, role, family
                                  order by case when hcpcs = family then 1 else 0 end, case when in_pair then value * share_of_both else value end desc,
                                           case when in_pair then first_of_code else source_row end) as rank_in_family
          from twin) s;

create or replace temporary view base_fee as
select f.*
  from fee f
  semi join (select distinct endoscopic_base from variant) b on b.endoscopic_base = f.hcpcs
 where f.modifier = '';

create or replace temporary view surgery as
select s.*, multiple in ('2', '3') as is_ranked,
       cast(case when in_family and rank_in_family > 1 then less_base else part_value end as decimal(12, 5)) as first_value,
       cast(case when in_family then less_base else part_value end as decimal(12, 5)) as next_value,
       case when in_family then concat('family ', family) when in_pair then concat('pair ', family) else concat(source_row, '') end as entity,
       case when in_family or in_pair then 1 else units end as procedures
  from (select b.*, case when base < part_value then cast(part_value - base as decimal(12, 5)) else cast(0 as decimal(12, 5)) end as less_base
          from (select /*+ merge(f) */ s.*,
                       -- What the base code is paid; a family's base code itself is worth nothing beside the others.
                       case when s.participating then f.amount else cast(round(f.amount * s.participation, 2) as decimal(10, 2)) end
                         * case when s.in_pair then coalesce(side_rule.both_sides, 1) * 0.5 when s.sides <> 1 then coalesce(side_rule.both_sides, 1) else 1 end as base
                  from sibling s
                  left join base_fee f on f.hcpcs = case when s.in_family and s.hcpcs <> s.family then s.family end
                        and f.setting = s.setting and f.geography = s.geography
                        and f.qualifying_apm = s.qualifying_apm and f.year = s.service_year and s.service_date between f.valid_from and f.valid_to
                  left join code c on c.hcpcs = case when s.in_family and (s.sides <> 1 or s.in_pair) then s.family end
                        and c.modifier = '' and s.service_date between c.valid_from and c.valid_to
                  left join modifier_days side_rule on side_rule.modifier = '50' and side_rule.both_sides is not null and side_rule.indicator_value = c.bilateral
                        and s.service_date between side_rule.valid_from and side_rule.valid_to) b) s;

-- By what one procedure is worth, whatever the units of its line; of equal ones the one that more is charged for comes first.
create or replace temporary view surgery_rank as
select *, sum(case when is_ranked and is_first then procedures else 0 end)
            over (partition by day, physician, role
                  order by case when in_family or in_pair then total else value end desc,
                           case when in_family or in_pair then total_charge else cast(charge / units as decimal(18, 6)) end desc nulls last,
                           first_row, entity, source_row)
            - procedures + 1 as position
  from (select *, sum(first_value + (units - 1) * next_value) over (partition by day, physician, role, entity) as total,
               cast(sum(charge) over (partition by day, physician, role, entity) as decimal(18, 6)) as total_charge,
               min(source_row) over (partition by day, physician, role, entity) as first_row,
               row_number() over (partition by day, physician, role, entity order by source_row) = 1 as is_first
          from surgery) s;

create or replace temporary view surgery_amount as
select source_row,
       sum(case when in_family or in_pair then first_amount + (units - 1) * next_amount else overlap * next_amount end) as amount,
       max(case when overlap_share is null then 1 else 0 end) = 1 as by_report,
       min(case when in_family and first_value = 0 then 1 else 0 end) = 1 as is_included
  from (select o.*,
               case when is_small then round(first_value * small_share * overlap_share, 2)
                    else round(first_value * cast(share as decimal(19, 8)) * overlap_share, 2) end as first_amount,
               case when is_small then round(next_value * small_share * overlap_share, 2)
                    else round(next_value * cast(share as decimal(19, 8)) * overlap_share, 2) end as next_amount
          from (
        select s.*, try_cast(s.share as decimal(5, 4)) as small_share, coalesce(try_cast(s.share as decimal(5, 4)) = s.share and s.value < 10000, false) as is_small,
               case when s.is_ranked then r.share else cast(1 as decimal(5, 4)) end as overlap_share,
               case when s.is_ranked then (case when s.position + s.procedures - 1 < r.last_rank then s.position + s.procedures - 1 else r.last_rank end)
                                          - (case when s.position > r.first_rank then s.position else r.first_rank end) + 1
                    else s.procedures end as overlap
          from surgery_rank s
          left join part_share r on r.multiple_procedure_indicator = case when s.is_ranked then s.multiple end and r.part = 'amount'
                and s.service_date between r.valid_from and r.valid_to
                and s.position + s.procedures > r.first_rank and s.position <= r.last_rank) o) a
 group by source_row;

-- Tests with a technical and a professional part, each ranked for itself, and therapies, ranked by practice expense.
-- Both sides on two lines, of a code that is paid once for both, are one unit of two halves.
create or replace temporary view part as
select *, sum(counted) over (partition by day, practice, multiple order by professional desc nulls last, first_of_code, source_row) - units = 0 as professional_first,
       sum(counted) over (partition by day, practice, multiple order by technical desc nulls last, first_of_code, source_row) - units = 0 as technical_first,
       sum(counted) over (partition by day, practice, multiple order by practice_expense desc, unit desc, first_of_code, source_row) - units = 0 as practice_expense_first
  from (select *, case when in_pair and source_row > first_of_pair then 0 else units end as counted,
               case when in_pair then first_of_pair else source_row end as first_of_code
          from (select *, side is not null and share_of_both = 1 and lefts = 1 and rights = 1 as in_pair
                  from (select *, sum(case when side = 'LT' then 1 else 0 end) over (partition by day, practice, hcpcs, schedule_modifier) as lefts,
                               sum(case when side = 'RT' then 1 else 0 end) over (partition by day, practice, hcpcs, schedule_modifier) as rights,
                               min(case when side is not null then source_row end) over (partition by day, practice, hcpcs, schedule_modifier) as first_of_pair
                          from split_test
                         where has_parts) s) p) t;

create or replace temporary view reduced_part as
select p.*, coalesce(professional_share.share, 1) as professional_next, coalesce(technical_share.share, 1) as technical_next,
       coalesce(expense_share.share, 1) as practice_expense_next
  from part p
  left join part_share professional_share on professional_share.multiple_procedure_indicator = p.multiple and professional_share.part = 'professional'
        and professional_share.first_rank = 2 and p.service_date between professional_share.valid_from and professional_share.valid_to
  left join part_share technical_share on technical_share.multiple_procedure_indicator = p.multiple and technical_share.part = 'technical'
        and technical_share.first_rank = 2 and p.service_date between technical_share.valid_from and technical_share.valid_to
  left join part_share expense_share on expense_share.multiple_procedure_indicator = p.multiple and expense_share.part = 'practice expense'
        and expense_share.first_rank = 2 and p.service_date between expense_share.valid_from and expense_share.valid_to
 where p.units > 1 or p.in_pair or p.technical_share <> 1 or not (professional_first and technical_first and practice_expense_first);

-- The first unit may have a part in full; those that follow have none. The technical part is reduced before the OPPS cap.
create or replace temporary view part_amount as
select source_row, round(first_unit * factor, 2) + (units - 1) * round(next_unit * factor, 2) as amount, false as by_report, false as is_included
  from (select source_row, units, cast(cast(share as decimal(19, 8)) * sides * case when in_pair then 0.5 else 1 end as decimal(19, 10)) as factor,
               cast(case when multiple = '5' then case when practice_expense_first then unit else therapy end
                         when first_professional = 1 and first_technical = 1 and technical_share = 1 then unit
                         when technical is null then professional * first_professional
                         when professional is null then first_capped
                         else professional * first_professional + first_capped end as decimal(12, 6)) as first_unit,
               cast(case when multiple = '5' then therapy
                         when professional_next = 1 and technical_next = 1 and technical_share = 1 then unit
                         when technical is null then professional * professional_next
                         when professional is null then next_capped
                         else professional * professional_next + next_capped end as decimal(12, 6)) as next_unit
          from (select *, cast(case when technical_cap < technical * first_technical then technical_cap else technical * first_technical end * technical_share as decimal(12, 6)) as first_capped,
                       cast(case when technical_cap < technical * technical_next then technical_cap else technical * technical_next end * technical_share as decimal(12, 6)) as next_capped
                  from (select *, case when professional_first then cast(1 as decimal(5, 4)) else professional_next end as first_professional,
                               case when technical_first then cast(1 as decimal(5, 4)) else technical_next end as first_technical
                          from reduced_part) f) c) u;

-- Services that are paid only where nothing else is payable to the same person that day.
create or replace temporary view bundled as
select distinct t.source_row
  from (select source_row, patient, service_date, physician from shared where is_paid_alone) t
  join (select patient, service_date, physician from shared where is_payable) o
    on o.patient = t.patient and o.service_date = t.service_date and o.physician = t.physician;

-- Half of the units, and not of the cents of the whole.
create or replace temporary view anesthesia_amount as
select source_row, refusal, cast(round(units * conversion_factor, 2) as decimal(11, 2)) as unit_amount,
       cast(round(cast(units * share * conversion_factor as decimal(19, 10)) * share_of_line, 2) as decimal(15, 2)) as amount
  from (
select a.source_row, a.share_of_line, cast(b.share as decimal(7, 4)) as share,
       case when b.modifier is null then 'anesthesia needs one of the modifiers AA, AD, QK, QX, QY and QZ'
            when b.base_units is null and a.base is null then 'no base units: give them in base_units'
            when f.amount is null then 'no anesthesia conversion factor on this day' end as refusal,
       case when b.base_units is not null then cast(b.base_units + case when a.documented then coalesce(b.documented_units, 0) else 0 end as decimal(9, 2))
            when a.timed = false then cast(a.base * a.units as decimal(9, 2))
            else cast(case when a.add_on or a.place = 1 then a.base else 0 end + a.time_units as decimal(9, 2)) end as units,
       -- Who does not participate has a conversion factor of his own, in cents too.
       cast(case when a.participation = 1 then f.amount else round(f.amount * a.participation, 2) end as decimal(9, 4)) as conversion_factor
  from (select *, row_number() over (partition by patient, service_date, physician, anesthesia, add_on_or_none order by base desc nulls last, source_row) as place
          from (select p.source_row, p.patient, p.service_date, c.service_year, p.physician, v.anesthesia, p.geography, p.qualifying_apm, p.units, p.participation, p.documented, p.share as share_of_line,
                       cast(coalesce(p.base_units, k.base_units) as decimal(9, 2)) as base, k.timed, coalesce(k.add_on, false) as add_on,
                       case when k.add_on is null then 'none' when k.add_on then 'add-on' else 'first' end as add_on_or_none,
                       cast(floor(cast(coalesce(p.minutes, p.units) as double) / cast(c.anesthesia_minutes_per_unit as double)
                                  * power(10, cast(c.anesthesia_time_unit_decimals as double)) + 0.5)
                            / power(10, cast(c.anesthesia_time_unit_decimals as double)) as decimal(9, 2)) as time_units
                  from shared p
                  join variant v on v.variant = p.variant
                  join circumstance c on c.circumstance = p.circumstance
                  left join anesthesia_base_units k on k.hcpcs = v.hcpcs
                        and p.service_date between coalesce(k.valid_from, date '0001-01-01') and coalesce(k.valid_to, date '9999-12-31')
                 where p.is_anesthesia) u) a
  left join anesthesia_modifier_rule b on b.modifier = a.anesthesia
        and a.service_date between coalesce(b.valid_from, date '0001-01-01') and coalesce(b.valid_to, date '9999-12-31')
  left join (select * from rate where schedule = 'anesthesia') f on f.geography = a.geography and f.qualifying_apm = a.qualifying_apm and f.year = a.service_year
        and a.service_date between f.valid_from and f.valid_to) u;

-- What lines are paid that not their own row alone decides, or why they are not.
create or replace temporary view /* kept */ outcome as
select source_row, cast(null as decimal(11, 2)) as unit_amount, cast(amount as decimal(15, 2)) as amount, is_included,
       case when by_report then 'the sixth and further procedures of a day are paid by report'
            when amount is null then 'a part of the code has no amount, so that the rule for several procedures cannot be applied' end as fault
  from (select source_row, amount, by_report, is_included from surgery_amount
         union all
        select source_row, amount, false, false from part_amount) s
 union all
select source_row, unit_amount, amount, false, refusal from anesthesia_amount;

create or replace temporary view computed as
select s.*, case when fault is null then coalesce(outcome_unit, national_amount, fee) end as unit_amount,
       case when fault is null then
         case when has_outcome then outcome_amount
              when schedule is not null then cast(round(units * national_amount, 2) as decimal(15, 2))
              else cast(procedures * line_amount as decimal(15, 2)) end end as computed_amount
  from (select s.source_row, s.claim_id, s.line, s.geography, s.service_date, s.units, s.charge, s.qualifying_apm, s.participating, s.assigned, s.fee, s.procedures,
               -- Shares of few decimals, nearly all, keep the product below 18 digits, which engines compute fast.
               case when try_cast(s.share as decimal(6, 4)) = s.share then cast(round(s.unit * s.sides * cast(s.share as decimal(6, 4)), 2) as decimal(15, 2))
                    else cast(round(s.unit * s.sides * cast(s.share as decimal(19, 8)), 2) as decimal(15, 2)) end as line_amount,
               v.hcpcs, v.modifiers, v.status_indicator, v.basis, v.schedule, v.national_amount, v.payment_share,
               coalesce(v.coinsurance_share, c.ordinary_coinsurance) as coinsurance,
               c.place_of_service, c.setting, c.sequestration, c.limiting_charge_share, c.must_assign or v.anesthesia_must_assign as must_assign,
               o.source_row is not null as has_outcome, o.unit_amount as outcome_unit, o.amount as outcome_amount, o.is_included,
               coalesce(s.fault, o.fault, case when b.source_row is not null then 'bundled: something else is payable that day' end) as fault
          from shared s
          join variant v on v.variant = s.variant
          join circumstance c on c.circumstance = s.circumstance
          left join outcome o on o.source_row = s.source_row
          left join bundled b on b.source_row = s.source_row) s;

create or replace temporary view priced_line as
select source_row, claim_id, line, hcpcs, modifiers, units, service_date, place_of_service, setting, geography, qualifying_apm,
       case when status_indicator = 'J' then 'anesthesia' when unit_amount is not null then coalesce(schedule, 'physician fee schedule') end as schedule,
       status_indicator, unit_amount, amount, medicare_pays, cast(amount - before_share as decimal(15, 2)) as patient_owes,
       cast(round(medicare_pays * (1 - sequestration), 2) as decimal(15, 2)) as medicare_pays_after_sequestration,
       case when not participating and not assigned and not must_assign and schedule is null
            then cast(round(computed_amount * limiting_charge_share, 2) as decimal(15, 2)) end as limiting_charge,
       coalesce(fault, case when is_included then 'included in the other endoscopy of its family' else basis end) as basis
  from (select s.*, cast(round(before_share * payment_share, 2) as decimal(15, 2)) as medicare_pays
          from (select c.*, cast(round(amount * (1 - coinsurance), 2) as decimal(15, 2)) as before_share
                  from (select *, case when charge < computed_amount then cast(charge as decimal(15, 2)) else computed_amount end as amount from computed) c) s) m;
