/** The record of a run in `ops`: written when it starts, completed with its data or, if it fails, after. */
import type { Kysely } from 'kysely'
import type { Outcome, Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import type { CheckResult } from '../ingest/check.ts'
import type { RejectedRow } from '../ingest/validate.ts'
import type { Logger } from '../log.ts'
import { VERSION } from '../version.ts'

interface StageRecord {
  readonly stage: string
  readonly dataset: string | null
  readonly rows: number | null
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly milliseconds: number
}

export interface Run {
  readonly id: number
  readonly log: Logger
  readonly signal: AbortSignal | undefined
  readonly stages: StageRecord[]
  readonly rejected: RejectedRow[]
  readonly checks: CheckResult[]
  /** What a person should know of it, beside its checks. */
  readonly warnings: string[]
  /** Known once the run has ended. */
  outcome: Outcome | null
  /** Known once the source is archived. */
  sha256: string | null
}

export async function startRun(
  db: Kysely<Tables>,
  command: string,
  release: string | null,
  log: Logger,
  signal?: AbortSignal,
): Promise<Run> {
  const { run_id } = await db
    .insertInto('ops.run')
    .values({ command, release, software_version: VERSION })
    .returning('run_id')
    .executeTakeFirstOrThrow()
  const child = log.child({ run: run_id, release })
  return {
    id: run_id,
    log: child,
    signal,
    outcome: null,
    stages: [],
    rejected: [],
    checks: [],
    warnings: [],
    sha256: null,
  }
}

/** Runs a stage and records its time, and the number of rows that `count` reads off its result. Throws E_INTERRUPTED. */
export async function timed<T>(
  run: Run,
  stage: string,
  dataset: string | null,
  work: () => T | Promise<T>,
  count?: (result: T) => number,
): Promise<T> {
  if (run.signal?.aborted) throw new CmsFeesError('E_INTERRUPTED', `stopped before stage ${stage}`)
  const startedAt = Date.now()
  const start = performance.now()
  const result = await work()
  const milliseconds = performance.now() - start
  const rows = count ? count(result) : null
  noteStage(run, stage, dataset, rows, startedAt, milliseconds)
  return result
}

/** Records a stage that was done in turns with others; `startedAt` is in milliseconds since 1970. */
export function noteStage(
  run: Run,
  stage: string,
  dataset: string | null,
  rows: number | null,
  startedAt: number,
  milliseconds: number,
): void {
  run.stages.push({ stage, dataset, rows, startedAt, milliseconds })
  run.log.debug({ stage, dataset, rows, ms: Math.round(milliseconds) }, 'stage done')
}

/** A stage after the record is complete. */
export async function addStage(
  db: Kysely<Tables>,
  run: Run,
  stage: string,
  work: () => Promise<void>,
): Promise<void> {
  await timed(run, stage, null, work)
  const position = run.stages.length - 1
  const duration_ms = run.stages.at(-1)?.milliseconds.toFixed(3) ?? '0'
  const values = { run_id: run.id, position, stage, dataset: null, rows: null, duration_ms }
  await db.insertInto('ops.run_stage').values(values).execute()
}

/** Completes the record, in the transaction of the data where there is one. One that is complete stays as it is. */
export async function finishRun(
  db: Kysely<Tables>,
  run: Run,
  outcome: Outcome,
  error?: unknown,
): Promise<void> {
  run.outcome = outcome
  const known = error instanceof CmsFeesError
  const { numUpdatedRows } = await db
    .updateTable('ops.run')
    .set({
      outcome,
      sha256: run.sha256,
      finished_at: new Date(),
      error_code: known ? error.code : error ? 'E_BUG' : null,
      error_message: error instanceof Error ? error.message : null,
    })
    .where('run_id', '=', run.id)
    .where('outcome', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  const run_id = run.id
  const insertAll = async <T extends 'ops.run_stage' | 'ops.rejected_row' | 'ops.check_result'>(
    table: T,
    rows: readonly object[],
  ) => {
    // PostgreSQL takes 65,535 parameters in one statement.
    for (let from = 0; from < rows.length; from += 1000) {
      await db
        .insertInto(table)
        .values(rows.slice(from, from + 1000) as never)
        .execute()
    }
  }
  await insertAll(
    'ops.run_stage',
    run.stages.map(({ stage, dataset, rows, milliseconds }, position) => ({
      ...{ run_id, position, stage, dataset, rows },
      duration_ms: milliseconds.toFixed(3),
    })),
  )
  await insertAll(
    'ops.rejected_row',
    run.rejected.map(({ key, issues, ...row }) => ({
      ...{ run_id, ...row },
      key: JSON.stringify(key),
      issues: JSON.stringify(issues),
    })),
  )
  await insertAll(
    'ops.check_result',
    run.checks.map(({ sample, measures, ...check }) => ({
      ...{ run_id, ...check },
      sample: JSON.stringify(sample),
      measures: JSON.stringify(measures),
    })),
  )
}
