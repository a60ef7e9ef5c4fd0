/** Publish: the posting enters `ops`, and with it the timeline that says on which days it is in force. */
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { Derived, Posting } from '../pipeline.ts'
import type { Artifact } from './archive.ts'
import type { ValidFile } from './validate.ts'

/** A dataset's rows on their way into a table, from a file or derived from one. */
export interface Batch {
  readonly file: ValidFile
  readonly dataset: ValidFile['file']['dataset']
  readonly rows: ValidFile['rows']
}

export const batchesOf = (files: readonly ValidFile[], derived: readonly Derived[]): Batch[] => [
  ...files.map((file) => ({ file, dataset: file.file.dataset, rows: file.rows })),
  ...derived.map(({ from, dataset, rows }) => ({ file: from, dataset, rows })),
]

export async function isLoaded(
  db: Kysely<Tables>,
  release: string,
  sha256: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('ops.release')
    .select('release')
    .where('release', '=', release)
    .where('sha256', '=', sha256)
    .where('retracted_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function recordArtifact(db: Kysely<Tables>, artifact: Artifact): Promise<void> {
  await db
    .insertInto('ops.artifact')
    .values({
      sha256: artifact.sha256,
      kind: artifact.kind,
      name: artifact.name,
      bytes: artifact.bytes,
    })
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute()
}

export async function recordRelease(
  trx: Kysely<Tables>,
  release: string,
  sha256: string,
  posting: Posting,
  batches: readonly Batch[],
  run_id: number,
): Promise<void> {
  const times = {
    effective_from: posting.effectiveFrom,
    effective_from_source: posting.effectiveFromSource,
    published: posting.published,
    run_id,
  }
  await trx
    .insertInto('ops.release')
    .values({ release, sha256, ...times })
    .execute()
  await trx
    .insertInto('ops.release_file')
    .values(
      batches.map(({ file, dataset, rows }) => {
        const derived = dataset !== file.file.dataset
        return {
          release,
          sha256,
          dataset: dataset.name,
          table_name: dataset.checkOnly ? null : dataset.table,
          member: file.file.member,
          format: file.file.format,
          layout: file.file.layout,
          layout_evidence: file.file.evidence,
          rows_read: derived ? rows.length : file.file.records.length,
          rows_accepted: rows.length,
          rows_rejected: derived ? 0 : file.rejected.length,
          rows_blank: derived ? 0 : file.file.blank,
          rows_notes: derived ? 0 : file.file.notes,
          versions_written: 0,
        }
      }),
    )
    .execute()
}

/** How many versions the posting wrote in the dataset's table. */
export async function recordVersions(
  trx: Kysely<Tables>,
  release: string,
  sha256: string,
  dataset: Batch['dataset'],
  versions_written: number,
): Promise<void> {
  await trx
    .updateTable('ops.release_file')
    .set({ versions_written })
    .where('release', '=', release)
    .where('sha256', '=', sha256)
    .where('dataset', '=', dataset.name)
    .execute()
}

/**
 * Days on which the posting is in force for the dataset's table, as a date range; null where another one
 * supersedes it, or where the dataset is only checked.
 */
export async function governedPeriod(
  trx: Kysely<Tables>,
  release: string,
  sha256: string,
  dataset: Batch['dataset'],
): Promise<string | null> {
  if (dataset.checkOnly) return null
  const row = await trx
    .selectFrom('ops.governed_period')
    .select('period')
    .where('release', '=', release)
    .where('sha256', '=', sha256)
    .where('table_name', '=', dataset.table)
    .executeTakeFirst()
  return row?.period ?? null
}
