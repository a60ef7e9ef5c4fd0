/** What doctor says of a database that is not as it should be. */
import { afterEach, expect, inject, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const home = await makeFolder('doctor')

interface Finding {
  readonly check: string
  readonly ok: boolean
  readonly found: string
  readonly next: string
}

async function faults(): Promise<readonly Finding[]> {
  const { code, stdout } = await runCli(['doctor', '--json'], database.url, home)
  const found = (JSON.parse(stdout) as Finding[]).filter(({ ok }) => !ok)
  expect(code).toBe(found.length > 0 ? 2 : 0)
  return found
}

afterEach(() => database.become({ name: inject('template'), archive: null }))

test('nothing, where all is well', async () => {
  expect(await faults()).toEqual([])
})

test.each([
  ['drop view api.release cascade', 'api.release'],
  ['drop function api.search', 'api.search(text)'],
  ['alter function api.search rename to find', 'api.search(text)'],
  ['drop schema api cascade; create schema api', 'parts are gone or were replaced'],
])('that a part of the contract is not what migrate made, after %s', async (change, says) => {
  await database.session.client.query(change)
  expect(await faults()).toMatchObject([
    {
      check: 'schema api is whole',
      found: expect.stringContaining(says),
      next: expect.stringContaining('cms-fees migrate --grants'),
    },
  ])
})

test('that a function has another body', async () => {
  const [found] = await database.rows<{ text: string }>(
    `select pg_get_functiondef('api.search(text)'::regprocedure) as text`,
  )
  await database.session.client.query(
    `${found?.text.replace('AS $function$', 'AS $function$ /* mine */')}`,
  )
  expect(await faults()).toMatchObject([{ found: expect.stringMatching(/: api\.search\(text\)$/) }])
})

test('that a view has another text, though its columns are the same', async () => {
  await database.session.client.query(`
    do $$ begin
      execute 'create or replace view api.rvu as select * from (' || rtrim(pg_get_viewdef('api.rvu'), ';') || ') v where hcpcs < ''M''';
    end $$`)
  expect(await faults()).toMatchObject([
    { found: expect.stringMatching(/^1 of its parts .*: api\.rvu$/) },
  ])
})

test('that schema api is gone', async () => {
  await database.session.client.query('drop schema api cascade')
  expect((await faults()).map(({ check }) => check)).toEqual([
    'schema is up to date',
    'schema api is whole',
  ])
})
