import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { isNullable, readFunctions, readRelations } from '../../docs/pages/contract.ts'
import { pages } from '../../docs/pages/index.ts'
import { ROOT } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { loadSamples } from '../helpers/samples.ts'

const database = useDatabase()

beforeAll(() => loadSamples(database, 'RVU25A', 'RVU26B', 'ZIP5_OCT2025', 'HCPC2019_ANWEB'))

describe('generated files', () => {
  test.each(pages)('$file is what `npm run docs` writes', async ({ file, render }) => {
    expect(readFileSync(join(ROOT, file), 'utf8')).toBe(await render(database.session.db))
  })
})

describe('schema api', () => {
  test('describes every view, function, row and column', async () => {
    const relations = await readRelations(database.session.db)
    const functions = await readFunctions(database.session.db)
    expect([
      ...[...relations, ...functions].filter((each) => !each.description).map(({ name }) => name),
      ...relations.flatMap(({ name, columns }) =>
        columns.filter((column) => !column.description).map((column) => `${name}.${column.name}`),
      ),
    ]).toEqual([])
  })

  test('holds no null in a column whose description does not speak of it', async () => {
    const relations = await readRelations(database.session.db)
    for (const { name, columns } of relations.filter(({ kind }) => kind === 'view')) {
      const counts = columns
        .filter((column) => !isNullable(column))
        .map((column) => `count(*) filter (where ${column.name} is null) as ${column.name}`)
      const [nulls = {}] = await database.rows(`select ${counts.join(', ')} from api.${name}`)
      expect([name, Object.entries(nulls).filter(([, count]) => count !== 0)]).toEqual([name, []])
    }
  })
})
