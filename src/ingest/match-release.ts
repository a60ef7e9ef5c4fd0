/** Dates a release and says which of its members are read, before anything of it is parsed. */

import type { ReleaseName } from '../../pipelines/release-name.ts'
import type { Schedule } from '../../pipelines/schedule.ts'
import { CmsFeesError } from '../errors.ts'
import { datesOf, parseRelease, type ReleaseDates } from '../releases.ts'
import type { Run } from '../runs/run.ts'
import type { Artifact } from './archive.ts'
import { type Format, isIgnored, type Match, matchMembers } from './match.ts'
import type { Members } from './unpack.ts'

export interface MatchOptions {
  /** Load what is there of a release that lacks files. */
  readonly allowMissing?: boolean
  /** Read this format of every file, and no other. */
  readonly format?: Format
}

/** Throws E_MISSING_FILE, unless missing files are allowed; and what `matchMembers` throws. */
export function matchRelease(
  schedule: Schedule,
  release: ReleaseName,
  artifact: Artifact,
  members: Members,
  options: MatchOptions,
  run: Run,
): { revision: ReleaseDates; matches: readonly Match[] } {
  const revision = datesOf(schedule, release, artifact.name)
  if (revision.effectiveFromSource === 'quarter') {
    run.log.warn(
      { effectiveFrom: revision.effectiveFrom },
      'the catalog does not know this release: its quarter dates it',
    )
  }
  const { matches, missing, unread } = matchMembers(
    members.names,
    schedule.files,
    revision.effectiveFrom,
    options.format,
  )
  const unknown = unread.filter((name) => !isIgnored(name))
  if (unknown.length > 0) run.log.warn({ unknown }, 'no dataset matches these members: not read')
  if (matches.length === 0 || (missing.length > 0 && !options.allowMissing)) {
    throw new CmsFeesError(
      'E_MISSING_FILE',
      `${artifact.name} lacks ${missing.map((dataset) => dataset.title).join('; ')}; it holds ${JSON.stringify(members.names)}`,
    )
  }
  for (const { name } of missing) run.log.debug({ dataset: name }, 'missing, as allowed')
  const stated = schedule.discovery?.releaseIn(artifact.name)
  const zip = stated && { source: `the zip ${artifact.name}`, ...parseRelease(stated) }
  return { revision, matches: matches.map((match) => ({ ...match, ...(zip && { zip }) })) }
}
