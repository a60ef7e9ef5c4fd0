-- Prices claim lines as api.price_claims does, from the tables of an export. The same text runs on Spark and on DuckDB:
-- views, the last of which is priced_line. It reads the views that spark/fees.py and sql/duckdb/fees.sql make of the export,
-- and claim_line, whose columns docs/spark.md lists. Amounts are exact decimals that no step rounds before its time.

create or replace temporary view modifier_days as
select modifier, indicator, coalesce(indicator_value, '') as indicator_value,
       case when treatment in ('not paid', 'does not apply', 'not priced') then concat('modifier ', modifier, ': ', note) end as refusal,
       case when treatment = 'documented' then concat('modifier ', modifier, ': ', note) end as undocumented,
       case when treatment = 'by report' then concat('modifier ', modifier, ': ', note) end as report,
       cast(case when modifier = '50' then share end as decimal(4, 2)) as both_sides,
       cast(case when applies_to = 'amount' and modifier <> '50' then share end as decimal(7, 4)) as share,
       cast(case when applies_to = 'payment' then share end as decimal(7, 4)) as payment_share,
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
       coalesce(co_surgeons_indicator, '9') as co_surgeons, coalesce(team_surgery_indicator, '9') as team, global_days,
       preoperative_share, intraoperative_share, postoperative_share, endoscopic_base,
       valid_from, coalesce(valid_to, date '9999-12-31') as valid_to
  from rvu;

-- The lists of modifiers that occur, each once: its modifiers by their places, and what it asks for.
create or replace temporary view modifier_words as
select given, case when concat(' ', words, ' ') like '% LT %' and concat(' ', words, ' ') like '% RT %' and concat(' ', words, ' ') not like '% 50 %'
                   then concat(words, ' 50') else words end as words
  from (select given, trim(replace(replace(replace(translate(upper(given), ',;/|+.-', '       '), '  ', ' '), '  ', ' '), '  ', ' ')) as words
          from (select distinct coalesce(modifiers, '') as given from claim_line) g) w;

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
            when padded like '% SG %' then 'priced only in PostgreSQL: services of an ambulatory surgical center'
            when split_part(words, ' ', 6) <> '' then 'priced only in PostgreSQL: more than five modifiers' end as fault,
       case when padded like '% 80 %' or padded like '% 81 %' or padded like '% 82 %' or padded like '% AS %' then 'assistant'
            when padded like '% 62 %' or padded like '% 66 %' then 'co-surgeon' else 'surgeon' end as role,
       padded like '% 78 %' as returns, padded like '% 59 %' or padded like '% XE %' as separate, padded like '% 50 %' as both_sides,
       case when padded like '% 50 %' then null when padded like '% LT %' then 'LT' when padded like '% RT %' then 'RT' end as side,
       p.indicator_1, p.indicator_2, p.indicator_3, p.indicator_4, p.indicator_5, p.anesthesia, p.coinsurance
  from (select given, words, concat(' ', words, ' ') as padded from modifier_words) w
  join (select m.given, count(case when m.modifier <> '' then 1 end) as modifiers,
               max(case when m.place = 1 then d.indicator end) as indicator_1, max(case when m.place = 2 then d.indicator end) as indicator_2,
               max(case when m.place = 3 then d.indicator end) as indicator_3, max(case when m.place = 4 then d.indicator end) as indicator_4,
               max(case when m.place = 5 then d.indicator end) as indicator_5,
               substr(min(case when a.modifier is not null then concat(m.place, m.modifier) end), 2) as anesthesia,
               substr(min(case when c.name is not null then concat(m.place, m.modifier) end), 2) as coinsurance
          from modifier_place m
          left join (select modifier, max(indicator) as indicator from modifier_days group by modifier) d on d.modifier = m.modifier
          left join (select distinct modifier from anesthesia_modifier_rule) a on a.modifier = m.modifier
          left join (select distinct name from coinsurance_rule where kind = 'modifier') c on c.name = m.modifier
         group by m.given) p on p.given = w.given;

