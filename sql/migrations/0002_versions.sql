-- What every versioned table needs. A row is one distinct set of values of one key; valid_during holds all
-- days on which CMS said so, known_since when this database learned it. Replaced and removed rows move to
-- <table>_history, with the time during which they were believed.

-- Knowledge time is the transaction's, unless the transaction tells one belief after another.
create function ops.known_at() returns timestamptz
language sql stable as $$
  select coalesce(nullif(current_setting('cms_fees.known_at', true), '')::timestamptz, now())
$$;
comment on function ops.known_at() is 'The time that what is written now is known since.';

create function ops.keep_history() returns trigger
language plpgsql as $$
declare
  columns text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into columns
    from pg_attribute
   where attrelid = tg_relid and attnum > 0 and not attisdropped;
  -- What was written and replaced at one and the same time was never believed by anybody.
  execute format(
    'insert into %I.%I (%s, known_during) select %s, tstzrange(known_since, ops.known_at()) from replaced where known_since < ops.known_at()',
    tg_table_schema, tg_table_name || '_history', columns, columns);
  return null;
end
$$;
comment on function ops.keep_history() is
  'Copies the versions that a statement replaced or removed into <table>_history, with the time during which they were believed.';

-- As strict as an exclusion constraint over key and days, at a fraction of its cost for whole releases.
-- Writers of a table wait for each other, so that none misses what another has not committed yet.
create function ops.refuse_overlap() returns trigger
language plpgsql as $$
declare
  keys text;
  overlap jsonb;
begin
  execute format('lock table %I.%I in share row exclusive mode', tg_table_schema, tg_table_name);
  select string_agg(quote_ident(a.attname), ', ' order by k.position) into keys
    from pg_constraint c
   cross join unnest(c.conkey) with ordinality k (attnum, position)
    join pg_attribute a on (a.attrelid, a.attnum) = (c.conrelid, k.attnum)
   where c.conrelid = tg_relid and c.contype = 'p' and a.attname <> 'content_hash';
  execute format(
    'select to_jsonb(v) from written w join %I.%I v using (%s)
      where v.content_hash <> w.content_hash and v.valid_during && w.valid_during limit 1',
    tg_table_schema, tg_table_name, keys) into overlap;
  if overlap is not null then
    raise exception 'two versions of one key would hold on one day in %.%', tg_table_schema, tg_table_name
      using errcode = 'exclusion_violation', detail = overlap::text;
  end if;
  return null;
end
$$;
comment on function ops.refuse_overlap() is
  'Refuses a statement after which two versions of one key would hold on one day.';

create function ops.keep_history_of(target regclass) returns void
language plpgsql as $$
declare
  name text := (select relname from pg_class where oid = target);
  history text := format('%I.%I', (select relnamespace::regnamespace::text from pg_class where oid = target), name || '_history');
begin
  execute format('create table %s (like %s, known_during tstzrange not null)', history, target);
  execute format('comment on table %s is %L', history,
    'Rows of ' || name || ' that were replaced or removed. known_during: when this database held them to be true.');
  execute format('create index on %s (%I)', history,
    (select attname from pg_attribute where attrelid = target and attnum = 1));
  execute format('create trigger keep_updated after update on %s referencing old table as replaced for each statement execute function ops.keep_history()', target);
  execute format('create trigger keep_deleted after delete on %s referencing old table as replaced for each statement execute function ops.keep_history()', target);
end
$$;
comment on function ops.keep_history_of(regclass) is
  'Gives a table with known_since its <table>_history, and the triggers that fill it.';

create function ops.keep_versions_of(target regclass) returns void
language plpgsql as $$
begin
  perform ops.keep_history_of(target);
  execute format('create trigger refuse_inserted_overlap after insert on %s referencing new table as written for each statement execute function ops.refuse_overlap()', target);
  execute format('create trigger refuse_updated_overlap after update on %s referencing new table as written for each statement execute function ops.refuse_overlap()', target);
end
$$;
comment on function ops.keep_versions_of(regclass) is
  'Makes a table one of versions: history, and never two versions of a key on one day. Its primary key must be the key and content_hash.';

create function ops.coverage_faults(of_release text, of_sha256 text, in_schema text)
returns table (table_name text, fault text, key jsonb)
language plpgsql as $$
declare
  target record;
  keys text;
  days datemultirange;
begin
  for target in
    select f.table_name, f.dataset, g.period
      from ops.release r
      join ops.release_file f using (release, sha256)
      join ops.governed_period g on (g.release, g.sha256, g.table_name) = (r.release, r.sha256, f.table_name)
     where (r.release, r.sha256) = (of_release, of_sha256) and to_regclass('pg_temp.stage_' || f.dataset) is not null
  loop
    select string_agg(quote_ident(a.attname), ', ' order by k.position) into keys
      from pg_constraint c
     cross join unnest(c.conkey) with ordinality k (attnum, position)
      join pg_attribute a on (a.attrelid, a.attnum) = (c.conrelid, k.attnum)
     where c.conrelid = format('%I.%I', in_schema, target.table_name)::regclass and c.contype = 'p'
       and a.attname <> 'content_hash';
    days := datemultirange(target.period);
    return query execute format(
      'with held as (select %1$s, content_hash, valid_during from %5$I.%2$I where valid_during && $1)
       select %3$L, ''holds on a day of the release, which does not state it'', to_jsonb(k)
         from (select %1$s, content_hash from held except select %1$s, content_hash from %4$I) k
       union all
       select %3$L, ''is stated by the release and does not hold on all of its days'', to_jsonb(k)
         from (select %1$s, content_hash from %4$I
               except select %1$s, content_hash from held where valid_during @> $1) k',
      keys, target.table_name, target.table_name, 'stage_' || target.dataset, in_schema) using days;
  end loop;
end
$$;
comment on function ops.coverage_faults(text, text, text) is
  'Rows by which the days of a posting differ from its staged rows: none, or the merge is wrong. Two versions of a key on one day show as one that the release does not state.';
