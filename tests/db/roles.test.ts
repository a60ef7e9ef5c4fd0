/** What each role may do, over everything that the schema holds: what a later migration adds is covered too. */
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { publishContent } from '../../src/editorial/publish.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { retract } from '../../src/jobs/retract.ts'
import { FIXTURES } from '../../src/paths.ts'
import { searchCodes } from '../../src/queries/search.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const OURS = `('ops', 'pfs', 'zip', 'hcpcs', 'clfs', 'asp', 'dmepos', 'asc_addenda', 'mup_phy', 'claim', 'editorial', 'search', 'api')`
const become = (role: string) => database.session.client.query(`set role ${role}`)
const refused = (statement: string) =>
  expect(database.session.client.query(statement), statement).rejects.toMatchObject({
    code: '42501',
  })

beforeAll(() => loadSamples(database, 'RVU25A', 'RVU25D', 'HCPC2019_ANWEB'))
afterEach(() => database.session.client.query('reset role'))

describe('cms_fees_reader', () => {
  test('reads every view of api', async () => {
    const views = await database.rows<{ name: string }>(
      `select oid::regclass::text as name from pg_class where relnamespace = 'api'::regnamespace and relkind = 'v'`,
    )
    expect(views.length).toBeGreaterThan(30)
    await become('cms_fees_reader')
    for (const { name } of views) await database.rows(`select * from ${name} limit 1`)
  })

  test('calls every function of api', async () => {
    const sampleOf = (of: string, name: string, type: string) => {
      if (/release|revision/.test(`${of} ${name}`) && type === 'text') return `'RVU25A'`
      const samples: Record<string, string> = {
        text: `'G0101'`,
        date: `date '2025-02-01'`,
        boolean: 'false',
        'timestamp with time zone': 'now()',
        jsonb: `'[]'`,
        numeric: '1',
        'text[]': `'{}'`,
        'date[]': `'{}'`,
        daterange: `'[2025-01-01,)'::daterange`,
        'numeric[]': `'{}'`,
        regclass: `'public.claim_line'`,
        integer: '1',
        'api.payment_rvu': `(select r from api.payment_rvu r limit 1)`,
        'api.rvu_known': `(select r from api.rvu_known r limit 1)`,
        datemultirange: `'{[2025-01-01,)}'::datemultirange`,
        'api.payment_terms': `(select t from api.payment_terms_on('2025-02-01') t)`,
      }
      return samples[type] ?? expect.unreachable(`no sample of ${type}`)
    }
    const functions = await database.rows<{ name: string; args: [string, string][] }>(`
      select p.oid::regproc::text as name,
             (select coalesce(jsonb_agg(jsonb_build_array(p.proargnames[i], format_type(t, null)) order by i), '[]')
                from unnest(p.proargtypes::oid[]) with ordinality a (t, i)) as args
        from pg_proc p where p.pronamespace = 'api'::regnamespace and p.prokind = 'f'`)
    expect(functions.length).toBeGreaterThan(20)
    await database.rows(
      `create table public.claim_line (claim_id text, line text, hcpcs text, modifiers text, units text, service_date text, place_of_service text, zip text)`,
    )
    await database.rows('grant select on public.claim_line to cms_fees_reader')
    await become('cms_fees_reader')
    for (const { name, args } of functions) {
      const values = args.map(([argument, type]) => sampleOf(name, argument, type))
      await database.rows(`select * from ${name}(${values.join(', ')}) limit 1`)
    }
    const [found] = await searchCodes(database.session.db, 'portable medicine pump')
    expect(found?.hcpcs).toBe('A4306')
  })

  test('may do nothing else', async () => {
    const rights = await database.rows(`
      select c.oid::regclass::text as relation, p as privilege
        from pg_class c
       cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p
       where c.relnamespace::regnamespace::text in ${OURS} and c.relkind in ('r', 'v', 'm', 'p')
         and has_table_privilege('cms_fees_reader', c.oid, p)
         and not (p = 'select' and c.relnamespace = 'api'::regnamespace)`)
    expect(rights).toEqual([])
    await become('cms_fees_reader')
    await refused('select * from pfs.rvu')
    await refused('select * from ops.run')
    await refused('select search.refresh()')
    await refused('create table api.mine ()')
  })
})

describe('cms_fees_loader', () => {
  test('loads, retracts and publishes', async () => {
    await become('cms_fees_loader')
    expect((await retract('RVU25D', database)).successors).toEqual(['RVU25A'])
    const from = join(FIXTURES, 'rvu25d.zip')
    expect((await ingest({ release: 'RVU25D', from }, database)).outcome).toBe('done')
    const { db } = database.session
    const changed = await db.transaction().execute((trx) => publishContent(trx, database.log))
    expect(changed).toBe(0)
  })

  test('owns nothing, and may create, drop or empty nothing', async () => {
    expect(
      await database.rows(`
        select 'owns' as right, c.oid::regclass::text as object from pg_class c
         where c.relnamespace::regnamespace::text in ${OURS} and pg_has_role('cms_fees_loader', c.relowner, 'usage')
        union all
        select p, c.oid::regclass::text from pg_class c cross join unnest(array['truncate', 'trigger', 'references']) p
         where c.relnamespace::regnamespace::text in ${OURS} and c.relkind = 'r'
           and has_table_privilege('cms_fees_loader', c.oid, p)
        union all
        select 'create', nspname from pg_namespace
         where (nspname in ${OURS} or nspname = 'public') and has_schema_privilege('cms_fees_loader', oid, 'create')
        union all
        select 'create', current_database() where has_database_privilege('cms_fees_loader', current_database(), 'create')`),
    ).toEqual([])
    await become('cms_fees_loader')
    await refused('drop table pfs.rvu')
    await refused('truncate pfs.rvu')
    await refused('alter table pfs.rvu disable trigger all')
    await refused('drop schema api cascade')
    await refused(`delete from ops.migration`)
  })
})

test('everything of ours is owned by cms_fees_owner', async () => {
  expect(
    await database.rows(`
      select c.oid::regclass::text from pg_class c
       where c.relnamespace::regnamespace::text in ${OURS} and c.relkind in ('r', 'v')
         and c.relowner <> 'cms_fees_owner'::regrole`),
  ).toEqual([])
})
