/** `cms-fees sql` reads, whatever it is given: the whole database is the same after every statement. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TEXT_VALUES } from '../../src/cli/sql-values.ts'
import { ask } from '../../src/db/ask.ts'
import { openSession, type Session } from '../../src/db/session.ts'
import { CmsFeesError } from '../../src/errors.ts'
import { checksum } from '../helpers/checksum.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
/** A superuser's, as that of the embedded server is. */
let session: Session

beforeAll(async () => {
  await loadSamples(database, 'RVU25A')
  await database.session.client.query(`
    create sequence public.counter;
    create table public.mine (a int, b text);
    insert into public.mine values (1, 'one');
    create function public.erase() returns int language plpgsql as $$
      begin delete from pfs.rvu; return 1; end $$;
    create function public.claims_to_be_stable() returns int stable language plpgsql as $$
      begin perform set_config('role', 'none', false); return public.erase(); end $$;
    create procedure public.erase_all() language plpgsql as $$ begin delete from pfs.rvu; commit; end $$;
    select lo_create(4242);
  `)
  session = await openSession(database.url)
})
afterAll(() => session.close())

const run = (statement: string) =>
  ask(session, statement, TEXT_VALUES, async ({ rows }) => {
    const all: (readonly unknown[])[] = []
    for await (const row of rows) all.push(row)
    return all
  })

/** The code of what the statement is refused with; null where it is answered. */
const refusal = (statement: string): Promise<string | null> =>
  run(statement).then(
    () => null,
    (error) => {
      if (!(error instanceof CmsFeesError))
        throw new Error(`${statement}: ${error}`, { cause: error })
      return error.code
    },
  )

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

const CHANGES = TABLES.flatMap((table) => [
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

const COMMANDS = [
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

const CALLS = [
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

const SEVERAL = [
  'select 1; delete from pfs.rvu',
  'commit; delete from pfs.rvu',
  `select 1; commit; begin; delete from pfs.rvu; commit`,
  `select ';' ; delete from pfs.rvu`,
  'rollback; set session authorization default; delete from pfs.rvu; commit',
  '/* select */ delete from pfs.rvu -- select',
  'select 1 /* ; */ ; drop schema api cascade',
  'set transaction read write; delete from pfs.rvu',
]

describe('the whole database is the same after', () => {
  test('a checksum of it sees a change', async () => {
    const before = await checksum(database)
    expect(Object.keys(before).length).toBeGreaterThan(40)
    expect(await checksum(database)).toEqual(before)
    await database.rows(`insert into public.mine values (2, 'two')`)
    await database.rows(`select nextval('public.counter')`)
    const after = await checksum(database)
    const changed = Object.keys(before).filter((name) => before[name] !== after[name])
    expect(changed.sort()).toEqual(['mine', 'sequences'])
  })

  test.each([
    ['changes', CHANGES],
    ['commands', COMMANDS],
    ['functions that do more than read', CALLS],
    ['several statements', SEVERAL],
  ])('%s, which are refused', async (_, statements) => {
    const before = await checksum(database)
    for (const statement of statements) {
      expect(await refusal(statement), statement).toMatch(/^E_SQL(_WRITES)?$/)
    }
    expect(await checksum(database)).toEqual(before)
    expect(await run('select current_user, 1')).toEqual([['cms_fees_reader', '1']])
  })

  test('a function that claims to be stable and is not', async () => {
    const before = await checksum(database)
    expect(await refusal('select public.claims_to_be_stable()')).toBe('E_SQL_WRITES')
    expect(await checksum(database)).toEqual(before)
  })

  test('parts of statements put together at random', async () => {
    const before = await checksum(database)
    const part = fc.constantFrom(
      ...[
        'select',
        '1',
        'delete from pfs.rvu',
        ';',
        'commit',
        'with x as (',
        ')',
        'returning *',
        'x',
      ],
      ...[
        `set_config('role', 'none', false)`,
        'public.erase()',
        '/*',
        '*/',
        '--',
        '\n',
        `'`,
        '"',
        '$$',
        ',',
      ],
      ...[
        'do',
        'explain analyze',
        'from',
        'values (1)',
        'union',
        'for update',
        'into y',
        '(',
        'begin',
        'end',
      ],
      ...[
        'set role none',
        'copy',
        'to stdout',
        'table public.mine',
        'call public.erase_all()',
        'case when',
      ],
    )
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), async (parts) => {
        const code = await refusal(parts.join(' '))
        expect([null, 'E_SQL', 'E_SQL_WRITES']).toContain(code)
      }),
      { numRuns: 400 },
    )
    expect(await checksum(database)).toEqual(before)
  })
})

test('of the refused ones, those that write say so, and where', async () => {
  for (const statement of [...CHANGES, ...COMMANDS]) {
    expect(await refusal(statement), statement).toBe('E_SQL_WRITES')
  }
  await expect(run(`select 'é', nextval('public.counter')`)).rejects.toMatchObject({
    code: 'E_SQL_WRITES',
    message: 'the function nextval at character 13 may do more than read: it is volatile',
    next: expect.stringContaining('cms-fees sql --connection'),
  })
  await expect(run('with x as (delete from pfs.rvu returning 1) table x')).rejects.toThrow(
    'DELETE of the table at character 24 changes rows',
  )
  await expect(run('copy (select 1) to stdout')).rejects.toMatchObject({
    next: expect.stringContaining('--csv'),
  })
  await expect(run('select 1;\n select 2')).rejects.toThrow(
    'second statement begins at character 12',
  )
})

test.each([
  'select 1',
  'select 1;',
  '(select 1) union all (values (2)) order by 1',
  'table api.rvu limit 1',
  `with recursive n (i) as (select 1 union all select i + 1 from n where i < 3) select * from n`,
  'explain select * from api.rvu',
  'explain (analyze, buffers) select count(*) from api.rvu',
  'show server_version',
  `select now(), clock_timestamp(), random(), gen_random_uuid(), pg_sleep(0)`,
  `select pg_size_pretty(pg_database_size(current_database()))`,
  `select * from api.payment('G0101', null, '00000', '00', '2025-03-01')`,
  `select hcpcs from api.search('pump')`,
  `select 'delete from pfs.rvu; commit' as text, $$nextval('x')$$ as more -- ; delete`,
  `select count(*) from pg_locks`,
  `select * from information_schema.columns limit 1`,
])('%s is answered', async (statement) => {
  expect(await refusal(statement)).toBeNull()
})

test('no function of api is volatile, so that sql may call them all', async () => {
  expect(
    await database.rows(
      `select oid::regprocedure::text from pg_proc where pronamespace = 'api'::regnamespace and provolatile = 'v'`,
    ),
  ).toEqual([])
})

test('what is nested too deeply is refused like any wrong query, and the next one is answered', async () => {
  expect(await refusal(`select ${'('.repeat(100_000)}1${')'.repeat(100_000)}`)).toBe('E_SQL')
  expect(await refusal('select 1')).toBeNull()
})
