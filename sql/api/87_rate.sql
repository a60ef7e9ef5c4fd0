-- Prices of whole years as one flat list, for engines that join it by equality and a range of days: cms-fees export.

create type api.physician_rate_row as (
  hcpcs text, modifier text, mac text, locality text, qualifying_apm boolean, valid_from date, valid_to date, basis text,
  non_facility_amount numeric, facility_amount numeric,
  non_facility_uncapped_amount numeric, facility_uncapped_amount numeric,
  non_facility_opps_cap_amount numeric, facility_opps_cap_amount numeric,
  non_facility_reduced_amount numeric, facility_reduced_amount numeric
);
comment on type api.physician_rate_row is
  'Amounts of the physician fee schedule for one code and modifier in one locality on a range of days, in dollars.';
comment on column api.physician_rate_row.qualifying_apm is 'Whether the amounts are for qualifying APM participants or for the others; null where one conversion factor serves both.';
comment on column api.physician_rate_row.valid_from is 'First day of the range.';
comment on column api.physician_rate_row.valid_to is 'Last day of the range.';
comment on column api.physician_rate_row.basis is 'What the amounts rest on, as in api.payment.';
comment on column api.physician_rate_row.non_facility_amount is 'Payable outside a facility: the fee, or the OPPS cap where that is lower.';
comment on column api.physician_rate_row.facility_amount is 'Payable in a facility: the fee, or the OPPS cap where that is lower.';
comment on column api.physician_rate_row.non_facility_uncapped_amount is 'The fee outside a facility before the OPPS cap; null where no cap applies.';
comment on column api.physician_rate_row.facility_uncapped_amount is 'The fee in a facility before the OPPS cap; null where no cap applies.';
comment on column api.physician_rate_row.non_facility_opps_cap_amount is 'The OPPS cap outside a facility; null where none applies.';
comment on column api.physician_rate_row.facility_opps_cap_amount is 'The OPPS cap in a facility; null where none applies.';
comment on column api.physician_rate_row.non_facility_reduced_amount is
  'Payable outside a facility for a second therapy of a day, with less practice expense (api.multiple_procedure_rule); null where no such rule applies.';
comment on column api.physician_rate_row.facility_reduced_amount is
  'Payable in a facility for a second therapy of a day, with less practice expense (api.multiple_procedure_rule); null where no such rule applies.';

