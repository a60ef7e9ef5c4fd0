import { type Kysely, sql } from 'kysely'
import { isInterruption } from '../db/interrupt.ts'
import type { Tables } from '../db/tables.ts'
import type { Logger } from '../log.ts'
import { EDITORIAL } from '../paths.ts'
import type { Run } from '../runs/run.ts'
import { mergeEditorial } from './merge.ts'
import { hashEditorial, readEditorial } from './read.ts'

/** Original content never holds up a release: a broken file is reported and left as it was. */
export async function mergeContent(
  trx: Kysely<Tables>,
  run: Run,
  folder = EDITORIAL,
): Promise<void> {
  await run.stage('merge', 'editorial', () => publishContent(trx, run.log, folder))
}

/** Number of rows that changed. What the schema let through and the database refuses changes nothing. */
export async function publishContent(
  trx: Kysely<Tables>,
  log: Logger,
  folder = EDITORIAL,
): Promise<number> {
  await sql`savepoint editorial`.execute(trx)
  try {
    const sha256 = hashEditorial(folder)
    if (await isPublished(trx, sha256)) return 0
    const editorial = await readEditorial(folder)
    for (const problem of editorial.problems) log.warn(problem, 'editorial file left out')
    const changed = await mergeEditorial(trx, editorial)
    // A file with a problem is told of at each run, until it is mended.
    if (editorial.problems.length === 0) {
      await trx.insertInto('editorial.source').values({ sha256 }).execute()
    }
    return changed
  } catch (error) {
    if (isInterruption(error)) throw error
    await sql`rollback to savepoint editorial`.execute(trx)
    log.warn({ err: error }, 'editorial content left as it was')
    return 0
  }
}

/** Whether the content in the database came from these very files. */
async function isPublished(trx: Kysely<Tables>, sha256: string): Promise<boolean> {
  const last = await trx
    .selectFrom('editorial.source')
    .select('sha256')
    .orderBy('published_at', 'desc')
    .executeTakeFirst()
  return last?.sha256 === sha256
}
