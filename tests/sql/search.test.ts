import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { retract } from '../../pipelines/retract.ts'
import { ingest } from '../../pipelines/run.ts'
import { search } from '../../src/search.ts'
import { useDatabase } from '../helpers/database.ts'
import { hasReal, REAL } from '../helpers/real.ts'
import { loadSamples } from '../helpers/samples.ts'

const find = async (database: ReturnType<typeof useDatabase>, query: string) =>
  (await search(database.session.db, query)).map(({ hcpcs }) => hcpcs)

describe('api.search', () => {
  const database = useDatabase()
  beforeAll(() => loadSamples(database, 'RVU25D', 'HCPC2019_ANWEB'))

  test.each([
    ['a synonym', 'portable medicine pump', 'A4306', 'words'],
    ['plain language', 'small throw-away pump', 'A4306', 'words'],
    ['the long description', 'disposable flow rate greater', 'A4305', 'words'],
    ['the short description', 'drug delivery system', 'A4306', 'words'],
    ['another form of a word', 'elastomeric pumps', 'A4306', 'words'],
    ['a code', 'a4306', 'A4306', 'code'],
    ['the beginning of a code', 'A43', 'A4300', 'code'],
    ['a misspelt synonym', 'elastomerik infusoin pump', 'A4306', 'spelling'],
    ['a misspelt word', 'catheder', 'A4300', 'spelling'],
  ])('finds by %s: %s', async (_, query, hcpcs, found_by) => {
    const found = await search(database.session.db, query)
    expect(found.filter((row) => row.found_by !== found_by)).toEqual([])
    expect(found.map((row) => row.hcpcs)).toContain(hcpcs)
  })

  test('puts the code itself, and the closest name, first', async () => {
    expect((await find(database, 'A4306'))[0]).toBe('A4306')
    expect((await find(database, 'portable medicine pump'))[0]).toBe('A4306')
    expect(await find(database, 'A430')).toEqual(['A4300', 'A4301', 'A4305', 'A4306'])
  })

  test('says what a code is called, and whether the schedule has it', async () => {
    expect(await search(database.session.db, 'A4306')).toEqual([
      {
        hcpcs: 'A4306',
        code_system: 'HCPCS Level II',
        name: 'Disposable drug delivery system, under 50 ml per hour',
        long_description: 'Disposable drug delivery system, flow rate of less than 50 ml per hour',
        in_schedule: true,
        found_by: 'code',
        rank: '2.000000',
      },
    ])
  })

  test.each(['', ' ', '%', "'", '(', '!!', 'qqzzqq', 'the', '\\'])(
    'finds nothing by %j, and does not fail',
    async (query) => {
      expect(await find(database, query)).toEqual([])
    },
  )

  test('gives no more than is asked for', async () => {
    expect(await search(database.session.db, 'A', 3)).toHaveLength(3)
  })
})

describe('the documents of api.search', () => {
  const database = useDatabase()
  const documents = () =>
    database.rows(`select hcpcs, names, descriptors, prose from search.document order by hcpcs`)
  /** Documents after writing every one anew. */
  const anew = async () => {
    await database.rows(
      `select search.write(array(select hcpcs from search.document union select hcpcs from pfs.rvu union select hcpcs from hcpcs.hcpcs))`,
    )
    return documents()
  }

  test('follow what an editor changes', async () => {
    await loadSamples(database, 'RVU25D')
    await database.rows(
      `insert into editorial.entry (hcpcs, content, source_file, content_hash)
       values ('A4310', '{"title": "Made up", "synonyms": ["flibbertigibbet"]}', 'x', gen_random_uuid())`,
    )
    expect(await find(database, 'flibbertigibbet')).toEqual(['A4310'])
    await database.rows(
      `update editorial.entry set content = '{"title": "Whatsit"}' where hcpcs = 'A4310'`,
    )
    expect(await find(database, 'flibbertigibbet')).toEqual([])
    expect(await find(database, 'whatsit')).toEqual(['A4310'])
    await database.rows(`delete from editorial.entry where hcpcs = 'A4310'`)
    expect(await find(database, 'whatsit')).toEqual([])
  })

  test('follow releases that come and go', async () => {
    await loadSamples(database, 'HCPC2019_ANWEB', 'RVU26B')
    expect(await find(database, 'flow rate less than hour')).toEqual(['A4306'])
    expect(await documents()).toEqual(await anew())
    await retract('HCPC2019_ANWEB', database)
    expect(await database.rows(`select hcpcs from hcpcs.hcpcs`)).toEqual([])
    expect(await find(database, 'implantable access catheter epidural')).toEqual([])
    expect(await documents()).toEqual(await anew())
    for (const release of ['RVU25D', 'RVU26B']) await retract(release, database)
    expect(await database.rows(`select hcpcs from search.document`)).toEqual([])
  })
})

describe.skipIf(!hasReal)('api.search on the full schedule of ../shared/cms', () => {
  const database = useDatabase()
  beforeAll(async () => {
    for (const [release, source] of [
      ['RVU25D', 'rvu25d-0.zip'],
      ['HCPC2019_ANWEB', 'hcpcs/2019-Alpha-Numeric-HCPCS-File.zip'],
    ] as const) {
      await ingest({ release, from: join(REAL, source), allowMissing: true }, database)
    }
  })

  test.each([
    ['A43', ['document_prefix', 'document_words']],
    ['portable medicine pump', ['document_prefix', 'document_words']],
    ['infusoin pump', ['document_prefix', 'document_words', 'word_spelling']],
  ])('%s is answered by indexes alone', async (query, indexes) => {
    const [{ 'QUERY PLAN': plan } = { 'QUERY PLAN': '' }] = await database.rows<{
      'QUERY PLAN': object
    }>(`explain (analyze, format json) select * from api.search('${query}')`)
    const text = JSON.stringify(plan)
    for (const index of indexes) expect(text).toContain(index)
    expect(text).not.toMatch(/"Seq Scan"[^{}]*"Relation Name":"(document|word|rvu|hcpcs)"/)
  })

  test('the closest name comes first among twenty thousand', async () => {
    expect((await find(database, 'portable medicine pump'))[0]).toBe('A4306')
    expect((await find(database, 'oxigen concentrator'))[0]).toMatch(/^E139/)
    expect((await find(database, 'A43'))[0]).toBe('A4300')
  })
})
