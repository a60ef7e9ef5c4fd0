/** Backfill: a span of releases, from a folder of zips or from CMS, one after the other, whatever becomes of each. */

import type { Schedule } from '../../pipelines/schedule.ts'
import { catalogOf } from '../cms/catalog.ts'
import { CmsFeesError } from '../errors.ts'
import { requireListed } from '../ingest/fetch.ts'
import type { IngestRequest } from '../ingest/ingest.ts'
import { datesOf, parseRelease, scheduleOf } from '../releases.ts'
import type { Context } from '../runs/run-job.ts'
import { findReleases } from './find-releases.ts'
import { ingestEach, type Step } from './ingest-each.ts'

export interface BackfillRequest extends Pick<IngestRequest, 'accept' | 'allowMissing'> {
  /** First and last release, by the day they take effect. */
  readonly from: string
  readonly to: string
  /** Folder of zips, or of folders with a release's files, named as CMS names them; else CMS. */
  readonly archive?: string
}

interface Source {
  readonly release: string
  readonly effectiveFrom: string
  /** Undefined: to be downloaded. Null: the folder has no such release. */
  readonly path: string | null | undefined
}

/**
 * A step for each release of the span, in their order. A release that is loaded is passed over, so a backfill
 * that was cut off goes on where it was.
 */
export async function backfill(
  request: BackfillRequest,
  context: Context,
  progress?: (done: number, total: number, release: string) => void,
): Promise<Step[]> {
  const { from: _from, to: _to, archive: _archive, accept, ...others } = request
  const options = { ...others, ...(accept && { accept: { ...accept, anyRelease: true } }) }
  const sources = await findSources(request)
  const requests = sources
    .filter(({ path }) => path !== null)
    .map(({ release, path }) => ({ ...options, release, ...(path && { from: path }) }))
  const steps = (await ingestEach(requests, context, progress)).values()
  return sources.map(({ release, path }) =>
    path === null ? { release, source: null } : (steps.next().value as Step),
  )
}

/** Every release of the span: those that the folder has, and one for each day that it lacks; oldest first. */
async function findSources({ from, to, archive }: BackfillRequest): Promise<Source[]> {
  const { schedule, first, last } = spanOf(from, to)
  const dated = (release: string) => ({ release, effectiveFrom: dayOf(schedule, release) })
  const inSpan = ({ effectiveFrom: day }: Source) => day >= first && day <= last
  const known = knownReleases(schedule, from, to).map((release) => ({
    ...dated(release),
    path: undefined,
  }))
  if (archive === undefined) {
    requireListed(schedule, from)
    return known.filter(inSpan).sort(byDay)
  }
  const found = (await findReleases(archive, schedule))
    .map(({ release, path }) => ({ ...dated(release), path }))
    .filter(inSpan)
  if (found.length === 0) {
    throw new CmsFeesError(
      'E_SOURCE_NOT_FOUND',
      `${archive} holds no release of the family ${schedule.family} (${schedule.title}) from ${from} to ${to}`,
      { next: 'Give a folder of zips, or of folders, that are named as CMS names them.' },
    )
  }
  const days = new Set(found.map(({ effectiveFrom }) => effectiveFrom))
  const missing = known.filter((one) => {
    const isNew = inSpan(one) && !days.has(one.effectiveFrom)
    days.add(one.effectiveFrom)
    return isNew
  })
  return [...found, ...missing.map((one) => ({ ...one, path: null }))].sort(byDay)
}

/** Throws E_UNKNOWN_RELEASE, and E_USAGE where the ends are of two families or stand the wrong way round. */
function spanOf(from: string, to: string): { schedule: Schedule; first: string; last: string } {
  const [schedule, other] = [from, to].map((name) => scheduleOf(parseRelease(name))) as [
    Schedule,
    Schedule,
  ]
  if (schedule !== other) {
    throw new CmsFeesError(
      'E_USAGE',
      `${from} (${schedule.title}) and ${to} (${other.title}) span no releases`,
      {
        next: 'Name two releases of one family.',
      },
    )
  }
  const [first, last] = [dayOf(schedule, from), dayOf(schedule, to)]
  if (first > last) throw new CmsFeesError('E_USAGE', `${from} takes effect after ${to}`)
  return { schedule, first, last }
}

const dayOf = (schedule: Schedule, release: string): string =>
  datesOf(schedule, parseRelease(release)).effectiveFrom

/** Those that CMS is known to have made; where nobody knows, the two that are named. */
function knownReleases(schedule: Schedule, from: string, to: string): string[] {
  const known = catalogOf(schedule).map(({ release }) => release)
  const ends = [from, to].map((name) => parseRelease(name).name)
  return [...new Set(known.length > 0 ? known : ends)]
}

const byDay = (a: Source, b: Source): number =>
  a.effectiveFrom.localeCompare(b.effectiveFrom) || a.release.localeCompare(b.release)
