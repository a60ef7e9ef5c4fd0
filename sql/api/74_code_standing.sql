-- What the loaded files know of a code, in one word for editors. The schedule is asked first: it is newer each
-- quarter, and the HCPCS file has the codes that the schedule never lists.
create function api.code_standing(hcpcs text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case
    when exists (select from pfs.rvu r
                  where r.hcpcs = c.hcpcs and r.valid_during @> current_date
                    and r.status_indicator not in ('D', 'F', 'H')) then 'in force'
    when api.rejection('rvu', jsonb_build_object('hcpcs', c.hcpcs), current_date) is not null then 'rejected'
    when exists (select from pfs.rvu r where r.hcpcs = c.hcpcs) then 'deleted'
    when exists (select from hcpcs.hcpcs h
                  where h.hcpcs = c.hcpcs and h.valid_during @> current_date
                    and coalesce(h.terminated_on > current_date, true)) then 'in force'
    when exists (select from hcpcs.hcpcs h where h.hcpcs = c.hcpcs) then 'deleted'
    when exists (select from pfs.rvu r
                  where r.hcpcs between left(c.hcpcs, 1) and left(c.hcpcs, 1) || 'ZZZZ'
                    and api.code_system(r.hcpcs) = api.code_system(c.hcpcs)) then 'unknown'
    else 'outside the schedule'
  end from (select coalesce(api.clean_hcpcs(code_standing.hcpcs), code_standing.hcpcs) as hcpcs) c
   where c.hcpcs is not null
$$;
comment on function api.code_standing(text) is
  'What the loaded releases know of a code, which is accepted as people have it (api.clean_hcpcs), the schedule''s and then those of the HCPCS Level II file: in force; rejected (the release in force has it in a row that was not valid); deleted (they had it once); unknown (they never had it, though the schedule has others of its letter); outside the schedule (the schedule has none of its letter, and the HCPCS file, where one is loaded, does not have it).';
