-- One question, one answer: what does Medicare pay for this? The schedules side by side.

create type api.price as (
  schedule text, setting text, hcpcs text, modifier text, on_date date,
  amount numeric, unit text, depends_on text, basis text, release text
);
comment on type api.price is 'What one schedule pays for a code in one setting on one day, in dollars.';
comment on column api.price.schedule is
  'physician, laboratory, drugs, DMEPOS or ASC; null where no schedule has an amount.';
comment on column api.price.setting is
  'non-facility or facility (the practitioner''s fee), laboratory, supplier, drug, or ASC (the surgical center''s own payment, beside the practitioner''s); null where no schedule has an amount.';
comment on column api.price.modifier is
  'Modifiers that the amount is for, with a blank between them; empty text: none.';
comment on column api.price.amount is
  'Dollars for one unit: the amount that Medicare allows, of which it pays its share after the deductible. Null where basis says why.';
comment on column api.price.unit is
  'What the amount is for: service, test, item, or the dosage of the drug; null without an amount.';
comment on column api.price.depends_on is
  'What the amount depends on: the payment locality, state and rural or not, former bidding area, or nothing (national).';
comment on column api.price.basis is 'Which amount it is and why, or why there is none.';
comment on column api.price.release is 'Release that the amount comes from; null where none does.';

-- It asks a dozen tables for a few rows each: planning that takes ten times what asking does, so a session does it once.
-- Grain: schedule, setting and modifiers that have an amount; one row that says why where none has. At least one row.
create function api.price_on(
  hcpcs text, modifier text, zip text, on_date date, qualifying_apm boolean default false
) returns setof api.price
language sql stable set plan_cache_mode = force_generic_plan as $$
  with asked as materialized (
    select coalesce(api.clean_hcpcs(price_on.hcpcs), price_on.hcpcs) as hcpcs,
           api.modifiers(price_on.modifier) as modifiers
  ), physician as materialized (
    select p.* from api.payment_by_zip(price_on.hcpcs, price_on.modifier, price_on.zip, price_on.on_date, price_on.qualifying_apm) p
  ), listed as materialized (
    -- A part of a service (26, TC, 53) is the physician schedule's alone.
    select n.*, a.modifiers
      from asked a
     cross join lateral api.national_prices(a.hcpcs, price_on.on_date) n
     where not a.modifiers && array['26', 'TC', '53']
  ), national as materialized (
    select n.*
      from listed n
     where n.modifier = case when n.schedule = 'laboratory' and 'QW' = any (n.modifiers)
                              and exists (select from listed where modifier = 'QW')
                             then 'QW' else '' end
  ), supplier as materialized (
    select d.* from api.dmepos_payment(price_on.hcpcs, price_on.modifier, price_on.zip, price_on.on_date) d
  ), answers as materialized (
    select 'physician' as schedule, s.setting, p.modifier, s.amount, 'service' as unit,
           'locality ' || p.mac || '-' || p.locality as depends_on, 'physician fee schedule: ' || p.basis as basis,
           (select c.release from api.release_calendar c where c.table_name = 'rvu' and c.period @> price_on.on_date) as release,
           -- It would pay, at a place that nobody knows.
           s.amount is null and p.mac is null and exists (
             select from asked a
               join api.payment_rvu r on r.hcpcs = a.hcpcs and r.modifier = p.modifier and r.valid_during @> price_on.on_date
               join api.status_payment t
                 on t.status_indicator = r.status_indicator and t.valid_during @> price_on.on_date
              where t.pays_rvus) as is_open
      from physician p
     cross join lateral (values ('non-facility', p.non_facility_amount), ('facility', p.facility_amount)) s (setting, amount)
     union all
    select n.schedule, n.setting, n.modifier, n.amount, n.unit,
           case n.schedule when 'ASC' then 'nothing: national, before a wage index' else 'nothing: national' end, n.basis, n.release, false
      from national n
     union all
    select 'DMEPOS', 'supplier', d.modifier, d.amount, 'item',
           concat_ws(', ', d.state, case when d.is_rural then 'rural' when d.is_rural is false then 'not rural' end,
                     'former bidding area ' || d.former_bidding_area),
           'DMEPOS fee schedule: ' || d.basis, d.release, d.amount is null and d.state is null
      from supplier d
     where exists (select from asked a join api.dmepos_fee f on f.hcpcs = a.hcpcs and f.valid_during @> price_on.on_date)
  ), priced as (
    select * from answers where amount is not null or is_open
  ), absent as (
    -- Schedules that might list the code and that nobody can ask about this day.
    select string_agg(s.title, ', ' order by s.title) as titles
      from api.price_schedule s
     where not exists (select from api.release_calendar c
                        where c.table_name = s.table_name and c.period @> price_on.on_date and c.is_known)
  )
  select p.schedule, p.setting, a.hcpcs, p.modifier, price_on.on_date, p.amount, case when p.amount is not null then p.unit end, p.depends_on,
         p.basis || case when p.schedule in ('physician', 'ASC') or f.status_indicator is null then ''
                         when f.non_facility_amount is null
                         then format('; the physician schedule lists the code with status %s and sets no amount', f.status_indicator)
                         else '' end,
         p.release
    from asked a
   cross join physician f
    join priced p on true
   union all
  select null, null, a.hcpcs, array_to_string(a.modifiers, ' '), price_on.on_date, null, null, null,
         (select string_agg(distinct n.basis, '; ') from answers n) ||
           case when (select count(*) from answers where schedule <> 'physician') > 0 then ''
                else '; no other schedule lists it' end ||
           coalesce('; not loaded for this day: ' || absent.titles, ''), null
    from asked a
   cross join absent
   where not exists (select from priced)
