-- Why the release that governs a day has no row of a key: its row was rejected. For whatever would call the key unknown.
create function api.rejection(table_name text, key jsonb, on_date date) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select 'CMS''s ' || ops.told_rejection(j.file, j.line, j.issues)
    from ops.governed_period g
    join ops.release_file f using (release, sha256, table_name)
    join api.rejected_row j on (j.release, j.sha256, j.dataset) = (g.release, g.sha256, f.dataset)
   where g.table_name = rejection.table_name
     and g.period @> rejection.on_date
     and j.key @> rejection.key
     and j.open
   order by j.file, j.line
   limit 1
$$;
comment on function api.rejection(text, jsonb, date) is
  'Why the release in force on a day has no row of a key: which line of which file was rejected, and what is wrong in it. Null where none was. table_name: such as rvu; key: some or all columns of the table''s key.';
