import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { unpackFixture } from '../../fixtures/zip.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { retract } from '../../src/jobs/retract.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const folder = await makeFolder('gates')
const faulty = await makeFolder('faulty')

/** October as CMS made it, with its relative value file changed. */
async function october(to: string, change: (lines: string[]) => string[]): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const [name, content] of await unpackFixture('rvu25d.zip')) {
    if (!/^(PPRRVU.*csv|GPCI.*csv|25LOCCO.*csv|ANES.*csv|OPPSCAP.*csv)$/i.test(name)) continue
    const lines = content.toString('latin1').split('\n')
    const kept = name.startsWith('PPRRVU') ? change(lines) : lines
    await writeFile(join(to, name), kept.join('\n'), 'latin1')
  }
}

beforeAll(async () => {
  await loadSamples(database, 'RVU25A')
  await october(folder, (lines) => lines.filter((line) => !line.startsWith('G0438')))
})

const editing = (code: string, pattern: RegExp, to: string) => (lines: string[]) =>
  lines.map((line) => (line.startsWith(code) ? line.replace(pattern, to) : line))

describe('what a person would see at a glance', () => {
  const faults = {
    'a file cut at 99 percent': [
      (lines: string[]) => lines.slice(0, Math.floor(lines.length * 0.99)),
      /codes-kept: \d\d codes gone since RVU25A, which had 1594 \(M1389, V5\d+, .*file-end: PPRRVU2025_Oct.csv ends with V5\d+; 1\d codes of the release before lie behind it, to V5364/,
    ],
    'a file without its last six lines': [
      (lines: string[]) => lines.slice(0, -6),
      /file-end: PPRRVU2025_Oct.csv ends with V\d+; \d codes of the release before/,
    ],
    'a work RVU ten times too high, with totals that agree': [
      editing(
        'G0438',
        /,2.60,2.20,,2.20,NA,0.16,4.96,4.96,/,
        ',26.00,2.20,,2.20,NA,0.16,28.36,28.36,',
      ),
      /rvu-values: G0438: work RVU 2.60 before, 26.00 now \(national payment of its RVUs 16\d.\d\d before, 917.35 now\)/,
    ],
    'a letter in an RVU': [
      editing('G0438', /,2.60,/, ',2.6O,'),
      /^canary-codes: G0438 is missing, which RVU25A has: its row was rejected \(line 502 of PPRRVU2025_Oct.csv, work_rvu: expected RVUs: a number with at most 2 decimals, found "2.6O"\)/,
    ],
    'a code twice, with other values': [
      // Two rows of a thousand may be wrong, so it takes two thousand.
      (lines: string[]) =>
        lines.flatMap((line) =>
          /^G0108,/.test(line)
            ? [
                line,
                line.replaceAll(',0.90,', ',0.91,'),
                ...Array.from({ length: 1000 }, (_, at) => line.replace('G0108', `X${1000 + at}`)),
              ]
            : [line],
        ),
      /rejected-codes: G0108 was there before: its row was rejected \(line [\d,]+ of PPRRVU2025_Oct.csv, hcpcs, modifier: the key stands in lines/,
    ],
  } as const
  test.for(Object.entries(faults))(
    '%s is refused, and told in words',
    async ([what, [change, message]]) => {
      const from = join(faulty, what.replaceAll(' ', '-'))
      await october(from, change)
      await expect(ingest({ ...cut(), from }, database)).rejects.toMatchObject({
        code: 'E_GATE',
        message: expect.stringMatching(message),
      })
    },
  )
})

const cut = () => ({ release: 'RVU25D', from: folder, allowMissing: true })
const accept = (...gates: string[]) => ({ gates, because: 'CMS deleted the code', operator: 'ann' })
const loaded = () => database.rows(`select release from ops.release order by 1`)

test('a hundredth of an RVU is refused where the TXT of the same zip says another', async () => {
  const from = join(faulty, 'beside-its-text')
  await mkdir(from, { recursive: true })
  const change = editing(
    'G0108',
    /0.90(?<between>.*)0.04,1.64,1.64/,
    '0.91$<between>0.04,1.65,1.65',
  )
  for (const [name, content] of await unpackFixture('rvu25a.zip')) {
    if (name.endsWith('.xlsx')) continue
    const lines = content.toString('latin1').split('\n')
    const kept = /^PPRRVU.*csv$/.test(name) ? change(lines) : lines
    await writeFile(join(from, name), kept.join('\n'), 'latin1')
  }
  await expect(ingest({ ...cut(), release: 'RVU25A', from }, database)).rejects.toMatchObject({
    code: 'E_GATE',
    message: expect.stringMatching(
      /^formats-agree: PPRRVU25_JAN.csv and PPRRVU25_JAN.txt of the same zip differ in 1 records: work_rvu of G0108\/ is 0.91 in the one, 0.90 in the other$/,
    ),
  })
})

describe('a release that breaks a gate', () => {
  test('is refused, by the name of the gate, with what it found and what to do', async () => {
    await expect(ingest(cut(), database)).rejects.toMatchObject({
      code: 'E_GATE',
      exitCode: 3,
      message: 'canary-codes: G0438 is missing, which RVU25A has',
      next: expect.stringContaining('--accept canary-codes --because'),
    })
    expect(await loaded()).toEqual([{ release: 'RVU25A' }])
    expect(
      await database.rows(
        `select check_name, severity from ops.check_result where broken_rows > 0 and severity = 'gate' and run_id = (select max(run_id) from ops.check_result)`,
      ),
    ).toEqual([{ check_name: 'canary-codes', severity: 'gate' }])
  })

  test('is not loaded where another gate is accepted', async () => {
    const work = () => ingest({ ...cut(), accept: accept('row-count') }, database)
    expect(await codeOfAsync(work)).toBe('E_GATE')
  })

  test('is not tried where there is no such gate, or the reason is missing', async () => {
    const work = () => ingest({ ...cut(), accept: accept('canary') }, database)
    await expect(work()).rejects.toMatchObject({
      code: 'E_USAGE',
      next: expect.stringContaining('canary-codes'),
    })
    // The truth of the rows is no gate.
    const truth = () => ingest({ ...cut(), accept: accept('release-covers-its-days') }, database)
    expect(await codeOfAsync(truth)).toBe('E_USAGE')
    for (const flags of [
      ['--accept', 'canary-codes'],
      ['--because', 'x'],
      ['--accept', 'canary-codes', '--because', ' '],
    ]) {
      const args = ['ingest', 'RVU25D', '--from', folder, '--allow-missing', ...flags]
      expect((await runCli(args, database.url, database.archive)).code).toBe(2)
    }
  })

  test('is loaded where a person accepts the gate, which is recorded with who and why', async () => {
    const report = await ingest({ ...cut(), accept: accept('canary-codes', 'row-count') }, database)
    expect(report).toMatchObject({
      outcome: 'done',
      warnings: expect.arrayContaining([
        'canary-codes: G0438 is missing, which RVU25A has (accepted)',
      ]),
    })
    expect(
      await database.rows(
        `select release, gate, accepted_by, because, run, broken_rows from api.accepted_gate`,
      ),
    ).toEqual([
      {
        release: 'RVU25D',
        gate: 'canary-codes',
        accepted_by: 'ann',
        because: 'CMS deleted the code',
        run: report.run,
        broken_rows: 1,
      },
    ])
  })

  test('stays accepted when its days are given back to it', async () => {
    await loadSamples(database, 'RVU26B')
    const { successors } = await retract('RVU26B', database)
    expect(successors).toEqual(['RVU25D'])
  })
})

test('a release without a predecessor within 400 days has nothing to be compared with', async () => {
  await retract('RVU25D', database)
  await retract('RVU25A', database)
  expect((await ingest({ ...cut() }, database)).outcome).toBe('done')
})

test('a code whose row was rejected is not called deleted: it has no amount, and the row as the reason', async () => {
  const from = join(faulty, 'letter')
  await october(from, editing('G0438', /,2.60,/, ',2.6O,'))
  await loadSamples(database, 'RVU25A')
  const gates = accept('canary-codes', 'rejected-codes')
  await ingest({ ...cut(), from, accept: gates, published: '2025-12-01' }, database)
  const reason =
    'CMS\'s row was rejected (line 502 of PPRRVU2025_Oct.csv, work_rvu: expected RVUs: a number with at most 2 decimals, found "2.6O")'
  expect(
    await database.rows(`
      select p.basis as payment, p.non_facility_amount, w.basis as wrvu, w.work_rvu, api.rejection('rvu', '{"hcpcs": "G0438"}', '2025-11-01')
        from api.payment('G0438', '', '10112', '00', '2025-11-01') p, api.wrvu('G0438', '', '2025-11-01') w`),
  ).toEqual([
    { payment: reason, non_facility_amount: null, wrvu: reason, work_rvu: null, rejection: reason },
  ])
})

test('lines that stand twice, byte for byte, are one row, and refuse nothing', async () => {
  const from = join(faulty, 'twice')
  await october(from, (lines) =>
    lines.flatMap((line) => (line.startsWith('G010') ? [line, line] : [line])),
  )
  expect((await ingest({ ...cut(), from }, database)).outcome).toBe('done')
})
