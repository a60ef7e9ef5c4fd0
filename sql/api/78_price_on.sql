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

-- Grain: schedule, setting and modifiers, for the schedules that have one national amount. Without a place, so physician fees and DMEPOS are not here.
create function api.national_prices(hcpcs text, on_date date)
returns table (schedule text, setting text, modifier text, amount numeric, unit text, basis text, release text)
language sql stable as $$
  select 'laboratory', 'laboratory', l.modifier, l.rate, 'test',
         case l.indicator when 'L' then 'laboratory fee schedule: the contractor sets the rate (indicator L)'
              else 'laboratory fee schedule: one national rate; no coinsurance and no deductible' end,
         l.first_release
    from api.clfs_versions l
   where l.hcpcs = national_prices.hcpcs and l.valid_during @> national_prices.on_date
     and national_prices.on_date between l.valid_from and coalesce(l.valid_to, 'infinity')
     and exists (select from api.release_calendar c where c.table_name = 'clfs' and c.period @> national_prices.on_date and c.is_known)
   union all
  select 'drugs', 'drug', '', d.payment_limit, d.dosage,
         'payment limit of Part B drugs (ASP), for one billing unit' ||
           coalesce(format('; the patient pays %s percent', trim_scale(nullif(d.coinsurance_percentage, 20))), '') ||
           coalesce('; ' || d.notes, ''),
         d.first_release
    from api.asp_versions d
   where d.hcpcs = national_prices.hcpcs and d.valid_during @> national_prices.on_date
     and national_prices.on_date between d.valid_from and coalesce(d.valid_to, 'infinity')
     and exists (select from api.release_calendar c where c.table_name = 'asp' and c.period @> national_prices.on_date and c.is_known)
   union all
  select 'ASC', 'ASC', '', a.payment_rate, 'service',
         format('ASC addendum %s, payment indicator %s%s', a.addendum, a.payment_indicator, coalesce(': ' || m.meaning, '')) ||
           case when a.payment_rate is null then '' else '; before the wage index of the center''s area' end,
         a.first_release
    from api.asc_versions a
    left join api.asc_payment_indicator_versions m
      on m.payment_indicator = a.payment_indicator and m.valid_during @> national_prices.on_date
     and national_prices.on_date between m.valid_from and coalesce(m.valid_to, 'infinity')
   where a.hcpcs = national_prices.hcpcs and a.valid_during @> national_prices.on_date
     and national_prices.on_date between a.valid_from and coalesce(a.valid_to, 'infinity')
     and exists (select from api.release_calendar c where c.table_name = 'asc_procedure' and c.period @> national_prices.on_date and c.is_known)
$$;
comment on function api.national_prices(text, date) is
  'What the laboratory fee schedule, the payment limits of drugs and the ASC addenda say of a code on a day, with an amount or, as basis says, without. hcpcs: as CMS writes it. Grain: schedule and modifier.';

-- Grain: schedule, setting and modifiers that have an amount; one row that says why where none has. At least one row.
create function api.price_on(
  hcpcs text, modifier text, zip text, on_date date, qualifying_apm boolean default false
) returns setof api.price
language sql stable as $$
  with asked as materialized (
    select coalesce(api.clean_hcpcs(price_on.hcpcs), price_on.hcpcs) as hcpcs,
           api.modifiers(price_on.modifier) as modifiers
  ), physician as materialized (
    select p.* from api.payment_by_zip(price_on.hcpcs, price_on.modifier, price_on.zip, price_on.on_date, price_on.qualifying_apm) p
  ), national as materialized (
    -- A part of a service (26, TC, 53) is the physician schedule's alone.
    select n.*
      from asked a
     cross join lateral api.national_prices(a.hcpcs, price_on.on_date) n
     where not a.modifiers && array['26', 'TC', '53']
       and n.modifier = case when n.schedule = 'laboratory' and 'QW' = any (a.modifiers)
                              and exists (select from api.national_prices(a.hcpcs, price_on.on_date) w where w.modifier = 'QW')
                             then 'QW' else '' end
  ), supplier as materialized (
    select d.* from api.dmepos_payment(price_on.hcpcs, price_on.modifier, price_on.zip, price_on.on_date) d
  ), answers as materialized (
    select 'physician' as schedule, s.setting, p.modifier, s.amount, 'service' as unit,
           format('locality %s-%s', p.mac, p.locality) as depends_on, 'physician fee schedule: ' || p.basis as basis,
           (select c.release from api.release_calendar c where c.table_name = 'rvu' and c.period @> price_on.on_date) as release
      from physician p
     cross join lateral (values ('non-facility', p.non_facility_amount), ('facility', p.facility_amount)) s (setting, amount)
     where p.status_indicator is not null or s.setting = 'non-facility'
     union all
    select n.schedule, n.setting, n.modifier, n.amount, n.unit, 'nothing: national', n.basis, n.release from national n
     union all
    select 'DMEPOS', 'supplier', d.modifier, d.amount, 'item',
           concat_ws(', ', d.state, case when d.is_rural then 'rural' when d.is_rural is false then 'not rural' end,
                     'former bidding area ' || d.former_bidding_area),
           'DMEPOS fee schedule: ' || d.basis, d.release
      from supplier d
  ), priced as (
    select row_number() over (order by array_position(array['physician', 'laboratory', 'drugs', 'DMEPOS', 'ASC'], schedule), setting desc, modifier) as place, *
      from answers
     where amount is not null
  )
  select p.schedule, p.setting, a.hcpcs, p.modifier, price_on.on_date, p.amount, p.unit, p.depends_on,
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
         (select string_agg(distinct n.basis, '; ') from answers n), null
    from asked a
   where not exists (select from priced)
$$;
comment on function api.price_on(text, text, text, date, boolean) is
  'What Medicare pays for a code at a ZIP code on a day, by every schedule that has an amount: the physician fee schedule, laboratory fees, payment limits of drugs, DMEPOS, and ASC rates. Accepts a code, modifiers and ZIP code as people have them. DMEPOS: without a modifier each combination of modifiers that has a fee. Grain: schedule, setting and modifiers; where no schedule has an amount, one row that says why.';
