-- Grain: MAC, locality, entry and range.
-- For who follows values through time. Localities and their counties (LOCCO). entry counts a pair's rows in the file.
create view api.locality_versions as
select mac, locality, entry, state, fee_schedule_area, counties,
       lower(r) as valid_from,
       upper(r) - 1 as valid_to,
       p.release as first_release,
       v.valid_during
  from pfs.locality v
 cross join lateral unnest(v.valid_during) r
  left join api.release_period p on p.table_name = 'locality' and p.valid_from = lower(r);
comment on view api.locality_versions is
  'Localities and their counties (LOCCO). entry counts a pair''s rows in the file. Every version and each range of days on which CMS said so. Grain: MAC, locality, entry and range. first_release: the one that began the range; valid_during: all days of the version.';

-- Grain: MAC, locality and entry, on one day.
create function api.locality_on(on_date date) returns setof api.locality_versions
language sql stable as $$
  select *
    from api.locality_versions
   where valid_during @> on_date
     and on_date between valid_from and coalesce(valid_to, 'infinity')
$$;
comment on function api.locality_on(date) is
  'Localities and their counties (LOCCO). entry counts a pair''s rows in the file. What held on a day, by the releases that are loaded. Empty where none governs the day.';

-- The same, today.
create view api.locality as
select * from api.locality_on(current_date);
comment on view api.locality is 'Localities and their counties (LOCCO). entry counts a pair''s rows in the file. What holds today.';

-- Grain: version and time of belief.
-- For who asks what this database held to be true before it learned better.
create view api.locality_known as
select mac, locality, entry, state, fee_schedule_area, counties,
       content_hash, valid_during, tstzrange(known_since, null) as known_during
  from pfs.locality
 union all
select mac, locality, entry, state, fee_schedule_area, counties,
       content_hash, valid_during, known_during
  from pfs.locality_history;
comment on view api.locality_known is
  'Localities and their counties (LOCCO). entry counts a pair''s rows in the file. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true.';

create function api.locality_as_known(on_date date, known_at timestamptz) returns setof api.locality_known
language sql stable as $$
  select * from api.locality_known where valid_during @> on_date and known_during @> known_at
$$;
comment on function api.locality_as_known(date, timestamptz) is
  'Localities and their counties (LOCCO). entry counts a pair''s rows in the file. What this database, at a time, held to be true on a day.';
