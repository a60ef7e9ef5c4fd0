import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { sayOverdue } from '../../src/cli/status.ts'
import { runPage } from '../../src/preview/run-page.ts'
import { runDetail } from '../../src/queries/run-detail.ts'
import { familyOf } from '../../src/releases.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const home = await makeFolder('report')
beforeAll(() => loadSamples(database, 'RVU25A', 'RVU25D', 'RVU26B'))

const cli = (...args: string[]) => runCli(args, database.url, home)

describe('report', () => {
  test('tells of the last run what it read, checked and changed', async () => {
    const { code, stdout } = await cli('report', '--json')
    expect(code).toBe(0)
    const run = JSON.parse(stdout)
    expect(run).toMatchObject({
      command: 'ingest',
      release: 'RVU26B',
      outcome: 'done',
      predecessor: 'RVU25D',
    })
    expect(
      run.files.find((file: { dataset: string }) => file.dataset === 'rvu').rows_read,
    ).toBeGreaterThan(1000)
    expect(
      run.checks.find((one: { check_name: string }) => one.check_name === 'row-count'),
    ).toMatchObject({
      severity: 'gate',
      broken_rows: 0,
    })
    expect(run.movers[0]).toMatchObject({ hcpcs: expect.stringMatching(/^[A-Z]/) })
    expect(run.stages.map(({ stage }: { stage: string }) => stage)).toEqual(
      expect.arrayContaining(['unpack', 'parse', 'validate', 'stage', 'merge', 'check']),
    )
  })

  test('is a page that needs nothing beside itself', async () => {
    const file = join(home, 'run.html')
    expect((await cli('report', '3', '--html', file)).stdout).toBe(`Written: ${file}\n`)
    const page = await readFile(file, 'utf8')
    expect(page).toContain('<h1>Run 3: ingest RVU26B</h1>')
    expect(page).toContain('<rect class=')
    expect(page).not.toMatch(/(src|href)=|url\(|<script/)
  })

  test('shows what CMS wrote as text', async () => {
    const run = await runDetail(database.session.db, 3, familyOf)
    const hostile = '<img src=x onerror=alert(1)>'
    const issues = [{ column: 'work_rvu', message: hostile }]
    const page = runPage({
      ...run,
      error_code: 'E_GATE',
      error_message: hostile,
      rejected: [{ file: hostile, line: 1, issues }],
    })
    expect(page.toString()).not.toContain('<img')
    expect(page.toString()).toContain('&lt;img')
  })

  test('of a run that there is not is a wrong command', async () => {
    expect((await cli('report', '99')).code).toBe(2)
    expect((await cli('report', 'x')).code).toBe(2)
  })
})

describe('freshness', () => {
  test('has each quarter since the first loaded one, and the next', async () => {
    const rows = await database.rows(
      `select release, due_on, state, days_overdue, loaded_as from api.freshness_on('2026-07-15')`,
    )
    const loaded = (release: string, due_on: string) => ({
      ...{ release, due_on, state: 'loaded', days_overdue: null, loaded_as: release },
    })
    const missing = (release: string, due_on: string, days_overdue: number) => ({
      ...{ release, due_on, state: 'missing', days_overdue, loaded_as: null },
    })
    expect(rows).toEqual([
      loaded('RVU25A', '2025-01-01'),
      missing('RVU25B', '2025-04-01', 470),
      missing('RVU25C', '2025-07-01', 379),
      loaded('RVU25D', '2025-10-01'),
      missing('RVU26A', '2026-01-01', 195),
      loaded('RVU26B', '2026-04-01'),
      missing('RVU26C', '2026-07-01', 14),
      { ...missing('RVU26D', '2026-10-01', 0), state: 'due', days_overdue: null },
    ])
    expect(sayOverdue(rows as never)).toBe(
      'RVU26C was due on 1 July 2026 and has not been seen (14 days).\nNot loaded, between others that are: RVU25B, RVU25C, RVU26A.',
    )
  })

  test('is due on its first day, and not the day before', async () => {
    const state = (day: string) =>
      database.rows(
        `select state, days_overdue from api.freshness_on('${day}') where release = 'RVU26D'`,
      )
    expect(await state('2026-09-30')).toEqual([{ state: 'due', days_overdue: null }])
    expect(await state('2026-10-01')).toEqual([{ state: 'missing', days_overdue: 0 }])
  })

  test('status says what is overdue first', async () => {
    const { stdout } = await cli('status')
    expect(stdout).toMatch(/^RVU26C was due on 1 July 2026 and has not been seen \(\d+ days\)\.\n/)
    expect(JSON.parse((await cli('status', '--json')).stdout).freshness.length).toBeGreaterThan(5)
  })
})
