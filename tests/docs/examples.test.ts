/** Every query in the documentation that is followed by a table gives that table. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()
beforeAll(() => loadSamples(database, 'RVU25D', 'RVU26B', 'ZIP5_OCT2025', 'MUP_PHY_D23'))

interface Example {
  readonly query: string
  /** Empty: a statement that sets up what follows. */
  readonly result: string
}

const examplesOf = (file: string): Example[] =>
  [
    ...readFileSync(join(ROOT, file), 'utf8').matchAll(/```sql\n(.*?)```\n\n((?:\|[^\n]*\n)*)/gs),
  ].map(([, query = '', result = '']) => ({ query, result }))

const line = (cells: readonly unknown[]) => `| ${cells.map((cell) => cell ?? '').join(' | ')} |\n`

describe.each(['README.md', 'docs/wrvu.md', 'docs/benchmark.md', 'docs/claims.md'])(
  '%s',
  (file) => {
    const examples = examplesOf(file)
    const setup = examples.filter(({ result }) => result === '')

    beforeAll(async () => {
      for (const { query } of setup) await database.rows(query)
    })

    test.each(examples.filter(({ result }) => result !== ''))(
      'shows what its query gives (%#)',
      async ({ query, result }) => {
        const rows = await database.rows(query)
        const columns = Object.keys(rows[0] ?? {})
        expect(
          [columns, columns.map(() => '---'), ...rows.map((row) => Object.values(row))]
            .map(line)
            .join(''),
        ).toBe(result)
      },
    )
  },
)
