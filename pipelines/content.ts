import { type Kysely, sql } from 'kysely'
import type { Tables } from '../src/db/tables.ts'
import { readEditorial } from '../src/editorial.ts'
import type { Logger } from '../src/log.ts'
import { mergeEditorial } from '../src/merge-editorial.ts'
import { EDITORIAL } from '../src/paths.ts'
import { type Run, timed } from '../src/run-record.ts'

/** Original content never holds up a release: a broken file is reported and left as it was. */
export async function mergeContent(
  trx: Kysely<Tables>,
  run: Run,
  folder = EDITORIAL,
): Promise<void> {
  await timed(run, 'merge', 'editorial', () => publishContent(trx, run.log, folder))
}

/** Number of rows that changed. What the schema let through and the database refuses changes nothing. */
export async function publishContent(
  trx: Kysely<Tables>,
  log: Logger,
  folder = EDITORIAL,
): Promise<number> {
  await sql`savepoint editorial`.execute(trx)
  try {
    const editorial = await readEditorial(folder)
    for (const problem of editorial.problems) log.warn(problem, 'editorial file left out')
    return await mergeEditorial(trx, editorial)
  } catch (error) {
    await sql`rollback to savepoint editorial`.execute(trx)
    log.warn({ err: error }, 'editorial content left as it was')
    return 0
  }
}
