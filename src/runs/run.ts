/** The record of a run in `ops`: written when it starts, completed with its data or, if it fails, after. */
import type { Kysely } from 'kysely'
import type { Session } from '../db/session.ts'
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

/** What a step of a run works with. */
export interface Work {
  readonly trx: Kysely<Tables>
  readonly session: Session
  readonly run: Run
}

/** A run that has begun. What becomes of it is kept here until `finish` writes it with the data, or after a failure. */
export class Run {
  readonly id: number
  readonly log: Logger
  readonly stages: StageRecord[] = []
  readonly rejected: RejectedRow[] = []
  readonly checks: CheckResult[] = []
  /** What a person should know of it, beside its checks. */
  readonly warnings: string[] = []
  /** Known once the run has ended. */
  outcome: Outcome | null = null
  /** Known once the source is archived. */
  sha256: string | null = null
  readonly #signal: AbortSignal | undefined

  private constructor(id: number, log: Logger, signal: AbortSignal | undefined) {
    this.id = id
    this.log = log
    this.#signal = signal
  }

  static async start(
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
    return new Run(run_id, log.child({ run: run_id, release }), signal)
  }

  /** Does a stage and keeps its time, and the number of rows that `count` reads off its result. Throws E_INTERRUPTED. */
  async stage<T>(
    stage: string,
    dataset: string | null,
    work: () => T | Promise<T>,
    count?: (result: T) => number,
  ): Promise<T> {
    if (this.#signal?.aborted) {
      throw new CmsFeesError('E_INTERRUPTED', `stopped before stage ${stage}`)
    }
    const startedAt = Date.now()
    const start = performance.now()
    const result = await work()
    const milliseconds = performance.now() - start
    const rows = count ? count(result) : null
    this.stages.push({ stage, dataset, rows, startedAt, milliseconds })
    this.log.debug({ stage, dataset, rows, ms: Math.round(milliseconds) }, 'stage done')
    return result
  }

  /** The same, after the record is complete. */
  async addStage(db: Kysely<Tables>, stage: string, work: () => Promise<void>): Promise<void> {
    await this.stage(stage, null, work)
    const position = this.stages.length - 1
    const duration_ms = this.stages.at(-1)?.milliseconds.toFixed(3) ?? '0'
    const values = { run_id: this.id, position, stage, dataset: null, rows: null, duration_ms }
    await db.insertInto('ops.run_stage').values(values).execute()
  }

  reject(rows: readonly RejectedRow[]): void {
    this.rejected.push(...rows)
  }

  check(results: readonly CheckResult[]): void {
    this.checks.push(...results)
  }

  warn(message: string): void {
    this.warnings.push(message)
    this.log.warn(message)
  }

  /** Completes the record, in the transaction of the data where there is one. One that is complete stays as it is. */
  async finish(db: Kysely<Tables>, outcome: Outcome, error?: unknown): Promise<void> {
    this.outcome = outcome
    const known = error instanceof CmsFeesError
    const { numUpdatedRows } = await db
      .updateTable('ops.run')
      .set({
        outcome,
        sha256: this.sha256,
        finished_at: new Date(),
        error_code: known ? error.code : error ? 'E_BUG' : null,
        error_message: error instanceof Error ? error.message : null,
      })
      .where('run_id', '=', this.id)
      .where('outcome', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await this.#recordDetails(db)
  }

  async #recordDetails(db: Kysely<Tables>): Promise<void> {
    const run_id = this.id
    await insertAll(
      db,
      'ops.run_stage',
      this.stages.map(({ stage, dataset, rows, milliseconds }, position) => ({
        run_id,
        position,
        stage,
        dataset,
        rows,
        duration_ms: milliseconds.toFixed(3),
      })),
    )
    await insertAll(
      db,
      'ops.rejected_row',
      this.rejected.map(({ key, issues, ...row }) => ({
        run_id,
        ...row,
        key: JSON.stringify(key),
        issues: JSON.stringify(issues),
      })),
    )
    await insertAll(
      db,
      'ops.check_result',
      this.checks.map(({ sample, measures, ...check }) => ({
        run_id,
        ...check,
        sample: JSON.stringify(sample),
        measures: JSON.stringify(measures),
      })),
    )
  }
}

async function insertAll(
  db: Kysely<Tables>,
  table: 'ops.run_stage' | 'ops.rejected_row' | 'ops.check_result',
  rows: readonly object[],
): Promise<void> {
  // PostgreSQL takes 65,535 parameters in one statement.
  for (let from = 0; from < rows.length; from += 1000) {
    await db
      .insertInto(table)
      .values(rows.slice(from, from + 1000) as never)
      .execute()
  }
}
