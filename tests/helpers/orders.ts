/** Loads releases in several orders, and compares what comes out. */
import { resolve } from 'node:path'
import { expect } from 'vitest'
import { ingest } from '../../src/ingest/ingest.ts'
import type { TestDatabase } from './database.ts'

/** Of five releases. The first is the order of their days; RVU24AR takes effect in the middle of a quarter. */
export const ORDERS: readonly (readonly string[])[] = [
  ['RVU24A', 'RVU24AR', 'RVU24B', 'RVU25A', 'RVU25D'],
  ['RVU25D', 'RVU25A', 'RVU24B', 'RVU24AR', 'RVU24A'],
  ['RVU24B', 'RVU25D', 'RVU24A', 'RVU25A', 'RVU24AR'],
  ['RVU25A', 'RVU24A', 'RVU25D', 'RVU24AR', 'RVU24B'],
  ['RVU24AR', 'RVU24B', 'RVU25D', 'RVU24A', 'RVU25A', 'RVU24AR', 'RVU25D'],
  ['RVU24A', 'RVU25D', 'RVU24AR', 'RVU25A', 'RVU24A', 'RVU24B'],
]

const TABLES = ['rvu', 'conversion_factor', 'gpci', 'opps_cap', 'anesthesia_cf', 'locality']

/** One digest for each table: all of its versions and their days. */
async function digests(database: TestDatabase): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const table of TABLES) {
    const [row] = await database.rows<{ digest: string }>(
      `select md5(string_agg(v, '|' order by v)) as digest
         from (select (to_jsonb(t) - 'known_since')::text as v from pfs.${table} t) versions`,
    )
    found[table] = row?.digest ?? ''
  }
  return found
}

export async function expectSameTruth(
  database: TestDatabase,
  folder: string,
  zipOf: Readonly<Record<string, string>>,
  orders = ORDERS,
): Promise<void> {
  let expected: Record<string, string> | undefined
  for (const order of orders) {
    await database.rows(
      `truncate ${TABLES.flatMap((table) => [`pfs.${table}`, `pfs.${table}_history`]).join(', ')}, ops.release_file, ops.release`,
    )
    for (const release of order) {
      const from = resolve(folder, zipOf[release] ?? '')
      const { warnings } = await ingest({ release, from, allowMissing: true }, database)
      expect(warnings, release).toEqual([])
    }
    const found = await digests(database)
    expected ??= found
    expect(found, order.join(', ')).toEqual(expected)
  }
}
