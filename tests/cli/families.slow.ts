/** Every verb of the command line, over every family that is registered. */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { listed, schedules } from '../../pipelines/index.ts'
import { runCli } from '../helpers/cli.ts'
import { useCmsServer } from '../helpers/cms-server.ts'
import { useDatabase } from '../helpers/database.ts'
import { SAMPLES, writeSamples } from '../helpers/families.ts'
import { makeFolder } from '../helpers/folder.ts'

const cms = useCmsServer()

describe.each(schedules)('$family', ({ family, discovery, files, priced, title }) => {
  const sample = SAMPLES[family] ?? expect.unreachable(`tests/helpers/families.ts has no ${family}`)
  const { before, after, changed, column, added, deleted } = sample
  const database = useDatabase()
  let zips: string
  let home: string
  beforeAll(async () => {
    zips = await makeFolder('zips')
    home = await makeFolder('home')
    await writeSamples(family, zips)
  })
  const cli = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(args, database.url, home, {
      CMS_FEES_BASE_URL: cms.origin,
      CMS_FEES_ACCEPT_LICENSES: 'ama,ada',
    })
    return { error: code === 0 ? null : stderr.replaceAll('\n', ' '), stdout }
  }
  const json = async (...args: string[]) => {
    const { error, stdout } = await cli(...args, '--json')
    expect(error).toBeNull()
    return JSON.parse(stdout)
  }

  test('backfill loads both releases of a folder, and passes over them the next time', async () => {
    const args = ['backfill', '--from', before, '--to', after, '--archive', zips, '--allow-missing']
    const outcomes = async () =>
      (await json(...args))
        .filter(({ outcome }: { outcome: string }) => outcome !== 'not in the folder')
        .map(({ release, outcome, in_force }: Record<string, unknown>) => [
          release,
          outcome,
          in_force,
        ])
    expect(await outcomes()).toEqual([
      [before, 'done', true],
      [after, 'done', true],
    ])
    expect(await outcomes()).toEqual([
      [before, 'nothing_new', true],
      [after, 'nothing_new', true],
    ])
  })

  test('backfill of a folder that has none of them says so', async () => {
    const { error } = await cli('backfill', '--from', before, '--to', after, '--archive', home)
    expect(error).toMatch(`E_SOURCE_NOT_FOUND: ${home} holds no release of the family ${family}`)
  })

  test('ingest knows the bytes again', async () => {
    const other = {
      hcpcs: '2019-Alpha-Numeric-HCPCS-File.zip',
      mup_phy: 'mup_phy_d23-synthetic.zip',
    }[family]
    const from = join(zips, other ?? `${before.toLowerCase()}.zip`)
    expect(await json('ingest', before, '--from', from)).toMatchObject({ outcome: 'nothing_new' })
  })

  test('status lists both, and what is in force', async () => {
    const { releases } = await json('status')
    expect(
      releases
        .filter(({ state }: { state: string }) => state !== 'not loaded')
        .map(({ release, family: of, state }: Record<string, unknown>) => [release, of, state]),
    ).toEqual([
      [before, family, 'past'],
      [after, family, 'in force'],
    ])
  })

  test('diff tells what was added, deleted and changed', async () => {
    const changes: Record<string, unknown>[] = await json('diff', before, after)
    const of = (value: string) =>
      changes.find((row) => row.hcpcs === value || Object.values(row.key ?? {}).includes(value))
    expect(of(added)).toMatchObject({ change: 'added', fields: null })
    expect(of(deleted)).toMatchObject({ change: 'deleted', fields: null })
    expect(of(changed)).toMatchObject({
      change: 'changed',
      fields: { [column]: { before: expect.anything(), after: expect.anything() } },
    })
    expect(changes.some((row) => 'non_facility_after' in row)).toBe(priced.length > 0)
    const { stdout } = await cli('diff', before, after)
    expect(stdout).toMatch(new RegExp(`^${before} → ${after}: [1-9]\\d* added, [1-9]\\d* deleted`))
    expect(await cli('diff', before, `${after}#7`)).toMatchObject({
      error: expect.stringMatching(/^E_NOT_LOADED/),
    })
  })

  test('show gives a key, and with --history what became of it', async () => {
    const today = await cli('show', changed, '--family', family)
    // What files say of their own days has ended.
    if (files.some(({ statedDays }) => statedDays)) expect(today.error).toMatch(/--history/)
    else expect(today.stdout).toContain(changed)
    const versions = await json('show', changed, '--family', family, '--history')
    expect(versions.length).toBeGreaterThan(1)
    // A code may have a row in each state.
    expect(versions).toContainEqual(
      expect.objectContaining({
        first_release: after,
        fields: expect.objectContaining({ [column]: expect.anything() }),
      }),
    )
    // Without a family the first one that has the key answers.
    const plain = await cli('show', changed)
    // A page shows the last days that are known of a schedule with a catalog.
    if (plain.error === null) expect(plain.stdout).toContain(changed)
    else expect([family, plain.error]).toEqual(['ndc', expect.stringMatching(/^E_UNKNOWN_CODE/)])
    expect((await cli('show', changed, '--history')).stdout).toContain(after)
    expect((await cli('show', deleted, '--family', family)).error).toMatch(/--history/)
    expect((await cli('show', 'X9999', '--family', family)).error).toMatch(/^E_UNKNOWN_CODE/)
  })

  test('search finds a code, and points to what is none', async () => {
    const { stdout } = await cli('search', changed)
    expect(stdout).toContain(changed)
  })

  test('report tells what the last load changed', async () => {
    const runs = await database.rows<{ run_id: number }>(
      `select run_id from ops.release where release = '${after}'`,
    )
    const run = await json('report', String(runs[0]?.run_id))
    expect(run.predecessor).toBe(before)
    expect(run.changes).toContainEqual(
      expect.objectContaining({ added: expect.any(Number), changed: expect.any(Number) }),
    )
    expect(run.changes[0].changed).toBeGreaterThan(0)
    expect(run.movers.length > 0).toBe(priced.length > 0)
    const inDollars = files.filter(({ table, checkOnly }) => !checkOnly && table.amount)
    expect(run.amounts.length > 0).toBe(inDollars.length > 0)
    if (inDollars.length === 0) return
    const kinds = run.amounts.map(({ change }: { change: string }) => change)
    expect(kinds).toEqual(expect.arrayContaining(['new', 'ended']))
    expect(run.amounts).toContainEqual(
      expect.objectContaining({
        change: expect.stringMatching(/^(up|down)$/),
        key: expect.stringMatching(`^${changed}`),
      }),
    )
  })

  test('releases and latest look for it, or say that they cannot', async () => {
    // Two schedules share a page.
    const pages = Map.groupBy(listed, (schedule) => schedule.discovery.listing)
    for (const [page, offered] of pages) {
      const names = offered.map((schedule) => SAMPLES[schedule.family]?.before ?? '')
      const links = names.map(
        (name) => `<a href="/files/zip/${name.toLowerCase()}.zip">${name}</a>`,
      )
      cms.on(page, links.join('\n'))
    }
    if (discovery) {
      const { releases } = await json('releases')
      expect(releases).toContainEqual(
        expect.objectContaining({ family, release: before, state: 'loaded' }),
      )
      expect((await cli('latest', '--since', before, '--family', family)).error).toBeNull()
      return
    }
    for (const verb of ['releases', 'latest']) {
      expect((await cli(verb)).stdout).toMatch(
        new RegExp(`cannot be downloaded yet: .*${title} \\(${family}\\)`),
      )
    }
    expect((await cli('latest', '--since', before)).error).toMatch(
      /E_USAGE.*cannot be downloaded yet.*--from/,
    )
    expect((await cli('ingest', before)).error).toMatch(/E_USAGE.*cannot be downloaded yet.*--from/)
    expect((await cli('backfill', '--from', before, '--to', after)).error).toMatch(
      /cannot be downloaded yet/,
    )
  })

  test('retract gives its days back', async () => {
    expect(await json('retract', after)).toMatchObject({ release: after, successors: [before] })
    expect(await json('retract', before)).toMatchObject({ release: before, successors: [] })
    expect((await cli('retract', before)).error).toMatch(/^E_NOT_LOADED/)
  })
})

describe('releases of two families', () => {
  const database = useDatabase()
  test.each([
    ['backfill', '--from', 'RVU25A', '--to', 'ZIP5_OCT2025', '--archive', '.'],
    ['diff', 'RVU25A', 'HCPC2019_ANWEB'],
  ])('are no pair for %s', async (...args) => {
    expect((await runCli(args, database.url, '')).stderr).toMatch(
      /^E_USAGE: .*\nName two releases of one/,
    )
  })
})
