/** Retract: a posting is taken back out, and its days return to whom they would belong without it. */
import { type Kysely, sql } from 'kysely'
import { pipelineOf } from '../../pipelines/index.ts'
import { parseRelease } from '../../pipelines/release-name.ts'
import { type Pipeline, tablesOf } from '../../pipelines/schedule.ts'
import type { Format } from '../../schemas/file.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { merge, stagingOf } from '../ingest/merge.ts'
import { makeTrue } from '../ingest/merge-release.ts'
import { type PostingKey, refreshCalendar } from '../ingest/record.ts'
import { stageRows, unstage } from '../ingest/stage.ts'
import { type ReleaseSource, stageRelease, type Work } from '../ingest/stage-release.ts'
import { loadedPosting } from '../queries/loaded-revision.ts'
import { finishRun } from '../runs/run.ts'
import { type Context, recorded } from '../runs/run-job.ts'

export interface RetractReport {
  readonly run: number
  readonly release: string
  readonly revision: number
  /** Tables that it governed on some day; none where another posting superseded it. */
  readonly governed: readonly string[]
  /** Postings that govern its days now. */
  readonly heirs: readonly string[]
}

/** `name` is a release, or one of its revisions (RVU25A#1). Throws E_NOT_LOADED. History remembers. */
export function retract(name: string, context: Context): Promise<RetractReport> {
  const { db } = context.session
  return recorded('retract', name, context, async (run) => {
    const posting = await loadedPosting(db, name)
    if (posting.state === 'retracted') {
      throw new CmsFeesError('E_NOT_LOADED', `${name} is retracted`)
    }
    run.sha256 = posting.sha256
    return db.transaction().execute(async (trx) => {
      const lost = await governed(trx, posting)
      await trx
        .updateTable('ops.release')
        .set({ retracted_at: sql`now()` })
        .where('release', '=', posting.release)
        .where('sha256', '=', posting.sha256)
        .execute()
      const pipeline = pipelineOf(parseRelease(posting.release))
      const source = { pipeline, archive: context.archive }
      const heirs = await giveBack(source, lost, { trx, session: context.session, run })
      await refreshCalendar(trx)
      await finishRun(trx, run, 'done')
      const tables = lost.map(({ table_name }) => table_name)
      const { release, revision } = posting
      return { run: run.id, release, revision, governed: tables, heirs }
    })
  })
}

interface Governed {
  readonly table_name: string
  readonly period: string
}

const governed = (trx: Kysely<Tables>, posting: PostingKey): Promise<Governed[]> =>
  trx
    .selectFrom('ops.governed_period')
    .select(['table_name', 'period'])
    .where('release', '=', posting.release)
    .where('sha256', '=', posting.sha256)
    .execute()

/** Each lost period goes to one heir, which is read from the archive again; or to nobody. Gives the heirs' names. */
export async function giveBack(
  { pipeline, archive }: Pick<ReleaseSource, 'pipeline' | 'archive'>,
  lost: readonly Governed[],
  work: Work,
): Promise<string[]> {
  const { trx } = work
  const heirs = new Map<string, { release: string; sha256: string }>()
  for (const { table_name, period } of lost) {
    const heir = await trx
      .selectFrom('ops.governed_period')
      .select(['release', 'sha256'])
      .where('table_name', '=', table_name)
      .where(sql<boolean>`period @> lower(${period}::daterange)`)
      .executeTakeFirst()
    if (heir) heirs.set(`${heir.release} ${heir.sha256}`, heir)
    else await leaveEmpty(pipeline, table_name, period, work)
  }
  for (const heir of heirs.values()) {
    const artifact = await trx
      .selectFrom('ops.artifact')
      .select(['sha256', 'kind', 'name', 'bytes'])
      .where('sha256', '=', heir.sha256)
      .executeTakeFirstOrThrow()
    const source = { pipeline, archive, artifact, release: parseRelease(heir.release) }
    const options = { allowMissing: true, ...(await formatOf(trx, heir)) }
    const { staged } = await stageRelease(source, options, work)
    await makeTrue(heir, staged, work)
  }
  return [...heirs.values()].map(({ release }) => release)
}

/** A posting that was read in one format throughout may have been so by choice: it is again. */
export async function formatOf(
  trx: Kysely<Tables>,
  posting: PostingKey,
): Promise<{ format?: Format }> {
  const rows = await trx
    .selectFrom('ops.release_file')
    .select('format')
    .distinct()
    .where('release', '=', posting.release)
    .where('sha256', '=', posting.sha256)
    .execute()
  const [only, ...others] = rows
  return only && others.length === 0 ? { format: only.format as Format } : {}
}

/** Nothing is true in a period that no posting governs. */
async function leaveEmpty(
  pipeline: Pipeline,
  name: string,
  period: string,
  { trx, session }: Work,
): Promise<void> {
  const table = tablesOf(pipeline).find((each) => each.name === name)
  if (!table) throw new Error(`${pipeline.family} has no table ${name}`)
  const staging = stagingOf(name)
  await stageRows(trx, session.client, table, staging, [])
  await merge(trx, table, staging, period)
  await unstage(trx, staging)
}
