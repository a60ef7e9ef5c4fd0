/** Which release a name means, of which schedule, and when it takes effect. */
import { schedules } from '../pipelines/index.ts'
import { nameIn, quarterStart, type ReleaseName } from '../pipelines/release-name.ts'
import { type Schedule, tablesOf } from '../pipelines/schedule.ts'
import type { Table } from '../schemas/table.ts'
import { type CatalogRow, revisionNamed, revisionsOf } from './cms/catalog.ts'
import { CmsFeesError } from './errors.ts'

/** Reads a release name; throws E_UNKNOWN_RELEASE. Case does not matter. */
export function parseRelease(text: string): ReleaseName {
  for (const schedule of schedules) {
    const release = nameIn(schedule, text)
    if (release) return release
  }
  const known = schedules.map(({ title, example }) => `${title} (${example})`)
  throw new CmsFeesError(
    'E_UNKNOWN_RELEASE',
    `${JSON.stringify(text)} is no release of these: ${known.join(', ')}`,
  )
}

/** The schedule that a release belongs to. */
export function scheduleOf({ name }: ReleaseName): Schedule {
  const schedule = schedules.find((each) => nameIn(each, name))
  if (!schedule) throw new Error(`no schedule for ${name}`)
  return schedule
}

/** What a release's schedule has in the database. Throws E_UNKNOWN_RELEASE. */
export function familyOf(release: string): Pick<Schedule, 'priced'> & { tables: readonly Table[] } {
  const schedule = scheduleOf(parseRelease(release))
  return { tables: tablesOf(schedule), priced: schedule.priced }
}

export interface ReleaseDates {
  readonly effectiveFrom: string
  readonly effectiveFromSource: 'catalog' | 'quarter' | 'name'
  /** What the project's own list knows of the zip with this name; null where it does not know it. */
  readonly known: CatalogRow | null
}

/** When a release takes effect, and what is known of its revision whose zip has this name. */
export function datesOf(schedule: Schedule, release: ReleaseName, zipName = ''): ReleaseDates {
  const listed = revisionsOf(schedule, release.name)[0]?.effective_from
  const revision = revisionNamed(schedule, zipName)
  return {
    effectiveFrom: listed ?? quarterStart(release),
    effectiveFromSource: listed ? 'catalog' : release.isDated ? 'name' : 'quarter',
    known: revision?.release === release.name ? revision : null,
  }
}

/** The release that a zip, a folder or a file in it is named after; null where nobody can say. */
export const releaseNamed = (schedule: Schedule, name: string): string | null =>
  revisionNamed(schedule, name)?.release ?? schedule.namedAfter(name)
