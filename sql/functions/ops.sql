-- What the checks of a release ask.

create or replace function ops.predecessor()
returns table (table_name text, dataset text, release text, sha256 text, last_day date, same_year boolean)
language sql stable as $$
  select f.table_name, f.dataset, g.release, g.sha256, r.effective_from - 1,
         extract(year from g.effective_from) = extract(year from r.effective_from)
    from ops.release r
    join ops.release_file f using (release, sha256)
    join ops.governed_period g on g.table_name = f.table_name and g.period @> r.effective_from - 1
   where (r.release, r.sha256) = (current_setting('cms_fees.release'), current_setting('cms_fees.sha256'))
     and g.effective_from > r.effective_from - 400
$$;
comment on function ops.predecessor() is
  'For each table of the posting that is being loaded, the posting in force on the day before it. None where that one is more than 400 days older: too much may have changed to compare.';

-- One pass over the versions and the staged rows.
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
comment on function ops.coverage_faults(text, text, text) is
  'Rows by which the days of a posting differ from its staged rows: none, or the merge is wrong. Two versions of a key on one day show as one that the release does not state.';
