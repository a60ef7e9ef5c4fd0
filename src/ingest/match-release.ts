/** Dates a release and says which of its members are read, before anything of it is parsed. */

import { parseRelease, type ReleaseName } from '../../pipelines/release-name.ts'
import type { Pipeline, Posting } from '../../pipelines/schedule.ts'
import { CmsFeesError } from '../errors.ts'
import type { Run } from '../runs/run.ts'
import type { Artifact } from './archive.ts'
import { type Claim, claimMembers, type Format, isIgnored } from './match.ts'
import type { Members } from './unpack.ts'

export interface ClaimOptions {
  /** Load what is there of a release that lacks files. */
  readonly allowMissing?: boolean
  /** Read this format of every file, and no other. */
  readonly format?: Format
}

/** Throws E_MISSING_FILE, unless missing files are allowed; and what `claimMembers` throws. */
export function claimRelease(
  pipeline: Pipeline,
  release: ReleaseName,
  artifact: Artifact,
  members: Members,
  options: ClaimOptions,
  run: Run,
): { posting: Posting; claims: readonly Claim[] } {
  const posting = pipeline.date(release, artifact.name)
  if (posting.effectiveFromSource === 'quarter') {
    run.log.warn(
      { effectiveFrom: posting.effectiveFrom },
      'the catalogue does not know this release: its quarter dates it',
    )
  }
  const { claims, missing, unread } = claimMembers(
    members.names,
    pipeline.datasets,
    posting.effectiveFrom,
    options.format,
  )
  const unknown = unread.filter((name) => !isIgnored(name))
  if (unknown.length > 0) run.log.warn({ unknown }, 'no dataset claims these members: not read')
  if (claims.length === 0 || (missing.length > 0 && !options.allowMissing)) {
    throw new CmsFeesError(
      'E_MISSING_FILE',
      `${artifact.name} lacks ${missing.map((dataset) => dataset.title).join('; ')}; it holds ${JSON.stringify(members.names)}`,
    )
  }
  for (const { name } of missing) run.log.debug({ dataset: name }, 'missing, as allowed')
  const stated = pipeline.discovery?.releaseIn(artifact.name)
  const zip = stated && { source: `the zip ${artifact.name}`, ...parseRelease(stated) }
  return { posting, claims: claims.map((claim) => ({ ...claim, ...(zip && { zip }) })) }
}
