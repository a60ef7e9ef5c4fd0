-- Grain: quarterly release. Key: family, release.
-- For who asks what is due: CMS makes the releases of these schedules for the first day of each quarter. For each family
-- that is loaded, from its earliest release to the first one due after the day.
create function api.freshness_on(on_date date)
returns table (family text, release text, due_on date, state text, days_overdue integer, loaded_as text, loaded_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with loaded as materialized (
    select family, release, effective_from, loaded_at from api.release
     where state not in ('retracted', 'not loaded')
  )
  select s.family,
         ops.quarterly_name(s.quarterly, due),
         due,
         case when l.release is not null then 'loaded' when due <= on_date then 'missing' else 'due' end,
         case when l.release is null and due <= on_date then on_date - due end,
         l.release,
         l.loaded_at
    from ops.schedule s
    join (select family, min(effective_from) as first from loaded group by family) f using (family)
   cross join lateral generate_series(date_trunc('quarter', least(f.first, on_date)::timestamp),
                                      date_trunc('quarter', on_date::timestamp) + interval '3 months', interval '3 months') q (at)
   cross join lateral (select at::date as due) d
    left join lateral (
      select r.release, r.loaded_at from loaded r
       where r.family = s.family and r.effective_from >= due and r.effective_from < due + interval '3 months'
       order by r.loaded_at desc
       limit 1
    ) l on true
   where s.quarterly is not null
   order by s.place, due
$$;
comment on function api.freshness_on(date) is
  'Which quarterly releases are due on a day, for each family that is loaded, from its earliest loaded one on. state: loaded; missing (due, and not loaded); due (on a later day). Grain: release.';

-- The same, today, as it is at CMS.
create view api.freshness as
select * from api.freshness_on((now() at time zone 'America/New_York')::date);
comment on view api.freshness is
  'Which quarterly releases are due today, for each family that is loaded. Grain: release. state: loaded; missing (due, and not loaded); due (on a later day).';
comment on column api.freshness.family is 'Release family, such as pfs (physician fee schedule) or asp (payment limits of Part B drugs).';
comment on column api.freshness.due_on is 'First day of its quarter, on which it takes effect.';
comment on column api.freshness.release is 'Name of the release of that quarter, without the letters of a correction.';
comment on column api.freshness.state is 'loaded, missing or due.';
comment on column api.freshness.days_overdue is 'Days since it was due; null where it is loaded or not due yet.';
comment on column api.freshness.loaded_as is 'Release of that quarter that is loaded, such as RVU24AR; null where none is.';
comment on column api.freshness.loaded_at is 'When it was loaded; null where it is not.';
