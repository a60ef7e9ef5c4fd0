/** Replay: releases with rejected rows are read again from the archive, by the schemas as they are now. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError, EXIT } from '../errors.ts'
import { NOTHING_ACCEPTED } from '../ingest/check.ts'
import { formatOf } from '../ingest/give-back.ts'
import { load } from '../ingest/ingest.ts'
import { parseRelease, scheduleOf } from '../releases.ts'
import { type Context, runJob } from '../runs/run-job.ts'

export interface ReplayRequest {
  /** Without it every release that has open rejected rows. */
  readonly release?: string
  /** Load a refused release although it lacks files, too. */
  readonly allowMissing?: boolean
}

export interface Replay {
  readonly release: string
  /** The run that had rejected the rows, and the one that replayed them. */
  readonly of_run: number
  readonly run: number
  readonly accepted: number
  /** Rejected again. */
  readonly rejected: number
  /** Valid now, but their release was refused. */
  readonly held_back: number
  readonly error?: CmsFeesError
}

/** Bytes whose last run rejected rows. */
interface Rejected {
  readonly of_run: number
  readonly release: string
  readonly sha256: string
  readonly loaded: boolean
}

/**
 * One for each release, or the named one, that has open rejected rows. The whole release is merged anew, so that
 * a row that is valid now holds on its days as if it had never been rejected. A release that is refused again
 * does not keep back the others. Throws what `ingest` throws of exit code 4 and 5.
 */
export async function replay(
  { release, allowMissing = false }: ReplayRequest,
  context: Context,
): Promise<Replay[]> {
  const name = release === undefined ? null : parseRelease(release).name
  const replays: Replay[] = []
  for (const rejected of await openRejections(context.session.db, name)) {
    replays.push(await replayOne(rejected, allowMissing, context))
  }
  return replays
}

async function openRejections(db: Kysely<Tables>, release: string | null): Promise<Rejected[]> {
  const { rows } = await sql<Rejected>`
    select j.run as of_run, j.release, j.sha256, r.release is not null as loaded
      from api.rejected_row j
      left join ops.release r on (r.release, r.sha256) = (j.release, j.sha256)
     where j.open and r.retracted_at is null and j.release = coalesce(${release}::text, j.release)
     group by j.run, j.release, j.sha256, r.release
     order by j.run
  `.execute(db)
  return rows
}

async function replayOne(
  rejected: Rejected,
  allowMissing: boolean,
  context: Context,
): Promise<Replay> {
  const { of_run, sha256 } = rejected
  const { archive, session } = context
  const release = parseRelease(rejected.release)
  const schedule = scheduleOf(release)
  const posted = { release: release.name, sha256 }
  let replayRun = 0
  let error: CmsFeesError | undefined
  await runJob('replay', release.name, context, async (run) => {
    replayRun = run.id
    run.sha256 = sha256
    const artifact = await session.db
      .selectFrom('ops.artifact')
      .select(['sha256', 'kind', 'name', 'bytes'])
      .where('sha256', '=', sha256)
      .executeTakeFirstOrThrow()
    const source = { schedule, archive, artifact, release }
    const { loaded } = rejected
    await load(
      source,
      {
        ...(loaded ? await formatOf(session.db, posted) : { accept: NOTHING_ACCEPTED }),
        allowMissing: loaded || allowMissing,
      },
      { session, run },
    )
  }).catch((caught) => {
    if (!(caught instanceof CmsFeesError) || caught.exitCode >= EXIT.unreachable) throw caught
    error = caught
  })
  const outcomes = await session.shielded(() =>
    recordOutcomes(session.db, of_run, replayRun, error === undefined),
  )
  return { release: release.name, of_run, run: replayRun, ...outcomes, ...(error && { error }) }
}

/** What became of each rejected row: it is rejected again where the replay's own record has its line. */
async function recordOutcomes(
  db: Kysely<Tables>,
  ofRun: number,
  replayRun: number,
  done: boolean,
): Promise<Pick<Replay, 'accepted' | 'rejected' | 'held_back'>> {
  const { rows } = await sql<{ accepted: number; rejected: number; held_back: number }>`
    with written as (
      insert into ops.replayed_row (run_id, file, line, replay_run_id, outcome)
      select old.run_id, old.file, old.line, ${replayRun},
             case when new.run_id is not null then 'rejected' when ${done} then 'accepted' else 'held back' end
        from ops.rejected_row old
        left join ops.rejected_row new
               on (new.run_id, new.file, new.line) = (${replayRun}, old.file, old.line)
       where old.run_id = ${ofRun}
      returning outcome
    )
    select count(*) filter (where outcome = 'accepted') as accepted,
           count(*) filter (where outcome = 'rejected') as rejected,
           count(*) filter (where outcome = 'held back') as held_back
      from written
  `.execute(db)
  const [counts] = rows
  if (!counts) throw new Error('an aggregate has one row')
  return counts
}
