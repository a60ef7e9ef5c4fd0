import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { retract } from '../../src/jobs/retract.ts'
import { refreshSearch, searchCodes } from '../../src/queries/search.ts'
import { useDatabase } from '../helpers/database.ts'
import { plansOf } from '../helpers/plans.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()

beforeAll(() => loadSamples(database, 'RVU25A', 'RVU25D', 'HCPC2019_ANWEB'))

const search = (query: string) => searchCodes(database.session.db, query)
const best = async (query: string) => (await search(query))[0]

describe('api.search', () => {
  test.each([
    ['portable medicine pump', 'words'],
    ['Pumps, portable, for medicines', 'words'],
    ['medicine ball', 'words'],
    ['medicin bal pumpp', 'words'],
    ['portable medicine zeppelin', 'some words'],
    ['a4306', 'code'],
    [' A4306 ', 'code'],
  ])('finds A4306 by %j', async (query, matched) => {
    expect(await best(query)).toMatchObject({ hcpcs: 'A4306', matched, in_schedule: true })
  })

  test('gives codes that begin with the query, in their order, and no others', async () => {
    const codes = (await search('G01')).map(({ hcpcs }) => hcpcs)
    expect(codes.length).toBeGreaterThan(3)
    expect(codes).toEqual(codes.filter((code) => code.startsWith('G01')).toSorted())
  })

  test('puts the code that we call exactly so before one that has the words more often', async () => {
    // Anesthesia for it (01402) has the two words in its name and in each of its synonyms.
    expect(await best('Knee replacement ')).toMatchObject({ hcpcs: '27447' })
    expect(await best('knee replacment')).toMatchObject({ hcpcs: '27447' })
    expect(await best('replacment of knee')).toMatchObject({ hcpcs: '27447' })
    expect(await best('knee replacement anesthesia')).toMatchObject({ hcpcs: '01402' })
  })

  test('finds a code that the schedule does not have, and says so', async () => {
    expect(await best('power wheelchair')).toMatchObject({ in_schedule: false })
  })

  test('reads a number as it stands: 50 is not the beginning of 500', async () => {
    const found = await search('50 ml per hour')
    expect(found.map(({ hcpcs }) => hcpcs)).toContain('A4306')
    const stated = await database.rows(`
      select distinct d.words @@ $$'50'$$::tsquery as exactly from api.search('50 ml') join api.search_document d using (hcpcs)`)
    expect(stated).toEqual([{ exactly: true }])
  })

  test.each(['', ' ', 'the', "o'neil", '\\', "'", ':*', '& | !', '%', '<->', '(', 'pump & !drug'])(
    'takes %j as words',
    async (query) => {
      await expect(search(query)).resolves.toBeInstanceOf(Array)
    },
  )

  test('gives 50 codes at most', async () => {
    expect((await search('injection')).length).toBe(50)
  })

  test('reads by index: codes, words and misspelt words', async () => {
    const all = await plansOf(
      database,
      ...['A43', 'portable medicine pump', 'elastomric'].map(
        (query) => `select * from api.search('${query}')`,
      ),
    )
    expect(all).toContain('document_code')
    expect(all).toContain('document_words')
    expect(all).toContain('word_trigrams')
    expect(all).not.toMatch(/Seq Scan on (document|word|rvu)\b/)
  })
})

/**
 * Synonyms are written for the tuned half; nobody writes for the half that is held out, so that it stays a measure of
 * what people find whose words we did not foresee.
 */
describe('of what people type, one of the codes that they mean is among the first three', async () => {
  const text = await readFile(join(import.meta.dirname, 'search-queries.csv'), 'utf8')
  const queries = Papa.parse<{ half: string; query: string; codes: string }>(text, {
    header: true,
    skipEmptyLines: true,
  }).data

  async function missed(half: 'tuned' | 'held out'): Promise<string[]> {
    const failures: string[] = []
    for (const { query, codes } of queries.filter((one) => one.half === half)) {
      const first = (await search(query)).slice(0, 3).map(({ hcpcs }) => hcpcs)
      if (!first.some((code) => codes.split(' ').includes(code))) failures.push(query)
    }
    return failures
  }

  test('in more than 200 queries, each asked once', () => {
    expect(queries.length).toBeGreaterThan(200)
    expect(new Set(queries.map(({ query }) => query)).size).toBe(queries.length)
  })

  test('for every tuned query', async () => {
    expect(await missed('tuned')).toEqual([])
  })

  test('for 115 of the 119 that are held out', async () => {
    expect((await missed('held out')).length).toBeLessThanOrEqual(4)
  })
})

describe('the documents', () => {
  /** What the documents would be if all were made anew. */
  async function expectTrue(): Promise<void> {
    const documents = () =>
      database.rows(`select hcpcs, name, description, words::text from search.document order by 1`)
    const kept = await documents()
    await database.rows(
      `truncate search.document; insert into search.pending values ('pfs.rvu', '-infinity'), ('hcpcs.hcpcs', '-infinity'), ('editorial.entry', '-infinity')`,
    )
    await refreshSearch(database.session.db)
    expect(await documents()).toEqual(kept)
    // Nothing is left that a search would read through.
    expect(await database.rows('select search.settle()::integer as pages')).toEqual([{ pages: 0 }])
  }

  test('are those of the present rows after several releases', expectTrue)

  test('follow what we write', async () => {
    const { db } = database.session
    await database.rows(
      `update editorial.entry set content = content || '{"title": "Zeppelin"}', known_since = now() where hcpcs = 'A4305'`,
    )
    expect(await search('zeppelin')).toEqual([])
    await refreshSearch(db)
    expect(await best('zeppelin')).toMatchObject({ hcpcs: 'A4305', name: 'Zeppelin' })
    await database.rows(`delete from editorial.entry where hcpcs = 'A4305'`)
    await refreshSearch(db)
    expect(await search('zeppelin')).toEqual([])
    expect(await best('A4305')).toMatchObject({ hcpcs: 'A4305' })
  })

  test('forget a code that only a retracted release had', async () => {
    const only = `select hcpcs from hcpcs.hcpcs where kind = 'procedure'
      except select hcpcs from pfs.rvu except select hcpcs from editorial.entry order by 1 limit 1`
    const [code] = await database.rows<{ hcpcs: string }>(only)
    expect(await best(code?.hcpcs ?? '')).toBeDefined()
    await retract('HCPC2019_ANWEB', database)
    expect(await search(code?.hcpcs ?? '')).toEqual([])
    await expectTrue()
  })
})
