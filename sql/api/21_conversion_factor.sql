-- Grain: qualifying_apm and range.
-- For who follows values through time. Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it.
create view api.conversion_factor_versions as
select qualifying_apm, conversion_factor,
       lower(r) as valid_from,
       upper(r) - 1 as valid_to,
       p.release as first_release,
       v.valid_during
  from pfs.conversion_factor v
 cross join lateral unnest(v.valid_during) r
  left join api.release_period p on p.table_name = 'conversion_factor' and p.valid_from = lower(r);
comment on view api.conversion_factor_versions is
  'Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it. Every version and each range of days on which CMS said so. Grain: qualifying_apm and range. first_release: the one that began the range; valid_during: all days of the version.';

-- Grain: qualifying_apm, on one day.
create function api.conversion_factor_on(on_date date) returns setof api.conversion_factor_versions
language sql stable as $$
  select *
    from api.conversion_factor_versions
   where valid_during @> on_date
     and on_date between valid_from and coalesce(valid_to, 'infinity')
$$;
comment on function api.conversion_factor_on(date) is
  'Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it. What held on a day, by the releases that are loaded. Empty where none governs the day.';

-- The same, today.
create view api.conversion_factor as
select * from api.conversion_factor_on(current_date);
comment on view api.conversion_factor is 'Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it. What holds today.';

-- Grain: version and time of belief.
-- For who asks what this database held to be true before it learned better.
create view api.conversion_factor_known as
select qualifying_apm, conversion_factor,
       content_hash, valid_during, tstzrange(known_since, null) as known_during
  from pfs.conversion_factor
 union all
select qualifying_apm, conversion_factor,
       content_hash, valid_during, known_during
  from pfs.conversion_factor_history;
comment on view api.conversion_factor_known is
  'Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true.';

create function api.conversion_factor_as_known(on_date date, known_at timestamptz) returns setof api.conversion_factor_known
language sql stable as $$
  select * from api.conversion_factor_known where valid_during @> on_date and known_during @> known_at
$$;
comment on function api.conversion_factor_as_known(date, timestamptz) is
  'Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it. What this database, at a time, held to be true on a day.';
