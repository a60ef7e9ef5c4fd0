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
  'For each table of the revision that is being loaded, the revision in force on the day before it. None where that one is more than 400 days older: too much may have changed to compare.';

-- One pass over the versions that hold on its days and the staged rows.
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
                         else ''is stated by the release and does not hold on its days alone'' end,
              jsonb_build_object(%2$s)
         from (select %3$s, valid_during * $1 as days from %4$I.%1$I where ops.holds_in(valid_during, $2)) v
         full join %5$I s using (%3$s)
        where s.ctid is null or coalesce(v.days, ''{}'') <> s.valid_during * $1',
      target.table_name, keys, identity, in_schema, 'stage_' || target.dataset)
      using datemultirange(target.period), target.period;
  end loop;
end
$$;
comment on function ops.coverage_faults(text, text, text) is
  'Rows by which the days of a revision differ from its staged rows: none, or the merge is wrong. Two versions of a key on one day show as one that the release does not state.';

create or replace function ops.rows_of(source regclass, areas text[]) returns text
language sql stable as $$
  select case when areas = '{}' then source::text else format(
    '(select %s from %s v cross join lateral unnest(%s) area (%s))',
    string_agg(c.origin, ', ' order by c.place),
    source,
    (select string_agg(format('v.%I', a), ', ' order by n) from unnest(areas) with ordinality u (a, n)),
    (select string_agg(quote_ident(a), ', ' order by n) from unnest(areas) with ordinality u (a, n))) end
    from (select attnum as place,
                 case when attname = any (areas) then format('area.%1$I::%2$s as %1$I', attname, rtrim(format_type(atttypid, atttypmod), '[]'))
                      else format('v.%I', attname) end as origin
            from pg_attribute
           where attrelid = source and attnum > 0 and not attisdropped) c
$$;
comment on function ops.rows_of(regclass, text[]) is
  'What to select from to have a row for each area of a table whose columns `areas` are lists with an element for each: the first names it. content_hash is that of the row that is stored. The table itself where it has no lists.';

create or replace function ops.changed_amounts()
returns table (dataset text, amount_column text, most_times numeric, most_doubled numeric, key text, before numeric, now numeric, times numeric)
language plpgsql stable as $$
declare
  target record;
  keys text;
  pairs text;
begin
  for target in
    select f.*, p.table_name, p.last_day, current_setting('cms_fees.schema') as place
      from ops.predecessor() p
      join ops.source_file f using (dataset)
     where f.amount_column is not null and to_regclass('pg_temp.stage_' || f.dataset) is not null
  loop
    select string_agg(quote_ident(a.attname), ', ' order by k.position) into keys
      from pg_constraint c
     cross join unnest(c.conkey) with ordinality k (attnum, position)
      join pg_attribute a on (a.attrelid, a.attnum) = (c.conrelid, k.attnum)
     where c.conrelid = format('%I.%I', target.place, target.table_name)::regclass and c.contype = 'p'
       and a.attname <> 'content_hash';
    -- Lists of the same areas are read side by side.
    pairs := format(case when target.areas = '{}' then '(select null, b.%2$I::numeric, n.%2$I::numeric)' else
      '(select * from unnest(b.%1$I, b.%2$I, n.%2$I) where b.%1$I = n.%1$I
         union all
        select area, x.amount, y.amount from unnest(b.%1$I, b.%2$I) x (area, amount) join unnest(n.%1$I, n.%2$I) y (area, amount) using (area)
         where b.%1$I <> n.%1$I)' end, target.areas[1], target.amount_column);
    return query execute format(
      'select $1, $2, $3, $4, concat_ws(''/'', %1$s, pair.area), pair.before, pair.now, greatest(pair.before, pair.now) / least(pair.before, pair.now)
         from (select * from %2$I.%3$I where api.holds_on(valid_during, $5)) b
         join %4$I n using (%1$s)
        cross join lateral %5$s pair (area, before, now)
        where pair.before > 0 and pair.now > 0',
      keys, target.place, target.table_name, 'stage_' || target.dataset, pairs)
      using target.dataset, target.amount_column, target.amount_times, target.amounts_doubled, target.last_day;
  end loop;
end
$$;
comment on function ops.changed_amounts() is
  'Amounts of the release that is being loaded beside those of the day before, in dollars. Grain: dataset and key that both have, where neither is zero. times: the larger one through the smaller one.';

create or replace function ops.lost_areas()
returns table (dataset text, release text, area text)
language plpgsql stable as $$
declare
  target record;
begin
  for target in
    select f.dataset, p.release, p.table_name, p.last_day, f.areas[1] as area, current_setting('cms_fees.schema') as place
      from ops.predecessor() p
      join ops.source_file f using (dataset)
     where f.areas <> '{}' and to_regclass('pg_temp.stage_' || f.dataset) is not null
  loop
    -- Nearly all rows have the same areas.
    return query execute format(
      'select $1, $2, gone.area
         from (select unnest(lists.areas) as area from (select distinct %1$I as areas from %2$I.%3$I where api.holds_on(valid_during, $3)) lists
               except
               select unnest(lists.areas) from (select distinct %1$I as areas from %4$I) lists) gone',
      target.area, target.place, target.table_name, 'stage_' || target.dataset)
      using target.dataset, target.release, target.last_day;
  end loop;
