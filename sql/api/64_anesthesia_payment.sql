-- What Medicare pays for anesthesia. Grain: one row for each call. For claim pricing.
create type api.anesthesia_payment_row as (
  mac text, locality text, on_date date,
  base_units numeric, minutes numeric, time_units numeric,
  conversion_factor numeric, amount numeric, basis text
);
comment on type api.anesthesia_payment_row is
  'What Medicare pays for anesthesia in one locality on one day, in dollars.';

-- Grain: always one row.
-- For who prices anesthesia: base units are not in the fee schedule's files, the claim and CMS's list of
-- base units give them.
create function api.anesthesia_payment(base_units numeric, minutes numeric, mac text, locality text, on_date date)
returns setof api.anesthesia_payment_row
language sql stable as $$
  select anesthesia_payment.mac, anesthesia_payment.locality, anesthesia_payment.on_date,
         anesthesia_payment.base_units, anesthesia_payment.minutes, elapsed.units,
         f.conversion_factor,
         round((anesthesia_payment.base_units + elapsed.units) * f.conversion_factor, 2),
         case when f.conversion_factor is null then 'no anesthesia conversion factor on this day'
              else 'anesthesia' end
    from (
      select max(value) filter (where rule = 'anesthesia_minutes_per_unit') as minutes_per_unit,
             max(value) filter (where rule = 'anesthesia_time_unit_decimals')::integer as decimals
        from api.payment_rule
       where valid_during @> anesthesia_payment.on_date
    ) rule
   cross join lateral (
      select round(anesthesia_payment.minutes / rule.minutes_per_unit, rule.decimals) as units
    ) elapsed
    left join api.payment_anesthesia_cf f
           on f.mac = anesthesia_payment.mac and f.locality = anesthesia_payment.locality
          and f.valid_during @> anesthesia_payment.on_date
$$;
comment on function api.anesthesia_payment(numeric, numeric, text, text, date) is
  'What Medicare pays for personally performed anesthesia, in dollars: (base units + minutes / 15) x the locality''s anesthesia conversion factor (ANES). Time units are rounded to one decimal (Medicare Claims Processing Manual, chapter 12, section 50.G), the amount once, half up, to the cent. MAC 00000 with locality 00 gives the national amount. Grain: always one row.';
