/** Every registered table and file has what it needs; the test names what is missing. */
import { describe, expect, test } from 'vitest'
import { schedules } from '../../pipelines/index.ts'
import { tablesOf } from '../../pipelines/schedule.ts'
import type { Field } from '../../schemas/fields.ts'
import { type Column, isOptional } from '../../schemas/table.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()

describe.each(schedules.flatMap((schedule) => tablesOf(schedule)))(
  'table $schema.$name',
  (table) => {
    const place = `${table.schema}.${table.name}`

    test('is in the database, with its columns, types and key', async () => {
      const found = await database.rows(
        `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable
         from pg_attribute where attrelid = to_regclass('${place}') and attnum > 0 and not attisdropped order by attnum`,
      )
      const declared = Object.entries<Field>(table.fields).map(([name, field]) => ({
        name,
        type: field.type ?? 'text',
        nullable: isOptional(field),
      }))
      expect(found).toEqual(
        expect.arrayContaining([
          ...declared,
          { name: 'content_hash', type: 'uuid', nullable: false },
          { name: 'valid_during', type: 'datemultirange', nullable: false },
          { name: 'known_since', type: 'timestamp with time zone', nullable: false },
        ]),
      )
      expect(found).toHaveLength(declared.length + 3)
      const constraints = await database.rows<{ definition: string }>(
        `select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = to_regclass('${place}')`,
      )
      const definitions = constraints.map(({ definition }) => definition)
      expect(definitions).toContain(
        `PRIMARY KEY (${[...table.storedKey, 'content_hash'].join(', ')})`,
      )
    })

    test('keeps replaced versions, and refuses two on one day', async () => {
      expect(
        await database.rows(
          `select tgname from pg_trigger where tgrelid = to_regclass('${place}') and tgname !~ '^mark_pending' order by 1`,
        ),
      ).toEqual([
        { tgname: 'keep_deleted' },
        { tgname: 'keep_updated' },
        { tgname: 'refuse_inserted_overlap' },
        { tgname: 'refuse_updated_overlap' },
      ])
    })

    test('is in the contract, each column with what it holds', async () => {
      const described = await database.rows(
        `select attname as name, col_description(attrelid, attnum) as description from pg_attribute
        where attrelid = to_regclass('api.${table.name}_versions') and attnum > 0 order by attnum limit ${Object.keys(table.columns).length}`,
      )
      expect(described).toEqual(
        Object.entries<Column>(table.columns).map(([name, { description }]) => ({
          name,
          description,
        })),
      )
      const names = ['_on(date)', '_as_known(date, timestamp with time zone)']
      for (const suffix of names) {
        expect(
          await database.rows(
            `select to_regprocedure('api.${table.name}${suffix}') is not null as there`,
          ),
        ).toEqual([{ there: true }])
      }
    })
  },
)

describe.each(schedules.flatMap(({ files }) => files))('file $name', (file) => {
  test('has layouts in the order of their epochs, for each format', () => {
    for (const layouts of [file.csv, file.txt]) {
      const since = layouts.map((layout) => layout.since)
      // Variants of one epoch share its first day.
      expect(since).toEqual(since.toSorted())
    }
  })
})
