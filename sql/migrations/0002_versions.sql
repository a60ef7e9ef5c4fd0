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

-- An index over the bounds of all days of a version (ops.keep_versions_of) finds those that hold in a period or on a day
-- (api.holds_on) without reading what ended before it. `&&` and `@>` alone do not use it.
create function ops.begins(days datemultirange) returns date
language sql immutable parallel safe
return coalesce(lower(days), '-infinity');
comment on function ops.begins(datemultirange) is 'The first of some days; -infinity where they have none.';

create function ops.ends(days datemultirange) returns date
language sql immutable parallel safe
return coalesce(upper(days), 'infinity');
comment on function ops.ends(datemultirange) is 'The day after the last of some days; infinity where they have no end.';

create function ops.holds_in(days datemultirange, period daterange) returns boolean
language sql immutable parallel safe
return days && period
       and ops.ends(days) >= coalesce(lower(period), '-infinity')
       and ops.begins(days) <= coalesce(upper(period), 'infinity');
comment on function ops.holds_in(datemultirange, daterange) is
  'Whether a version holds on a day of a period: valid_during && period, by the index over its bounds.';

-- As strict as an exclusion constraint over key and days, at a fraction of its cost for whole releases.
-- Writers of a table wait for each other, so that none misses what another has not committed yet. Only days that a version
-- gains can overlap; one that is shortened gains none. Nothing is known of the distribution of what was written, so
-- PostgreSQL would sort all of it; a whole release is hashed, a few rows are looked up. Of a version it reads what it
-- compares, and all of it only to tell of it.
create function ops.refuse_overlap() returns trigger
language plpgsql set enable_mergejoin = off set enable_nestloop = on as $$
declare
  keys text;
  gained text;
  period daterange;
  bounds text := '';
  overlap jsonb;
begin
  execute format('lock table %I.%I in share row exclusive mode', tg_table_schema, tg_table_name);
  -- Of all that was written, since all of it is joined, however few rows gained days. What is looked up is looked up by
  -- its key: the index over the bounds would give all of the period for each row.
  if (select count(*) from written) > 1000 then
    perform set_config('enable_nestloop', 'off', true);
    bounds := ' and ops.holds_in(v.valid_during, $1)';
  end if;
  select string_agg(quote_ident(a.attname), ', ' order by k.position) into keys
    from pg_constraint c
   cross join unnest(c.conkey) with ordinality k (attnum, position)
    join pg_attribute a on (a.attrelid, a.attnum) = (c.conrelid, k.attnum)
   where c.conrelid = tg_relid and c.contype = 'p' and a.attname <> 'content_hash';
  gained := case tg_op
    when 'INSERT' then format('select %s, content_hash, valid_during as days from written', keys)
    else format('select %1$s, content_hash, w.valid_during - coalesce(r.valid_during, ''{}'') as days
                   from written w left join replaced r using (%1$s, content_hash)', keys) end;
  execute format('select daterange(min(ops.begins(days)), max(ops.ends(days))) from (%s) g where not isempty(days) having count(*) > 0', gained)
     into period;
  if period is null then return null; end if;
  execute format(
    'select to_jsonb(o) from %1$I.%2$I o
      where o.ctid = (select v.ctid from (%3$s) g join %1$I.%2$I v using (%4$s)
                       where v.content_hash <> g.content_hash and v.valid_during && g.days%5$s limit 1)',
    tg_table_schema, tg_table_name, gained, keys, bounds) into overlap using period;
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
  execute format('create index on %s (ops.ends(valid_during), ops.begins(valid_during))', target);
  execute format('create trigger refuse_inserted_overlap after insert on %s referencing new table as written for each statement execute function ops.refuse_overlap()', target);
  execute format('create trigger refuse_updated_overlap after update on %s referencing old table as replaced new table as written for each statement execute function ops.refuse_overlap()', target);
end
$$;
comment on function ops.keep_versions_of(regclass) is
  'Makes a table one of versions: history, an index that finds those of a day, and never two versions of a key on one day. Its primary key must be the key and content_hash.';
