/**
 * The library: `import { openDatabase, ingest, payment } from 'cms-fees'`. The command line stands on the same functions.
 * docs/library.md has examples. Every failure that a caller can do something about is a CmsFeesError; anything else is a bug.
 */
import {
  type Database,
  type DatabaseOptions,
  type JobOptions,
  openDatabase,
  type ReadOptions,
  reading,
  requireWritable,
  withContext,
} from './database.ts'
import { type Migrated, migrate as migrateSchema, requireMigrated } from './db/migrate.ts'
import type { PaymentByZipRow, PaymentRow } from './fee-schedule-database.ts'
import { type IngestRequest, ingest as ingestRelease } from './ingest/ingest.ts'
import { type BackfillRequest, backfill as backfillSpan } from './jobs/backfill.ts'
import type { Step } from './jobs/ingest-each.ts'
import { type Latest, type LatestRequest, latest as loadLatest } from './jobs/latest.ts'
import { type RetractReport, retract as retractRevision } from './jobs/retract.ts'
import { type CodePage, codePage as readCodePage } from './queries/code-page.ts'
import {
  paymentByZip,
  paymentInLocality,
  type ServiceAtZip,
  type ServiceInLocality,
} from './queries/payment.ts'
import type { RunReport } from './runs/report.ts'

export { CmsFeesError, ERRORS, type ErrorCode } from './errors.ts'
export type * from './fee-schedule-database.ts'
export type { Acceptance } from './ingest/check.ts'
export type { FileReport } from './runs/report.ts'
export type {
  BackfillRequest,
  CodePage,
  Database,
  DatabaseOptions,
  IngestRequest,
  JobOptions,
  Latest,
  LatestRequest,
  Migrated,
  ReadOptions,
  RetractReport,
  RunReport,
  ServiceAtZip,
  ServiceInLocality,
  Step,
}
export { openDatabase }

/**
 * Brings the database to this version of the schema, in one transaction. Idempotent. `anew` also makes schema `api`, the
 * roles and their rights again where one was changed. Throws E_DATABASE_UNFIT, E_SCHEMA_NEWER, E_API_IN_USE, E_LOCKED.
 */
export function migrate(
  database: Database,
  { anew = false, ...options }: JobOptions & { readonly anew?: boolean } = {},
): Promise<Migrated> {
  return withContext(database, options, ({ session }) => migrateSchema(session.db, { anew }))
}

/**
 * Loads one release, from a path or from CMS, in one transaction. A failure leaves the record of the run, its rejected rows
 * and nothing else. Bytes that are loaded already change nothing: the outcome is `nothing_new`. Sets up an empty database.
 */
export function ingest(
  database: Database,
  request: IngestRequest,
  options: JobOptions = {},
): Promise<RunReport> {
  return writing(database, options, (context) => ingestRelease(request, context))
}

/** Loads a span of releases, whatever becomes of each: a step for each of them has its report or its error. */
export function backfill(
  database: Database,
  request: BackfillRequest,
  options: JobOptions = {},
): Promise<readonly Step[]> {
  return writing(database, options, (context) => backfillSpan(request, context))
}

/**
 * Loads what CMS has published, or posted again, and this database has not: what a scheduler calls. Throws what keeps it
 * from looking, such as E_LICENSE_NOT_ACCEPTED; what goes wrong with a release stands in `problem` and in its step.
 */
export function latest(
  database: Database,
  request: LatestRequest = {},
  options: JobOptions = {},
): Promise<Latest> {
  return writing(database, options, (context) => loadLatest(request, context))
}

/** Takes a release, or one of its revisions such as RVU25A#1, back out. Its days return to its predecessor. */
export function retract(
  database: Database,
  release: string,
  options: JobOptions = {},
): Promise<RetractReport> {
  return withContext(database, options, async (context) => {
    await requireMigrated(context.session.db)
    return retractRevision(release, context)
  })
}

/**
 * What Medicare pays for a code in a locality, or at a ZIP code, on a day, in dollars as decimal text. Always one row: where
 * an amount is null, `basis` says why.
 */
export function payment(
  database: Database,
  service: ServiceInLocality,
  options?: ReadOptions,
): Promise<PaymentRow<string>>
export function payment(
  database: Database,
  service: ServiceAtZip,
  options?: ReadOptions,
): Promise<PaymentByZipRow<string>>
export function payment(
  database: Database,
  service: ServiceInLocality | ServiceAtZip,
  options: ReadOptions = {},
): Promise<PaymentRow<string> | PaymentByZipRow<string>> {
  return reading<PaymentRow<string> | PaymentByZipRow<string>>(database, options, (db) =>
    'zip' in service ? paymentByZip(db, service) : paymentInLocality(db, service),
  )
}

/** Everything that is known of a code today (api.code_page). Undefined where no file in force has the code. */
export function codePage(
  database: Database,
  code: string,
  options: ReadOptions = {},
): Promise<CodePage | undefined> {
  return reading(database, options, (db) => readCodePage(db, code))
}

function writing<T>(
  database: Database,
  options: JobOptions,
  work: Parameters<typeof withContext<T>>[2],
): Promise<T> {
  return withContext(database, options, async (context) => {
    await requireWritable(context)
    return work(context)
  })
}
