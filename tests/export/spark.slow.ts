/** docs/spark.md on a real Spark: SPARK_PYTHON names the Python of an environment with PySpark and pyarrow. */
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readManifest } from '../../src/export/manifest.ts'
import { differing, makeClaimLines, writeClaimLines } from '../helpers/claim-lines.ts'
import { type DuckDB, openDuckDB } from '../helpers/duckdb.ts'
import { useExport } from '../helpers/export.ts'
import { makeFolder } from '../helpers/folder.ts'
import { environment, FEW_LINES, PYTHON, pricing, program } from '../helpers/spark.ts'

const { database, current } = await useExport('RVU25D', 'ZIP5_OCT2025')
const folder = await makeFolder('spark')
const answer = join(folder, 'answer')
const [log, lines] = [join(folder, 'log'), join(folder, 'claim_line.parquet')]

/** What Spark plans, as its log of events has it. */
async function plans(): Promise<string[]> {
  const [name = ''] = await readdir(log)
  const events = (await readFile(join(log, name), 'utf8')).trim().split('\n')
  return events.flatMap((event) => JSON.parse(event).physicalPlanDescription ?? [])
}

async function run(name: 'python' | 'spark-submit', args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program(name), args, { env: environment() })
  return stdout
}

describe.skipIf(PYTHON === '')('Spark (SPARK_PYTHON)', () => {
  let duckdb: DuckDB

  beforeAll(async () => {
    duckdb = await openDuckDB(current)
    await makeClaimLines(database, 5000)
    await writeClaimLines(database, duckdb, folder)
    await mkdir(log)
    const settings = [
      ...['enabled=true', `dir=file://${log}`, 'compress=false', 'rolling.enabled=false'],
    ].map((setting) => `eventLog.${setting}`)
    await run('spark-submit', [...pricing(FEW_LINES, settings), current, lines, answer])
  }, 1_200_000)
  afterAll(() => duckdb?.close())

  test('prices every line as api.price_claims does', async () => {
    const priced = `'${answer}/priced_line/*.parquet'`
    const expected = `'${folder}/expected.parquet'`
    expect(await duckdb.rows(differing(expected, priced))).toEqual([])
    const total = (rows: string) =>
      duckdb.rows(
        `select count(*)::text as lines, count(amount)::text as priced, sum(amount)::text as total from ${rows}`,
      )
    expect(await total(priced)).toEqual(await total(expected))
  })

  test('joins rates by merging and rules by broadcast, and makes no product', async () => {
    const all = (await plans()).join('\n')
    expect(all).toContain('SortMergeJoin')
    expect(all).toContain('BroadcastHashJoin')
    expect(all).not.toMatch(/CartesianProduct|BroadcastNestedLoopJoin/)
  })
})

test.skipIf(PYTHON === '')('pyarrow reads every file of an export (SPARK_PYTHON)', async () => {
  const tables = (await readManifest(current))?.tables ?? []
  const counted = await run('python', [
    '-c',
    'import sys, pyarrow.parquet as p\nfor f in sys.argv[1:]: t = p.read_table(f, partitioning=None); t.validate(full=True); print(t.num_rows)',
    ...tables.map(({ file }) => join(current, file.path)),
  ])
  expect(counted.trim().split('\n').map(Number)).toEqual(tables.map(({ rows }) => rows))
})
