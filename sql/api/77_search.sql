-- Grain: HCPCS code. Key: hcpcs.
-- For api.search: the words of a code, kept by triggers, and the indexes that find them.
create view api.search_document as
select hcpcs, words from search.document;
comment on view api.search_document is
  'What api.search looks through: the words of a code, of all time. Grain: HCPCS code.';

-- Grain: word. Key: word.
-- For api.search: what misspelt words are compared with.
create view api.search_word as
select word from search.word;
comment on view api.search_word is
  'Words that documents of api.search have or had, without their endings. Grain: word.';

-- Grain: HCPCS code of the schedule, or of the HCPCS Level II file, in force today. Key: hcpcs.
-- For lists of codes: what each is called.
create view api.code_name as
select d.hcpcs,
       coalesce(e.content ->> 'title', v.description, h.short_description) as name,
       h.long_description,
       v.hcpcs is not null as in_schedule
  from search.document d
  left join lateral (
    select hcpcs, description
      from pfs.rvu
     where hcpcs = d.hcpcs and valid_during @> current_date
     order by modifier
     limit 1
  ) v on true
  left join hcpcs.hcpcs h on h.hcpcs = d.hcpcs and h.valid_during @> current_date
  left join editorial.entry e on e.hcpcs = d.hcpcs
 where v.hcpcs is not null or h.hcpcs is not null;
comment on view api.code_name is
  'What a code is called. Grain: HCPCS code of the schedule, or of the HCPCS Level II file, in force today.';

create type api.search_row as (
  hcpcs text, code_system text, name text, long_description text, in_schedule boolean,
  found_by text, rank numeric
);
comment on type api.search_row is 'A code that a search found, the best first.';

-- Grain: HCPCS code in force today that the query finds. Key: hcpcs.
-- For search boxes. Codes that begin with the query, then codes that have all of its words ("phrases", -not
-- and or are understood); where there is neither, codes that have words spelt like those of the query.
create function api.search(query text, most integer default 20) returns setof api.search_row
language sql stable as $$
  with exact as materialized (
    select hcpcs, 'code' as found_by, 1 + (hcpcs = upper(trim(query)))::int as rank
      from api.search_document
     where hcpcs ^@ upper(trim(query)) and trim(query) <> ''
     union all
    select hcpcs, 'words', ts_rank(words, websearch_to_tsquery('english', query), 1)
      from api.search_document
     where words @@ websearch_to_tsquery('english', query)
  ), respelt as materialized (
    select string_agg(spelt.words, ' & ')::tsquery as query
      from unnest(tsvector_to_array(to_tsvector('english', query))) asked
     cross join lateral (
        select '(' || string_agg(word, ' | ') || ')' as words
          from (select word from api.search_word where word % asked
                 order by similarity(word, asked) desc, word limit 3) nearest
     ) spelt
     where not exists (select from exact)
  ), found as (
    select hcpcs, min(found_by) as found_by, max(rank) as rank from exact group by hcpcs
     union all
    select d.hcpcs, 'spelling', ts_rank(d.words, r.query, 1)
      from respelt r
      join api.search_document d on d.words @@ r.query
  )
  select f.hcpcs, api.code_system(f.hcpcs), n.name, n.long_description, n.in_schedule,
         f.found_by, f.rank::numeric(7, 6)
    from (select * from found order by rank desc, hcpcs offset 0) f
   cross join lateral (select * from api.code_name where hcpcs = f.hcpcs limit 1) n
   order by f.rank desc, f.hcpcs
   limit most
$$;
comment on function api.search(text, integer) is
  'Codes in force today that a query finds, the best first: by the beginning of the code, by all of its words (in names, synonyms, CMS''s descriptors and our plain language), else by similar spelling.';
