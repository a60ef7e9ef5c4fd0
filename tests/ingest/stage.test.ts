/** What is staged: the cells as the database reads them back, and the hash that stands for what a row says. */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { tablesOf } from '../../pipelines/schedule.ts'
import { text } from '../../schemas/fields.ts'
import { localityTable } from '../../schemas/pfs/locality.ts'
import { column, defineTable } from '../../schemas/table.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { contentHashOf, stageRows } from '../../src/ingest/stage.ts'
import { rowOf } from '../../src/ingest/validate.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()
const tables = tablesOf(pfs)

describe('the content hash', () => {
  beforeAll(() => ingest({ release: 'RVU25D', from: join(FIXTURES, 'rvu25d.zip') }, database))

  test.each(tables)(
    'of $name is that of its columns and values as JSON, without what CMS left out',
    async ({ name, key, columns }) => {
      const parts = Object.keys(columns)
        .filter((column) => !key.includes(column))
        .map((column) => `'["${column}",' || to_json("${column}"::text)::text || ']'`)
      const [counted] = await database.rows(`
      select count(*) as rows, count(*) filter (where content_hash::text <> expected::uuid::text) as others
        from pfs.${name}, substr(encode(sha256(convert_to('[' || concat_ws(',', ${parts.join(', ')}) || ']', 'UTF8')), 'hex'), 1, 32) expected
    `)
      expect(counted).toMatchObject({ others: 0 })
      expect(counted?.rows).toBeGreaterThan(0)
    },
  )
})

test('text comes back as it was, whatever it holds', async () => {
  const odd = ['a\tb', 'a\\b', '\\N', 'a\nb', 'a\r\nb', 'é’"', '😀', '\\.', "'"]
  const table = defineTable({
    ...localityTable,
    columns: Object.fromEntries(
      Object.keys(localityTable.columns).map((name) => [name, column(text, '')]),
    ),
  })
  const rows = odd.map((value, entry) =>
    rowOf(['12345', '01', String(entry), 'x', value, value], table),
  )
  expect(rows).not.toContain(null)
  const { db, client } = database.session
  const found = await db.transaction().execute(async (trx) => {
    await stageRows(
      trx,
      client,
      table,
      'stage_odd',
      rows.filter((row) => row !== null),
    )
    return database.rows(
      'select fee_schedule_area as one, counties as two from stage_odd order by entry',
    )
  })
  expect(found).toEqual(odd.map((value) => ({ one: value, two: value })))
  expect(new Set(rows.map((row) => row && contentHashOf(row))).size).toBe(odd.length)
})
