-- How what api.search looks in follows what it is made of.

-- What changed since then knows it: a version by known_since, one that is gone by the end of known_during. Only the
-- tables that were written are read, and by index: the planner does not know how late a time it is asked for.
drop function if exists search.stale(timestamptz);
create or replace function search.stale(source text, since timestamptz) returns table (hcpcs text)
language plpgsql stable set enable_seqscan = off as $$
begin
  if source = 'editorial.family' then
    return query
      select d.hcpcs
        from (
          select shape, first_code, last_code from editorial.family where known_since >= since
           union all
          select shape, first_code, last_code from editorial.family_history where upper(known_during) >= since
        ) f
        join search.document d on d.hcpcs collate "C" between f.first_code and f.last_code and editorial.code_shape(d.hcpcs) = f.shape;
  else
    return query execute format(
      'select hcpcs from %1$s where known_since >= $1 union select hcpcs from %1$s_history where upper(known_during) >= $1',
      source) using since;
  end if;
end
$$;
comment on function search.stale(text, timestamptz) is
  'Codes of which a table (''clfs.clfs'') changed at that time or later. Grain: HCPCS code, perhaps several times.';

create or replace function search.settle() returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select gin_clean_pending_list('search.document_words')
$$;
comment on function search.settle() is
  'Puts the words that were written last in their places in the index, as who loads may not do without owning it; how many pages of them there were.';

create or replace function search.refresh() returns void
language sql as $$
  with pending as (
    delete from search.pending returning source, since
  ), stale as materialized (
    -- Nothing pending, nothing read.
    select distinct s.hcpcs
      from (select source, min(since) as since from pending group by source) p
     cross join lateral search.stale(p.source, p.since) s
  ), newest as (
    select distinct on (hcpcs, place) hcpcs, place, short_description, long_description
      from (
        -- Of the many rows of a code, few differ in what they call it.
        select hcpcs, place, short_description, long_description, max(coalesce(upper(valid_during), 'infinity')) as until
          from stale join search.listing using (hcpcs)
         group by hcpcs, place, short_description, long_description
      ) called
     order by hcpcs, place, until desc, short_description, long_description
  ), cms as (
    -- The first file that has it says it.
    select hcpcs, (array_agg(short_description order by place) filter (where short_description is not null))[1] as short_description,
           (array_agg(long_description order by place) filter (where long_description is not null))[1] as long_description
      from newest
     group by hcpcs
  ), document as (
    select s.hcpcs,
           coalesce(e.content ->> 'title', c.short_description) as name,
           coalesce(c.long_description, c.short_description) as description,
           setweight(to_tsvector('english', concat_ws(' ', c.short_description, c.long_description)), 'B')
           -- Most codes have no texts of ours, and empty ones take their time too.
           || case when e.hcpcs is null then '' else
                setweight(to_tsvector('english', concat_ws(' ', e.content ->> 'title', e.content -> 'synonyms')), 'A')
                || setweight(to_tsvector('english', concat_ws(' ', e.content ->> 'description', e.content ->> 'plain_language')), 'C')
              end
           || coalesce(f.words, '') as words
      from stale s
      left join editorial.entry e using (hcpcs)
      left join cms c using (hcpcs)
      left join lateral (
        select v.words, v.last_code from editorial.family v
         where v.shape = editorial.code_shape(s.hcpcs) and v.first_code <= s.hcpcs
         order by v.first_code desc limit 1
      ) f on s.hcpcs collate "C" <= f.last_code
     where coalesce(e.content ->> 'title', c.short_description) is not null
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
  on conflict do nothing;
  -- A search would read through all that has no place in the index yet.
  select search.settle()
$$;
comment on function search.refresh() is
  'Makes the documents anew of what changed since the marks, writes those that differ, and clears the marks.';
