-- Grain: quarterly release of the physician fee schedule. Key: release.
-- For who asks what is due: CMS releases the schedule for the first day of each quarter. From the earliest loaded
-- release to the first one due after the day.
create function api.freshness_on(on_date date)
returns table (release text, due_on date, state text, days_overdue integer, loaded_as text, loaded_at timestamptz)
language sql stable as $$
  with loaded as materialized (
    select release, effective_from, loaded_at from api.release
     where family = 'pfs' and state not in ('retracted', 'not loaded')
  )
  select format('RVU%s%s', to_char(due, 'YY'), substr('ABCD', extract(quarter from due)::integer, 1)),
         due,
         case when l.release is not null then 'loaded' when due <= on_date then 'missing' else 'due' end,
         case when l.release is null and due <= on_date then on_date - due end,
         l.release,
         l.loaded_at
    from (select coalesce(min(effective_from), on_date) as first from loaded) f
   cross join lateral generate_series(date_trunc('quarter', least(f.first, on_date)::timestamp),
                                      date_trunc('quarter', on_date::timestamp) + interval '3 months', interval '3 months') q (at)
   cross join lateral (select at::date as due) d
    left join lateral (
      select r.release, r.loaded_at from loaded r
       where r.effective_from >= due and r.effective_from < due + interval '3 months'
       order by r.loaded_at desc
       limit 1
    ) l on true
   order by due
$$;
comment on function api.freshness_on(date) is
  'Which quarterly releases of the physician fee schedule are due on a day, from the earliest loaded one on. state: loaded; missing (due, and not loaded); due (on a later day). Grain: release.';

-- The same, today, as it is at CMS.
create view api.freshness as
select * from api.freshness_on((now() at time zone 'America/New_York')::date);
comment on view api.freshness is
  'Which quarterly releases of the physician fee schedule are due today. Grain: release. state: loaded; missing (due, and not loaded); due (on a later day).';
comment on column api.freshness.due_on is 'First day of its quarter, on which it takes effect.';
comment on column api.freshness.release is 'Name that CMS gives it: the quarter''s letter, without that of a correction.';
comment on column api.freshness.state is 'loaded, missing or due.';
comment on column api.freshness.days_overdue is 'Days since it was due; null where it is loaded or not due yet.';
comment on column api.freshness.loaded_as is 'Release of that quarter that is loaded, such as RVU24AR; null where none is.';
comment on column api.freshness.loaded_at is 'When it was loaded; null where it is not.';
