/** What editors run: check, coverage, stale and publish. */
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkEditorial, type Official, readOfficial } from '../../src/editorial/check.ts'
import { publishContent } from '../../src/editorial/publish.ts'
import { readEditorial } from '../../src/editorial/read.ts'
import { EDITORIAL } from '../../src/paths.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const work = await makeFolder('editorial')
const folder = join(work, 'editorial')
beforeAll(async () => {
  await cp(EDITORIAL, folder, { recursive: true })
  await loadSamples(database, 'RVU25A', 'RVU26B')
})

const official = async (): Promise<Official> => {
  const { entries } = await readEditorial(folder)
  return readOfficial(
    database.session.db,
    entries.map(({ content }) => content.hcpcs),
  )
}
const write = (code: string, lines: string) =>
  writeFile(join(folder, `codes/${code}.yaml`), `hcpcs: ${code}\n${lines}`)
const publish = () =>
  database.session.db.transaction().execute((trx) => publishContent(trx, database.log, folder))

describe('editorial check', () => {
  test('finds nothing in editorial/', async () => {
    expect(checkEditorial(await readEditorial(EDITORIAL), await official())).toEqual([])
  })

  test('finds names given twice, licensed text, copies and unknown codes, each on its line', async () => {
    await write('A4000', 'title: t\nsynonyms:\n  - one\n  - Elastomeric, infusion pump\n')
    await write('A4450', 'title: t\nnotes:\n  - Not a CPT code.\nplain_language: Like D0120.\n')
    await write('A4565', 'title: t\nfaq:\n  - question: Not 99213?\n    answer: a\n')
    await write('G0008', 'title: t\ndescription: >-\n  The one and only\n  two three four.\n')
    const found = await official()
    const wordings = new Map([['G0008', ['Is the one, and ONLY two three']]])
    expect(checkEditorial(await readEditorial(folder), { ...found, wordings })).toMatchObject([
      {
        file: 'editorial/codes/A4000.yaml',
        line: 1,
        message: 'no loaded release has the code A4000',
      },
      // The later of two files is the one to change, so it is named: here A4306.
      { file: 'editorial/codes/A4306.yaml', line: 4, message: expect.stringMatching(/^A4000 has/) },
      { file: 'editorial/codes/A4450.yaml', line: 4, message: expect.stringMatching(/^"CPT"/) },
      { file: 'editorial/codes/A4450.yaml', line: 5, message: expect.stringMatching(/^"D0120"/) },
      { file: 'editorial/codes/A4565.yaml', line: 4, message: expect.stringMatching(/^"99213"/) },
      {
        file: 'editorial/codes/G0008.yaml',
        line: 3,
        message: '"the one and only two three" is copied from the official text',
      },
    ])
  })

  test('as a command: file and line, exit code 3, without a database what needs none', async () => {
    const home = join(work, 'home')
    const args = ['editorial', 'check', '--folder', folder]
    const found = await runCli(args, '', home)
    expect(found).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/^editorial\/codes\/A4306\.yaml:4:5: A4000 has the synonym/m),
      stderr: expect.stringMatching(
        /not checked: there is no database yet\nE_EDITORIAL: problems: 4, in files: 3/,
      ),
    })
    const json = JSON.parse((await runCli([...args, '--json'], database.url, home)).stdout)
    expect(json).toMatchObject({ unchecked: null })
    expect(json.problems).toHaveLength(5)
    const good = await runCli(['editorial', 'check'], database.url, home)
    expect(good).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/no problem/) })
  })
})

describe('editorial coverage', () => {
  test('counts every code of the schedule once, none of which nothing explains', async () => {
    const found = await runCli(['editorial', 'coverage', '--json'], database.url, work)
    const rows: Record<string, number>[] = JSON.parse(found.stdout)
    const [codes] = await database.rows<{ count: number }>(
      `select count(distinct hcpcs) from api.rvu`,
    )
    expect(rows.reduce((sum, row) => sum + (row.codes ?? 0), 0)).toBe(codes?.count)
    const sums = rows.map((row) => (row.own_text ?? 0) + (row.family_text ?? 0))
    expect(sums).toEqual(rows.map((row) => row.codes))
    expect(rows.map((row) => row.nothing)).toEqual(rows.map(() => 0))
    const paid = rows.map((row) => row.paid_without_own_text ?? 0)
    expect(paid).toEqual([...paid].sort((a, b) => b - a))
    const text = await runCli(['editorial', 'coverage'], database.url, work)
    expect(text.stdout).toMatch(
      new RegExp(
        `^Of ${codes?.count} codes \\d+ have a text of their own, .* and 0 neither\\.$`,
        'm',
      ),
    )
    const missing = await runCli(['editorial', 'coverage', 'hcpcs-r', '--json'], database.url, work)
    expect(missing).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\[/) })
  })
})

describe('editorial publish and stale', () => {
  const review = (release: string) =>
    `status: reviewed\nreviewed_on: 2026-04-30\nreviewed_against: ${release}\n`
  const stale = () =>
    database.rows(`select hcpcs, reason, fields from api.editorial_stale order by hcpcs, reason`)

  test('a reviewed entry is stale once its RVUs changed; a code that is gone or never was, always', async () => {
    await write('G0101', `title: t\n${review('RVU25A')}`)
    await write('G0008', `title: t\n${review('RVU25A')}`)
    await write('G0009', `title: t\n${review('RVU19A')}`)
    const [gone] = await database.rows<{ hcpcs: string }>(
      `select min(hcpcs) as hcpcs from pfs.rvu where hcpcs not in (select hcpcs from api.rvu)`,
    )
    await write(gone?.hcpcs ?? '', 'title: t\n')
    await publish()
    const rows = await stale()
    expect(rows).toEqual(
      [
        { hcpcs: 'A4000', reason: 'orphan', fields: null },
        { hcpcs: 'G0009', reason: 'release not loaded', fields: null },
        {
          hcpcs: 'G0101',
          reason: 'changed since the review',
          fields: expect.objectContaining({ work_rvu: { before: '0.45', after: '0.44' } }),
        },
        { hcpcs: gone?.hcpcs, reason: 'deleted', fields: null },
      ].sort((a, b) => String(a.hcpcs).localeCompare(String(b.hcpcs))),
    )
    expect(await runCli(['editorial', 'stale'], database.url, work)).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('changed since the review'),
      stderr: expect.stringMatching(/^E_EDITORIAL_STALE: entries: 4/),
    })
  })

  test('a review against the release in force is not stale', async () => {
    await write('G0101', `title: t\n${review('RVU26B')}`)
    await publish()
    expect((await stale()).map(({ hcpcs }) => hcpcs)).not.toContain('G0101')
  })

  test('publish leaves a broken file out and says so', async () => {
    await write('G0101', 'title: [\n')
    await write('G0008', 'title: Published\n')
    expect(
      await runCli(['editorial', 'publish', '--folder', folder], database.url, work),
    ).toMatchObject({
      code: 3,
      stdout: 'Published: 1 changed.\n',
      stderr: expect.stringMatching(/E_EDITORIAL: problems: \d, in files: 1/),
    })
    expect(
      await database.rows(
        `select name from api.code_page where hcpcs in ('G0008', 'G0101') order by hcpcs`,
      ),
    ).toEqual([{ name: 'Published' }, { name: 't' }])
  })
})
