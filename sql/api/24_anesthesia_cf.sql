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
  left join api.release_period p on p.table_name = 'anesthesia_cf' and p.valid_from = lower(r);
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

-- Grain: version and time of belief.
-- For who asks what this database held to be true before it learned better.
create view api.anesthesia_cf_known as
select mac, locality, locality_name, footnote_mark, conversion_factor, national_conversion_factor,
       content_hash, valid_during, tstzrange(known_since, null) as known_during
  from pfs.anesthesia_cf
 union all
select mac, locality, locality_name, footnote_mark, conversion_factor, national_conversion_factor,
       content_hash, valid_during, known_during
  from pfs.anesthesia_cf_history;
comment on view api.anesthesia_cf_known is
  'Anesthesia conversion factors (ANES), in dollars per unit. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true.';

create function api.anesthesia_cf_as_known(on_date date, known_at timestamptz) returns setof api.anesthesia_cf_known
language sql stable as $$
  select * from api.anesthesia_cf_known where valid_during @> on_date and known_during @> known_at
$$;
comment on function api.anesthesia_cf_as_known(date, timestamptz) is
  'Anesthesia conversion factors (ANES), in dollars per unit. What this database, at a time, held to be true on a day.';
