/** THE chain: everything that happens to a release, in order. Read this file first. */
import type { Kysely } from 'kysely'
import type { Session } from '../src/db/session.ts'
import type { Tables } from '../src/db/tables.ts'
import { CHECKS } from '../src/paths.ts'
import { parseRelease } from '../src/release.ts'
import { finishRun, type Run, timed } from '../src/run-record.ts'
import { type Acceptance, requireGates } from '../src/stages/check.ts'
import {
  isLoaded,
  recordArtifact,
  recordRelease,
  recordVersions,
  refreshCalendar,
} from '../src/stages/publish.ts'
import { acceptColumns } from './accept-columns.ts'
import { mergeCatalogue } from './catalogue.ts'
import type { ClaimOptions } from './claim-release.ts'
import { mergeContent } from './content.ts'
import { pipelineOf } from './index.ts'
import { makeTrue } from './make-true.ts'
import { obtain, type Source } from './obtain.ts'
import { type Context, recorded } from './recorded.ts'
import { type RunReport, reportOf } from './report.ts'
import { type ReleaseSource, stageRelease } from './stage-release.ts'

export interface IngestRequest extends ClaimOptions, Source {
  readonly release: string
  /** Gates that may be broken, and columns that may be misspelled; none without it. */
  readonly accept?: Acceptance
}

/**
 * Takes one release from its bytes to published versions, in one transaction. A failure leaves the run's
 * record, its rejected rows and nothing else. Throws a CmsFeesError for whatever a person must look at.
 */
export async function ingest(request: IngestRequest, context: Context): Promise<RunReport> {
  const release = parseRelease(request.release)
  const pipeline = pipelineOf(release)
  const { archive, session } = context
  const { db } = session

  if (request.accept) await requireGates(CHECKS, request.accept.gates)
  return recorded('ingest', release.name, context, async (run) => {
    // Download, archive: the bytes are kept before anything reads them.
    const artifact = await timed(run, request.from ? 'archive' : 'download', null, () =>
      obtain(pipeline, release, request, context),
    )
    run.sha256 = artifact.sha256
    const posted = { release: release.name, sha256: artifact.sha256 }
    if (await isLoaded(db, posted, request.format)) {
      await db.transaction().execute((trx) => finish(trx, run, 'nothing_new'))
      return session.shielded(() => reportOf(db, run, release.name, null))
    }

    await recordArtifact(db, artifact)
    const source = { pipeline, archive, artifact, release }
    const { accept = NOTHING, format } = request
    if (accept.columns?.length) {
      await timed(run, 'accept', null, () => acceptColumns(source, format, accept, db, run))
    }
    await load(source, { ...request, accept }, { session, run })
    return reportOf(db, run, release.name, artifact.sha256)
  })
}

/** From archived bytes to published versions. Without `accept` the gates stay open, as they were before. */
export async function load(
  source: ReleaseSource,
  { accept: gates, ...options }: ClaimOptions & { readonly accept?: Acceptance },
  { session, run }: { session: Session; run: Run },
): Promise<void> {
  const { pipeline, release, artifact } = source
  const posted = { release: release.name, sha256: artifact.sha256 }
  // All of it, or nothing.
  await session.db.transaction().execute(async (trx) => {
    const work = { trx, session, run }
    // Unpack, parse, validate, stage.
    const { posting, staged } = await stageRelease(source, options, work)
    await recordRelease(trx, posted, pipeline.family, posting, staged, run.id)
    // Merge, check, publish.
    const truth = { ...work, ...(gates && { gates }) }
    await recordVersions(trx, posted, await makeTrue(posted, staged, truth))
    await finish(trx, run, 'done')
  })
}

const NOTHING: Acceptance = { gates: [], because: '', operator: '' }

/** What every run brings up to date before it ends. */
async function finish(
  trx: Kysely<Tables>,
  run: Run,
  outcome: 'done' | 'nothing_new',
): Promise<void> {
  await mergeCatalogue(trx)
  await refreshCalendar(trx)
  await mergeContent(trx, run)
  await timed(run, 'publish', null, () => finishRun(trx, run, outcome))
}
