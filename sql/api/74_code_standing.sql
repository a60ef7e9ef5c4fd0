-- What the loaded schedules know of a code, in one word for editors.
create function api.code_standing(hcpcs text) returns text
language sql stable as $$
  select case
    when exists (select from pfs.rvu r
                  where r.hcpcs = code_standing.hcpcs and r.valid_during @> current_date
                    and r.status_indicator not in ('D', 'F', 'H')) then 'in force'
    when exists (select from pfs.rvu r where r.hcpcs = code_standing.hcpcs) then 'deleted'
    when exists (select from pfs.rvu r
                  where left(r.hcpcs, 1) = left(code_standing.hcpcs, 1)
                    and api.code_system(r.hcpcs) = api.code_system(code_standing.hcpcs)) then 'unknown'
    else 'outside the schedule'
  end
$$;
comment on function api.code_standing(text) is
  'What the loaded releases know of a code: in force; deleted (they had it once); unknown (they never had it, though they have others of its letter); outside the schedule (they have none of its letter, as with equipment and orthotics).';
