import type { TestDatabase } from './database.ts'

// All databases of a server share these. Tests beside this one make roles, named test_…, and settings of their databases.
const SHARED: Record<string, string> = {
  'pg_catalog.pg_authid': "rolname not like 'test\\_%'",
  'pg_catalog.pg_auth_members': "member::regrole::text not like 'test\\_%'",
  'pg_catalog.pg_db_role_setting':
    'setdatabase in (0, (select oid from pg_database where datname = current_database()))',
}

/** Every row of every table but those that count what is read, each sequence, and what this server's other parts hold. */
export async function checksum(database: TestDatabase): Promise<Record<string, unknown>> {
  const tables = await database.rows<{ name: string }>(`
    select oid::regclass::text as name from pg_class
     where relkind in ('r', 'm') and relpersistence <> 't'
       and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema', 'pg_toast')
     union all
    select 'pg_catalog.' || name from unnest('{pg_authid,pg_auth_members,pg_namespace,pg_proc,pg_attribute,pg_constraint,pg_rewrite,pg_trigger,pg_type,pg_description,pg_extension,pg_db_role_setting,pg_largeobject_metadata,pg_largeobject,pg_settings,pg_prepared_xacts,pg_replication_slots,pg_publication}'::text[]) name`)
  const sums: Record<string, unknown> = {}
  for (const { name } of tables) {
    const [row] = await database.rows<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum
         from ${name} t where ${SHARED[name] ?? 'true'}`,
    )
    sums[name] = row?.sum
  }
  const [more] = await database.rows<Record<string, string>>(`
    select (select md5(string_agg(s::text, '|' order by s::text)) from pg_sequences s) as sequences,
           (select md5(string_agg(oid::regclass || relkind::text || relowner || coalesce(relacl::text, ''), '|' order by oid))
              from pg_class where relpersistence <> 't') as relations`)
  return { ...sums, ...more }
}