-- Grain: HCPCS code, modifier, MAC, locality, whom it is for, and range of days. Each combination of versions is priced
-- once, not each release: that makes a year of all localities a matter of seconds. Versions of other years are not read.
create function api.physician_rates(year integer) returns setof api.physician_rate_row
language sql stable as $$
  with cut as materialized (
    select distinct day
      from (select make_date(physician_rates.year, 1, 1) as day
             union all
            select c.valid_from from api.release_calendar c where c.table_name in ('rvu', 'gpci')
             union all
            select c.valid_to + 1 from api.release_calendar c where c.table_name in ('rvu', 'gpci')
             union all
            select unnest(array[lower(d), upper(d)]) from api.payment_conversion_factor f cross join lateral unnest(f.valid_during) d
             union all
            select changed_on from api.claim_rule_change) c
     where extract(year from day) = physician_rates.year
  ), day as materialized (
    select c.day, daterange(c.day, coalesce(lead(c.day) over (order by c.day), make_date(physician_rates.year + 1, 1, 1))) as days,
           t as terms, place.refusal is null as is_known, nation.refusal is null as is_known_nationally, place.amount_note as note,
           f.conversion_factor, f.qualifying_apm,
           (select jsonb_object_agg(m.multiple_procedure_indicator, m.share) from api.multiple_procedure_rule m
             where m.part = 'practice expense' and m.first_rank > 1 and m.valid_during @> c.day) as reductions,
           (select array_agg(s order by s.status_indicator) from api.status_payment s where s.valid_during @> c.day) as statuses
      from cut c
     cross join lateral api.payment_terms_on(c.day) t
     cross join lateral api.payment_day(c.day, 'refuse', '99999') place
     cross join lateral api.payment_day(c.day, 'refuse', '00000') nation
     cross join lateral (select conversion_factor, case when count(*) = 1 then bool_and(qualifying_apm) end as qualifying_apm
                           from api.payment_conversion_factor where api.holds_on(valid_during, c.day) group by 1) f
  ), period as materialized (
    select row_number() over () as period, terms, statuses, reductions, is_known, note, conversion_factor, qualifying_apm, range_agg(days) as days
      from day where is_known_nationally
     group by terms, statuses, reductions, is_known, note, conversion_factor, qualifying_apm
  ), code as materialized (
    select r.hcpcs, r.modifier, p.period, s.basis || p.note as basis, f.*,
           (p.reductions ->> r.multiple_procedure_indicator)::numeric as reduction,
           range_agg(r.valid_during * p.days) as days
      from period p
      join api.payment_rvu r on r.valid_during && p.days
       and api.holds_in(r.valid_during, physician_rates.year)
     cross join lateral unnest(p.statuses) s
     cross join lateral api.formula(r, s.pays_rvus, p.terms) f
     where s.status_indicator = r.status_indicator and f.payable
     group by r.hcpcs, r.modifier, p.period, s.basis, p.note, reduction, f.payable, f.adjusted_work_rvu, f.adjustment,
              f.work, f.non_facility_pe, f.facility_pe, f.mp, f.non_facility_pe_opps, f.facility_pe_opps, f.mp_opps
  ), place as materialized (
    select p.period, p.conversion_factor, p.qualifying_apm, g.mac, g.locality, g.work_gpci, g.pe_gpci, g.mp_gpci,
           range_agg(g.valid_during * p.days) as days
      from period p
      join api.payment_gpci g on g.valid_during && p.days
       and api.holds_in(g.valid_during, physician_rates.year)
     where p.is_known or g.mac = '00000'
     group by p.period, p.conversion_factor, p.qualifying_apm, g.mac, g.locality, g.work_gpci, g.pe_gpci, g.mp_gpci
  ),
  -- Few sets of days meet few others: their ranges are found once, not for each price.
  span as materialized (
    select c.period, c.days as code_days, p.days as place_days, lower(d) as valid_from, upper(d) - 1 as valid_to
      from (select distinct period, days from code) c
      join (select distinct period, days from place) p on p.period = c.period and p.days && c.days
     cross join lateral unnest(c.days * p.days) d
  )
  select a.hcpcs, a.modifier, a.mac, a.locality, a.qualifying_apm, s.valid_from, s.valid_to, a.basis,
         a.non_facility_amount, a.facility_amount, a.non_facility_uncapped, a.facility_uncapped,
         a.non_facility_cap, a.facility_cap, a.non_facility_reduced, a.facility_reduced
    from (
      select c.period, c.days as code_days, p.days as place_days, c.hcpcs, c.modifier, p.mac, p.locality, p.qualifying_apm, c.basis,
             api.payable_amount(c.work, c.non_facility_pe, c.mp, c.non_facility_pe_opps, c.mp_opps, p.work_gpci, p.pe_gpci, p.mp_gpci, p.conversion_factor, c.adjustment) as non_facility_amount,
             api.payable_amount(c.work, c.facility_pe, c.mp, c.facility_pe_opps, c.mp_opps, p.work_gpci, p.pe_gpci, p.mp_gpci, p.conversion_factor, c.adjustment) as facility_amount,
             case when c.non_facility_pe_opps is not null then
               api.payable_amount(c.work, c.non_facility_pe, c.mp, null, null, p.work_gpci, p.pe_gpci, p.mp_gpci, p.conversion_factor, c.adjustment) end as non_facility_uncapped,
             case when c.facility_pe_opps is not null then
               api.payable_amount(c.work, c.facility_pe, c.mp, null, null, p.work_gpci, p.pe_gpci, p.mp_gpci, p.conversion_factor, c.adjustment) end as facility_uncapped,
             api.fee(c.work, c.non_facility_pe_opps, c.mp_opps, p.work_gpci, p.pe_gpci, p.mp_gpci, p.conversion_factor) as non_facility_cap,
             api.fee(c.work, c.facility_pe_opps, c.mp_opps, p.work_gpci, p.pe_gpci, p.mp_gpci, p.conversion_factor) as facility_cap,
             case when c.reduction is not null then
               api.payable_amount(c.work, c.non_facility_pe * c.reduction, c.mp, null, null, p.work_gpci, p.pe_gpci, p.mp_gpci, p.conversion_factor, c.adjustment) end as non_facility_reduced,
             case when c.reduction is not null then
               api.payable_amount(c.work, c.facility_pe * c.reduction, c.mp, null, null, p.work_gpci, p.pe_gpci, p.mp_gpci, p.conversion_factor, c.adjustment) end as facility_reduced
        from code c
        join place p on p.period = c.period and p.days && c.days
      -- Priced once for all ranges of days.
      offset 0
    ) a
    join span s on s.period = a.period and s.code_days = a.code_days and s.place_days = a.place_days
$$;
comment on function api.physician_rates(integer) is
  'Every amount of the physician fee schedule in a year, in dollars: what api.fee_schedule gives in each locality, and as MAC 00000 in the nation, on each day whose release is loaded. Ranges end with the year; two that follow each other may say the same. Codes without an amount are left out. Grain: HCPCS code, modifier, MAC, locality, whom it is for, and range of days.';

