/** docs/laptop.md: its statements run as they stand, in the order in which they stand. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../../src/paths.ts'
import { makeClaimLines, writeClaimLines } from '../helpers/claim-lines.ts'
import { type DuckDB, openDuckDB, pricingOfLines } from '../helpers/duckdb.ts'
import { useExport } from '../helpers/export.ts'
import { makeFolder } from '../helpers/folder.ts'

const { database, current } = await useExport('RVU25D', 'ZIP5_OCT2025')
const folder = await makeFolder('laptop')
let duckdb: DuckDB

/** Statements of the page; `.read` is a command of DuckDB's shell. */
async function blocks(): Promise<string[]> {
  const page = await readFile(join(ROOT, 'docs/laptop.md'), 'utf8')
  const sql = await pricingOfLines()
  return [...page.matchAll(/```sql\n(.*?)```/gs)].map(([, text = '']) =>
    text
      .replace('.read price_lines.sql', () => sql)
      .replaceAll(/'(\w+\.parquet)'/g, `'${folder}/$1'`),
  )
}

beforeAll(async () => {
  duckdb = await openDuckDB(current)
  await makeClaimLines(database, 500)
  await writeClaimLines(database, duckdb, folder)
  await duckdb.run(`copy (from '${folder}/claim_line.parquet') to '${folder}/lines.parquet'`)
})
afterAll(() => duckdb?.close())

test('questions have answers', async () => {
  const [questions = ''] = await blocks()
  const asked = questions.split(';').filter((query) => query.trim())
  expect(asked).toHaveLength(2)
  for (const query of asked) expect(await duckdb.rows(query)).not.toEqual([])
})

test('a file of claims is priced', async () => {
  const [, pricing = ''] = await blocks()
  await duckdb.run(pricing)
  const total = (rows: string) =>
    duckdb.rows(
      `select count(*)::text as lines, count(amount)::text as priced, sum(amount)::text as total from ${rows}`,
    )
  const written = await total(`'${folder}/priced.parquet'`)
  expect(written).toEqual([
    { lines: '500', priced: expect.stringMatching(/^[1-9]\d\d/), total: expect.any(String) },
  ])
})
