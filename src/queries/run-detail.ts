/** Everything that is recorded of one run, for a person who asks what it did. */
import { type Kysely, sql } from 'kysely'
import type { Outcome, Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { type FamilyOf, type RunChanges, runChanges } from './run-changes.ts'

export interface RunDetail extends RunChanges {
  readonly run: number
  readonly command: string
  readonly release: string | null
  readonly sha256: string | null
  /** running: not ended, or cut off and not noticed yet. */
  readonly outcome: Outcome | 'running'
  readonly error_code: string | null
  readonly error_message: string | null
  readonly software_version: string
  readonly started_at: Date
  readonly seconds: string | null
  readonly stages: readonly StageTime[]
  readonly files: readonly FileCounts[]
  readonly rejected: readonly RejectedLine[]
  readonly checks: readonly CheckOutcome[]
  /** Misspelled columns of its bytes that a person accepted, in this run or before. */
  readonly accepted_columns: readonly AcceptedColumn[]
}

interface StageTime {
  readonly stage: string
  readonly dataset: string | null
  readonly rows: number | null
  readonly milliseconds: string
}

interface FileCounts {
  readonly dataset: string
  readonly member: string
  readonly rows_read: number
  readonly rows_accepted: number
  readonly rows_rejected: number
  readonly versions_written: number
}

interface RejectedLine {
  readonly file: string
  readonly line: number
  readonly issues: readonly { column: string; message: string }[]
}

interface CheckOutcome {
  readonly check_name: string
  readonly severity: 'refuse' | 'gate' | 'warn'
  readonly broken_rows: number
  readonly sample: readonly { readonly message: string }[]
  readonly accepted_by: string | null
  readonly because: string | null
}

interface AcceptedColumn {
  readonly file: string
  readonly column: string
  readonly read_as: string
  readonly accepted_by: string
  readonly because: string
}

/** The named run, else the last one. Throws E_USAGE where there is none. */
export async function runDetail(
  db: Kysely<Tables>,
  wanted: number | undefined,
  familyOf: FamilyOf,
): Promise<RunDetail> {
  const { rows } = await sql<
    Omit<
      RunDetail,
      'stages' | 'files' | 'rejected' | 'checks' | 'accepted_columns' | keyof RunChanges
    >
  >`
    select run_id as run, command, release, sha256, coalesce(outcome, 'running') as outcome, error_code, error_message,
           software_version, started_at, round(extract(epoch from finished_at - started_at), 3)::text as seconds
      from ops.run
     where run_id = coalesce(${wanted ?? null}::bigint, run_id)
     order by run_id desc limit 1
  `.execute(db)
  const [run] = rows
  if (!run)
    throw new CmsFeesError('E_USAGE', wanted ? `there is no run ${wanted}` : 'nothing ran yet', {
      next: 'Run `cms-fees status`: it lists the last runs.',
    })
  const stages = await sql<StageTime>`
    select stage, dataset, rows, duration_ms::text as milliseconds from ops.run_stage where run_id = ${run.run} order by position
  `.execute(db)
  const files = await sql<FileCounts>`
    select f.dataset, f.member, f.rows_read, f.rows_accepted, f.rows_rejected, f.versions_written
      from ops.release r join ops.release_file f using (release, sha256)
     where r.run_id = ${run.run} order by f.dataset
  `.execute(db)
  const rejected = await sql<RejectedLine>`
    select file, line, issues from ops.rejected_row where run_id = ${run.run} order by file, line
  `.execute(db)
  const checks = await sql<CheckOutcome>`
    select c.check_name, c.severity, c.broken_rows, c.sample, a.accepted_by, a.because
      from ops.check_result c left join ops.accepted_gate a on (a.run_id, a.gate) = (c.run_id, c.check_name)
     where c.run_id = ${run.run} order by c.check_name
  `.execute(db)
  const columns = await sql<AcceptedColumn>`
    select file, column_text as column, field as read_as, accepted_by, because from ops.accepted_column
     where sha256 = ${run.sha256} order by file, column_text
  `.execute(db)
  return {
    ...run,
    stages: stages.rows,
    files: files.rows,
    rejected: rejected.rows,
    checks: checks.rows,
    accepted_columns: columns.rows,
    ...(await runChanges(db, run.run, familyOf)),
  }
}