-- The other schedules. Their fees differ by place in few ways, so each row is final.
create type api.schedule_rate_row as (
  schedule text, hcpcs text, modifier text, setting text, geography_kind text, geography text, qualifying_apm boolean,
  valid_from date, valid_to date, amount numeric, unit text, basis text
);
comment on type api.schedule_rate_row is 'What a schedule other than that of physicians pays for a code at a place on a range of days, in dollars.';
comment on column api.schedule_rate_row.schedule is 'anesthesia, laboratory, drugs, DMEPOS or ASC.';
comment on column api.schedule_rate_row.hcpcs is 'HCPCS code; empty text for anesthesia, whose amount is for one unit of any code.';
comment on column api.schedule_rate_row.modifier is 'Modifiers that the amount is for, with a blank between them; empty text: none.';
comment on column api.schedule_rate_row.setting is 'anesthesia, laboratory, drug, supplier or ASC.';
comment on column api.schedule_rate_row.geography_kind is
  'What geography names: locality, state, rural (the rural ZIP codes of a state), former bidding area, or national.';
comment on column api.schedule_rate_row.geography is 'MAC and locality (10112-00), state, or area; empty text for the nation.';
comment on column api.schedule_rate_row.qualifying_apm is 'Whether the amount is for qualifying APM participants or for the others; null where it is for both.';
comment on column api.schedule_rate_row.valid_from is 'First day of the range.';
comment on column api.schedule_rate_row.valid_to is 'Last day of the range.';
comment on column api.schedule_rate_row.amount is 'Dollars for one unit.';
comment on column api.schedule_rate_row.unit is 'What the amount is for: anesthesia unit, test, item, service, or the dosage of the drug.';
comment on column api.schedule_rate_row.basis is 'Which amount it is.';

create function api.schedule_rates(year integer) returns setof api.schedule_rate_row
language sql stable as $$
  with known as materialized (
    select table_name, range_agg(period) * datemultirange(daterange(make_date(schedule_rates.year, 1, 1), make_date(schedule_rates.year + 1, 1, 1))) as days
      from api.release_calendar c
     where c.is_known
       -- A release without its ANES file leaves the table to its predecessor, whose year may be over.
       and (table_name <> 'anesthesia_cf' or extract(year from governs_from) = schedule_rates.year)
     group by table_name
  ), amount as (
    select 'anesthesia' as schedule, '' as hcpcs, '' as modifier, 'anesthesia' as setting, 'locality' as geography_kind,
           mac || '-' || locality as geography, qualifying_apm, conversion_factor as amount, 'anesthesia unit' as unit,
           'anesthesia conversion factor' as basis, valid_during * (select days from known where table_name = 'rvu') as days, 'anesthesia_cf' as table_name
      from api.payment_anesthesia_cf
     where api.holds_in(valid_during, schedule_rates.year)
     union all
    select schedule, hcpcs, modifier, setting, 'national', '', null, amount, unit,
           basis || case when is_wage_adjusted then ', before the wage index' else '' end, valid_during, table_name
      from api.national_price
     where api.holds_in(valid_during, schedule_rates.year)
     union all
    select 'DMEPOS', f.hcpcs, f.modifiers, 'supplier',
           g.kind, g.place, null, g.fee, api.dmepos_unit(f.hcpcs, f.modifiers), g.basis, f.valid_during, 'dmepos'
      from api.dmepos_fee f
     cross join lateral (
       select case f.place_kind when 'mail order' then 'national' else f.place_kind end as kind, f.place, f.fee,
              case f.place_kind when 'state' then 'fee of the state' when 'mail order' then 'fee by mail order' else 'fee of the former competitive bidding area' end as basis
        union all
       select 'rural', f.place, coalesce(f.rural_fee, f.fee),
              case when f.rural_fee is null then 'fee of the state, which has no rural fee for it' else 'rural fee of the state' end
        where f.place_kind = 'state'
     ) g
     where api.holds_in(f.valid_during, schedule_rates.year)
  )
  select schedule, hcpcs, modifier, setting, geography_kind, geography, qualifying_apm, lower(d), upper(d) - 1, amount, unit, basis
    from (select schedule, hcpcs, modifier, setting, geography_kind, geography, qualifying_apm, amount, unit, basis, range_agg(a.days * k.days) as days
            from amount a
            join known k using (table_name)
           where amount is not null and a.days && k.days
           group by schedule, hcpcs, modifier, setting, geography_kind, geography, qualifying_apm, amount, unit, basis) a
   cross join lateral unnest(days) d