create or replace temporary view line as
select source_row, claim_id, line, coalesce(modifiers, '') as modifiers, service_date, year(service_date) as service_year,
       case when length(trim(hcpcs)) = 3 or length(trim(hcpcs)) = 4 and trim(hcpcs) like '1%' then lpad(trim(hcpcs), 5, '0')
            else upper(trim(hcpcs)) end as hcpcs,
       cast(units as decimal(9, 2)) as units, cast(charge as decimal(11, 2)) as charge,
       lpad(trim(place_of_service), 2, '0') as place_of_service,
       case when mac is not null and locality is not null then concat(lpad(trim(mac), 5, '0'), '-', lpad(trim(locality), 2, '0')) end as given_geography,
       case when mac is null or locality is null then
         case when length(trim(zip)) <= 5 then lpad(trim(zip), 5, '0')
              when length(trim(zip)) in (7, 8) then substr(lpad(trim(zip), 9, '0'), 1, 5)
              else substr(trim(zip), 1, 5) end end as zip,
       coalesce(qualifying_apm, false) as qualifying_apm, coalesce(rendering_npi, '') as physician, coalesce(billing_npi, '') as practice,
       coalesce(patient_id, claim_id, concat(source_row, '')) as patient, upper(trim(practitioner)) as practitioner,
       coalesce(participating, true) as participating, coalesce(assigned, true) as assigned,
       minutes, base_units, coalesce(documented, false) as documented, report_percent
  from claim_line;

create or replace temporary view located as
select l.*, s.place_of_service as known_place, s.setting, s.note as setting_note, coalesce(l.given_geography, z.geography) as geography
  from line l
  left join place_of_service s on s.place_of_service = l.place_of_service
        and l.service_date between coalesce(s.valid_from, date '0001-01-01') and coalesce(s.valid_to, date '9999-12-31')
  left join zip_locality z on z.zip = l.zip and l.service_date between z.valid_from and coalesce(z.valid_to, date '9999-12-31');

-- The rates that the lines at hand may need, which are few among those of the nation: of each code, of its parts, and of the
-- base code of its endoscopies.
create or replace temporary view fee as
select r.hcpcs, r.modifier, r.setting, r.geography, r.qualifying_apm, r.year, r.valid_from, r.valid_to,
       cast(r.amount as decimal(10, 2)) as amount, cast(coalesce(r.uncapped_amount, r.amount) as decimal(10, 2)) as uncapped,
       cast(r.opps_cap_amount as decimal(10, 2)) as cap, cast(r.reduced_amount as decimal(10, 2)) as reduced
  from rate r
  semi join (select distinct c.fee_of as hcpcs, l.setting, l.geography, l.qualifying_apm, l.service_year as year
               from located l
               join (select hcpcs, hcpcs as fee_of from code
                      union
                     select hcpcs, endoscopic_base from code where endoscopic_base is not null) c on c.hcpcs = l.hcpcs
              where l.setting is not null and l.geography is not null) w
    on w.hcpcs = r.hcpcs and w.setting = r.setting and w.geography = r.geography and w.qualifying_apm = r.qualifying_apm and w.year = r.year
 where r.schedule = 'physician'
   and r.year between (select min(year(service_date)) from claim_line) and (select max(year(service_date)) from claim_line);

-- Codes that another schedule has amounts for. What it pays depends on more than its rates, and is asked of PostgreSQL.
create or replace temporary view other_schedule as
select hcpcs, year, min(schedule) as schedule
  from rate
 where schedule in ('laboratory', 'drugs', 'DMEPOS')
   and year between (select min(year(service_date)) from claim_line) and (select max(year(service_date)) from claim_line)
 group by hcpcs, year;

