-- The same check as in 0002_versions.sql, by anti-joins, and those by hash: EXCEPT sorted every row of a release twice.
-- Where as many versions hold as the release has rows, and each of its rows is one of them, there are no others.
create or replace function ops.coverage_faults(of_release text, of_sha256 text, in_schema text)
returns table (table_name text, fault text, key jsonb)
language plpgsql set enable_mergejoin = off set enable_nestloop = off as $$
declare
  target record;
  same text;
  keys text;
begin
  for target in
    select f.table_name, f.dataset, g.period
      from ops.release r
      join ops.release_file f using (release, sha256)
      join ops.governed_period g on (g.release, g.sha256, g.table_name) = (r.release, r.sha256, f.table_name)
     where (r.release, r.sha256) = (of_release, of_sha256) and to_regclass('pg_temp.stage_' || f.dataset) is not null
  loop
    select string_agg(format('s.%I = v.%1$I', a.attname), ' and ' order by k.position),
           string_agg(format('%L, x.%1$I', a.attname), ', ' order by k.position)
      into same, keys
      from pg_constraint c
     cross join unnest(c.conkey) with ordinality k (attnum, position)
      join pg_attribute a on (a.attrelid, a.attnum) = (c.conrelid, k.attnum)
     where c.conrelid = format('%I.%I', in_schema, target.table_name)::regclass and c.contype = 'p';
    return query execute format(
      'select %1$L, ''holds on a day of the release, which does not state it'', jsonb_build_object(%2$s)
         from (select * from %3$I.%1$I v
                where (select count(*) from %4$I) <> (select count(*) from %3$I.%1$I where valid_during && $1)
                  and v.valid_during && $1 and not exists (select from %4$I s where %5$s)) x
       union all
       select %1$L, ''is stated by the release and does not hold on all of its days'', jsonb_build_object(%2$s)
         from (select * from %4$I s where not exists (select from %3$I.%1$I v where %5$s and v.valid_during @> $1)) x',
      target.table_name, keys, in_schema, 'stage_' || target.dataset, same)
      using datemultirange(target.period);
  end loop;
end
$$;

-- The same refusal as in 0002_versions.sql, by a plan that fits. Nothing is known of the distribution of what was
-- written, so PostgreSQL would sort all of it; a whole release is hashed, a few rows are looked up.
create or replace function ops.refuse_overlap() returns trigger
language plpgsql set enable_mergejoin = off set enable_nestloop = on as $$
declare
  keys text;
  overlap jsonb;
begin
  execute format('lock table %I.%I in share row exclusive mode', tg_table_schema, tg_table_name);
  if (select count(*) from written) > 1000 then
    perform set_config('enable_nestloop', 'off', true);
  end if;
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
