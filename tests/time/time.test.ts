/** Revisions, corrections, knowledge time and retraction, on releases small enough to follow. */
import { beforeAll, describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { retract } from '../../src/jobs/retract.ts'
import { codeHistory, releaseChanges } from '../../src/queries/changes.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeRelease } from '../helpers/releases.ts'

const database = useDatabase()
const moments: Record<string, string> = {}

/** Loads a made-up release, and notes the moment after it under `name`. */
async function load(
  name: string,
  release: string,
  published: string,
  work: Record<string, number>,
  conversionFactor?: string,
) {
  const from = await makeRelease({ release, work, ...(conversionFactor && { conversionFactor }) })
  const report = await ingest({ release, published, from, allowMissing: true }, database)
  const [now] = await database.rows<{ now: string }>('select clock_timestamp()::text as now')
  moments[name] = now?.now ?? ''
  return { ...report, from }
}
const on = async (day: string) =>
  Object.fromEntries(
    (
      await database.rows<{ hcpcs: string; work: string }>(
        `select hcpcs, work_rvu::text as work from api.rvu_on('${day}')`,
      )
    ).map(({ hcpcs, work }) => [hcpcs, work]),
  )
const asKnown = async (day: string, moment: string) =>
  Object.fromEntries(
    (
      await database.rows<{ hcpcs: string; work: string }>(
        `select hcpcs, work_rvu::text as work from api.rvu_as_known('${day}', '${moments[moment]}')`,
      )
    ).map(({ hcpcs, work }) => [hcpcs, work]),
  )
const states = () =>
  database.rows(
    `select release || '#' || revision as revision, state, in_force_to from api.release where state <> 'not loaded' order by effective_from, revision`,
  )

beforeAll(async () => {
  await load('A', 'RVU24A', '2024-01-01', { G0001: 100, G0002: 200 })
  await load('C', 'RVU24C', '2024-06-01', { G0001: 100, G0003: 300 })
})

describe('a revision', () => {
  test('supersedes what was posted before, from the same day, and moves only what it changes', async () => {
    const report = await load('A#2', 'RVU24A', '2024-02-01', { G0001: 101, G0002: 200 })
    // One version shortened, one inserted; G0002 is not touched.
    expect(report.files.find((file) => file.dataset === 'rvu')?.versions_written).toBe(2)
    expect(await on('2024-01-01')).toEqual({ G0001: '1.01', G0002: '2.00' })
    expect(await on('2024-07-01')).toEqual({ G0001: '1.00', G0003: '3.00' })
    expect(await states()).toEqual([
      { revision: 'RVU24A#1', state: 'superseded', in_force_to: null },
      { revision: 'RVU24A#2', state: 'past', in_force_to: '2024-06-30' },
      { revision: 'RVU24C#1', state: 'in force', in_force_to: null },
    ])
  })

  test('that was published before the one in force changes nothing, whenever it is loaded', async () => {
    const report = await load('A#0', 'RVU24A', '2023-12-01', { G0001: 99 })
    expect(report.outcome).toBe('done')
    expect(await on('2024-01-01')).toEqual({ G0001: '1.01', G0002: '2.00' })
    expect((await states()).map(({ revision }) => revision)).toEqual([
      'RVU24A#1',
      'RVU24A#2',
      'RVU24A#3',
      'RVU24C#1',
    ])
  })

  test('of the same bytes is nothing new', async () => {
    const from = await makeRelease({ release: 'RVU24A', work: { G0001: 101, G0002: 200 } })
    const again = await ingest({ release: 'RVU24A', from, allowMissing: true }, database)
    expect(again.outcome).toBe('nothing_new')
  })

  test('can be compared with any other, in force or not', async () => {
    const changes = await releaseChanges(database.session.db, 'RVU24A#1', 'RVU24A#2')
    expect(changes.map(({ change, hcpcs }) => [change, hcpcs])).toEqual([
      ['added', 'G0002'],
      ['changed', 'G0001'],
    ])
    expect(
      (await releaseChanges(database.session.db, 'RVU24A#2', 'RVU24A')).map(({ fields }) => fields),
    ).toEqual([
      {
        work_rvu: { before: '1.00', after: '1.01' },
        non_facility_total_rvu: { before: '1.00', after: '1.01' },
        facility_total_rvu: { before: '1.00', after: '1.01' },
      },
    ])
  })
})

describe('a constant', () => {
  test('that changes is a version of its own and of nothing else', async () => {
    const report = await load('AR', 'RVU24AR', '2024-03-08', { G0001: 101, G0002: 200 }, '33.2875')
    expect(
      report.files.map(({ dataset, versions_written }) => [dataset, versions_written]),
    ).toEqual([
      ['conversion_factor', 4],
      ['rvu', 0],
    ])
    expect(
      await database.rows(
        `select valid_from, valid_to, conversion_factor::text as factor from api.conversion_factor_versions where not qualifying_apm order by 1`,
      ),
    ).toEqual([
      { valid_from: '2024-01-01', valid_to: '2024-03-08', factor: '32.3465' },
      { valid_from: '2024-03-09', valid_to: '2024-06-30', factor: '33.2875' },
      { valid_from: '2024-07-01', valid_to: null, factor: '32.3465' },
    ])
  })

  test('is in the difference of two releases, with the payments it changes', async () => {
    const [factor, ...rest] = await releaseChanges(database.session.db, 'RVU24A', 'RVU24AR')
    expect(factor).toMatchObject({
      change: 'conversion factor',
      fields: { conversion_factor: { before: '32.3465', after: '33.2875' } },
    })
    expect(rest.map(({ change }) => change)).toEqual(['conversion factor'])
    const changes = await releaseChanges(database.session.db, 'RVU24AR', 'RVU24C')
    expect(
      changes
        .filter(({ hcpcs }) => hcpcs)
        .map(({ change, hcpcs, non_facility_before, non_facility_after }) => [
          change,
          hcpcs,
          non_facility_before,
          non_facility_after,
        ]),
    ).toEqual([
      ['added', 'G0003', null, '97.04'],
      ['deleted', 'G0002', '66.58', null],
      ['changed', 'G0001', '33.62', '32.35'],
    ])
  })
})

describe('knowledge time', () => {
  test('gives what was believed then', async () => {
    expect(await asKnown('2024-01-01', 'A')).toEqual({ G0001: '1.00', G0002: '2.00' })
    expect(await asKnown('2024-08-01', 'A')).toEqual({ G0001: '1.00', G0002: '2.00' })
    expect(await asKnown('2024-08-01', 'C')).toEqual({ G0001: '1.00', G0003: '3.00' })
    expect(await asKnown('2024-01-01', 'A#2')).toEqual({ G0001: '1.01', G0002: '2.00' })
    expect(await asKnown('2024-01-01', 'A#0')).toEqual({ G0001: '1.01', G0002: '2.00' })
  })

  test('a moment never holds two beliefs about a code on a day', async () => {
    expect(
      await database.rows(`
        select a.hcpcs
          from api.rvu_known a
          join api.rvu_known b using (hcpcs, modifier)
         where (a.content_hash, a.known_during) < (b.content_hash, b.known_during)
           and a.valid_during && b.valid_during and a.known_during && b.known_during`),
    ).toEqual([])
  })
})

describe('retract', () => {
  test('gives the days of a revision back to the one before it', async () => {
    expect(await retract('RVU24A', database)).toMatchObject({
      release: 'RVU24A',
      revision: 3,
      successors: ['RVU24A'],
    })
    expect(await on('2024-01-01')).toEqual({ G0001: '1.00', G0002: '2.00' })
    expect(await on('2024-03-09')).toEqual({ G0001: '1.01', G0002: '2.00' })
    expect((await states()).map(({ state }) => state)).toEqual([
      'superseded',
      'past',
      'retracted',
      'past',
      'in force',
    ])
  })

  test('of the last release leaves its days to its predecessor, of the first to nobody', async () => {
    await retract('RVU24C', database)
    expect(await on('2024-08-01')).toEqual({ G0001: '1.01', G0002: '2.00' })
    await retract('RVU24A#2', database)
    await retract('RVU24A#1', database)
    expect(await on('2024-01-01')).toEqual({})
    expect(await on('2024-03-09')).toEqual({ G0001: '1.01', G0002: '2.00' })
  })

  test('history remembers, and the release can come back', async () => {
    expect(await asKnown('2024-08-01', 'AR')).toEqual({ G0001: '1.00', G0003: '3.00' })
    await load('C again', 'RVU24C', '2024-06-01', { G0001: 100, G0003: 300 })
    expect(await on('2024-08-01')).toEqual({ G0001: '1.00', G0003: '3.00' })
    await expect(retract('RVU19A', database)).rejects.toMatchObject({ code: 'E_NOT_LOADED' })
  })

  test('the versions of a code say what changed, and a gap is visible', async () => {
    expect(await codeHistory(database.session.db, 'G0001')).toMatchObject([
      { valid_from: '2024-03-09', valid_to: '2024-06-30', first_release: 'RVU24AR', fields: null },
      {
        valid_from: '2024-07-01',
        valid_to: null,
        first_release: 'RVU24C',
        fields: { work_rvu: { before: '1.01', after: '1.00' } },
      },
    ])
    expect(
      await database.rows(
        `select release, effective_from from api.release where state = 'not loaded' and effective_from < '2025-01-01' order by 2`,
      ),
    ).toEqual([
      { release: 'RVU24B', effective_from: '2024-04-01' },
      { release: 'RVU24D', effective_from: '2024-10-01' },
    ])
  })

  test('the calendar follows what is loaded, and what stays of it is not written again', async () => {
    const written = () =>
      database.rows<{ release: string; id: string }>(
        `select release || period as release, ctid::text || xmin as id from ops.calendar where table_name = 'rvu' order by period`,
      )
    const before = await written()
    await load('D', 'RVU24D', '2024-09-01', { G0001: 100, G0003: 400 })
    const after = await written()
    const until = before.findIndex(({ release }) => release.includes('[2024-10-01'))
    expect(until).toBeGreaterThan(1)
    expect(after.slice(0, until)).toEqual(before.slice(0, until))
    expect(after[until]).toMatchObject({ release: expect.stringContaining('RVU24D') })
    expect(
      await database.rows(
        'select from (table ops.calendar except select * from ops.known_calendar()) gone',
      ),
    ).toEqual([])
  })
})