-- Each line beside its code, its place and the fee of one unit.
create or replace temporary view placed as
select l.*, m.schedule_modifier, m.fault, m.role, m.returns, m.separate, m.both_sides, m.side, m.anesthesia, m.coinsurance as coinsurance_modifier,
       m.modifier_1, m.modifier_2, m.modifier_3, m.modifier_4, m.modifier_5,
       m.indicator_1, m.indicator_2, m.indicator_3, m.indicator_4, m.indicator_5,
       t.on_date as known_day, cast(t.non_participating_share as decimal(7, 4)) as non_participating_share,
       cast(t.limiting_charge_share as decimal(7, 4)) as limiting_charge_share, cast(t.coinsurance as decimal(7, 4)) as ordinary_coinsurance,
       cast(t.sequestration as decimal(7, 4)) as sequestration, t.anesthesia_minutes_per_unit, t.anesthesia_time_unit_decimals,
       case when m.schedule_modifier = '53' and own.hcpcs is null then '' else m.schedule_modifier end as row_modifier
  from located l
  left join modifier_list m on m.given = l.modifiers
  left join payment_terms_day t on t.on_date = l.service_date
  -- Most codes have no row for 53: theirs is priced by report, from the row of the whole service.
  left join code own on own.modifier = '53' and own.hcpcs = case when m.schedule_modifier = '53' then l.hcpcs end
        and l.service_date between own.valid_from and own.valid_to;

create or replace temporary view priced as
select /*+ merge(f) */ l.*, c.status_indicator, c.multiple, c.bilateral, c.endoscopic_base,
       case l.setting when 'facility' then c.facility_pe_rvu else c.non_facility_pe_rvu end as practice_expense,
       f.amount as fee, f.uncapped, f.cap, f.reduced,
       case when l.participating then f.amount else cast(round(f.amount * l.non_participating_share, 2) as decimal(10, 2)) end as unit,
       cast(case when l.both_sides or l.units = 2 and c.bilateral in ('1', '2') and l.side is null then b.both_sides else 1 end as decimal(4, 2)) as sides,
       b.both_sides as share_of_both,
       cast(case when l.units = 2 and c.bilateral in ('1', '2') and not l.both_sides and l.side is null then 1 else l.units end as decimal(9, 2)) as procedures,
       cast(case when l.role = 'assistant' then 1 else coalesce(pr.share, 1) end as decimal(7, 4)) as practitioner_share,
       case
         when l.hcpcs is null then 'no code'
         when l.fault is not null then l.fault
         when l.units is null then 'no units'
         when not (l.units > 0 and l.units < 1000000) then 'units are not between 0 and a million'
         when coalesce(c.status_indicator, '') <> 'J' and l.units <> floor(l.units) then 'units are no whole number'
         when l.charge < 0 or l.charge >= 1000000000 then 'charge is no amount in dollars'
         when l.report_percent <= 0 or l.report_percent > 1000 then 'report_percent is not between 0 and 1000'
         when cast(l.report_percent as decimal(7, 2)) <> l.report_percent then 'priced only in PostgreSQL: report_percent with more than two decimals'
         when l.practitioner = 'ASC' then 'priced only in PostgreSQL: services of an ambulatory surgical center'
         when l.practitioner <> '' and pr.practitioner is null then 'no such practitioner on this day'
         when l.service_date is null then 'no date of service'
         when l.known_day is null then 'no loaded release governs this day'
         when l.place_of_service is null then 'no place of service'
         when l.known_place is null then 'no such place of service on this day'
         when o.schedule is not null and coalesce(c.status_indicator, 'X') in ('E', 'N', 'X') then concat('priced only in PostgreSQL: ', o.schedule)
         when o.schedule is not null and c.status_indicator = 'P' then concat(st.basis, '; a supply at home is priced only in PostgreSQL')
         when c.hcpcs is null then 'not in the schedule of this day'
         when c.status_indicator <> 'J' and not (coalesce(st.pays_rvus, false) and c.has_rvus)
           then case when st.pays_rvus then st.basis_without_rvus else st.basis end
         when l.setting is null then concat('place of service ', l.place_of_service, ': ', l.setting_note)
         when l.geography is null then case when l.zip is null then 'no ZIP code' else 'no such ZIP code on this day' end
         when c.status_indicator = 'J' then null
         when f.amount is null then 'no rate of this day: its release or its locality is not loaded'
       end as refusal,
       st.basis, c.modifier as code_modifier, c.bilateral_or_none, c.assistant, c.co_surgeons, c.team, c.global_days,
       c.preoperative_share, c.intraoperative_share, c.postoperative_share
  from placed l
  left join code c on c.hcpcs = l.hcpcs and c.modifier = l.row_modifier and l.service_date between c.valid_from and c.valid_to
  left join status_payment st on st.status_indicator = c.status_indicator
        and l.service_date between coalesce(st.valid_from, date '0001-01-01') and coalesce(st.valid_to, date '9999-12-31')
  left join modifier_days b on b.modifier = '50' and b.both_sides is not null and b.indicator_value = c.bilateral
        and l.service_date between b.valid_from and b.valid_to
  left join practitioner_rule pr on pr.practitioner = l.practitioner
        and l.service_date between coalesce(pr.valid_from, date '0001-01-01') and coalesce(pr.valid_to, date '9999-12-31')
  left join other_schedule o on o.hcpcs = l.hcpcs and o.year = l.service_year
  left join fee f on f.hcpcs = l.hcpcs and f.modifier = l.row_modifier and f.setting = l.setting and f.geography = l.geography
        and f.qualifying_apm = l.qualifying_apm and f.year = l.service_year and l.service_date between f.valid_from and f.valid_to;

