/** Statements that do more than read, for what may only read. */
const TABLES = [
  'pfs.rvu',
  'pfs.gpci',
  'ops.run',
  'ops.setting',
  'api.rvu',
  'public.mine',
  'pg_authid',
  'pg_proc',
]

export const CHANGES = TABLES.flatMap((table) => [
  `delete from ${table}`,
  `update ${table} set ctid = ctid`,
  `insert into ${table} select * from ${table}`,
  `truncate ${table}`,
  `drop table ${table} cascade`,
  `alter table ${table} disable trigger all`,
  `lock table ${table} in access exclusive mode`,
  `with gone as (delete from ${table} returning *) select * from gone`,
  `explain analyze delete from ${table}`,
  `select * from ${table} for update`,
  `copy ${table} to stdout`,
  `copy ${table} to program 'touch /tmp/cms-fees-pwned'`,
  `copy ${table} from stdin`,
  `create table public.copy as table ${table}`,
  `grant all on ${table} to public`,
  `merge into ${table} t using public.mine m on true when matched then delete`,
])

export const COMMANDS = [
  ...['begin', 'commit', 'rollback', 'abort', 'end', 'savepoint a', `prepare transaction 'a'`],
  ...[
    'set role none',
    'reset role',
    'set session authorization default',
    'reset all',
    'discard all',
  ],
  ...[
    'set transaction read write',
    'set default_transaction_read_only = off',
    'set local role none',
  ],
  ...[
    'prepare a as delete from pfs.rvu',
    'execute a',
    'deallocate all',
    'declare c cursor for select 1',
  ],
  ...['listen a', `notify a, 'b'`, 'unlisten *', 'checkpoint', 'vacuum', 'analyze', 'cluster'],
  ...[
    'reindex database',
    `alter system set work_mem = '1GB'`,
    'alter role cms_fees_reader superuser',
  ],
  ...['create role intruder superuser login', 'drop schema api cascade', 'create extension dblink'],
  ...['create temp table t as select 1', 'select 1 into t', 'refresh materialized view x'],
  ...[
    'call public.erase_all()',
    'do $$ begin delete from pfs.rvu; end $$',
    'load $$auto_explain$$',
  ],
  ...[
    'do $$ begin set local role none; delete from pfs.rvu; commit; end $$',
    'comment on schema api is null',
  ],
  ...[
    'drop database postgres',
    'create database intruder',
    'import foreign schema a from server b into c',
  ],
  ...[
    `create function f() returns int language sql as 'select 1'`,
    'security label on table pfs.rvu is null',
  ],
  'create or replace view api.rvu as select 1',
]

export const CALLS = [
  '"Their Own".erase()',
  ...[
    `set_config('role', 'none', false)`,
    `pg_catalog.set_config('session_authorization', 'x', false)`,
  ],
  ...[
    `U&"\\0073et_config"('role', 'none', false)`,
    `set_config('transaction_read_only', 'off', true)`,
  ],
  ...[
    `nextval('public.counter')`,
    `setval('public.counter', 99)`,
    'public.erase()',
    'lo_create(0)',
  ],
  ...[
    `lo_import('/etc/hostname')`,
    `lo_export(4242, '/tmp/cms-fees-pwned')`,
    'lo_unlink(4242)',
    `lo_from_bytea(0, 'x')`,
  ],
  ...[
    'pg_terminate_backend(1)',
    'pg_cancel_backend(1)',
    'pg_reload_conf()',
    'pg_rotate_logfile()',
    'pg_switch_wal()',
  ],
  ...[
    'pg_advisory_lock(1668117350, 7501166)',
    'pg_try_advisory_xact_lock(1)',
    `pg_notify('a', 'b')`,
  ],
  ...[
    `pg_read_file('/etc/passwd')`,
    `pg_ls_dir('/')`,
    `pg_stat_reset()`,
    `pg_create_restore_point('a')`,
  ],
  ...[
    `query_to_xml('delete from pfs.rvu', true, true, '')`,
    `dblink('dbname=x', 'delete from pfs.rvu')`,
  ],
  ...[
    `ts_stat('select public.erase()::text::tsvector')`,
    `pg_logical_emit_message(true, 'a', 'b')`,
  ],
  ...['pg_export_snapshot()', `pg_replication_origin_create('a')`, 'set_limit(0.1)'],
].flatMap((call) => [
  `select ${call}`,
  `select 1 limit (select count(*) from (select ${call}) x)`,
  `values (1, null), (2, (${call})::text)`,
  `explain analyze select ${call}`,
  `select * from generate_series(1, 2) g order by (select ${call} is null)`,
])

export const SEVERAL = [
  'select 1; delete from pfs.rvu',
  'commit; delete from pfs.rvu',
  `select 1; commit; begin; delete from pfs.rvu; commit`,
  `select ';' ; delete from pfs.rvu`,
  'rollback; set session authorization default; delete from pfs.rvu; commit',
  '/* select */ delete from pfs.rvu -- select',
  'select 1 /* ; */ ; drop schema api cascade',
  'set transaction read write; delete from pfs.rvu',
]
