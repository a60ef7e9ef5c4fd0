/** `cms-fees sql` and what prints rows, as a subprocess. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../src/db/session.ts'
import { BIN, environment, runProcess } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { embeddedRows } from '../helpers/embedded.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const home = await makeFolder('sql')
beforeAll(() => loadSamples(database, 'RVU25A', 'RVU25D'))

const run = (...args: string[]) => runProcess(args, database.url, home)
const sql = (...args: string[]) => run('sql', ...args)

describe('columns', () => {
  test('that have one name are all in a table and in CSV, in their order', async () => {
    const query = 'select 1 as a, 2 as b, 3 as a'
    expect((await sql(query)).stdout).toMatch(/ a │ b │ a[^─]+[─┼]+\n 1 │ 2 │ 3/)
    expect((await sql(query, '--csv')).stdout).toBe('a,b,a\r\n1,2,3\r\n')
  })

  test('that have one name are refused for --json, which would lose one', async () => {
    expect(await sql('select 1 as a, 2 as b, 3 as a, 4 as b, 5 as c', '--json')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^E_SQL: two columns or more have the name a, b\n/),
    })
  })

  test('that have one name are refused before the rows are read', async () => {
    const query = 'select g as a, g as a from generate_series(1, 100000) g'
    expect(await sql(query, '--json')).toMatchObject({ code: 2, stdout: '' })
  })

  test('of a query without rows are the header of its CSV', async () => {
    const query = 'select hcpcs, work_rvu from api.rvu where false'
    expect((await sql(query, '--csv')).stdout).toBe('hcpcs,work_rvu\r\n')
    expect((await sql(query)).stdout).toBe('(no rows)\n')
    expect(JSON.parse((await sql(query, '--json')).stdout)).toEqual([])
  })
})

describe('values', () => {
  test('are in CSV as PostgreSQL has them, and quoted where RFC 4180 says so', async () => {
    const query = `select 0.00 as zero, 12345678901234567890.10 as large, true as yes, null as nothing, '' as empty,
                          'a,"b"' as quoted, E'two\\nlines' as lines, date '2025-01-01' as day, array[1.10, 2] as list`
    const { stdout } = await sql(query, '--csv')
    expect(stdout).toBe(
      'zero,large,yes,nothing,empty,quoted,lines,day,list\r\n' +
        '0.00,12345678901234567890.10,true,,"","a,""b""","two\nlines",2025-01-01,"{1.10,2}"\r\n',
    )
  })

  test('lose no digit in JSON', async () => {
    const query = `select 0.00 as zero, 9007199254740993 as large, 7 as small, to_jsonb(0.10) as document, array[1.10] as list,
                          date '2025-01-01' as day, 'NaN'::float8 as none, true as yes, null as nothing`
    const { stdout } = await sql(query, '--json')
    expect(stdout).toContain('"document": 0.10,')
    expect(JSON.parse(stdout)).toEqual([
      {
        ...{ zero: '0.00', large: '9007199254740993', small: 7, document: 0.1, list: ['1.10'] },
        ...{ day: '2025-01-01', none: 'NaN', yes: true, nothing: null },
      },
    ])
  })

  test('of a table are its published ones in CSV, each row once', async () => {
    const { stdout } = await sql('select * from api.rvu_versions', '--csv')
    const rows = Papa.parse<Record<string, string>>(stdout.trimEnd(), { header: true }).data
    const [expected] = await database.rows(
      'select count(*) as rows, sum(work_rvu)::text as work from api.rvu_versions',
    )
    const hundredths = rows.reduce((sum, row) => sum + Math.round(Number(row.work_rvu) * 100), 0)
    expect({ rows: rows.length, work: (hundredths / 100).toFixed(2) }).toEqual(expected)
  })
})

describe('a statement', () => {
  test.each([
    ['delete from pfs.rvu', 2, /^E_SQL_WRITES: DELETE at character 1/],
    ['select 1; select 2', 2, /^E_SQL: a second statement begins at character 11/],
    ['copy (select 1) to stdout', 2, /^E_SQL_WRITES: COPY .*\n.*--csv/],
    ['select nothing', 2, /^E_SQL: column "nothing" does not exist, at character 8/],
    ['select * from pfs.rvu', 2, /^E_SQL: permission denied for schema pfs.*\nRead schema `api`/],
    ['selec 1', 2, /^E_SQL: syntax error at or near "selec", at character 1/],
    ['select $1', 2, /^E_SQL: a parameter at character 8 has no value/],
    ['', 2, /^E_SQL: there is no statement/],
  ])('%j ends with %d', async (query, code, stderr) => {
    expect(await sql(query)).toEqual({ code, stdout: '', stderr: expect.stringMatching(stderr) })
  })

  test('is needed, with one way of printing', async () => {
    expect(await sql()).toMatchObject({ code: 2, stderr: expect.stringMatching(/^E_USAGE/) })
    for (const args of [
      ['--json', '--csv', 'select 1'],
      ['--connection', 'select 1'],
    ]) {
      expect(await sql(...args)).toMatchObject({ code: 2, stdout: '' })
    }
  })

  test('may answer without an end: a reader that goes stops it', async () => {
    const query = 'with recursive n (i) as (select 1 union all select i + 1 from n) select i from n'
    const child = spawn(process.execPath, [BIN, 'sql', '--csv', query], {
      env: environment(database.url, home),
    })
    const ended = Promise.all([once(child, 'close'), text(child.stderr)])
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [[code], stderr] = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('that fails after its first rows says so', async () => {
    const query = 'select 1 / (5000 - g) as x from generate_series(1, 100000) g'
    for (const format of [['--csv'], ['--json'], []]) {
      expect(await sql(query, ...format)).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^E_SQL: division by zero/),
      })
    }
  })

  test('runs with the rights of an account that may not take the role', async () => {
    const { client } = database.session
    const name = `test_other_${process.pid}`
    await client.query(`create role ${name} login password 'secret'`)
    await client.query(
      `create table public.theirs as select 1 as one; grant all on public.theirs to ${name}`,
    )
    await client.query(
      `grant usage on schema ops to ${name}; grant select on ops.migration, ops.setting to ${name}`,
    )
    const url = new URL(database.url)
    url.username = name
    url.password = 'secret'
    try {
      expect(
        (await runProcess(['sql', '--csv', 'table public.theirs'], url.href, home)).stdout,
      ).toBe('one\r\n1\r\n')
      const write = await runProcess(['sql', 'delete from public.theirs'], url.href, home)
      expect(write).toMatchObject({ code: 2, stderr: expect.stringMatching(/^E_SQL_WRITES/) })
    } finally {
      await client.query(`drop table public.theirs; drop owned by ${name}; drop role ${name}`)
    }
  })
})

test('--connection prints the address that a client can use', async () => {
  expect(await sql('--connection')).toEqual({ code: 0, stdout: `${database.url}\n`, stderr: '' })
})

describe('the embedded server', () => {
  let own: string
  const ask = (...args: string[]) => runProcess(['sql', ...args], '', own)
  beforeAll(async () => {
    own = await makeFolder('sql-embedded')
    expect(await runProcess(['migrate'], '', own)).toMatchObject({ code: 0 })
  })

  test('is started by --connection, and stays until the next command ends', async () => {
    const { stdout, stderr } = await ask('--connection')
    expect(stderr).toMatch(/^The embedded PostgreSQL is running/)
    const session = await openSession(stdout.trim())
    await session.client.query('create table public.mine (a int)')
    expect(await ask('select 1')).toMatchObject({ code: 0 })
    expect((await session.client.query('table public.mine')).rows).toEqual([])
    await session.close()
    expect(await ask('select 1')).toMatchObject({ code: 0 })
    await expect(openSession(stdout.trim())).rejects.toMatchObject({
      code: 'E_DATABASE_UNREACHABLE',
    })
  })

  test('answers as the reader role, and not with the rights of a superuser where it is missing', async () => {
    const who = 'select current_user, session_user'
    expect((await ask(who, '--csv')).stdout).toMatch(/\r\ncms_fees_reader,cms_fees\r\n/)
    await embeddedRows(own, 'alter role cms_fees_reader rename to hidden')
    expect(await ask(who)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^E_DATABASE_UNFIT: .*cms_fees_reader.*\nRun `cms-fees migrate --grants`/,
      ),
    })
    expect(await runProcess(['migrate', '--grants'], '', own)).toMatchObject({ code: 0 })
    expect(await ask(who)).toMatchObject({ code: 0 })
  })
})

describe('rows', () => {
  const widths = (text: string) => Math.max(...text.split('\n').map((line) => line.length))

  test('of diff fit the screen, and are whole in JSON and CSV', async () => {
    const args = ['diff', 'RVU25A', 'RVU25D']
    for (const width of [80, 120, 200]) {
      const env = { ...environment(database.url, home), COLUMNS: String(width) }
      const child = spawn(process.execPath, [BIN, ...args], { env })
      expect(widths(await text(child.stdout))).toBeLessThanOrEqual(width)
    }
    const rows = JSON.parse((await run(...args, '--json')).stdout)
    const csv = Papa.parse<Record<string, string>>((await run(...args, '--csv')).stdout.trimEnd(), {
      header: true,
    })
    expect(csv.data.map(({ hcpcs, fields }) => [hcpcs, fields && JSON.parse(fields)])).toEqual(
      rows.map(({ hcpcs, fields }: Record<string, unknown>) => [hcpcs ?? '', fields ?? '']),
    )
    expect(rows.length).toBeGreaterThan(60)
  })

  test.each([
    ['search', 'pump'],
    ['show', 'G0101', '--history'],
    ['rejects', 'list'],
    ['editorial', 'coverage'],
    ['editorial', 'coverage', 'hcpcs-g'],
  ])('of %s %s %s', async (...args) => {
    const rows = JSON.parse((await run(...args, '--json')).stdout)
    const { data, meta } = Papa.parse((await run(...args, '--csv')).stdout.trimEnd(), {
      header: true,
    })
    expect(data).toHaveLength(rows.length)
    expect(meta.fields).toEqual(expect.arrayContaining(Object.keys(rows[0] ?? {})))
  })
})
