/** Retract: a revision is taken back out, and its days return to whom they would belong without it. */
import { type Kysely, sql } from 'kysely'
import { type Schedule, tablesOf } from '../../pipelines/schedule.ts'
import type { Format } from '../../schemas/file.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { merge, stagingOf } from '../ingest/merge.ts'
import { mergeRelease } from '../ingest/merge-release.ts'
import { type RevisionKey, refreshCalendar } from '../ingest/record.ts'
import { stageRows, unstage } from '../ingest/stage.ts'
import { type ReleaseSource, stageRelease, type Work } from '../ingest/stage-release.ts'
import { loadedRevision } from '../queries/loaded-revision.ts'
import { parseRelease, scheduleOf } from '../releases.ts'
import { finishRun } from '../runs/run.ts'
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
      await finishRun(trx, run, 'done')
      const tables = lost.map(({ table_name }) => table_name)
      const { release, revision: number } = revision
      return { run: run.id, release, revision: number, governed: tables, successors }
    })
  })
}

interface Governed {
  readonly table_name: string
  readonly period: string
}

const governed = (trx: Kysely<Tables>, revision: RevisionKey): Promise<Governed[]> =>
  trx
    .selectFrom('ops.governed_period')
    .select(['table_name', 'period'])
    .where('release', '=', revision.release)
    .where('sha256', '=', revision.sha256)
    .execute()

/** Each lost period goes to one successor, which is read from the archive again; or to nobody. Gives the successors' names. */
export async function giveBack(
  { schedule, archive }: Pick<ReleaseSource, 'schedule' | 'archive'>,
  lost: readonly Governed[],
  work: Work,
): Promise<string[]> {
  const { trx } = work
  const successors = new Map<string, { release: string; sha256: string }>()
  for (const { table_name, period } of lost) {
    const successor = await trx
      .selectFrom('ops.governed_period')
      .select(['release', 'sha256'])
      .where('table_name', '=', table_name)
      .where(sql<boolean>`period @> lower(${period}::daterange)`)
      .executeTakeFirst()
    if (successor) successors.set(`${successor.release} ${successor.sha256}`, successor)
    else await leaveEmpty(schedule, table_name, period, work)
  }
  for (const successor of successors.values()) {
    const artifact = await trx
      .selectFrom('ops.artifact')
      .select(['sha256', 'kind', 'name', 'bytes'])
      .where('sha256', '=', successor.sha256)
      .executeTakeFirstOrThrow()
    const source = { schedule, archive, artifact, release: parseRelease(successor.release) }
    const options = { allowMissing: true, ...(await formatOf(trx, successor)) }
    const { staged } = await stageRelease(source, options, work)
    await mergeRelease(successor, staged, work)
  }
  return [...successors.values()].map(({ release }) => release)
}

/** A revision that was read in one format throughout may have been so by choice: it is again. */
export async function formatOf(
  trx: Kysely<Tables>,
  revision: RevisionKey,
): Promise<{ format?: Format }> {
  const rows = await trx
    .selectFrom('ops.release_file')
    .select('format')
    .distinct()
    .where('release', '=', revision.release)
    .where('sha256', '=', revision.sha256)
    .execute()
  const [only, ...others] = rows
  return only && others.length === 0 ? { format: only.format as Format } : {}
}

/** Nothing is true in a period that no revision governs. */
async function leaveEmpty(
  schedule: Schedule,
  name: string,
  period: string,
  { trx, session }: Work,
): Promise<void> {
  const table = tablesOf(schedule).find((each) => each.name === name)
  if (!table) throw new Error(`${schedule.family} has no table ${name}`)
  const staging = stagingOf(name)
  await stageRows(trx, session.client, table, staging, [])
  await merge(trx, table, staging, period)
  await unstage(trx, staging)
}
