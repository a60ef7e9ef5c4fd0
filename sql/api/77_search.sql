-- Grain: HCPCS code that any loaded file or entry of ours knows. Key: hcpcs.
-- For who wants a search of another kind than api.search.
create view api.search_document as
select hcpcs, api.code_system(hcpcs) as code_system, name, description, words,
       array(select lower(n) from editorial.entry e, jsonb_array_elements_text(e.content -> 'synonyms' || (e.content -> 'title')) n
              where e.hcpcs = d.hcpcs) as our_names,
       coalesce((select true from pfs.rvu v where v.hcpcs = d.hcpcs and v.valid_during @> current_date limit 1), false) as in_schedule
  from search.document d;
comment on view api.search_document is
  'What can be found of a code. Grain: HCPCS code that any loaded file or entry of ours knows. words: stems with weights, A: names and synonyms, B: CMS''s descriptions, C: our texts, D: what its family is called.';

-- Grain: stem.
-- For api.search: what a misspelt word is compared with.
create view api.search_word as
select word from search.word;
comment on view api.search_word is 'Stems that documents have, or had. Grain: stem, of letters alone.';

-- Reads by index alone: the tables are so small that the planner, which does not know the words of the query,
-- would rather read all of them.
create function api.search(query text)
returns table (hcpcs text, name text, code_system text, description text, in_schedule boolean, matched text, rank real)
language plpgsql stable set enable_seqscan = off as $$
declare
  code text := upper(trim(query));
  terms text[];
  wanted tsquery;
begin
  if code ~ '^[A-Z0-9]{1,5}$' then
    return query
      select d.hcpcs, d.name, d.code_system, d.description, d.in_schedule, 'code', 1::real
        from api.search_document d
       where d.hcpcs collate "C" >= code and d.hcpcs collate "C" < code || '~'
       order by d.hcpcs
       limit 50;
    if found then
      return;
    end if;
  end if;

  -- A word of the query stands for all that begin with it or, where none does, for those most like it.
  select array_agg(coalesce(near.words, format('''%s''', replace(replace(q.lexeme, '\', '\\'), '''', '''''')) || case when q.lexeme ~ '^[a-z]+$' then ':*' else '' end))
    into terms
    from unnest(to_tsvector('english', query)) q
    left join lateral (
      select format('(%s)', string_agg(w.word, ' | ')) as words
        from (
          select s.word from api.search_word s
           where s.word % q.lexeme
           order by s.word <-> q.lexeme, s.word
           limit 3
        ) w
       where not exists (select from api.search_word s where s.word collate "C" >= q.lexeme and s.word collate "C" < q.lexeme || '~')
      having count(*) > 0
    ) near on true;

  foreach matched in array array['words', 'some words'] loop
    wanted := array_to_string(terms, case matched when 'words' then ' & ' else ' | ' end)::tsquery;
    return query
      select d.hcpcs, d.name, d.code_system, d.description, d.in_schedule, matched, best.rank
        from (
          select s.hcpcs, ts_rank(s.words, wanted) as rank
            from api.search_document s
           where s.words @@ wanted
           order by rank desc, s.hcpcs
           limit 50
        ) best
        join api.search_document d using (hcpcs)
       order by lower(trim(query)) = any(d.our_names) desc,
                -- So it is called, but for order, endings and misspellings: the name has the words of the query and no others.
                exists (select from unnest(d.our_names) n
                         where length(to_tsvector('english', n)) = cardinality(terms) and to_tsvector('english', n) @@ wanted) desc,
                best.rank desc, d.in_schedule desc, d.hcpcs;
    exit when found;
  end loop;
end
$$;
comment on function api.search(text) is
  'Codes for a query, at most 50, the best first: those that we call exactly so, those that we call so but for order and spelling, and then by rank. matched: code (they begin with the query), words (they have all of its words, or words like them) or some words. in_schedule: the schedule in force today has the code, so api.code_page has its page. rank: higher is better, within one query; words that only the family of a code has count least.';
