/** From the archive to rows: unpack, parse and validate every file of a posting. */

import type { Pipeline, Posting } from '../src/pipeline.ts'
import type { ReleaseName } from '../src/release.ts'
import { type Run, timed } from '../src/run-record.ts'
import type { Artifact } from '../src/stages/archive.ts'
import { parse } from '../src/stages/parse.ts'
import { type Batch, batchesOf } from '../src/stages/publish.ts'
import { unpack } from '../src/stages/unpack.ts'
import { refuseBadFiles, type ValidFile, validate } from '../src/stages/validate.ts'
import { type ClaimOptions, claimRelease } from './claim-release.ts'

/** The archived bytes of a release. */
export interface ReleaseSource {
  readonly pipeline: Pipeline
  /** Folder of the archive. */
  readonly archive: string
  readonly artifact: Artifact
  readonly release: ReleaseName
}

/** Throws what each stage refuses; rejected rows are on the run either way. */
export async function readRelease(
  { pipeline, archive, artifact, release }: ReleaseSource,
  options: ClaimOptions,
  run: Run,
): Promise<{ posting: Posting; batches: readonly Batch[] }> {
  using members = await timed(run, 'unpack', null, () => unpack(archive, artifact))
  const { posting, claims } = claimRelease(pipeline, release, artifact, members, options, run)
  const files: ValidFile[] = []
  for (const claim of claims) {
    const name = claim.dataset.name
    const bytes = await timed(run, 'unpack', name, () => members.read(claim.member))
    const parsed = await timed(
      ...([run, 'parse', name] as const),
      () => parse({ ...claim, bytes }, release, posting.effectiveFrom),
      ({ records }) => records.length,
    )
    const valid = await timed(
      ...([run, 'validate', name] as const),
      () => validate(parsed),
      ({ rows }) => rows.length,
    )
    run.rejected.push(...valid.rejected)
    files.push(valid)
  }
  refuseBadFiles(files)
  return { posting, batches: batchesOf(files, pipeline.derive(files)) }
}