-- What modifiers do: the rule of each of them, by the indicator of the code that decides.
create or replace temporary view ruled as
select l.*, coalesce(r1.refusal, r2.refusal, r3.refusal, r4.refusal, r5.refusal) as modifier_refusal,
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
                 when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days else '' end as value_1,
               case l.indicator_2 when 'bilateral_surgery_indicator' then l.bilateral_or_none when 'assistant_at_surgery_indicator' then l.assistant
                 when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days else '' end as value_2,
               case l.indicator_3 when 'bilateral_surgery_indicator' then l.bilateral_or_none when 'assistant_at_surgery_indicator' then l.assistant
                 when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days else '' end as value_3,
               case l.indicator_4 when 'bilateral_surgery_indicator' then l.bilateral_or_none when 'assistant_at_surgery_indicator' then l.assistant
                 when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days else '' end as value_4,
               case l.indicator_5 when 'bilateral_surgery_indicator' then l.bilateral_or_none when 'assistant_at_surgery_indicator' then l.assistant
                 when 'co_surgeons_indicator' then l.co_surgeons when 'team_surgery_indicator' then l.team when 'global_days' then l.global_days else '' end as value_5,
               -- The file has a row of its own for some discontinued services.
               case when l.code_modifier = '53' then '53' else '' end as of_row
          from priced l) l
  left join modifier_days r1 on r1.modifier = l.modifier_1 and r1.modifier <> l.of_row and r1.indicator_value = l.value_1
        and l.service_date between r1.valid_from and r1.valid_to
  left join modifier_days r2 on r2.modifier = l.modifier_2 and r2.modifier <> l.of_row and r2.indicator_value = l.value_2
        and l.service_date between r2.valid_from and r2.valid_to
  left join modifier_days r3 on r3.modifier = l.modifier_3 and r3.modifier <> l.of_row and r3.indicator_value = l.value_3
        and l.service_date between r3.valid_from and r3.valid_to
  left join modifier_days r4 on r4.modifier = l.modifier_4 and r4.modifier <> l.of_row and r4.indicator_value = l.value_4
        and l.service_date between r4.valid_from and r4.valid_to
  left join modifier_days r5 on r5.modifier = l.modifier_5 and r5.modifier <> l.of_row and r5.indicator_value = l.value_5
        and l.service_date between r5.valid_from and r5.valid_to;

