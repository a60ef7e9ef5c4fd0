-- Grain: MAC, locality and range.
-- For who follows values through time. Anesthesia conversion factors (ANES), in dollars per unit.
create view api.anesthesia_cf_versions as
select mac, locality, locality_name, footnote_mark, conversion_factor, national_conversion_factor,
       lower(r) as valid_from,
       upper(r) - 1 as valid_to,
       p.release as first_release,
       v.valid_during
  from pfs.anesthesia_cf v
 cross join lateral unnest(v.valid_during) r
  left join api.release_period p on p.table_name = 'anesthesia_cf' and p.period @> lower(r);
comment on view api.anesthesia_cf_versions is
  'Anesthesia conversion factors (ANES), in dollars per unit. Every version and each range of days on which CMS said so. Grain: MAC, locality and range. first_release: the one that began the range; valid_during: all days of the version.';

-- Grain: MAC, locality, on one day.
create function api.anesthesia_cf_on(on_date date) returns setof api.anesthesia_cf_versions
language sql stable as $$
  select *
    from api.anesthesia_cf_versions
   where valid_during @> on_date
     and on_date between valid_from and coalesce(valid_to, 'infinity')
$$;
comment on function api.anesthesia_cf_on(date) is
  'Anesthesia conversion factors (ANES), in dollars per unit. What held on a day, by the releases that are loaded. Empty where none governs the day.';

-- The same, today.
create view api.anesthesia_cf as
select * from api.anesthesia_cf_on(current_date);
comment on view api.anesthesia_cf is 'Anesthesia conversion factors (ANES), in dollars per unit. What holds today.';