$$;
comment on function api.price_on(text, text, text, date, boolean) is
  'What Medicare pays for a code at a ZIP code on a day, by every schedule that has an amount: the physician fee schedule, laboratory fees, payment limits of drugs, DMEPOS, and ASC rates. Accepts a code, modifiers and ZIP code as people have them. DMEPOS: without a modifier each combination of modifiers that has a fee. Grain: schedule, setting and modifiers; where a schedule would pay and the place is not known, and where no schedule has an amount, a row without one says why.';

-- Grain: schedule, setting and modifiers. For readers without a place: physician fees with every GPCI at 1.000, DMEPOS as the range of its fees.
create function api.price_national(hcpcs text, on_date date, qualifying_apm boolean default false)
returns table (
  schedule text, setting text, hcpcs text, modifier text, amount numeric, lowest numeric, highest numeric,
  unit text, basis text, release text
)
language sql stable as $$
  with asked as materialized (
    select coalesce(api.clean_hcpcs(price_national.hcpcs), price_national.hcpcs) as hcpcs
  ), found as (
    select 'physician' as schedule, s.setting, p.modifier, s.amount, s.amount as lowest, s.amount as highest, 'service' as unit,
           'physician fee schedule, every GPCI 1.000: ' || p.basis as basis,
           (select c.release from api.release_calendar c where c.table_name = 'rvu' and c.period @> price_national.on_date) as release
      from asked a
      join api.payment_rvu r on r.hcpcs = a.hcpcs and r.valid_during @> price_national.on_date
     cross join lateral api.payment(a.hcpcs, r.modifier, '00000', '00', price_national.on_date, price_national.qualifying_apm) p
     cross join lateral (values ('non-facility', p.non_facility_amount), ('facility', p.facility_amount)) s (setting, amount)
     union all
    select n.schedule, n.setting, n.modifier, n.amount, n.amount, n.amount, n.unit, n.basis, n.release
      from asked a
     cross join lateral api.national_prices(a.hcpcs, price_national.on_date) n
     union all
    select 'DMEPOS', 'supplier', concat_ws(' ', nullif(f.modifier, ''), nullif(f.modifier_2, ''), nullif(f.modifier_3, '')),
           case when min(least(f.fee, f.rural_fee)) = max(greatest(f.fee, f.rural_fee)) then min(f.fee) end,
           min(least(f.fee, f.rural_fee)), max(greatest(f.fee, f.rural_fee)), 'item',
           'DMEPOS fee schedule: from the lowest to the highest fee of all states, rural areas and former bidding areas', min(c.release)
      from asked a
      join api.dmepos_fee f on f.hcpcs = a.hcpcs and f.valid_during @> price_national.on_date
      join api.release_calendar c on c.table_name = 'dmepos' and c.period @> price_national.on_date and c.is_known
     group by f.modifier, f.modifier_2, f.modifier_3
  )
  select f.schedule, f.setting, a.hcpcs, f.modifier, f.amount, f.lowest, f.highest, f.unit, f.basis, f.release
    from asked a
   cross join found f
   where f.lowest is not null
   order by array_position(array['physician', 'laboratory', 'drugs', 'DMEPOS', 'ASC'], f.schedule), f.modifier, f.setting desc
$$;
comment on function api.price_national(text, date, boolean) is
  'What Medicare pays for a code on a day, nationally, by every schedule that has an amount, in dollars. amount: null where it differs by place; lowest and highest then say between what. Grain: schedule, setting and modifiers. Empty where no schedule has an amount: api.price_on says why.';