-- The shares of a line as one factor. Eight decimals hold the product of all that are known; what they do not hold is refused.
create or replace temporary view shared as
select source_row, claim_id, line, hcpcs, modifiers, units, service_date, service_year, place_of_service, setting, geography, qualifying_apm, charge,
       physician, practice, patient, participating, assigned, minutes, base_units, schedule_modifier, role, returns, separate, both_sides, side,
       anesthesia, coinsurance_modifier, non_participating_share, limiting_charge_share, ordinary_coinsurance, sequestration,
       anesthesia_minutes_per_unit, anesthesia_time_unit_decimals, status_indicator, multiple, bilateral, endoscopic_base, practice_expense,
       fee, uncapped, cap, reduced, unit, sides, share_of_both, procedures, payment_share, basis, refusal,
       cast(exact_share as decimal(19, 8)) as share,
       coalesce(refusal, modifier_refusal, case when not documented then undocumented end,
                case when report is not null and report_percent is null then concat(report, ' (give report_percent)') end) as fault_of_line,
       coalesce(case when both_sides and units > 1 then 'modifier 50 stands for both sides as one unit, and there are several' end,
                case when cast(exact_share as decimal(19, 8)) <> exact_share or share_4 <> 1 and share_5 <> 1
                     then 'priced only in PostgreSQL: shares of more than eight decimals' end) as late_fault
  from (select *, cast(share_1 * share_2 * share_3 as decimal(16, 12)) * cast(case when share_4 <> 1 then share_4 else share_5 end as decimal(7, 4))
                  * practitioner_share
                  * cast(case when report is not null then cast(report_percent as decimal(7, 2)) * 0.01 else 1 end as decimal(7, 4)) as exact_share
          from ruled) r;

-- Lines that the rules for several procedures may concern, where a patient has several of a day, or several units.
create or replace temporary view neighbor as
select *
  from (select source_row, patient, service_date, service_year, physician, practice, role, hcpcs, schedule_modifier, multiple, bilateral, endoscopic_base,
               returns, separate, setting, geography, qualifying_apm, participating, non_participating_share, practice_expense,
               unit, uncapped, cap, reduced, cast(procedures as int) as units, sides, share, share_of_both,
               case when units = 1 and not both_sides then side end as side, cast(unit * sides as decimal(12, 5)) as value,
               count(*) over (partition by patient, service_date) as lines_of_day
          from shared
         where fault_of_line is null and unit is not null
           and (multiple between '2' and '7' or side is not null and bilateral between '0' and '2')) n
 where lines_of_day > 1 or units > 1;

-- Surgeries: endoscopies of one family, with their base code, count as one, and so do both sides of one code.
create or replace temporary view sibling as
select *, is_family and multiple in ('2', '3') as in_family, not is_family and lefts = 1 and rights = 1 and side is not null as in_pair
  from (select *, row_number() over (partition by patient, service_date, physician, role, family order by value desc, source_row) as rank_in_family,
               max(case when multiple = '3' then 1 else 0 end) over (partition by patient, service_date, physician, role, family) = 1 as is_family,
               sum(case when side = 'LT' then 1 else 0 end) over (partition by patient, service_date, physician, role, family) as lefts,
               sum(case when side = 'RT' then 1 else 0 end) over (partition by patient, service_date, physician, role, family) as rights
          from (select *, coalesce(endoscopic_base, hcpcs) as family from neighbor
                 where not returns and (multiple in ('2', '3') or side is not null and coalesce(multiple, '') not between '4' and '7')) f) s;

create or replace temporary view surgery as
select s.*, multiple in ('2', '3') as is_ranked,
       cast(case when in_pair then value * cast(share_of_both * 0.5 as decimal(5, 3))
                 when in_family and rank_in_family > 1 then less_base else value end as decimal(12, 5)) as first_value,
       cast(case when in_family then less_base else value end as decimal(12, 5)) as next_value,
       case when in_family then concat('family ', family) when in_pair then concat('pair ', family) else concat(source_row, '') end as entity,
       case when in_family or in_pair then 1 else units end as procedures
  from (select b.*, case when base < value then cast(value - base as decimal(12, 5)) else cast(0 as decimal(12, 5)) end as less_base
          from (select /*+ merge(f) */ s.*,
                       -- What the base code is paid; a family's base code itself is worth nothing beside the others.
                       case when s.participating then f.amount else cast(round(f.amount * s.non_participating_share, 2) as decimal(10, 2)) end
                         * case when s.sides <> 1 then coalesce(side_rule.both_sides, 1) else 1 end as base
                  from sibling s
                  left join fee f on f.hcpcs = case when s.in_family and s.hcpcs <> s.family then s.family end
                        and f.modifier = '' and f.setting = s.setting and f.geography = s.geography
                        and f.qualifying_apm = s.qualifying_apm and f.year = s.service_year and s.service_date between f.valid_from and f.valid_to
                  left join code c on c.hcpcs = case when s.in_family and s.sides <> 1 then s.family end
                        and c.modifier = '' and s.service_date between c.valid_from and c.valid_to
                  left join modifier_days side_rule on side_rule.modifier = '50' and side_rule.both_sides is not null and side_rule.indicator_value = c.bilateral
                        and s.service_date between side_rule.valid_from and side_rule.valid_to) b) s;

