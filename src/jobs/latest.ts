/** Latest: whatever CMS has published and this database has not. What cron runs. */

import { listed } from '../../pipelines/index.ts'
import type { ListedSchedule, Schedule } from '../../pipelines/schedule.ts'
import { dayAtCms } from '../day.ts'
import { type CmsFeesError, worstOf } from '../errors.ts'
import { requireLicenses, requireListed } from '../ingest/fetch.ts'
import { datesOf, parseRelease, scheduleOf } from '../releases.ts'
import { type Context, runJob } from '../runs/run-job.ts'
import { ingestEach, type Step } from './ingest-each.ts'
import { type OfferedRelease, offeredReleases } from './releases.ts'

export interface LatestRequest {
  /** First release that is wanted; without it the earliest loaded one or, in an empty database, the one in force. */
  readonly since?: string | undefined
  /** Families that are asked for; all that CMS lists without it. */
  readonly families?: readonly string[] | undefined
}

export interface Latest {
  /** One for each release that was new or posted again, in the order of their days. */
  readonly steps: readonly Step[]
  /** What a person, or another attempt, must mend: of the listing and of all steps, the worst. */
  readonly problem: CmsFeesError | null
}

/**
 * Throws what keeps it from looking: E_LICENSE_NOT_ACCEPTED, E_CMS_UNREACHABLE, E_LOCKED, … What becomes of a
 * release stands in its step; a refused one does not keep back the others.
 */
export async function latest(request: LatestRequest, context: Context): Promise<Latest> {
  const { since } = request
  requireLicenses(context.cms)
  if (since) requireListed(scheduleOf(parseRelease(since)), since)
  const { wanted, problem } = await look(request, context)
  const requests = wanted.map(({ release, url }) => ({ release, ...(url && { url }) }))
  const steps = await ingestEach(requests, context)
  const faults = [problem, ...steps.map(({ error }) => error)].filter((fault) => fault != null)
  return { steps, problem: worstOf(faults) }
}

/** A run of its own, so that the record says when CMS was last asked, whatever it answered. */
function look(
  { since, families }: LatestRequest,
  context: Context,
): Promise<{ wanted: OfferedRelease[]; problem: CmsFeesError | null }> {
  return runJob('latest', since ?? null, context, async (run) => {
    const wanted: OfferedRelease[] = []
    const problems: CmsFeesError[] = []
    for (const schedule of listed) {
      if (families && !families.includes(schedule.family)) continue
      const { releases, problem } = await run.stage('discover', null, () =>
        offeredReleases(schedule, context),
      )
      if (problem) problems.push(problem)
      wanted.push(...(await wantedOf(schedule, releases, since, context)))
    }
    const problem = worstOf(problems)
    const { db } = context.session
    await run.finish(db, wanted.length > 0 ? 'done' : 'nothing_new', problem ?? undefined)
    return { wanted, problem }
  })
}

async function wantedOf(
  schedule: ListedSchedule,
  releases: readonly OfferedRelease[],
  since: string | undefined,
  context: Context,
): Promise<OfferedRelease[]> {
  const offered = releases.filter((one) => one.listed)
  const name = since === undefined ? null : parseRelease(since)
  const first =
    name && scheduleOf(name) === schedule
      ? datesOf(schedule, name).effectiveFrom
      : await firstDay(schedule, offered, context)
  return offered.filter(
    ({ state, effective_from }) =>
      (state === 'new' || state === 're-posted') && effective_from >= first,
  )
}

/** From the earliest loaded release on; in an empty database from the one that is in force today. */
async function firstDay(
  { family }: Schedule,
  releases: readonly OfferedRelease[],
  { session }: Context,
): Promise<string> {
  const { first } = await session.db
    .selectFrom('ops.release')
    .where('family', '=', family)
    .where('retracted_at', 'is', null)
    .select(({ fn }) => fn.min<string | null>('effective_from').as('first'))
    .executeTakeFirstOrThrow()
  const today = dayAtCms()
  const inForce = releases.findLast(({ effective_from }) => effective_from <= today)
  return first ?? inForce?.effective_from ?? today
}
