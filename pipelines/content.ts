import type { Kysely } from 'kysely'
import type { Tables } from '../src/db/tables.ts'
import { mergeEditorial, readEditorial } from '../src/editorial.ts'
import { EDITORIAL } from '../src/paths.ts'
import { type Run, timed } from '../src/run-record.ts'

/** Original content never holds up a release: a broken file is reported and left as it was. */
export async function mergeContent(trx: Kysely<Tables>, run: Run): Promise<void> {
  const editorial = await readEditorial(EDITORIAL)
  for (const problem of editorial.problems) run.log.warn(problem, 'editorial file left out')
  await timed(run, 'merge', 'editorial', () => mergeEditorial(trx, editorial))
}