create or replace temporary view surgery_rank as
select *, sum(case when is_ranked and is_first then procedures else 0 end) over (partition by patient, service_date, physician, role
                                                                               order by total desc, first_row, entity, source_row)
            - procedures + 1 as position
  from (select *, sum(first_value + (units - 1) * next_value) over (partition by patient, service_date, physician, role, entity) as total,
               min(source_row) over (partition by patient, service_date, physician, role, entity) as first_row,
               row_number() over (partition by patient, service_date, physician, role, entity order by source_row) = 1 as is_first
          from surgery) s;

create or replace temporary view surgery_amount as
select source_row,
       sum(case when in_family or in_pair
                then round(first_value * share * overlap_share, 2) + (units - 1) * round(next_value * share * overlap_share, 2)
                else overlap * round(value * share * overlap_share, 2) end) as amount,
       max(case when overlap_share is null then 1 else 0 end) = 1 as by_report,
       min(case when in_family and first_value = 0 then 1 else 0 end) = 1 as is_included
  from (select s.*, case when s.is_ranked then r.share else cast(1 as decimal(5, 4)) end as overlap_share,
               case when s.is_ranked then (case when s.position + s.procedures - 1 < r.last_rank then s.position + s.procedures - 1 else r.last_rank end)
                                          - (case when s.position > r.first_rank then s.position else r.first_rank end) + 1
                    else s.procedures end as overlap
          from surgery_rank s
          left join part_share r on r.multiple_procedure_indicator = case when s.is_ranked then s.multiple end and r.part = 'amount'
                and s.service_date between r.valid_from and r.valid_to
                and s.position + s.procedures > r.first_rank and s.position <= r.last_rank) o
 group by source_row;

-- Tests with a technical and a professional part, each ranked for itself, and therapies, ranked by practice expense.
create or replace temporary view part as
select *, sum(units) over (partition by patient, service_date, practice, multiple order by professional desc nulls last, source_row) - units = 0 as professional_first,
       sum(units) over (partition by patient, service_date, practice, multiple order by technical desc nulls last, source_row) - units = 0 as technical_first,
       sum(units) over (partition by patient, service_date, practice, multiple order by practice_expense desc, source_row) - units = 0 as practice_expense_first
  from (select /*+ merge(pf, tf) */ n.*,
               cast(case when n.schedule_modifier = '26' then n.unit
                         else round(pf.uncapped * n.participation, 2) end as decimal(10, 2)) as professional,
               cast(case when n.schedule_modifier <> '26' then
                 round(case when pc.hcpcs is null then n.uncapped else tf.uncapped end * n.participation, 2) end as decimal(10, 2)) as technical,
               cast(case when n.schedule_modifier <> '26' then
                 round(case when pc.hcpcs is null then n.cap else tf.cap end * n.participation, 2) end as decimal(10, 2)) as technical_cap,
               cast(round(coalesce(n.reduced, n.uncapped) * n.participation, 2) as decimal(10, 2)) as therapy
          -- A test without a row for the professional part is technical as a whole.
          from (select *, case when schedule_modifier = '' and multiple in ('4', '6', '7') then hcpcs end as of_parts,
                       cast(case when participating then 1 else non_participating_share end as decimal(7, 4)) as participation
                  from neighbor where multiple between '4' and '7' and not (multiple = '4' and separate)) n
          left join code pc on pc.hcpcs = n.of_parts and pc.modifier = '26' and n.service_date between pc.valid_from and pc.valid_to
          left join fee pf on pf.hcpcs = n.of_parts and pf.modifier = '26' and pf.setting = n.setting and pf.geography = n.geography
                and pf.qualifying_apm = n.qualifying_apm and pf.year = n.service_year and n.service_date between pf.valid_from and pf.valid_to
          left join fee tf on tf.hcpcs = n.of_parts and tf.modifier = 'TC' and tf.setting = n.setting and tf.geography = n.geography
                and tf.qualifying_apm = n.qualifying_apm and tf.year = n.service_year and n.service_date between tf.valid_from and tf.valid_to) p;

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
 where p.units > 1 or not (professional_first and technical_first and practice_expense_first);

