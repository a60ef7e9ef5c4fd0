-- Who may do what. Roles belong to the whole server, so they may be there already, or be made at this moment by
-- another database's migration. sql/api/99_grant.sql gives them their rights, at each change of the schema.
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