$$;
comment on function api.schedule_rates(integer) is
  'Every amount of a year of anesthesia (dollars for one unit), the laboratory fee schedule, the payment limits of drugs, DMEPOS and the ASC addenda, in dollars, on days whose release is loaded. What has no amount is left out: api.price_on says why. Ranges end with the year. Grain: schedule, HCPCS code, modifiers, place, whom it is for, and range of days.';

-- Grain: schedule and year that has days whose release is loaded.
create view api.rate_year as
select s.schedule, y.year, s.source, s.tables
  from (values ('physician', 'physician_rates', array['rvu', 'gpci', 'conversion_factor']),
               ('anesthesia', 'schedule_rates', array['anesthesia_cf', 'rvu']),
               ('laboratory', 'schedule_rates', array['clfs']),
               ('drugs', 'schedule_rates', array['asp']),
               ('DMEPOS', 'schedule_rates', array['dmepos', 'dmepos_pen', 'dmepos_former_cba', 'dmepos_mail_order']),
               ('ASC', 'schedule_rates', array['asc_procedure', 'asc_ancillary'])) s (schedule, source, tables)
 cross join lateral (
   select distinct year::integer
     from api.release_calendar c
    cross join lateral generate_series(extract(year from c.valid_from)::integer, extract(year from c.valid_to)::integer) year
    where c.table_name = s.tables[1] and c.is_known
 ) y;
comment on view api.rate_year is
  'Years of which api.physician_rates and api.schedule_rates have amounts. Grain: schedule and year.';
comment on column api.rate_year.schedule is 'physician, anesthesia, laboratory, drugs, DMEPOS or ASC.';
comment on column api.rate_year.year is 'Calendar year.';
comment on column api.rate_year.source is 'Function that gives them: physician_rates or schedule_rates.';
comment on column api.rate_year.tables is 'Tables that the amounts come from.';

-- Grain: ZIP code and range. For joins of claims, which carry the ZIP code of the place of service.
create view api.zip_locality as
select zip, mac, locality, mac || '-' || locality as geography, state, rural_indicator, plus_four_flag = '1' as plus_four_required, valid_from, valid_to
  from api.zip5_versions;
comment on view api.zip_locality is
  'Payment locality of each ZIP code (ZIP5), on the days on which CMS said so. Grain: ZIP code and range.';
comment on column api.zip_locality.geography is 'MAC and locality as rates name them, such as 10112-00.';
comment on column api.zip_locality.plus_four_required is 'Whether the ZIP code spans localities, so that only CMS''s nine-digit file decides.';
comment on column api.zip_locality.rural_indicator is 'Rural by the definitions of 2013: R rural, B super rural; null for urban.';
comment on column api.zip_locality.state is 'State in two letters; CMS splits some (EM, WM: Missouri).';

-- Grain: day. For engines that join the rules of a day by equality.
create view api.payment_terms_day as
select d.day::date as on_date, max(r.value) filter (where rule = 'non_participating_share') as non_participating_share,
       max(r.value) filter (where rule = 'limiting_charge_share') as limiting_charge_share,
       max(r.value) filter (where rule = 'coinsurance') as coinsurance,
       max(r.value) filter (where rule = 'sequestration') as sequestration,
       max(r.value) filter (where rule = 'anesthesia_minutes_per_unit') as anesthesia_minutes_per_unit,
       max(r.value) filter (where rule = 'anesthesia_time_unit_decimals') as anesthesia_time_unit_decimals
  from (select min(c.valid_from) as first_day, max(c.valid_to) as last_day from api.release_calendar c where c.is_known) known
 cross join lateral generate_series(known.first_day, known.last_day, interval '1 day') d (day)
  join api.payment_rule r on r.valid_during @> d.day::date
 group by d.day;
comment on view api.payment_terms_day is
  'The numbers of api.payment_rule that the lines of claims need, side by side, for each day from the first to the last whose release is loaded. Grain: day.';
comment on column api.payment_terms_day.on_date is 'Day of service.';
comment on column api.payment_terms_day.non_participating_share is 'Share of the fee schedule amount for who does not participate; null where no rule says so.';
comment on column api.payment_terms_day.limiting_charge_share is 'Limiting charge as a share of the nonparticipating amount; null where no rule says so.';
comment on column api.payment_terms_day.coinsurance is 'Share of the allowed amount that the patient owes; null where no rule says so.';
comment on column api.payment_terms_day.sequestration is 'Share that is taken from what Medicare pays; null where no rule says so.';
comment on column api.payment_terms_day.anesthesia_minutes_per_unit is 'Minutes of anesthesia in one time unit; null where no rule says so.';
comment on column api.payment_terms_day.anesthesia_time_unit_decimals is 'Decimals to which time units are rounded; null where no rule says so.';
