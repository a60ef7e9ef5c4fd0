-- What the schedules beside that of physicians pay, through time.

-- Grain: schedule, HCPCS code, modifier and range, of the schedules that have one national amount. A condition on hcpcs
-- reaches the index of every table.
create view api.national_price_version as
select 'laboratory' as schedule, 'clfs' as table_name, 'laboratory' as setting, l.hcpcs, l.modifier, l.rate as amount, 'test' as unit,
       case l.indicator when 'L' then 'laboratory fee schedule: the contractor sets the rate (indicator L)'
            else 'laboratory fee schedule: one national rate; no coinsurance and no deductible' end as basis,
       l.valid_from, l.valid_to, l.known_to, l.first_release as release
  from api.clfs_versions l
 union all
select 'drugs', 'asp', 'drug', d.hcpcs, '', d.payment_limit, d.dosage,
       'payment limit of Part B drugs (ASP), for one billing unit' ||
         case when d.coinsurance_percentage <> 20
              then format('; the patient pays %s percent', trim_scale(d.coinsurance_percentage)) else '' end ||
         coalesce('; ' || d.notes, ''),
       d.valid_from, d.valid_to, d.known_to, d.first_release
  from api.asp_versions d
 union all
select 'ASC', 'asc_procedure', 'ASC', a.hcpcs, '', a.payment_rate, 'service',
       format('ASC addendum %s, payment indicator %s%s', a.addendum, a.payment_indicator, coalesce(': ' || rtrim(m.meaning, '.'), '')),
       a.valid_from, a.valid_to, a.known_to, a.first_release
  from api.asc_versions a
  left join asc_addenda.asc_payment_indicator m
    on m.payment_indicator = a.payment_indicator and m.valid_during @> a.valid_from;
comment on view api.national_price_version is
  'What the laboratory fee schedule, the payment limits of drugs and the ASC addenda said of a code, with an amount in dollars or, as basis says, without. Grain: schedule, HCPCS code, modifier and range of days.';
comment on column api.national_price_version.schedule is 'laboratory, drugs or ASC.';
comment on column api.national_price_version.table_name is 'Table whose releases govern the row, as in api.release_calendar.';
comment on column api.national_price_version.setting is 'laboratory, drug or ASC.';
comment on column api.national_price_version.modifier is 'QW of a laboratory test; empty text: none.';
comment on column api.national_price_version.amount is 'Dollars for one unit; null where basis says why.';
comment on column api.national_price_version.unit is 'What the amount is for: test, service, or the dosage of the drug.';
comment on column api.national_price_version.basis is 'Which amount it is, or why there is none.';
comment on column api.national_price_version.release is 'Release that began the range; null where that one was retracted.';

-- Grain: schedule and modifier, of a day that a loaded release is known to govern.
create function api.national_prices(hcpcs text, on_date date)
returns table (schedule text, setting text, modifier text, amount numeric, unit text, basis text, release text)
language sql stable as $$
  select v.schedule, v.setting, v.modifier, v.amount, v.unit, v.basis, v.release
    from api.national_price_version v
   where v.hcpcs = national_prices.hcpcs
     and national_prices.on_date between v.valid_from and coalesce(v.valid_to, 'infinity')
     and v.table_name in (select c.table_name from api.release_calendar c where c.period @> national_prices.on_date and c.is_known)
$$;
comment on function api.national_prices(text, date) is
  'What the laboratory fee schedule, the payment limits of drugs and the ASC addenda say of a code on a day, with an amount or, as basis says, without. hcpcs: as CMS writes it. Grain: schedule and modifier.';

-- Grain: schedule, HCPCS code, modifiers and range in which the amount is the same. For pages: how a price changed.
create view api.price_history as
with priced as (
  select schedule, setting, hcpcs, modifier, amount as lowest, amount as highest, unit, basis, valid_from, valid_to, known_to, release
    from api.national_price_version
   where amount is not null
   union all
  -- Fees change with releases alone.
  select 'DMEPOS', 'supplier', f.hcpcs, concat_ws(' ', nullif(f.modifier, ''), nullif(f.modifier_2, ''), nullif(f.modifier_3, '')),
         min(least(f.fee, f.rural_fee)), max(greatest(f.fee, f.rural_fee)), 'item',
         'DMEPOS fee schedule: from the lowest to the highest fee of all states, rural areas and former bidding areas',
         p.valid_from, p.valid_to,
         (select min(lower(c.period)) - 1 from ops.calendar c
           where c.table_name = 'dmepos' and not c.is_known and c.period && p.period),
         p.release
    from api.dmepos_fee f
    join api.release_period p on p.table_name = 'dmepos' and f.valid_during @> p.valid_from
   group by f.hcpcs, f.modifier, f.modifier_2, f.modifier_3, p.valid_from, p.valid_to, p.period, p.release
  having max(greatest(f.fee, f.rural_fee)) is not null
), numbered as (
  -- Ranges that follow each other with the same amount are one.
  select *, count(*) filter (where not continues) over (partition by schedule, setting, hcpcs, modifier order by valid_from) as number
    from (
      select *, coalesce((lowest, highest, unit) = (lag(lowest) over own, lag(highest) over own, lag(unit) over own)
                         and lag(valid_to) over own = valid_from - 1, false) as continues
        from priced
      window own as (partition by schedule, setting, hcpcs, modifier order by valid_from)
    ) each
)
select schedule, setting, hcpcs, modifier, min(lowest) as lowest, min(highest) as highest, min(unit) as unit,
       (array_agg(basis order by valid_from desc))[1] as basis,
       min(valid_from) as valid_from,
       nullif(max(coalesce(valid_to, 'infinity')), 'infinity') as valid_to,
       (array_agg(known_to order by valid_from desc))[1] as known_to,
       (array_agg(release order by valid_from))[1] as release
  from numbered
 group by schedule, setting, hcpcs, modifier, number;
