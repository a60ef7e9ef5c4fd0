-- Search: one document for each code, made of everything that it has ever been called, and kept by triggers,
-- so that it is right in every transaction whoever writes. The words of versions that ended stay: an old
-- name finds the code.

create extension if not exists pg_trgm;

create schema search;
comment on schema search is 'What api.search looks through. Not a contract: read api.search.';

create table search.document (
  hcpcs text primary key,
  names text not null,
  descriptors text not null,
  prose text not null,
  words tsvector not null generated always as (
    setweight(to_tsvector('english', names), 'A')
    || setweight(to_tsvector('english', descriptors), 'B')
    || setweight(to_tsvector('english', prose), 'D')) stored
);
comment on table search.document is
  'The words of one code. Grain: HCPCS code. names: the code, and the title and synonyms that we write; descriptors: CMS''s, short and long, of all time; prose: our description, plain language and clinical context.';

-- A prefix is a range in the order of bytes, which need not be the database's.
create index document_prefix on search.document (hcpcs text_pattern_ops);
-- Without a list of pending entries, which a search would have to read through, and the planner shuns.
create index document_words on search.document using gin (words) with (fastupdate = off);

create table search.word (
  word text primary key
);
comment on table search.word is
  'Every word that a document ever had, without its ending (infus for infusion). Grain: word. Misspelt words are compared with them; one that no document has any more finds nothing.';

create index word_spelling on search.word using gin (word gin_trgm_ops) with (fastupdate = off);

-- Codes in, their documents out.
create function search.write(codes text[]) returns void
language sql as $$
  with code as (
    select distinct hcpcs from unnest(codes) hcpcs
  ), short as (
    select hcpcs, string_agg(distinct description, ' ') as descriptors
      from pfs.rvu join code using (hcpcs) group by hcpcs
  ), long as (
    select hcpcs, string_agg(distinct long_description || ' ' || short_description, ' ') as descriptors
      from hcpcs.hcpcs join code using (hcpcs) where kind = 'procedure' group by hcpcs
  ), gone as (
    delete from search.document
     where hcpcs in (select hcpcs from code except (select hcpcs from short union select hcpcs from long))
  ), written as (
    insert into search.document as d (hcpcs, names, descriptors, prose)
    select hcpcs,
           concat_ws(' ', hcpcs, e.content ->> 'title', s.synonyms),
           concat_ws(' ', l.descriptors, short.descriptors),
           concat_ws(' ', e.content ->> 'description', e.content ->> 'plain_language', e.content ->> 'clinical_context')
      from short full join long l using (hcpcs)
      left join editorial.entry e using (hcpcs)
     cross join lateral (
        select string_agg(synonym, ' ') as synonyms
          from jsonb_array_elements_text(coalesce(e.content -> 'synonyms', '[]')) synonym
     ) s
    on conflict (hcpcs) do update
       set names = excluded.names, descriptors = excluded.descriptors, prose = excluded.prose
     where (d.names, d.descriptors, d.prose) is distinct from (excluded.names, excluded.descriptors, excluded.prose)
    returning words
  )
  insert into search.word
  select distinct word from written cross join unnest(tsvector_to_array(words)) word where word ~ '^[a-z]{3,}$'
  on conflict do nothing
$$;
comment on function search.write(text[]) is 'Brings the documents of codes up to date, and removes those of codes that are gone.';

create function search.follow_changes() returns trigger
language plpgsql as $$
begin
  perform search.write(array(select distinct hcpcs from changed));
  return null;
end
$$;
comment on function search.follow_changes() is 'Writes the documents of the codes that a statement changed.';

create function search.follow(target regclass) returns void
language plpgsql as $$
begin
  execute format('create trigger search_inserted after insert on %s referencing new table as changed for each statement execute function search.follow_changes()', target);
  execute format('create trigger search_deleted after delete on %s referencing old table as changed for each statement execute function search.follow_changes()', target);
end
$$;
comment on function search.follow(regclass) is 'Keeps the documents of the codes of a table.';

-- An update of a version moves its days only, never its words; one of an entry may change them.
select search.follow(name::regclass) from unnest(array['pfs.rvu', 'hcpcs.hcpcs', 'editorial.entry']) name;
create trigger search_updated after update on editorial.entry
  referencing new table as changed for each statement execute function search.follow_changes();

select search.write(array(select hcpcs from pfs.rvu union select hcpcs from hcpcs.hcpcs));
