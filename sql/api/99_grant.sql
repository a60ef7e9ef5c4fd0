-- What each role may do (0008_roles). Last, since it speaks of all that is there. Roles that an administrator has
-- not made yet get theirs at the next change of the schema, or by `cms-fees migrate --grants`.
do $$
declare
  place text;
  found record;
begin
  foreach place in array array['ops', 'pfs', 'zip', 'hcpcs', 'editorial', 'search', 'api'] loop
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