comment on view api.price_history is
  'What the schedules beside that of physicians paid for a code, nationally and in dollars, and since when. Grain: schedule, setting, HCPCS code, modifiers and range of days with the same amount. lowest and highest differ where the amount depends on the place.';
comment on column api.price_history.schedule is 'laboratory, drugs, DMEPOS or ASC.';
comment on column api.price_history.setting is 'laboratory, drug, supplier or ASC.';
comment on column api.price_history.modifier is
  'Modifiers that the amount is for, with a blank between them; empty text: none.';
comment on column api.price_history.lowest is 'Lowest amount of the nation for one unit, in dollars.';
comment on column api.price_history.highest is 'Highest amount of the nation for one unit, in dollars.';
comment on column api.price_history.unit is 'What the amount is for: test, service, item, or the dosage of the drug.';
comment on column api.price_history.basis is 'Which amount it is, as the last release of the range has it.';
comment on column api.price_history.release is 'Release that began the range; null where that one was retracted.';

-- Grain: schedule, setting, HCPCS code and modifiers. For the page of a code: what each schedule pays, the latest first.
create function api.schedule_prices(hcpcs text) returns jsonb
language sql stable as $$
  select jsonb_agg(history[1] || jsonb_build_object('history', to_jsonb(history))
                   order by array_position(array['laboratory', 'drugs', 'DMEPOS', 'ASC'], schedule), modifier)
    from (
      select schedule, modifier, array_agg(jsonb_build_object(
               'schedule', schedule, 'setting', setting, 'modifier', modifier, 'lowest', lowest::text, 'highest', highest::text,
               'unit', unit, 'basis', basis, 'valid_from', valid_from, 'valid_to', valid_to, 'known_to', known_to, 'release', release)
               order by valid_from desc) as history
        from api.price_history p
       where p.hcpcs = schedule_prices.hcpcs
       group by schedule, setting, modifier
    ) priced
$$;
comment on function api.schedule_prices(text) is
  'What each schedule beside that of physicians pays for a code, as JSON: of each schedule and modifiers the latest amount, and history, the ranges of days with one amount, the latest first. Null where none prices it.';

-- Grain: schedule beside that of physicians. Key: table_name.
create view api.price_schedule as
select schedule, title, table_name,
       exists (select from api.release_period p where p.table_name = s.table_name) as is_loaded
  from (values ('laboratory', 'laboratory fees', 'clfs'), ('drugs', 'payment limits of drugs', 'asp'),
               ('DMEPOS', 'DMEPOS', 'dmepos'), ('ASC', 'ASC rates', 'asc_procedure')) s (schedule, title, table_name);
comment on view api.price_schedule is 'The schedules beside that of physicians which set amounts. Grain: schedule.';
comment on column api.price_schedule.schedule is 'laboratory, drugs, DMEPOS or ASC.';
comment on column api.price_schedule.title is 'What it is called in sentences.';
comment on column api.price_schedule.table_name is 'Table whose releases govern it, as in api.release_calendar.';
comment on column api.price_schedule.is_loaded is 'Whether a release of it is loaded.';

-- For the page of a code that none of them prices.
create function api.unpriced_because(hcpcs text) returns text
language sql stable as $$
  with listed as (
    (select distinct on (v.schedule, v.modifier) v.schedule, v.basis
       from api.national_price_version v
      where v.hcpcs = unpriced_because.hcpcs
      order by v.schedule, v.modifier, v.valid_from desc)
     union all
    (select 'DMEPOS', 'DMEPOS fee schedule: listed without a fee, the contractor prices it'
       from api.dmepos_fee f
      where f.hcpcs = unpriced_because.hcpcs
      limit 1)
  )
  select nullif(concat_ws('; ',
           (select string_agg(distinct basis, '; ') from listed),
           (select 'not listed in ' || string_agg(title, ', ' order by title) from api.price_schedule
             where is_loaded and schedule not in (select schedule from listed))), '')
$$;
comment on function api.unpriced_because(text) is
  'Why no schedule beside that of physicians sets an amount for a code: what those say that list it, and which of the loaded ones do not. Null where none is loaded.';
