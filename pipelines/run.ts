/** THE chain: everything that happens to a release, in order. Read this file first. */
import type { Kysely } from 'kysely'
import { merge, stagingOf } from '../src/db/merge.ts'
import type { Tables } from '../src/db/tables.ts'
import { mergeEditorial, readEditorial } from '../src/editorial.ts'
import { CHECKS, EDITORIAL } from '../src/paths.ts'
import { parseRelease, type ReleaseName } from '../src/release.ts'
import { finishRun, type Run, timed } from '../src/run-record.ts'
import { refuseBroken, runChecks } from '../src/stages/check.ts'
import { parse } from '../src/stages/parse.ts'
import {
  batchesOf,
  governedPeriod,
  isLoaded,
  recordArtifact,
  recordRelease,
  recordVersions,
} from '../src/stages/publish.ts'
import { stageRows } from '../src/stages/stage.ts'
import { unpack } from '../src/stages/unpack.ts'
import { refuseBadFiles, type ValidFile, validate } from '../src/stages/validate.ts'
import { type ClaimOptions, claimRelease } from './claim-release.ts'
import { obtain } from './obtain.ts'
import { pfs } from './pfs.ts'
import { type Context, recorded } from './recorded.ts'
import { type RunReport, reportOf } from './report.ts'

export interface IngestRequest extends ClaimOptions {
  readonly release: string
  /** Path of a zip or folder; without one the release is downloaded. */
  readonly from?: string
}

/**
 * Takes one release from its bytes to published versions, in one transaction. A failure leaves the run's
 * record, its rejected rows and nothing else. Throws a CmsFeesError for whatever a person must look at.
 */
export function ingest(request: IngestRequest, context: Context): Promise<RunReport> {
  const release = parseRelease(request.release)
  const { db, client } = context.session

  return recorded('ingest', release.name, context, async (run) => {
    const artifact = await timed(run, request.from ? 'archive' : 'download', null, () =>
      obtain(pfs, release, request.from, context),
    )
    run.sha256 = artifact.sha256
    await recordArtifact(db, artifact)
    if (await isLoaded(db, release.name, artifact.sha256)) return nothingNew(db, run, release)

    using members = await timed(run, 'unpack', null, () => unpack(context.archive, artifact))
    const { posting, claims } = claimRelease(pfs, release, artifact, members, request, run)
    const files: ValidFile[] = []
    for (const claim of claims) {
      const name = claim.dataset.name
      const bytes = await timed(run, 'unpack', name, () => members.read(claim.member))
      const parsed = await timed(run, 'parse', name, () =>
        parse({ ...claim, bytes }, release, posting.effectiveFrom),
      )
      const valid = await timed(run, 'validate', name, () => validate(parsed))
      run.rejected.push(...valid.rejected)
      files.push(valid)
    }
    refuseBadFiles(files)
    const batches = batchesOf(files, pfs.derive(files))

    await db.transaction().execute(async (trx) => {
      await recordRelease(trx, release.name, artifact.sha256, posting, batches, run.id)
      for (const { dataset, rows } of batches) {
        const table = {
          schema: pfs.schema,
          table: dataset.table,
          key: dataset.key,
          columns: dataset.columns,
        }
        await timed(run, 'stage', dataset.name, () => stageRows(trx, client, dataset, table, rows))
        const period = await governedPeriod(trx, release.name, artifact.sha256, dataset)
        if (period === null) continue
        const versions = await timed(run, 'merge', dataset.name, () =>
          merge(trx, table, stagingOf(dataset.name), period),
        )
        await recordVersions(trx, release.name, artifact.sha256, dataset, versions)
      }
      await mergeContent(trx, run)
      run.checks.push(...(await timed(run, 'check', null, () => runChecks(trx, CHECKS))))
      refuseBroken(run.checks)
      await timed(run, 'publish', null, () => finishRun(trx, run, 'done'))
    })
    return reportOf(db, run, release.name, artifact.sha256)
  })
}

/** These bytes are loaded. Content may have changed all the same. */
async function nothingNew(db: Kysely<Tables>, run: Run, release: ReleaseName): Promise<RunReport> {
  await db.transaction().execute(async (trx) => {
    await mergeContent(trx, run)
    await finishRun(trx, run, 'nothing_new')
  })
  return reportOf(db, run, release.name, null)
}

/** Original content never holds up a release: a broken file is reported and left as it was. */
async function mergeContent(trx: Kysely<Tables>, run: Run): Promise<void> {
  const editorial = await readEditorial(EDITORIAL)
  for (const problem of editorial.problems) run.log.warn(problem, 'editorial file left out')
  await timed(run, 'merge', 'editorial', () => mergeEditorial(trx, editorial))
}