end
$$;
comment on function ops.lost_areas() is
  'Areas, by their names, that the day before has and the release that is being loaded does not, where rows have lists of areas. Grain: dataset and area.';

create or replace function ops.quarterly_name(quarterly text, on_date date) returns text
language sql immutable as $$
  select replace(replace(replace(quarterly,
           '{YY}', to_char(on_date, 'YY')),
           '{Q}', extract(quarter from on_date)::text),
           '{L}', substr('ABCD', extract(quarter from on_date)::integer, 1))
$$;
comment on function ops.quarterly_name(text, date) is
  'Name of the release of the quarter that a day lies in, by ops.schedule.quarterly.';

create or replace function ops.known_calendar() returns setof ops.calendar
language sql stable as $$
  with governed as (
    select g.*, r.family from ops.governed_period g join ops.release r using (release, sha256)
  ), loaded as (
    select family, effective_from from ops.release where retracted_at is null
  ), known as (
    -- Of several releases of one day the catalog's first name stands for them.
    select c.family, c.effective_from, min(c.release) as release, bool_or(l.family is not null) as is_loaded
      from ops.catalog c
      left join loaded l using (family, effective_from)
     group by c.family, c.effective_from
  ), last as (
    select family, (date_trunc('quarter', max(effective_from)) + interval '3 months')::date as ends
      from (select family, effective_from from loaded union all select family, effective_from from known) day
     where family in (select family from known)
     group by family
  ), bound as (
    select table_name, family, effective_from as day from governed
     union
    select g.table_name, k.family, k.effective_from
      from (select table_name, family, min(effective_from) as first from governed group by table_name, family) g
      join known k on k.family = g.family and k.effective_from > g.first
     union
    select g.table_name, g.family, l.ends from governed g join last l using (family)
  ), spans as (
    select table_name, family, day, daterange(day, lead(day) over (partition by table_name order by day)) as period from bound
  )
  select s.table_name, s.period, g.release, g.effective_from,
         case when not k.is_loaded then k.release end,
         coalesce(k.is_loaded, g.effective_from = s.day, false)
    from spans s
    join last using (family)
    join governed g on g.table_name = s.table_name and g.period @> s.day
    left join known k on k.family = s.family and k.effective_from = s.day
$$;
comment on function ops.known_calendar() is
  'ops.calendar as it follows from what is loaded and known now, for each schedule that has a catalog.';

-- What stays is not touched: a table that is written whole for each release is mostly dead rows after ninety.
create or replace function ops.refresh_calendar() returns void
language plpgsql as $$
declare
  governed ops.period[] := array(select row(table_name, period, release, sha256)::ops.period from ops.governed_period);
  known ops.calendar[] := array(select k from ops.known_calendar() k);
begin
  delete from ops.period
   where (table_name, period) in (select table_name, period from (table ops.period except select * from unnest(governed)) gone);
  insert into ops.period
  select * from unnest(governed) except table ops.period;
  delete from ops.calendar
   where (table_name, period) in (select table_name, period from (table ops.calendar except select * from unnest(known)) gone);
  insert into ops.calendar
  select * from unnest(known) except table ops.calendar;
end
$$;
comment on function ops.refresh_calendar() is
  'Brings ops.period and ops.calendar up to date after what is loaded or known has changed.';

create or replace function ops.holds(in_schema text, in_table text, key jsonb, on_date date) returns boolean
language plpgsql stable as $$
declare
  found boolean;
begin
  execute format('select exists (select from %I.%I v where v.valid_during @> $1 and %s)', in_schema, in_table,
                 (select string_agg(format('v.%I::text = $2 ->> %1$L', name), ' and ') from jsonb_object_keys(key) name))
     into found using on_date, key;
  return found;
end
$$;
comment on function ops.holds(text, text, jsonb, date) is 'Whether a table has a version of a key on a day.';

create or replace function ops.told_rejection(file text, line integer, issues jsonb) returns text
language sql immutable as $$
  select format('row was rejected (line %s of %s, %s)', to_char(line, 'FM999,999,999'), file,
                string_agg(format('%s: %s', issue ->> 'column', issue ->> 'message'), '; '))
    from jsonb_array_elements(issues) issue
$$;
comment on function ops.told_rejection(text, integer, jsonb) is 'A rejected row in words: which line of which file, and what is wrong in it.';

create or replace function ops.rejection_of(of_table text, variadic parts text[]) returns text
language plpgsql stable as $$
declare
  said text;
begin
  if to_regclass('pg_temp.stage_rejected') is null then return null; end if;
  select 'its ' || ops.told_rejection(r.file, r.line, r.issues) into said
    from pg_temp.stage_rejected r
   where r.table_name = of_table
     and (select array_agg(value order by ordinality) from jsonb_array_elements_text(r.key_values) with ordinality v)
         @> parts
   order by r.line limit 1;
  return said;
end
$$;
comment on function ops.rejection_of(text, text[]) is
  'Why a key has no row in the release that is being loaded: its row was rejected. Null where none was. parts: the first columns of the table''s key.';
