/**
 * What people type finds what they mean: one of the codes of each query in search-queries.csv is among the first three.
 * Synonyms are written for the tuned half; nobody writes for the half that is held out, so that it stays a measure.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { publishContent } from '../../src/editorial/publish.ts'
import { EDITORIAL } from '../../src/paths.ts'
import { refreshSearch, searchCodes } from '../../src/queries/search.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const FIRST = 3

const database = useDatabase()
const text = await readFile(join(import.meta.dirname, 'search-queries.csv'), 'utf8')
const queries = Papa.parse<{ half: string; query: string; codes: string }>(text, {
  header: true,
  skipEmptyLines: true,
}).data

beforeAll(() => loadSamples(database, 'RVU26B', 'HCPC2019_ANWEB'))

async function missed(half: string): Promise<string[]> {
  const failures: string[] = []
  for (const { query, codes } of queries.filter((one) => one.half === half)) {
    const first = (await searchCodes(database.session.db, query)).slice(0, FIRST)
    if (!first.some(({ hcpcs }) => codes.split(' ').includes(hcpcs)))
      failures.push(`${query}: ${first.map(({ hcpcs }) => hcpcs).join(' ')}`)
  }
  return failures
}

describe('queries of people', () => {
  test('are more than 200, each once, with codes that we wrote about', () => {
    expect(new Set(queries.map(({ query }) => query)).size).toBe(queries.length)
    expect(queries.length).toBeGreaterThan(200)
  })

  test('tuned', async () => {
    expect(await missed('tuned')).toEqual([])
  })

  test('held out', async () => {
    expect(await missed('held out')).toEqual([])
  })
})
