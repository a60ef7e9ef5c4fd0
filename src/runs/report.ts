/** What a run did, for people and for --json. */
import type { Kysely } from 'kysely'
import type { Outcome, Tables } from '../db/tables.ts'
import { told } from '../ingest/check.ts'
import type { RevisionKey } from '../ingest/record.ts'
import type { Run } from './run.ts'
import { standingOf } from './standing.ts'

export interface FileReport {
  readonly dataset: string
  readonly member: string
  readonly format: string
  readonly rows_read: number
  readonly rows_accepted: number
  readonly rows_rejected: number
  readonly versions_written: number
}

export interface RunReport {
  readonly run: number
  readonly release: string
  readonly outcome: Outcome
  readonly files: readonly FileReport[]
  /** Checks that only warn, and gates that were accepted, which found rows; and columns that were accepted. */
  readonly warnings: readonly string[]
  /** Whether the release governs any day. */
  readonly in_force: boolean
  /** What of it is not in force and why, in sentences. */
  readonly notes: readonly string[]
  readonly seconds: number
}

/** What `run` did with a revision that is loaded now; its files where it read them. */
export async function reportOf(
  db: Kysely<Tables>,
  run: Run,
  { release, sha256 }: RevisionKey,
): Promise<RunReport> {
  const files = await db
    .selectFrom('ops.release_file as f')
    .innerJoin('ops.release as r', (join) =>
      join.onRef('r.release', '=', 'f.release').onRef('r.sha256', '=', 'f.sha256'),
    )
    .select([
      'f.dataset',
      'f.member',
      'f.format',
      'f.rows_read',
      'f.rows_accepted',
      'f.rows_rejected',
      'f.versions_written',
    ])
    .where('r.release', '=', release)
    .where('r.sha256', '=', sha256)
    .where('r.run_id', '=', run.id)
    .orderBy('f.dataset')
    .execute()
  const columns = await db
    .selectFrom('ops.accepted_column')
    .selectAll()
    .where('sha256', '=', files.length > 0 ? sha256 : '')
    .orderBy('file')
    .orderBy('column_text')
    .execute()
  const milliseconds = run.stages.reduce((sum, stage) => sum + stage.milliseconds, 0)
  return {
    run: run.id,
    release,
    outcome: run.outcome ?? 'done',
    files,
    warnings: [
      ...run.checks
        .filter((check) => check.broken_rows > 0)
        .map((check) => `${told([check])}${check.severity === 'gate' ? ' (accepted)' : ''}`),
      ...run.warnings,
      ...columns.map(
        ({ file, column_text, field, accepted_by, because }) =>
          `${file}: column ${JSON.stringify(column_text)} is read as ${field}, accepted by ${accepted_by}: ${because}`,
      ),
    ],
    ...(await standingOf(db, { release, sha256 })),
    seconds: Math.round(milliseconds) / 1000,
  }
}
