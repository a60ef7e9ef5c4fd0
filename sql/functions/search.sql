-- How what api.search looks in follows what it is made of.

-- What changed since then knows it: a version by known_since, one that is gone by the end of known_during. Without the
-- setting all versions would be read, since the planner does not know how late a time it is asked for.
create or replace function search.stale(since timestamptz) returns table (hcpcs text)
language sql stable set enable_seqscan = off as $$
  select hcpcs from pfs.rvu where known_since >= since
   union
  select hcpcs from pfs.rvu_history where upper(known_during) >= since
   union
  select hcpcs from hcpcs.hcpcs where known_since >= since
   union
  select hcpcs from hcpcs.hcpcs_history where upper(known_during) >= since
   union
  select hcpcs from editorial.entry where known_since >= since
   union
  select hcpcs from editorial.entry_history where upper(known_during) >= since
   union
  select d.hcpcs
    from (
      select shape, first_code, last_code from editorial.family where known_since >= since
       union all
      select shape, first_code, last_code from editorial.family_history where upper(known_during) >= since
    ) f
    join search.document d on d.hcpcs collate "C" between f.first_code and f.last_code and editorial.code_shape(d.hcpcs) = f.shape
$$;
comment on function search.stale(timestamptz) is 'Codes whose sources changed at that time or later. Grain: HCPCS code.';

create or replace function search.refresh() returns void
language sql as $$
  with pending as (
    delete from search.pending returning since
  ), stale as materialized (
    -- Nothing pending, nothing read.
    select hcpcs from (select min(since) as since from pending having count(*) > 0) p cross join lateral search.stale(p.since)
  ), document as (
    select s.hcpcs,
           coalesce(e.content ->> 'title', r.description, h.short_description) as name,
           coalesce(h.long_description, r.description) as description,
           setweight(to_tsvector('english', concat_ws(' ', r.description, h.short_description, h.long_description)), 'B')
           -- Most codes have no texts of ours, and empty ones take their time too.
           || case when e.hcpcs is null then '' else
                setweight(to_tsvector('english', concat_ws(' ', e.content ->> 'title', e.content -> 'synonyms')), 'A')
                || setweight(to_tsvector('english', concat_ws(' ', e.content ->> 'description', e.content ->> 'plain_language')), 'C')
              end
           || coalesce(f.words, '') as words
      from stale s
      left join editorial.entry e using (hcpcs)
      left join lateral (
        select v.description from pfs.rvu v where v.hcpcs = s.hcpcs
         order by upper(v.valid_during) desc nulls first, v.modifier limit 1
      ) r on true
      left join lateral (
        select v.short_description, v.long_description from hcpcs.hcpcs v
         where v.hcpcs = s.hcpcs and v.kind = 'procedure'
         order by upper(v.valid_during) desc nulls first limit 1
      ) h on true
      left join lateral (
        select v.words, v.last_code from editorial.family v
         where v.shape = editorial.code_shape(s.hcpcs) and v.first_code <= s.hcpcs
         order by v.first_code desc limit 1
      ) f on s.hcpcs collate "C" <= f.last_code
     where coalesce(e.content ->> 'title', r.description, h.short_description) is not null
  ), removed as (
    delete from search.document d using stale s
     where d.hcpcs = s.hcpcs and s.hcpcs not in (select hcpcs from document)
  ), written as (
    insert into search.document as d select * from document
    on conflict (hcpcs) do update set name = excluded.name, description = excluded.description, words = excluded.words
     where (d.name, d.description, d.words) is distinct from (excluded.name, excluded.description, excluded.words)
    returning words
  )
  insert into search.word
  select distinct word from written, unnest(tsvector_to_array(words)) word
   where word ~ '^[a-z]{3,}$'
  on conflict do nothing
$$;
comment on function search.refresh() is
  'Makes the documents anew of what changed since the marks, writes those that differ, and clears the marks.';
