/** Retract: a revision is taken back out, and its days return to whom they would belong without it. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { type Governed, giveBack } from '../ingest/give-back.ts'
import { type RevisionKey, refreshCalendar } from '../ingest/record.ts'
import { loadedRevision } from '../queries/loaded-revision.ts'
import { parseRelease, scheduleOf } from '../releases.ts'
import { type Context, runJob } from '../runs/run-job.ts'

export interface RetractReport {
  readonly run: number
  readonly release: string
  readonly revision: number
  /** Tables that it governed on some day; none where another revision superseded it. */
  readonly governed: readonly string[]
  /** Revisions that govern its days now. */
  readonly successors: readonly string[]
}

/** `name` is a release, or one of its revisions (RVU25A#1). Throws E_NOT_LOADED. History remembers. */
export function retract(name: string, context: Context): Promise<RetractReport> {
  const { db } = context.session
  return runJob('retract', name, context, async (run) => {
    const revision = await loadedRevision(db, name)
    if (revision.state === 'retracted') {
      throw new CmsFeesError('E_NOT_LOADED', `${name} is retracted`)
    }
    run.sha256 = revision.sha256
    return db.transaction().execute(async (trx) => {
      const lost = await governed(trx, revision)
      await trx
        .updateTable('ops.release')
        .set({ retracted_at: sql`now()` })
        .where('release', '=', revision.release)
        .where('sha256', '=', revision.sha256)
        .execute()
      const schedule = scheduleOf(parseRelease(revision.release))
      const source = { schedule, archive: context.archive }
      const successors = await giveBack(source, lost, { trx, session: context.session, run })
      await refreshCalendar(trx)
      await run.finish(trx, 'done')
      const tables = lost.map(({ table_name }) => table_name)
      const { release, revision: number } = revision
      return { run: run.id, release, revision: number, governed: tables, successors }
    })
  })
}

const governed = (trx: Kysely<Tables>, revision: RevisionKey): Promise<Governed[]> =>
  trx
    .selectFrom('ops.governed_period')
    .select(['table_name', 'period'])
    .where('release', '=', revision.release)
    .where('sha256', '=', revision.sha256)
    .execute()
