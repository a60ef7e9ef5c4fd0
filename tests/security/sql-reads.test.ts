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
import { CALLS, CHANGES, COMMANDS, SEVERAL } from '../helpers/writing-statements.ts'

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
    create schema "Their Own";
    create function "Their Own".erase() returns int language sql as 'select public.erase()';
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

  test('a function that matches to be stable and is not', async () => {
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

test('no operator, cast or type of the server hides a volatile function', async () => {
  expect(
    await database.rows(`
      select oprname::text as name from pg_operator join pg_proc p on p.oid = oprcode where provolatile = 'v'
       union all
      select format('%s to %s', castsource::regtype, casttarget::regtype) from pg_cast join pg_proc p on p.oid = castfunc where provolatile = 'v'
       union all
      select typname from pg_type join pg_proc p on p.oid in (typinput, typoutput) where provolatile = 'v' and typtype = 'b'
       union all
      select format('%s by %s', a.aggfnoid, p.oid::regprocedure) from pg_aggregate a join pg_proc p on p.oid in (aggtransfn, aggfinalfn) where provolatile = 'v'`),
  ).toEqual([])
})

test('what is nested too deeply is refused like any wrong query, and the next one is answered', async () => {
  expect(await refusal(`select ${'('.repeat(100_000)}1${')'.repeat(100_000)}`)).toBe('E_SQL')
  expect(await refusal('select 1')).toBeNull()
})
