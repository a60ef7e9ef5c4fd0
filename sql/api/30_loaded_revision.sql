-- Which revision a name means: 'RVU25A' its latest revision that is loaded, 'RVU25A#1' its first.
create function api.loaded_revision(name text)
returns table (release text, sha256 text, revision bigint, effective_from date, loaded_at timestamptz)
language plpgsql stable as $$
begin
  return query
  select r.release, r.sha256, r.revision, r.effective_from, r.loaded_at
    from api.release r
   where r.release = upper(split_part(name, '#', 1))
     and r.sha256 is not null
     and case when name like '%#%' then r.revision::text = split_part(name, '#', 2)
              else r.state <> 'retracted' end
     and 'rvu' = any (r.datasets)
   order by r.revision desc
   limit 1;
  if not found then
    raise exception '% is not loaded', name
      using errcode = 'no_data_found', hint = 'select release, revision, state from api.release shows what is.';
  end if;
end
$$;
comment on function api.loaded_revision(text) is
  'The loaded revision that a name means: RVU25A the latest revision, RVU25A#1 the first. Raises an error where none is loaded.';
