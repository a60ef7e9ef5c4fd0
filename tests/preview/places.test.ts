/** Whatever the data says has a place on the pages, chosen by somebody; what is new has none, and fails here. */
import { beforeAll, describe, expect, test } from 'vitest'
import { RULES } from '../../schemas/editorial.ts'
import { rvuTable } from '../../schemas/pfs/rvu.ts'
import {
  FACTS_SAID_OTHERWISE,
  FACTS_SHOWN,
  RULE_HEADINGS,
  RULES_ELSEWHERE,
} from '../../src/preview/code/facts.ts'
import { TILES } from '../../src/preview/code/map.ts'
import { SHOWN_COLUMNS } from '../../src/preview/code/page.ts'
import { LABELS, UNSAID } from '../../src/preview/pages/changes.ts'
import { SHELVES } from '../../src/preview/pages/home.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
beforeAll(() => loadSamples(database, 'RVU25D', 'HCPC2019_ANWEB'))

const without = (names: readonly string[], known: Iterable<string>): readonly string[] => {
  const places = new Set(known)
  return names.filter((name) => !places.has(name))
}

describe('a place for', () => {
  test('every column of api.code_page', async () => {
    const rows = await database.rows<{ name: string }>(
      `select column_name as name from information_schema.columns
        where table_schema = 'api' and table_name = 'code_page'`,
    )
    expect(
      without(
        rows.map(({ name }) => name),
        SHOWN_COLUMNS,
      ),
    ).toEqual([])
  })

  test('every fact of a code, listed by the schedule or not', async () => {
    const rows = await database.rows<{ name: string }>(
      `select distinct jsonb_object_keys(facts) as name from api.code_fact
        union select distinct jsonb_object_keys(facts) from api.unlisted_code`,
    )
    const places = [
      ...Object.keys(RULE_HEADINGS),
      ...RULES_ELSEWHERE,
      ...FACTS_SHOWN,
      ...FACTS_SAID_OTHERWISE,
    ]
    expect(
      without(
        rows.map(({ name }) => name),
        places,
      ),
    ).toEqual([])
  })

  test('every rule that gives a sentence', () => {
    expect(without(RULES, [...Object.keys(RULE_HEADINGS), ...RULES_ELSEWHERE])).toEqual([])
  })

  test('every column in which releases can differ', () => {
    const columns = Object.keys(rvuTable.columns)
    const keys = ['hcpcs', 'modifier']
    expect(without(columns, [...keys, ...Object.keys(LABELS), ...UNSAID])).toEqual([])
  })

  test('every state with a locality, on the map', async () => {
    const rows = await database.rows<{ state: string }>(
      'select distinct state_code as state from api.locality_directory',
    )
    expect(rows.length).toBeGreaterThan(50)
    expect(
      without(
        rows.map(({ state }) => state),
        TILES.keys(),
      ),
    ).toEqual([])
  })

  test('every family that home names', async () => {
    const rows = await database.rows<{ family: string }>('select family from api.family')
    expect(
      without(
        Object.values(SHELVES).flat(),
        rows.map(({ family }) => family),
      ),
    ).toEqual([])
  })
})
