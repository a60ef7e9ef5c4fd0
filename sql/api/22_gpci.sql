-- Grain: MAC, locality and range.
-- For who follows values through time. Geographic practice cost indices (Addendum E).
create view api.gpci_versions as
select mac, locality, state, locality_name, footnote_mark, work_gpci, work_gpci_without_floor,
       pe_gpci, mp_gpci,
       lower(r) as valid_from,
       upper(r) - 1 as valid_to,
       p.release as first_release,
       v.valid_during
  from pfs.gpci v
 cross join lateral unnest(v.valid_during) r
  left join api.release_period p on p.table_name = 'gpci' and p.valid_from = lower(r);
comment on view api.gpci_versions is
  'Geographic practice cost indices (Addendum E). Every version and each range of days on which CMS said so. Grain: MAC, locality and range. first_release: the one that began the range; valid_during: all days of the version.';

-- Grain: MAC, locality, on one day.
create function api.gpci_on(on_date date) returns setof api.gpci_versions
language sql stable as $$
  select *
    from api.gpci_versions
   where valid_during @> on_date
     and on_date between valid_from and coalesce(valid_to, 'infinity')
$$;
comment on function api.gpci_on(date) is
  'Geographic practice cost indices (Addendum E). What held on a day, by the releases that are loaded. Empty where none governs the day.';

-- The same, today.
create view api.gpci as
select * from api.gpci_on(current_date);
comment on view api.gpci is 'Geographic practice cost indices (Addendum E). What holds today.';

-- Grain: version and time of belief.
-- For who asks what this database held to be true before it learned better.
create view api.gpci_known as
select mac, locality, state, locality_name, footnote_mark, work_gpci, work_gpci_without_floor,
       pe_gpci, mp_gpci,
       content_hash, valid_during, tstzrange(known_since, null) as known_during
  from pfs.gpci
 union all
select mac, locality, state, locality_name, footnote_mark, work_gpci, work_gpci_without_floor,
       pe_gpci, mp_gpci,
       content_hash, valid_during, known_during
  from pfs.gpci_history;
comment on view api.gpci_known is
  'Geographic practice cost indices (Addendum E). Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true.';

create function api.gpci_as_known(on_date date, known_at timestamptz) returns setof api.gpci_known
language sql stable as $$
  select * from api.gpci_known where valid_during @> on_date and known_during @> known_at
$$;
comment on function api.gpci_as_known(date, timestamptz) is
  'Geographic practice cost indices (Addendum E). What this database, at a time, held to be true on a day.';
