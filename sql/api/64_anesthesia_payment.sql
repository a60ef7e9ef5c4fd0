-- What Medicare pays for anesthesia. Grain: one row for each call. For claim pricing.
create type api.anesthesia_payment_row as (
  mac text, locality text, on_date date, qualifying_apm boolean,
  base_units numeric, minutes numeric, time_units numeric,
  conversion_factor numeric, amount numeric, basis text
);
comment on type api.anesthesia_payment_row is
  'What Medicare pays for anesthesia in one locality on one day, in dollars.';

-- The formula of anesthesia, on numbers alone.
create function api.anesthesia_amount(base_units numeric, time_units numeric, conversion_factor numeric) returns numeric
language sql immutable as $$
  select round((base_units + time_units) * conversion_factor, 2)
$$;
comment on function api.anesthesia_amount(numeric, numeric, numeric) is
  'Amount of anesthesia in dollars: (base units + time units) x conversion factor, rounded once, half up, to the cent. Follows 42 CFR 414.46(b).';

-- Grain: always one row. Base units are not in the fee schedule's files: the claim and CMS's list of them give them.
create function api.anesthesia_payment(
  base_units numeric, minutes numeric, mac text, locality text, on_date date,
  qualifying_apm boolean default false, on_missing text default 'refuse'
) returns setof api.anesthesia_payment_row
language sql stable as $$
  select place.mac, place.locality, anesthesia_payment.on_date, anesthesia_payment.qualifying_apm,
         anesthesia_payment.base_units, anesthesia_payment.minutes, elapsed.units,
         f.conversion_factor,
         case when fault.text is null
              then api.anesthesia_amount(anesthesia_payment.base_units, elapsed.units, f.conversion_factor) end,
         coalesce(fault.text, 'anesthesia' || day.note || day.amount_note)
    from (
      select max(value) filter (where rule = 'anesthesia_minutes_per_unit') as minutes_per_unit,
             max(value) filter (where rule = 'anesthesia_time_unit_decimals')::integer as decimals
        from api.payment_rule
       where valid_during @> anesthesia_payment.on_date
    ) rule
   cross join (select coalesce(api.clean_mac(anesthesia_payment.mac), anesthesia_payment.mac) as mac,
                      coalesce(api.clean_locality(anesthesia_payment.locality), anesthesia_payment.locality) as locality) place
   cross join api.payment_day(anesthesia_payment.on_date, anesthesia_payment.on_missing, '00000') day
   cross join lateral (
      select round(anesthesia_payment.minutes / rule.minutes_per_unit, rule.decimals) as units
    ) elapsed
    left join api.payment_anesthesia_cf f
           on f.mac = place.mac and f.locality = place.locality
          and f.qualifying_apm = anesthesia_payment.qualifying_apm
          and f.valid_during @> anesthesia_payment.on_date
   cross join lateral (
      select case
        when anesthesia_payment.base_units is null then 'no base units'
        when anesthesia_payment.base_units < 0 then 'base units below zero'
        when anesthesia_payment.minutes is null then 'no minutes'
        when anesthesia_payment.minutes < 0 then 'minutes below zero'
        when day.refusal is not null then day.refusal
        when f.conversion_factor is null then coalesce(
          api.rejection('anesthesia_cf', jsonb_build_object('mac', place.mac, 'locality', place.locality), anesthesia_payment.on_date),
          'no anesthesia conversion factor on this day')
      end as text
    ) fault
$$;
comment on function api.anesthesia_payment(numeric, numeric, text, text, date, boolean, text) is
  'What Medicare pays for personally performed anesthesia, in dollars: (base units + minutes / 15) x the locality''s anesthesia conversion factor (ANES), from 2026 by qualifying APM status. Time units are rounded to one decimal (Medicare Claims Processing Manual, chapter 12, section 50.G), the amount once, half up, to the cent. MAC 00000 with locality 00 gives the national amount. Grain: always one row; without an amount basis says what is missing or wrong.';
