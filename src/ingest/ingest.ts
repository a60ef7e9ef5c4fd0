/** THE chain: everything that happens to a release, in order. Read this file first. */
import type { Kysely } from 'kysely'
import { mergeCatalog } from '../cms/catalog.ts'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'
import { mergeContent } from '../editorial/publish.ts'
import { CHECKS } from '../paths.ts'
import { datesOf, parseRelease, type ReleaseDates, scheduleOf } from '../releases.ts'
import { type RunReport, reportOf } from '../runs/report.ts'
import type { Run, Work } from '../runs/run.ts'
import { type Context, runJob } from '../runs/run-job.ts'
import { acceptColumns, acceptedColumns, withValuesBefore } from './accept-columns.ts'
import type { ReleaseSource } from './archive.ts'
import { type Acceptance, checkRelease, NOTHING_ACCEPTED, requireGates } from './check.ts'
import { dateRevision, releasedOf } from './date-revision.ts'
import { fetchRelease, type Source } from './fetch.ts'
import { type MatchOptions, matchRelease } from './match.ts'
import { mergeRelease } from './merge-release.ts'
import { parse } from './parse.ts'
import {
  isLoaded,
  recordArtifact,
  recordRelease,
  recordVersions,
  refreshCalendar,
} from './record.ts'
import { redate } from './redate.ts'
import { type Staged, stageDerived, stageFile, unstageAll } from './stage.ts'
import { unpack } from './unpack.ts'
import { refuseBadFiles, validate } from './validate.ts'
import { stageWitnesses, type Witness, witnessOf } from './witness.ts'

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
    // The bytes are kept before anything reads them.
    const artifact = await run.stage(request.from ? 'archive' : 'download', null, () =>
      fetchRelease(schedule, release, request, context),
    )
    run.sha256 = artifact.sha256
    const revision = { release: release.name, sha256: artifact.sha256 }
    const source = { schedule, archive, artifact, release }
    if (await isLoaded(db, revision, request.format)) {
      await db.transaction().execute(async (trx) => {
        await mergeCatalog(trx)
        const redated = await redate(source, request.published, { trx, session, run })
        await finish(trx, run, redated ? 'done' : 'nothing_new')
      })
    } else {
      await recordArtifact(db, artifact)
      const { accept = NOTHING_ACCEPTED, format } = request
      if (accept.columns?.length) {
        await run.stage('accept', null, () => acceptColumns(source, format, accept, db, run))
      }
      await load(source, { ...request, accept }, { session, run })
    }
    // It is loaded: a signal that comes now is too late to end it.
    return session.shielded(() => reportOf(db, run, revision))
  })
}

/** From archived bytes to published versions: all of it, or nothing. */
export async function load(
  source: ReleaseSource,
  { accept, published, ...options }: LoadOptions,
  { session, run }: { session: Session; run: Run },
): Promise<void> {
  const { schedule, release, artifact } = source
  const revision = { release: release.name, sha256: artifact.sha256 }
  await session.db.transaction().execute(async (trx) => {
    const work = { trx, session, run }
    // A check reads what is known of the release.
    await mergeCatalog(trx)
    await redate(source, published, work)
    const { dates, released, staged } = await stageRelease(source, options, work)
    const date = await dateRevision({ artifact, release, dates, released, published }, work)
    await recordRelease(trx, revision, schedule.family, { dates, date, staged }, run.id)
    const written = await mergeStaged(revision, staged, work, accept)
    await recordVersions(trx, revision, written)
    await finish(trx, run, 'done')
  })
}

export interface StagedRelease {
  readonly dates: ReleaseDates
  /** Day of release that the files themselves state; null where none does. */
  readonly released: string | null
  readonly staged: readonly Staged[]
}

/** From archived bytes to staged rows. Throws what each step refuses; rejected rows are on the run either way. */
export async function stageRelease(
  source: ReleaseSource,
  options: MatchOptions,
  work: Work,
): Promise<StagedRelease> {
  const { schedule, archive, artifact, release } = source
  const { trx, run } = work
  const dates = datesOf(schedule, release, artifact.name)
  const { effectiveFrom, effectiveFromSource } = dates
  if (effectiveFromSource === 'quarter') {
    run.log.warn({ effectiveFrom }, 'the catalog does not know this release: its quarter dates it')
  }
  const members = await run.stage('unpack', null, () => unpack(archive, artifact))
  const accepted = await acceptedColumns(trx, artifact.sha256)
  const beside = { members, release, effectiveFrom, run }
  const witnesses: Witness[] = []
  const staged: Staged[] = []
  for (const match of matchRelease(source, effectiveFrom, members, options, run.log)) {
    const { name } = match.dataset
    const bytes = await run.stage('unpack', name, () => members.read(match.member))
    const parsed = await run.stage(
      'parse',
      name,
      () =>
        parse({ ...match, bytes }, release, effectiveFrom, accepted.get(match.member)).catch(
          withValuesBefore(trx, match.dataset.table, effectiveFrom),
        ),
      ({ read }) => read,
    )
    const valid = await run.stage(
      'validate',
      name,
      () => validate(parsed),
      ({ accepted: rows }) => rows,
    )
    if (parsed.contradiction) run.log.warn(parsed.contradiction)
    if (valid.repeated.length > 0) {
      run.log.info({ file: match.member, lines: valid.repeated }, 'lines that repeat another one')
    }
    run.reject(valid.rejected)
    const witness = await run.stage('witness', name, () => witnessOf(valid, beside))
    if (witness) witnesses.push(witness)
    staged.push(await stageFile(valid, work))
  }
  const files = staged.map(({ file }) => file)
  refuseBadFiles(files)
  await stageWitnesses(trx, files, witnesses)
  staged.push(...(await stageDerived(schedule, files, work)))
  const released = await releasedOf(files, members, effectiveFrom)
  return { dates, released, staged }
}

/** From staged rows to versions that passed every check. `accept` is absent where they passed the gates before. */
export async function mergeStaged(
  revision: { readonly release: string; readonly sha256: string },
  staged: readonly Staged[],
  work: Work,
  accept?: Acceptance,
): Promise<ReadonlyMap<string, number>> {
  const written = await mergeRelease(revision, staged, work)
  await checkRelease(revision, staged[0]?.table.schema ?? '', work, accept)
  await unstageAll(work.trx, staged)
  return written
}

/** What every run brings up to date before it ends. */
async function finish(
  trx: Kysely<Tables>,
  run: Run,
  outcome: 'done' | 'nothing_new',
): Promise<void> {
  await refreshCalendar(trx)
  await mergeContent(trx, run)
  await run.stage('publish', null, () => run.finish(trx, outcome))
}
