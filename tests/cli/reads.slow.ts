/** Commands that only read: their session takes no writes, and the whole database is the same after them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { openSession } from '../../src/db/session.ts'
import { ROOT } from '../../src/paths.ts'
import { checksum } from '../helpers/checksum.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const home = await makeFolder('reads')
beforeAll(async () => {
  await loadSamples(database, 'RVU25A', 'RVU25D')
  // A few codes are enough for the export of all pages.
  await database.rows('delete from pfs.rvu where hcpcs not in (select hcpcs from editorial.entry)')
  const line = 'claim,hcpcs,units,date,pos,mac,locality\n1,G0101,1,2025-02-03,11,10112,00\n'
  await writeFile(join(home, 'lines.csv'), line)
})

const READING = [
  ['show', 'A4306'],
  ['show', 'G0101', '--history'],
  ['search', 'pump'],
  ['diff', 'RVU25A', 'RVU25D'],
  ['status'],
  ['report'],
  ['rejects', 'list'],
  ['editorial', 'check'],
  ['editorial', 'coverage'],
  ['editorial', 'stale'],
  ['doctor'],
  ['preview', '--export', join(home, 'pages')],
  ['sql', 'select 1'],
  ['price', join(home, 'lines.csv')],
]

test('leave the database as it was', async () => {
  const before = await checksum(database)
  for (const args of READING) {
    const { code, stderr } = await runCli(args, database.url, home)
    // What it found is worth an exit code of its own.
    const expected = args[1] === 'stale' ? 3 : 0
    expect({ code, stderr }, args.join(' ')).toMatchObject({ code: expected })
  }
  expect(await checksum(database)).toEqual(before)
})

test('make no database where there is none, and say what makes one', async () => {
  const empty = join(home, 'empty')
  for (const args of READING.filter(([name]) => name !== 'doctor' && name !== 'editorial')) {
    expect(await runCli(args, '', empty), args.join(' ')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^E_NOT_MIGRATED: there is no database yet.*\nLoad a release/),
    })
  }
  expect(existsSync(empty)).toBe(false)
})

test('are all commands but those that are known to write', () => {
  const folder = join(ROOT, 'src/cli')
  const writing = readdirSync(folder).filter((name) =>
    /with(Writable|Migrated|Database|Scratch)\(/.test(readFileSync(join(folder, name), 'utf8')),
  )
  expect(writing.sort()).toEqual(
    [
      ...['backfill', 'context', 'editorial', 'ingest', 'latest', 'migrate'],
      ...['price', 'rejects', 'retract', 'schedule', 'start'],
    ].map((name) => `${name}.ts`),
  )
})

test.each([
  [['statsu'], /^E_USAGE: unknown command 'statsu'\n\(Did you mean status\?\)/],
  [['show'], /^E_USAGE: missing required argument 'code'/],
  [['search', 'pump', '--josn'], /^E_USAGE: unknown option '--josn'\n\(Did you mean --json\?\)/],
  [['search', 'pump', '--json', '--csv'], /^E_USAGE: option '--csv' cannot be used with/],
  [['show', 'G0101', '--csv'], /^E_USAGE: a page is no table/],
  [['rejects', 'list', '--release', 'RVU'], /^E_UNKNOWN_RELEASE/],
  [
    ['editorial', 'coverage', 'hcpcs'],
    /^E_USAGE: there is no category hcpcs\nName one of these: hcpcs-a,/,
  ],
  [['report', '99'], /^E_USAGE: there is no run 99\nRun `cms-fees status`/],
])('%j is told what is wrong, not that there is nothing', async (args, stderr) => {
  expect(await runCli(args, database.url, home)).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(stderr),
  })
})

test('a session that only reads takes no writes', async () => {
  const { client, close } = await openSession(database.url, 'test', { readOnly: true })
  await expect(client.query('delete from pfs.rvu')).rejects.toMatchObject({ code: '25006' })
  await close()
})