-- The first unit may have a part in full; those that follow have none. The technical part is reduced before the OPPS cap.
create or replace temporary view part_amount as
select source_row, round(first_unit * factor, 2) + (units - 1) * round(next_unit * factor, 2) as amount, false as by_report, false as is_included
  from (select source_row, units, cast(share * sides as decimal(19, 10)) as factor,
               cast(case when multiple = '5' then case when practice_expense_first then unit else therapy end
                         when first_professional = 1 and first_technical = 1 then unit
                         when technical is null then professional * first_professional
                         when professional is null then first_capped
                         else professional * first_professional + first_capped end as decimal(12, 6)) as first_unit,
               cast(case when multiple = '5' then therapy
                         when professional_next = 1 and technical_next = 1 then unit
                         when technical is null then professional * professional_next
                         when professional is null then next_capped
                         else professional * professional_next + next_capped end as decimal(12, 6)) as next_unit
          from (select *, case when technical_cap < technical * first_technical then technical_cap else technical * first_technical end as first_capped,
                       case when technical_cap < technical * technical_next then technical_cap else technical * technical_next end as next_capped
                  from (select *, case when professional_first then cast(1 as decimal(5, 4)) else professional_next end as first_professional,
                               case when technical_first then cast(1 as decimal(5, 4)) else technical_next end as first_technical
                          from reduced_part) f) c) u;

create or replace temporary view several as
select source_row, cast(amount as decimal(15, 2)) as amount, by_report, is_included from surgery_amount
 union all
select source_row, cast(amount as decimal(15, 2)), by_report, is_included from part_amount;

-- Services that are paid only where nothing else is payable to the same person that day.
create or replace temporary view bundled as
select distinct t.source_row
  from (select source_row, patient, service_date, physician from shared where status_indicator = 'T' and role = 'surgeon' and refusal is null) t
  join (select patient, service_date, physician from shared
         where status_indicator <> 'T' and unit is not null and refusal is null) o
    on o.patient = t.patient and o.service_date = t.service_date and o.physician = t.physician;

create or replace temporary view anesthesia_amount as
select a.source_row, f.amount as factor, cast(b.share as decimal(7, 4)) as share,
       case when b.modifier is null then 'anesthesia needs one of the modifiers AA, AD, QK, QX, QY and QZ'
            when b.base_units is null and a.base is null then 'no base units: give them in base_units'
            when f.amount is null then 'no anesthesia conversion factor on this day' end as refusal,
       cast(round((case when b.base_units is not null then cast(b.base_units as decimal(9, 2))
                        when a.timed = false then cast(a.base * a.units as decimal(9, 2))
                        else cast(case when a.add_on or a.place = 1 then a.base else 0 end + a.time_units as decimal(9, 2)) end) * f.amount, 2) as decimal(11, 2)) as amount
  from (select *, row_number() over (partition by patient, service_date, physician, anesthesia, add_on_or_none order by base desc nulls last, source_row) as place
          from (select p.source_row, p.patient, p.service_date, p.service_year, p.physician, p.anesthesia, p.geography, p.qualifying_apm, p.units,
                       cast(coalesce(p.base_units, k.base_units) as decimal(9, 2)) as base, k.timed, coalesce(k.add_on, false) as add_on,
                       case when k.add_on is null then 'none' when k.add_on then 'add-on' else 'first' end as add_on_or_none,
                       cast(floor(cast(coalesce(p.minutes, p.units) as double) / cast(p.anesthesia_minutes_per_unit as double)
                                  * power(10, cast(p.anesthesia_time_unit_decimals as double)) + 0.5)
                            / power(10, cast(p.anesthesia_time_unit_decimals as double)) as decimal(9, 2)) as time_units
                  from shared p
                  left join anesthesia_base_units k on k.hcpcs = p.hcpcs
                        and p.service_date between coalesce(k.valid_from, date '0001-01-01') and coalesce(k.valid_to, date '9999-12-31')
                 where p.status_indicator = 'J' and p.refusal is null) u) a
  left join anesthesia_modifier_rule b on b.modifier = a.anesthesia
        and a.service_date between coalesce(b.valid_from, date '0001-01-01') and coalesce(b.valid_to, date '9999-12-31')
  left join (select * from rate where schedule = 'anesthesia') f on f.geography = a.geography and f.qualifying_apm = a.qualifying_apm and f.year = a.service_year
        and a.service_date between f.valid_from and f.valid_to;

