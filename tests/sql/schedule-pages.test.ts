/** Codes of every schedule have a page, are found, and show what each schedule pays and paid (sample releases). */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import { retract } from '../../src/jobs/retract.ts'
import { FIXTURES } from '../../src/paths.ts'
import { codePage } from '../../src/queries/code-page.ts'
import { searchCodes } from '../../src/queries/search.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()
const load = (release: string) =>
  ingest(
    { release, from: join(FIXTURES, `${release.toLowerCase()}.zip`), allowMissing: true },
    database,
  )
beforeAll(async () => {
  // Newest first: the order of loading changes nothing.
  for (const release of ['CLFS25Q1', 'ASP25Q2', 'CLFS24Q4', 'ASP25Q1', 'DME25A', 'ASC25Q1'])
    await load(release)
})

const pageOf = async (hcpcs: string) => codePage(database.session.db, hcpcs)
const pricesOf = async (hcpcs: string) =>
  (await pageOf(hcpcs))?.schedule_prices?.map(({ schedule, modifier, history }) => [
    schedule,
    modifier,
    ...history.map((p) => [p.lowest, p.highest, p.valid_from, p.valid_to, p.known_to, p.release]),
  ])

describe('with no physician schedule at all', () => {
  test.each(['clfs.clfs', 'asp.asp', 'dmepos.dmepos', 'asc_addenda.asc_ancillary'])(
    'each code of the last release of %s has a page and a name',
    async (table) => {
      const name = table.split('.')[1]
      const codes = `select hcpcs from ${table} v join api.shown_day d on d.table_name = '${name}' where v.valid_during @> d.shown_day`
      const [counted] = await database.rows<{ count: string }>(`select count(*) from (${codes}) c`)
      expect(Number(counted?.count)).toBeGreaterThan(10)
      expect(await database.rows(`${codes} except select hcpcs from api.code_page`)).toEqual([])
      expect(await database.rows(`${codes} except select hcpcs from search.document`)).toEqual([])
    },
  )

  test('one page for each code, and no modifier is one', async () => {
    const [counts] = await database.rows(
      'select count(*) = count(distinct hcpcs) as alone, bool_and(length(hcpcs) = 5) as codes from api.code_page',
    )
    expect(counts).toEqual({ alone: true, codes: true })
  })

  test('a page says where its name stands, and nothing of RVUs', async () => {
    const page = await pageOf('A4351')
    expect(page?.provenance).toMatchObject({
      short_description: { release: 'DME25A', file: expect.stringContaining('DMEPOS') },
    })
    expect(page).toMatchObject({ release: null })
    expect(page?.rvu_information.sentences.map(({ sentence }) => sentence)).toEqual([])
  })
})

describe('what a schedule pays, and paid', () => {
  test('a laboratory rate that changed', async () => {
    expect(await pricesOf('G0147')).toEqual([
      [
        ...['laboratory', ''],
        ['18.19', '18.19', '2025-01-01', null, '2025-03-31', 'CLFS25Q1'],
        ['17.76', '17.76', '2024-10-01', '2024-12-31', null, 'CLFS24Q4'],
      ],
    ])
  })

  test('one that stayed is one range, whatever else of the row changed', async () => {
    const rate = ['19.31', '19.31', '2024-10-01', null, '2025-03-31', 'CLFS24Q4']
    expect(await pricesOf('G0103')).toEqual([['laboratory', '', rate]])
  })

  test('limits of a drug, which end with their quarter', async () => {
    expect(await pricesOf('A9573')).toContainEqual([
      ...['drugs', ''],
      ['3.472', '3.472', '2025-04-01', '2025-06-30', null, 'ASP25Q2'],
      ['3.581', '3.581', '2025-01-01', '2025-03-31', null, 'ASP25Q1'],
    ])
  })

  test('fees that differ by state', async () => {
    expect(await pricesOf('E0601')).toEqual([
      ['DMEPOS', 'RR', ['44.16', '98.07', '2025-01-01', null, '2025-03-31', 'DME25A']],
    ])
  })

  test('it is vouched for up to the last day that a loaded release governs, whatever is missing before', async () => {
    const vouched = async () => (await pageOf('G0103'))?.schedule_prices?.[0]?.vouched_to
    expect(await vouched()).toBe('2025-03-31')
    const known = (is: boolean, day: string) =>
      database.rows(
        `update ops.calendar set is_known = ${is} where table_name = 'clfs' and period @> ${day}`,
      )
    await known(true, `date '2025-08-01'`)
    expect(await vouched()).toBe('2025-09-30')
    await known(true, 'current_date')
    expect(await vouched()).toBeNull()
    await known(false, 'current_date')
    await known(false, `date '2025-08-01'`)
  })

  test('on any day the history says what api.price_national does', async () => {
    for (const day of ['2024-11-01', '2025-02-01']) {
      const history = `select hcpcs, schedule, setting, modifier, lowest, highest from api.price_history
        where hcpcs ~ '^(G01|A95|E06|A43)' and '${day}' between valid_from and coalesce(valid_to, 'infinity')`
      const national = `select p.hcpcs, p.schedule, p.setting, p.modifier, p.lowest, p.highest
        from (select distinct hcpcs from search.listing where hcpcs ~ '^(G01|A95|E06|A43)') l cross join api.price_national(l.hcpcs, '${day}') p`
      expect(await database.rows(`(${history}) except (${national})`)).toEqual([])
      expect(await database.rows(`(${national}) except (${history})`)).toEqual([])
    }
  })

  test('without an amount the page says what those say that list the code, and which do not', async () => {
    const [packaged] = await database.rows<{ hcpcs: string }>(
      `select hcpcs from api.unlisted_code where hcpcs not in (select hcpcs from api.price_history) and table_name = 'asc_ancillary' order by 1 limit 1`,
    )
    const page = await pageOf(packaged?.hcpcs ?? '')
    expect(page?.schedule_prices).toBeNull()
    expect(page?.unpriced_because).toMatch(
      /^ASC addendum .*; not listed in DMEPOS, laboratory fees, payment limits of drugs$/,
    )
    expect((await pageOf('A4351'))?.unpriced_because).toBeNull()
  })
})

describe('search', () => {
  const found = async (query: string) =>
    (await searchCodes(database.session.db, query)).map(({ hcpcs }) => hcpcs)

  test('finds a code by its beginning and by what its own file calls it', async () => {
    expect(await found('E0601')).toContain('E0601')
    expect(await found('gadopiclenol')).toContain('A9573')
    expect(await found('cytopathology smears')).toContain('G0147')
  })

  test('reads only what changed', async () => {
    await database.rows(`update clfs.clfs set known_since = now() where hcpcs = 'G0147'`)
    expect(await database.rows('select source from search.pending')).toEqual([
      { source: 'clfs.clfs' },
    ])
    await database.rows('select search.refresh()')
    expect(await database.rows('select source from search.pending')).toEqual([])
  })

  test('forgets what only a retracted release had', async () => {
    const only = `select hcpcs from search.listing group by hcpcs having bool_and(table_name ~ '^asc_')
      except select hcpcs from editorial.entry`
    const codes = (await database.rows<{ hcpcs: string }>(only)).map(({ hcpcs }) => hcpcs)
    expect(codes.length).toBeGreaterThan(0)
    await retract('ASC25Q1', database)
    expect(
      await database.rows(
        `select hcpcs from search.document where hcpcs in ('${codes.join("','")}')`,
      ),
    ).toEqual([])
  })
})
