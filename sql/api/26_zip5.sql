-- Grain: ZIP code and range.
-- For who follows values through time. ZIP codes and their localities (ZIP5).
create view api.zip5_versions as
select zip, state, mac, locality, rural_indicator, lab_cb_locality, rural_indicator_2006,
       plus_four_flag, part_b_payment_indicator,
       lower(r) as valid_from,
       upper(r) - 1 as valid_to,
       p.release as first_release,
       v.valid_during
  from zip.zip5 v
 cross join lateral unnest(v.valid_during) r
  left join api.release_period p on p.table_name = 'zip5' and p.valid_from = lower(r);
comment on view api.zip5_versions is
  'ZIP codes and their localities (ZIP5). Every version and each range of days on which CMS said so. Grain: ZIP code and range. first_release: the one that began the range; valid_during: all days of the version.';

-- Grain: ZIP code, on one day.
create function api.zip5_on(on_date date) returns setof api.zip5_versions
language sql stable as $$
  select *
    from api.zip5_versions
   where valid_during @> on_date
     and on_date between valid_from and coalesce(valid_to, 'infinity')
$$;
comment on function api.zip5_on(date) is
  'ZIP codes and their localities (ZIP5). What held on a day, by the releases that are loaded. Empty where none governs the day.';

-- The same, today.
create view api.zip5 as
select * from api.zip5_on(current_date);
comment on view api.zip5 is 'ZIP codes and their localities (ZIP5). What holds today.';

-- Grain: version and time of belief.
-- For who asks what this database held to be true before it learned better.
create view api.zip5_known as
select zip, state, mac, locality, rural_indicator, lab_cb_locality, rural_indicator_2006,
       plus_four_flag, part_b_payment_indicator,
       content_hash, valid_during, tstzrange(known_since, null) as known_during
  from zip.zip5
 union all
select zip, state, mac, locality, rural_indicator, lab_cb_locality, rural_indicator_2006,
       plus_four_flag, part_b_payment_indicator,
       content_hash, valid_during, known_during
  from zip.zip5_history;
comment on view api.zip5_known is
  'ZIP codes and their localities (ZIP5). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true.';

create function api.zip5_as_known(on_date date, known_at timestamptz) returns setof api.zip5_known
language sql stable as $$
  select * from api.zip5_known where valid_during @> on_date and known_during @> known_at
$$;
comment on function api.zip5_as_known(date, timestamptz) is
  'ZIP codes and their localities (ZIP5). What this database, at a time, held to be true on a day.';
