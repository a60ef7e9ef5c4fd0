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
  left join api.release_period p on p.table_name = 'gpci' and p.period @> lower(r);
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
