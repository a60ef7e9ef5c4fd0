-- Who may do what. Last, since it speaks of all that is there. What is missing, a role or a right, is made at the next
-- change of the schema, or by `cms-fees migrate --grants`. Roles belong to the whole server, so they may be there already,
-- or be made at this moment by another database's migration.
do $$
declare
  name text;
begin
  foreach name in array array['cms_fees_owner', 'cms_fees_loader', 'cms_fees_reader'] loop
    begin
      if to_regrole(name) is null then
        execute format('create role %I nologin', name);
      end if;
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise warning 'role % is not there, and this account may not create it', name;
    end;
  end loop;
  begin
    if to_regrole('cms_fees_owner') is not null and not pg_has_role('cms_fees_owner', 'usage') then
      execute format('grant cms_fees_owner to %I', current_user);
    end if;
  exception
    when insufficient_privilege then
      raise warning 'this account is not a member of cms_fees_owner';
  end;
end
$$;

do $$
declare
  place text;
  found record;
begin
  -- Each schema with versions is one of ours.
  foreach place in array array['ops', 'claim', 'editorial', 'search', 'api']
                         || array(select distinct table_schema::text from information_schema.columns
                                   where column_name = 'content_hash' and table_schema not in ('editorial', 'api')) loop
    if to_regrole('cms_fees_loader') is not null then
      execute format('grant usage on schema %I to cms_fees_loader', place);
      execute format('grant select on all tables in schema %I to cms_fees_loader', place);
      if place <> 'api' then
        execute format('grant insert, update, delete on all tables in schema %I to cms_fees_loader', place);
      end if;
    end if;
    -- Members own what they migrate together.
    if to_regrole('cms_fees_owner') is not null and pg_has_role('cms_fees_owner', 'usage') then
      -- The schema first: only who may create in it can be given what is in it.
      execute format('alter schema %I owner to cms_fees_owner', place);
      for found in
        select format('alter %s %s owner to cms_fees_owner',
                      case c.relkind when 'v' then 'view' else 'table' end, c.oid::regclass) as statement
          from pg_class c
         where c.relnamespace = place::regnamespace and c.relkind in ('r', 'v')
           and c.relowner <> 'cms_fees_owner'::regrole
         union all
        select format('alter function %s owner to cms_fees_owner', p.oid::regprocedure)
          from pg_proc p
         where p.pronamespace = place::regnamespace and p.proowner <> 'cms_fees_owner'::regrole
           and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      loop
        execute found.statement;
      end loop;
    end if;
  end loop;
  if to_regrole('cms_fees_owner') is not null
     and not has_database_privilege('cms_fees_owner', current_database(), 'create') then
    begin
      execute format('grant create on database %I to cms_fees_owner', current_database());
    exception
      when insufficient_privilege then
        raise warning 'this account may not let cms_fees_owner create schemas';
    end;
  end if;
  if to_regrole('cms_fees_loader') is not null then
    execute format('grant temporary on database %I to cms_fees_loader', current_database());
    -- Only `migrate` writes these.
    revoke insert, update, delete on ops.migration, ops.migration_lock, ops.setting from cms_fees_loader;
  end if;
  if to_regrole('cms_fees_reader') is not null then
    grant usage on schema api to cms_fees_reader;
    grant select on all tables in schema api to cms_fees_reader;
  end if;
end
$$;
