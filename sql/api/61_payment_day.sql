-- Whether a day can be priced. Grain: always one row.
create type api.payment_day_row as (release text, refusal text, note text, amount_note text);
comment on type api.payment_day_row is
  'What pricing must know of a day. refusal: why nothing is priced; note: what to add to each basis, amount_note: what to add to that of an amount as well; empty where nothing is.';

create function api.payment_day(on_date date, on_missing text, mac text) returns setof api.payment_day_row
language sql stable as $$
  select c.release,
         case when payment_day.on_missing is distinct from 'latest' or c.release is null then fault.text end,
         case when payment_day.on_missing = 'latest' and fault.text is not null
              then format(' (latest known: %s; %s)', c.release, fault.text)
              else '' end,
         coalesce((select format(' (by the %s dollars per RVU of %s, which never took effect: %s)', rule.value, c.release, rule.document)
                     from api.payment_rule rule
                     join api.payment_conversion_factor f on f.conversion_factor = rule.value
                    where rule.rule = 'replaced_conversion_factor'
                      and rule.valid_during @> payment_day.on_date and f.valid_during @> payment_day.on_date
                    limit 1), '')
    from (select) one
    left join api.release_calendar c on c.table_name = 'rvu' and c.period @> payment_day.on_date
    left join api.release_calendar g on g.table_name = 'gpci' and g.period @> payment_day.on_date
   cross join lateral (
      select coalesce(
        case when isfinite(payment_day.on_date) is not true then 'no date of service' end,
        case when payment_day.on_missing not in ('refuse', 'latest')
             then format('on_missing is %L, neither ''refuse'' nor ''latest''', payment_day.on_missing) end,
        api.not_loaded(c.is_known, c.missing_release, payment_day.on_date),
        -- A release without its GPCI file leaves the table to its predecessor, whose year may be over.
        case when api.clean_mac(payment_day.mac) <> '00000'
              and extract(year from g.governs_from) <> extract(year from payment_day.on_date)
             then format('the GPCIs of %s are not loaded', extract(year from payment_day.on_date)) end
      ) as text
   ) fault
$$;
comment on function api.payment_day(date, text, text) is
  'Whether a day can be priced by the loaded releases (api.release_calendar). Grain: always one row.';
