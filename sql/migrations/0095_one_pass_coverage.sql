-- The same check as in 0090_lean_checks.sql, in one pass over the versions and the staged rows.
create or replace function ops.coverage_faults(of_release text, of_sha256 text, in_schema text)
returns table (table_name text, fault text, key jsonb)
language plpgsql as $$
declare
  target record;
  identity text;
  keys text;
begin
  for target in
    select f.table_name, f.dataset, g.period
      from ops.release r
      join ops.release_file f using (release, sha256)
      join ops.governed_period g on (g.release, g.sha256, g.table_name) = (r.release, r.sha256, f.table_name)
     where (r.release, r.sha256) = (of_release, of_sha256) and to_regclass('pg_temp.stage_' || f.dataset) is not null
  loop
    select string_agg(quote_ident(a.attname), ', ' order by k.position),
           string_agg(format('%L, %1$I', a.attname), ', ' order by k.position)
      into identity, keys
      from pg_constraint c
     cross join unnest(c.conkey) with ordinality k (attnum, position)
      join pg_attribute a on (a.attrelid, a.attnum) = (c.conrelid, k.attnum)
     where c.conrelid = format('%I.%I', in_schema, target.table_name)::regclass and c.contype = 'p';
    return query execute format(
      'select %1$L, case when s.ctid is null then ''holds on a day of the release, which does not state it''
                         else ''is stated by the release and does not hold on all of its days'' end,
              jsonb_build_object(%2$s)
         from (select %3$s, valid_during from %4$I.%1$I where valid_during && $1) v
         full join %5$I s using (%3$s)
        where s.ctid is null or (v.valid_during @> $1) is not true',
      target.table_name, keys, identity, in_schema, 'stage_' || target.dataset)
      using datemultirange(target.period);
  end loop;
end
$$;

-- The same refusal as in 0090_lean_checks.sql; of a version it reads what it compares, and all of it only to tell of it.
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
    'select to_jsonb(o) from %1$I.%2$I o
      where o.ctid = (select v.ctid from written w join %1$I.%2$I v using (%3$s)
                       where v.content_hash <> w.content_hash and v.valid_during && w.valid_during limit 1)',
    tg_table_schema, tg_table_name, keys) into overlap;
  if overlap is not null then
    raise exception 'two versions of one key would hold on one day in %.%', tg_table_schema, tg_table_name
      using errcode = 'exclusion_violation', detail = overlap::text;
  end if;
  return null;
end
$$;
