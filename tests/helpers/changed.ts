import type { TestDatabase } from './database.ts'

/** Runs a query on changed data, and takes the change back. */
export async function rowsAfter<T>(
  database: TestDatabase,
  change: string,
  query: string,
): Promise<T[]> {
  await database.rows('begin')
  try {
    await database.rows(change)
    return await database.rows<T>(query)
  } finally {
    await database.rows('rollback')
  }
}
