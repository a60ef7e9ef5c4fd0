import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
const text = readFileSync(join(ROOT, 'docs/wrvu.md'), 'utf8')
const [setup, ...examples] = [...text.matchAll(/```sql\n(.*?)```\n\n((?:\|[^\n]*\n)*)/gs)].map(
  ([, query = '', result = '']) => ({ query, result }),
)

beforeAll(async () => {
  await loadSamples(database, 'RVU25D', 'RVU26B', 'ZIP5_OCT2025')
  await database.rows(setup?.query ?? '')
})

const line = (cells: readonly unknown[]) => `| ${cells.map((cell) => cell ?? '').join(' | ')} |\n`

describe('docs/wrvu.md', () => {
  test.each(examples)('shows what its query gives (%#)', async ({ query, result }) => {
    const rows = await database.rows(query)
    const columns = Object.keys(rows[0] ?? {})
    expect(
      [columns, columns.map(() => '---'), ...rows.map((row) => Object.values(row))]
        .map(line)
        .join(''),
    ).toBe(result)
  })
})
