-- Search over codes, descriptors, synonyms and plain language. Statements on the sources mark when they changed
-- something; search.refresh() makes the documents of what changed since then anew, once for a run and not once for
-- a row.

create extension if not exists pg_trgm;

create schema search;
comment on schema search is 'What api.search looks in. Not a contract: call api.search.';

create table search.document (
  hcpcs text primary key,
  name text not null,
  description text,
  words tsvector not null
);
comment on table search.document is
  'Words of what is said of a code. Grain: HCPCS code. name: our title, else CMS''s newest short description; description: CMS''s longest newest one; words: stems with weights, A: names and synonyms, B: CMS''s descriptions, C: our texts, D: what its family is called.';
create index document_code on search.document (hcpcs collate "C");
create index document_words on search.document using gin (words);

create table search.word (
  word text collate "C" primary key
);
comment on table search.word is
  'Stems that documents have, or had: what a misspelt word is compared with. Grain: stem, of letters alone.';
create index word_trigrams on search.word using gist (word gist_trgm_ops);

create table search.pending (
  source text,
  since timestamptz,
  primary key (source, since)
);
comment on table search.pending is
  'Since when documents may be behind a table that they are made of: none, and all are made. Grain: table, and transaction that wrote it.';

create function search.mark_pending() returns trigger
language plpgsql as $$
begin
  if exists (select from changed) then
    insert into search.pending values (format('%I.%I', tg_table_schema, tg_table_name), ops.known_at()) on conflict do nothing;
  end if;
  return null;
end
$$;
comment on function search.mark_pending() is 'Remembers when a statement changed what documents are made of.';

create function search.watch(source regclass) returns void
language plpgsql as $$
declare
  event text;
  name text := (select relname from pg_class where oid = source);
begin
  -- What changed is found by them (search.stale).
  execute format('create index if not exists %I on %s (known_since)', name || '_known_since', source);
  execute format('create index if not exists %I on %s (upper(known_during))', name || '_known_until', source || '_history');
  foreach event in array array['insert', 'update', 'delete'] loop
    execute format('create or replace trigger mark_pending_on_%s after %1$s on %s referencing %s table as changed for each statement execute function search.mark_pending()',
      event, source, case event when 'delete' then 'old' else 'new' end);
  end loop;
end
$$;
comment on function search.watch(regclass) is
  'Makes a table with known_since, and a history, one that documents are made of: triggers that mark it, and indexes that find what changed. Tables of CMS''s files: search.listing.';

select search.watch('editorial.entry');
select search.watch('editorial.family');
