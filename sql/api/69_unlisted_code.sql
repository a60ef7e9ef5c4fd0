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

-- Grain: HCPCS Level II code. Key: hcpcs.
-- For code pages: codes in force that the schedule in force today leaves out with all of their letter. None where no
-- schedule, or no HCPCS Level II file, is in force.
create view api.unlisted_code as
select h.hcpcs, h.short_description, p.release, p.sha256, p.valid_from as effective_from,
       jsonb_build_object(
         'hcpcs', h.hcpcs,
         'modifier', '',
         'code_system', api.code_system(h.hcpcs),
         'release', p.release,
         'schedule', 'not listed',
         'editorial_status', case when e.hcpcs is null then 'unwritten' else nullif(e.content ->> 'status', 'reviewed') end
       ) as facts
  from hcpcs.hcpcs h
  join api.release_period p on p.table_name = 'rvu' and p.period @> current_date
  left join editorial.entry e on e.hcpcs = h.hcpcs
 where h.valid_during @> current_date
   and h.kind = 'procedure'
   and coalesce(h.terminated_on > current_date, true)
   and left(h.hcpcs, 1) <> all (array(select api.listed_letters()));
comment on view api.unlisted_code is
  'Codes of the HCPCS Level II file in force today whose letter the schedule leaves out. Grain: HCPCS Level II code.';
comment on column api.unlisted_code.release is 'Schedule in force today, which does not list the code.';
comment on column api.unlisted_code.facts is 'What a page says of the code from the data, as in api.code_fact.';
