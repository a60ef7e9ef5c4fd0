/** The command line, as a subprocess. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { buildProgram } from '../../src/cli/main.ts'
import { openSession } from '../../src/db/session.ts'
import { FIXTURES } from '../../src/paths.ts'
import { BIN, environment, runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const home = await makeFolder('cli')

const run = (args: string[], url = database.url) => runCli(args, url, home)

describe('cms-fees', () => {
  test('start loads the samples, shows a page and a query; again, it has nothing to do', async () => {
    const first = await run(['start'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatch(
      /RVU25A: loaded 6 files.*2,959 accepted, 0 rejected, 3,068 versions/,
    )
    expect(first.stdout).toMatch(/RVU26B: loaded 3 files/)
    expect(first.stdout).toMatch(/A4306 {2}Disposable infusion pump/)
    const before = await database.rows(`select ctid::text, xmin::text from pfs.rvu order by 1`)
    const second = await run(['start'])
    expect(second.stdout).toMatch(/RVU25A: nothing new[\s\S]*RVU26B: nothing new/)
    expect(await database.rows(`select ctid::text, xmin::text from pfs.rvu order by 1`)).toEqual(
      before,
    )
  })

  test('show prints the page with every section, and as JSON the row', async () => {
    const page = await run(['show', 'a4306'])
    for (const heading of [
      'Category',
      'Synonyms',
      'Description',
      'In plain language',
      'Clinical context',
      'RVUs',
      'Billing and documentation',
      'Specialties',
      'Questions',
      'Where this comes from',
    ]) {
      expect(page.stdout).toContain(`\n${heading}\n---`)
    }
    const row = JSON.parse((await run(['show', 'A4306', '--json'])).stdout)
    expect(row).toMatchObject({
      hcpcs: 'A4306',
      category: 'HCPCS A: transport, supplies and tracers',
      code_system: 'HCPCS Level II',
      short_description: 'Drug delivery system <=50 ml',
      release: 'RVU26B',
      rvu_information: { has_rvus: false, status_indicator: 'P' },
    })
    expect(row.plain_language).toMatch(/\S/)
    expect(await run(['show', 'Z9999'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('E_UNKNOWN_CODE'),
    })
  })

  test('sql prints a table, or JSON, and says what PostgreSQL said', async () => {
    const query = `select hcpcs, work_rvu from api.rvu_on('2025-02-01') where hcpcs = 'G0101'`
    expect((await run(['sql', query])).stdout).toMatch(/hcpcs │ work_rvu[\s\S]*G0101 │ \d\.\d\d/)
    expect(JSON.parse((await run(['sql', query, '--json'])).stdout)).toEqual([
      { hcpcs: 'G0101', work_rvu: expect.stringMatching(/^\d\.\d\d$/) },
    ])
    expect(await run(['sql', 'select nothing'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('E_SQL: column "nothing" does not exist'),
    })
  })

  test('status and doctor', async () => {
    const status = JSON.parse((await run(['status', '--json'])).stdout)
    expect(
      status.releases.filter(({ state }: { state: string }) => state !== 'not loaded'),
    ).toMatchObject([
      { release: 'RVU25A', state: 'past', in_force_to: '2026-03-31' },
      { release: 'RVU26B', state: 'in force', in_force_to: null },
    ])
    const doctor = await run(['doctor', '--json'])
    expect(doctor.code).toBe(0)
    expect(JSON.parse(doctor.stdout).every(({ ok }: { ok: boolean }) => ok)).toBe(true)
  })

  test('exit codes: usage, configuration, refused, unreachable', async () => {
    const dead = 'postgres://nobody:secret@127.0.0.1:1/none'
    expect(await run(['ingest'])).toMatchObject({ code: 2, stdout: '' })
    expect(await run(['status'], 'mysql://x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('E_CONFIG: DATABASE_URL'),
    })
    const refused = await run(['ingest', 'RVU25A', '--from', join(FIXTURES, 'bad/page.zip')])
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^E_HTML_NOT_ZIP: page\.zip is a web page.*\nOpen the link/),
    })
    const unreachable = await run(['status'], dead)
    expect(unreachable).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('E_DATABASE_UNREACHABLE: 127.0.0.1:1'),
    })
    expect(unreachable.stderr).not.toContain('secret')
  })

  test('a second run is told who holds the lock', async () => {
    await database.session.client.query('select pg_advisory_lock(1668117350, 7501166)')
    const second = await run([
      'ingest',
      'RVU25D',
      '--from',
      join(FIXTURES, 'rvu25d.zip'),
      '--allow-missing',
    ])
    await database.session.client.query('select pg_advisory_unlock(1668117350, 7501166)')
    expect(second).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(
        /E_LOCKED: .* holds the lock since \d{4}-.* as PostgreSQL process \d+/,
      ),
    })
  })

  test('every command has one line of help and an example', () => {
    const top = buildProgram().commands
    for (const command of [...top, ...top.flatMap(({ commands }) => commands)]) {
      expect(command.description(), command.name()).toMatch(/^.{10,90}$/)
      let help = ''
      command
        .configureOutput({
          writeOut: (text) => {
            help += text
          },
        })
        .outputHelp()
      expect(help, command.name()).toMatch(/\nExamples?:\n {2}(cms-fees|npm)/)
    }
  })
})

describe('kill -9 in the middle of a run', () => {
  test('leaves no trace in api, and the next run loads the release', async () => {
    const args = ['ingest', 'RVU25D', '--from', join(FIXTURES, 'rvu25d.zip'), '--allow-missing']
    // A lock on the table holds the run in its transaction, after it has staged and recorded its release.
    const holder = await openSession(database.url, 'holder')
    await holder.client.query('begin')
    await holder.client.query('lock table pfs.rvu in exclusive mode')
    const child = spawn(process.execPath, [BIN, ...args], {
      env: environment(database.url, home),
      stdio: 'ignore',
    })
    const others = `from pg_stat_activity where datname = current_database() and application_name = 'cms-fees' and pid <> pg_backend_pid()`
    const until = async (condition: string) => {
      while (!(await database.rows<{ met: boolean }>(`select ${condition} as met`))[0]?.met)
        await sleep(20)
    }
    await until(`exists (select ${others} and wait_event_type = 'Lock')`)
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await ended
    await holder.close()
    await until(`not exists (select ${others})`)

    expect(
      await database.rows(`select release from api.release where state <> 'not loaded' order by 1`),
    ).toEqual([{ release: 'RVU25A' }, { release: 'RVU26B' }])
    const next = await run(args)
    expect(next).toMatchObject({ code: 0, stdout: expect.stringContaining('RVU25D: loaded') })
    expect(
      await database.rows(
        `select outcome, count(*) from ops.run where release = 'RVU25D' group by 1 order by 1`,
      ),
    ).toEqual([
      { outcome: 'done', count: 1 },
      { outcome: 'interrupted', count: 1 },
    ])
  })
})
