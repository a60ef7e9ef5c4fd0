-- Letters that codes of the schedule begin with, by a look at the index for each. The schedule leaves out whole
-- letters (B, C, E, K, L: supplies, devices and equipment); of the others it lists every code that is valid.
create function api.listed_letters() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive letters as (
    (select left(hcpcs, 1) as letter from pfs.rvu order by hcpcs limit 1)
     union all
    select (select left(v.hcpcs, 1) from pfs.rvu v where v.hcpcs > l.letter || 'ZZZZ' order by v.hcpcs limit 1)
      from letters l
     where l.letter is not null
  )
  select letter from letters where letter is not null
$$;
comment on function api.listed_letters() is 'First characters of the codes that the loaded schedules list.';

-- Grain: table with a calendar. Key: table_name. For pages of today: where no later release is loaded, they show the
-- last day that the loaded ones vouch for, and say so.
create view api.shown_day as
select table_name, max(least(upper(period) - 1, current_date)) as shown_day
  from ops.calendar
 where is_known and lower(period) <= current_date
 group by table_name;
comment on view api.shown_day is
  'The latest day, up to today, of which the loaded releases say what holds. Grain: table of a schedule that has a catalog.';
comment on column api.shown_day.table_name is 'Table of versions, without its schema.';
comment on column api.shown_day.shown_day is 'Today, or the last day before a release that is not loaded took over.';

-- Grain: HCPCS code. Key: hcpcs.
-- For code pages: codes that the physician schedule of today leaves out and another file has, on the last day that is
-- known of it. Of the HCPCS Level II file those whose letter the schedule leaves out: of the others it lists every code
-- that is valid.
create view api.unlisted_code as
select distinct on (l.hcpcs) l.hcpcs, l.short_description, l.table_name, l.shown_day,
       p.release, p.sha256, p.valid_from as effective_from,
       jsonb_build_object(
         'hcpcs', l.hcpcs,
         'modifier', '',
         'code_system', api.code_system(l.hcpcs),
         'release', p.release,
         'schedule', case when p.release is not null then 'not listed' end,
         'editorial_status', case when e.hcpcs is null then 'unwritten' else nullif(e.content ->> 'status', 'reviewed') end
       ) as facts
  from (
    -- Of the many rows of a code one is enough.
    select v.hcpcs, v.place, v.table_name, coalesce(d.shown_day, current_date) as shown_day,
           min(v.short_description) as short_description
      from search.listing v
      left join api.shown_day d using (table_name)
     where v.valid_during @> coalesce(d.shown_day, current_date) and v.table_name <> 'rvu'
     group by v.hcpcs, v.place, v.table_name, d.shown_day
  ) l
  left join api.release_period p on p.table_name = 'rvu' and p.period @> current_date
  left join editorial.entry e on e.hcpcs = l.hcpcs
 where not exists (select from pfs.rvu r where r.hcpcs = l.hcpcs and r.valid_during @> current_date)
   and (l.table_name <> 'hcpcs'
        or left(l.hcpcs, 1) <> all (array(select api.listed_letters()))
           and not exists (select from hcpcs.hcpcs h
                            where h.hcpcs = l.hcpcs and h.valid_during @> current_date and h.terminated_on <= current_date))
 order by l.hcpcs, l.place, l.table_name;
comment on view api.unlisted_code is
  'Codes that the physician schedule of today leaves out and another loaded file has: one of another schedule, or that of HCPCS Level II where the schedule leaves out the whole letter. Grain: HCPCS code.';
comment on column api.unlisted_code.short_description is
  'What the first file that has it calls it; null where that file does not.';
comment on column api.unlisted_code.table_name is 'Table of that file.';
comment on column api.unlisted_code.shown_day is 'Today, or the last day that is known of that table.';
comment on column api.unlisted_code.release is 'Physician schedule in force today, which does not list the code; null where none is.';
comment on column api.unlisted_code.facts is 'What a page says of the code from the data, as in api.code_fact.';
