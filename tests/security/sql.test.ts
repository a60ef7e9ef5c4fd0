/** No SQL is made of strings: names go through sql.ref, sql.table and sql.id, values through parameters. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../src/paths.ts'

/** Every place where text becomes SQL, and why it may. */
const ALLOWED: Record<string, string> = {
  'src/ingest/check.ts: sql.raw': 'files of sql/checks',
  'src/db/migrate.ts: sql.raw': 'files of sql/migrations, sql/functions and sql/api',
  'src/db/ask.ts: .query(new': "a person's own query, which can only read: see sql-reads.test.ts",
  'src/ingest/stage.ts: sql.lit':
    'DEFAULT takes no parameters: two days of the calendar, and Kysely escapes it',
  'src/ingest/stage.ts: .query(copyFrom': 'COPY takes no parameters: its names are escaped',
  'src/queries/claims.ts: .query(`create temporary table claim_line (${': 'names of constants',
  'src/queries/claims.ts: .query(copyFrom': 'COPY takes no parameters: its names are constants',
  "src/queries/claims.ts: .query(`create temporary table priced_line as select * from api.price_claims('pg_temp.claim_line', ${":
    'CREATE TABLE AS takes no parameters: the value is escaped',
  'src/queries/claims.ts: .query(copyTo': 'COPY takes no parameters: its names are escaped',
  'src/queries/export.ts: .query(copyTo':
    'COPY takes no parameters: queries of the registry and constants',
  'src/preview/prepared.ts: .query(statement': 'Kysely compiled it: parameters apart from the text',
  'src/preview/export.ts: .query(`fetch ${': 'FETCH takes no parameters: a constant',
}

/** What takes text as it is: sql.raw, and a query that is no plain string. */
const RAW = /sql\.(?:raw|lit)\b|\.query(?:<\w+>)?\(\s*(?:\w+|`[^`$]*\$\{)/g

test('text becomes SQL only where it is ours', () => {
  const found = ['src', 'pipelines'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => {
        const path = `${folder}/${name}`
        const text = readFileSync(join(ROOT, path), 'utf8')
        return [...text.matchAll(RAW)].map(
          ([match]) =>
            `${path}: ${match.replace(/<\w+>/, '').replace(/\s+/g, ' ').replace('( ', '(')}`,
        )
      }),
  )
  expect([...new Set(found)].sort()).toEqual(Object.keys(ALLOWED).sort())
})
