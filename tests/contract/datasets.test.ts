/** Every registered dataset has what a dataset needs; the test names what is missing. */
import { describe, expect, test } from 'vitest'
import { pipelines } from '../../pipelines/index.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()
const datasets = pipelines.flatMap((pipeline) =>
  [...pipeline.datasets, ...pipeline.derived].map((dataset) => ({
    pipeline,
    dataset,
    name: dataset.name,
  })),
)

describe.for(datasets)('dataset $name', ({ pipeline, dataset }) => {
  test('has a migration: a table with its columns and a key', async () => {
    const table = `${pipeline.schema}.${dataset.table}`
    const columns = await database.rows<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = to_regclass('${table}') and attnum > 0 and not attisdropped`,
    )
    expect(columns.map(({ name }) => name).sort()).toEqual(
      [...dataset.columns, 'content_hash', 'known_since', 'valid_during'].sort(),
    )
    const constraints = await database.rows<{ definition: string }>(
      `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = to_regclass('${table}')`,
    )
    const definitions = constraints.map(({ definition }) => definition)
    expect(definitions).toContain(`PRIMARY KEY (${[...dataset.key, 'content_hash'].join(', ')})`)
  })

  test('keeps replaced versions, and refuses two on one day', async () => {
    expect(
      await database.rows(
        `select tgname from pg_trigger where tgrelid = to_regclass('${pipeline.schema}.${dataset.table}') and tgname !~ '^mark_pending' order by 1`,
      ),
    ).toEqual([
      { tgname: 'keep_deleted' },
      { tgname: 'keep_updated' },
      { tgname: 'refuse_inserted_overlap' },
      { tgname: 'refuse_updated_overlap' },
    ])
  })

  // A dataset that is only compared with another one is no part of the contract.
  if (!dataset.checkOnly)
    test('is in the contract: as versions, on a day, and today', async () => {
      const names = ['_versions', '', '_on(date)'].map((suffix) => `api.${dataset.table}${suffix}`)
      expect(
        await database.rows(
          `select to_regclass('${names[0]}') is not null as versions, to_regclass('${names[1]}') is not null as today,
                to_regprocedure('${names[2]}') is not null as on_a_day`,
        ),
      ).toEqual([{ versions: true, today: true, on_a_day: true }])
    })

  test('has layouts in the order of their epochs, for each format', () => {
    for (const layouts of [dataset.csv, dataset.txt]) {
      const since = layouts.map((layout) => layout.since)
      // Variants of one epoch share its first day.
      expect(since).toEqual(since.toSorted())
    }
  })
})
