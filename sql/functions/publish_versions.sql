-- A table of versions in the contract: api.<table>_versions, _on(date), <table> (today), _known and _as_known(date, timestamptz).
create or replace function ops.publish_versions(target regclass, summary text, grain text, descriptions jsonb, areas text[] default '{}') returns void
language plpgsql as $publish$
declare
  name text := (select relname from pg_class where oid = target);
  columns text := (select string_agg(quote_ident(attname), ', ' order by attnum)
                     from pg_attribute
                    where attrelid = target and attnum > 0 and not attisdropped
                      and attname not in ('content_hash', 'valid_during', 'known_since'));
  -- The hash that is stored is of all areas of a row; that of one area is taken of its JSON, which each server writes alike.
  identity text := case when areas = '{}' then 'content_hash' else (
    select format('md5(json_build_array(%s)::text)::uuid', string_agg(quote_ident(a.attname), ', ' order by a.attnum))
      from pg_attribute a
      join pg_constraint c on c.conrelid = a.attrelid and c.contype = 'p'
     where a.attrelid = target and a.attnum > 0 and not a.attisdropped and a.attnum <> all (c.conkey)
       and a.attname not in (areas[1], 'valid_during', 'known_since')) end;
  views text[] := array[name || '_versions', name, name || '_known'];
  view_name text;
  described record;
begin
  execute format($sql$
    create view api.%2$I as
    select %3$s,
           lower(r) as valid_from,
           upper(r) - 1 as valid_to,
           k.known_to,
           p.release as first_release,
           v.valid_during
      from %1$s v
     cross join lateral unnest(v.valid_during) r
      left join lateral (
        select min(lower(c.period)) - 1 as known_to
          from ops.calendar c
         where c.table_name = %4$L and not c.is_known and c.period && r
      ) k on true
      left join api.release_period p on p.table_name = %4$L and p.valid_from = lower(r)
  $sql$, ops.rows_of(target, areas), views[1], columns, name);
  execute format('comment on view api.%I is %L', views[1],
    format('%s Every version and each range of days on which CMS said so. Grain: %s and range.%s known_to: the last day before a release that is not loaded took over, null where all of the range is known; first_release: the one that began the range; valid_during: all days of the version.', summary, grain,
      case when areas <> '{}' then format(' A change in one %s of a row of CMS begins a new range in all of them.', areas[1]) else '' end));

  execute format($sql$
    create function api.%1$I(on_date date) returns setof api.%2$I
    language sql stable as $$
      select *
        from api.%2$I
       where api.holds_on(valid_during, on_date)
         and on_date between valid_from and coalesce(valid_to, 'infinity')
    $$
  $sql$, name || '_on', views[1]);
  execute format('comment on function api.%I(date) is %L', name || '_on',
    format('%s What held on a day, by the releases that are loaded. Empty where none governs the day. Grain: %s.', summary, grain));

  execute format('create view api.%I as select * from api.%I(current_date)', name, name || '_on');
  execute format('comment on view api.%I is %L', name, format('%s What holds today. Grain: %s.', summary, grain));

  execute format($sql$
    create view api.%1$I as
    select %3$s, %5$s as content_hash, valid_during, tstzrange(known_since, null) as known_during
      from %2$s v
     union all
    select %3$s, %5$s, valid_during, known_during
      from %4$s v
  $sql$, views[3], ops.rows_of(target, areas), columns, ops.rows_of((target || '_history')::regclass, areas), identity);
  execute format('comment on view api.%I is %L', views[3],
    format('%s Every version that was ever believed. Grain: version and time of belief. valid_during: the days on which it held; known_during: when this database held that to be true.', summary));

  execute format($sql$
    create function api.%1$I(on_date date, known_at timestamptz) returns setof api.%2$I
    language sql stable as $$
      select * from api.%2$I where valid_during @> on_date and known_during @> known_at
    $$
  $sql$, name || '_as_known', views[3]);
  execute format('comment on function api.%I(date, timestamptz) is %L', name || '_as_known',
    format('%s What this database, at a time, held to be true on a day. Grain: %s.', summary, grain));

  foreach view_name in array views loop
    for described in select * from jsonb_each_text(descriptions) loop
      execute format('comment on column api.%I.%I is %L', view_name, described.key, described.value);
    end loop;
  end loop;
end
$publish$;
comment on function ops.publish_versions(regclass, text, text, jsonb, text[]) is
  'Gives a table of versions its views and functions in schema api. grain: what one row of a day stands for; descriptions: what each column holds, by its name; areas: columns that are lists, as ops.rows_of has them.';