create or replace temporary view computed as
select s.*, case when fault is null then case when is_anesthesia then anesthesia_unit else fee end end as unit_amount,
       case when fault is null then
         cast(case when is_anesthesia then round(anesthesia_unit * anesthesia_share * case when participating then 1 else non_participating_share end, 2)
                   when has_several then several_amount
                   else procedures * round(unit * sides * share, 2) end as decimal(15, 2)) end as computed_amount
  from (select s.source_row, s.claim_id, s.line, s.hcpcs, s.modifiers, s.units, s.service_date, s.place_of_service, s.setting, s.geography,
               s.qualifying_apm, s.status_indicator, s.participating, s.assigned, s.charge, s.fee, s.unit, s.sides, s.share, s.procedures,
               s.payment_share, s.sequestration, s.non_participating_share, s.limiting_charge_share,
               coalesce(cast(w.share as decimal(7, 4)), s.ordinary_coinsurance) as coinsurance,
               s.status_indicator = 'J' and a.source_row is not null as is_anesthesia, a.amount as anesthesia_unit, a.share as anesthesia_share,
               v.source_row is not null as has_several, v.amount as several_amount,
               coalesce(s.fault_of_line, s.late_fault, a.refusal,
                        case when v.by_report then 'the sixth and further procedures of a day are paid by report' end,
                        case when v.source_row is not null and v.amount is null
                             then 'a part of the code has no amount, so that the rule for several procedures cannot be applied' end,
                        case when t.source_row is not null then 'bundled: something else is payable that day' end) as fault,
               case when v.is_included then 'included in the other endoscopy of its family' else s.basis end as basis
          from shared s
          left join several v on v.source_row = s.source_row
          left join anesthesia_amount a on a.source_row = s.source_row
          left join bundled t on t.source_row = s.source_row
          left join coinsurance_rule w on w.kind = case when s.coinsurance_modifier is null then 'code' else 'modifier' end
                and w.name = coalesce(s.coinsurance_modifier, s.hcpcs)
                and s.service_date between coalesce(w.valid_from, date '0001-01-01') and coalesce(w.valid_to, date '9999-12-31')) s;

create or replace temporary view priced_line as
select source_row, claim_id, line, hcpcs, modifiers, units, service_date, place_of_service, setting, geography, qualifying_apm,
       case when status_indicator = 'J' then 'anesthesia' when unit_amount is not null then 'physician fee schedule' end as schedule,
       status_indicator, unit_amount, amount, medicare_pays, cast(amount - medicare_pays as decimal(15, 2)) as patient_owes,
       cast(round(medicare_pays * (1 - sequestration), 2) as decimal(15, 2)) as medicare_pays_after_sequestration,
       case when not participating and not assigned then cast(round(amount * limiting_charge_share, 2) as decimal(15, 2)) end as limiting_charge,
       coalesce(fault, basis) as basis
  from (select *, cast(round(cast(round(amount * (1 - coinsurance), 2) as decimal(15, 2)) * payment_share, 2) as decimal(15, 2)) as medicare_pays
          from (select *, case when charge < computed_amount then cast(charge as decimal(15, 2)) else computed_amount end as amount from computed) c) m;
