-- Grain: HCPCS code, modifier, MAC, locality and range.
-- For who follows values through time. OPPS cap on imaging (OPPSCAP), in dollars.
create view api.opps_cap_versions as
select hcpcs, modifier, mac, locality, status_indicator, facility_price, non_facility_price,
       lower(r) as valid_from,
       upper(r) - 1 as valid_to,
       p.release as first_release,
       v.valid_during
  from pfs.opps_cap v
 cross join lateral unnest(v.valid_during) r
  left join api.release_period p on p.table_name = 'opps_cap' and p.valid_from = lower(r);
comment on view api.opps_cap_versions is
  'OPPS cap on imaging (OPPSCAP), in dollars. Every version and each range of days on which CMS said so. Grain: HCPCS code, modifier, MAC, locality and range. first_release: the one that began the range; valid_during: all days of the version.';

-- Grain: HCPCS code, modifier, MAC, locality, on one day.
create function api.opps_cap_on(on_date date) returns setof api.opps_cap_versions
language sql stable as $$
  select *
    from api.opps_cap_versions
   where valid_during @> on_date
     and on_date between valid_from and coalesce(valid_to, 'infinity')
$$;
comment on function api.opps_cap_on(date) is
  'OPPS cap on imaging (OPPSCAP), in dollars. What held on a day, by the releases that are loaded. Empty where none governs the day.';

-- The same, today.
create view api.opps_cap as
select * from api.opps_cap_on(current_date);
comment on view api.opps_cap is 'OPPS cap on imaging (OPPSCAP), in dollars. What holds today.';

-- Grain: version and time of belief.
-- For who asks what this database held to be true before it learned better.
create view api.opps_cap_known as
select hcpcs, modifier, mac, locality, status_indicator, facility_price, non_facility_price,
       content_hash, valid_during, tstzrange(known_since, null) as known_during
  from pfs.opps_cap
 union all
select hcpcs, modifier, mac, locality, status_indicator, facility_price, non_facility_price,
       content_hash, valid_during, known_during
  from pfs.opps_cap_history;
comment on view api.opps_cap_known is
  'OPPS cap on imaging (OPPSCAP), in dollars. Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true.';

create function api.opps_cap_as_known(on_date date, known_at timestamptz) returns setof api.opps_cap_known
language sql stable as $$
  select * from api.opps_cap_known where valid_during @> on_date and known_during @> known_at
$$;
comment on function api.opps_cap_as_known(date, timestamptz) is
  'OPPS cap on imaging (OPPSCAP), in dollars. What this database, at a time, held to be true on a day.';
