/** THE chain: everything that happens to a release, in order. Read this file first. */
import type { Kysely } from 'kysely'
import { mergeCatalog } from '../cms/catalog.ts'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'
import { mergeContent } from '../editorial/publish.ts'
import { redate } from '../jobs/redate.ts'
import { CHECKS } from '../paths.ts'
import { parseRelease, scheduleOf } from '../releases.ts'
import { type RunReport, reportOf } from '../runs/report.ts'
import { finishRun, type Run, timed } from '../runs/run.ts'
import { type Context, runJob } from '../runs/run-job.ts'
import { acceptColumns } from './accept-columns.ts'
import { type Acceptance, requireGates } from './check.ts'
import { dateRevision } from './date-revision.ts'
import { fetchRelease, type Source } from './fetch.ts'
import type { MatchOptions } from './match-release.ts'
import { mergeRelease } from './merge-release.ts'
import {
  isLoaded,
  recordArtifact,
  recordRelease,
  recordVersions,
  refreshCalendar,
} from './record.ts'
import { type ReleaseSource, stageRelease } from './stage-release.ts'

export interface IngestRequest extends LoadOptions, Source {
  readonly release: string
}

export interface LoadOptions extends MatchOptions {
  /** Gates that may be broken, and columns that may be misspelled. `ingest` takes none without it; `load` leaves them open, as they were before. */
  readonly accept?: Acceptance
  /** Day on which CMS posted these bytes, as the operator says; it is believed before anybody else. */
  readonly published?: string | undefined
}

/**
 * Takes one release from its bytes to published versions, in one transaction. A failure leaves the run's
 * record, its rejected rows and nothing else. Throws a CmsFeesError for whatever a person must look at.
 */
export async function ingest(request: IngestRequest, context: Context): Promise<RunReport> {
  const release = parseRelease(request.release)
  const schedule = scheduleOf(release)
  const { archive, session } = context
  const { db } = session

  if (request.accept) await requireGates(CHECKS, request.accept.gates)
  return runJob('ingest', release.name, context, async (run) => {
    // Download, archive: the bytes are kept before anything reads them.
    const artifact = await timed(run, request.from ? 'archive' : 'download', null, () =>
      fetchRelease(schedule, release, request, context),
    )
    run.sha256 = artifact.sha256
    const posted = { release: release.name, sha256: artifact.sha256 }
    const source = { schedule, archive, artifact, release }
    if (await isLoaded(db, posted, request.format)) {
      await db.transaction().execute(async (trx) => {
        await mergeCatalog(trx)
        const redated = await redate(source, request.published, { trx, session, run })
        await finish(trx, run, redated ? 'done' : 'nothing_new')
      })
      return session.shielded(() => reportOf(db, run, posted))
    }

    await recordArtifact(db, artifact)
    const { accept = NOTHING, format } = request
    if (accept.columns?.length) {
      await timed(run, 'accept', null, () => acceptColumns(source, format, accept, db, run))
    }
    await load(source, { ...request, accept }, { session, run })
    // It is loaded: a signal that comes now is too late to end it.
    return session.shielded(() => reportOf(db, run, posted))
  })
}

/** From archived bytes to published versions. */
export async function load(
  source: ReleaseSource,
  { accept: gates, published, ...options }: LoadOptions,
  { session, run }: { session: Session; run: Run },
): Promise<void> {
  const { schedule, release, artifact } = source
  const posted = { release: release.name, sha256: artifact.sha256 }
  // All of it, or nothing.
  await session.db.transaction().execute(async (trx) => {
    const work = { trx, session, run }
    // A check reads what is known of the release.
    await mergeCatalog(trx)
    // Unpack, parse, validate, stage.
    await redate(source, published, work)
    const staging = await stageRelease(source, options, work)
    const { revision, staged } = staging
    const date = await dateRevision({ ...staging, artifact, release, published }, work)
    await recordRelease(trx, posted, schedule.family, { revision, date, staged }, run.id)
    // Merge, check, publish.
    const truth = { ...work, ...(gates && { gates }) }
    await recordVersions(trx, posted, await mergeRelease(posted, staged, truth))
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
  await refreshCalendar(trx)
  await mergeContent(trx, run)
  await timed(run, 'publish', null, () => finishRun(trx, run, outcome))
}
