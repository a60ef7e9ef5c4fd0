/** Publish: the revision enters `ops`, and with it the timeline that says on which days it is in force. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Format } from '../../schemas/file.ts'
import type { Tables } from '../db/tables.ts'
import type { ReleaseDates } from '../releases.ts'
import type { Artifact } from './archive.ts'
import type { Staged } from './stage.ts'
import type { ValidFile } from './validate.ts'

/** When CMS posted it, as ops.release keeps it. */
export type RevisionDate = Pick<
  Selectable<Tables['ops.release']>,
  'published' | 'published_source' | 'appeared' | 'last_modified'
>

/** Name of a revision: CMS posts a release again with other bytes. */
export interface RevisionKey {
  readonly release: string
  readonly sha256: string
}

/** Whether a revision is loaded, and in the format that is asked for, if one is. */
export async function isLoaded(
  db: Kysely<Tables>,
  { release, sha256 }: RevisionKey,
  format?: Format,
): Promise<boolean> {
  const row = await db
    .selectFrom('ops.release as r')
    .innerJoin('ops.release_file as f', (join) =>
      join.onRef('f.release', '=', 'r.release').onRef('f.sha256', '=', 'r.sha256'),
    )
    .select(sql<boolean>`bool_and(f.format = ${format ?? null}::text)`.as('as_asked'))
    .where('r.release', '=', release)
    .where('r.sha256', '=', sha256)
    .where('r.retracted_at', 'is', null)
    .groupBy('r.release')
    .executeTakeFirst()
  return row !== undefined && (format === undefined || row.as_asked)
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

export interface RecordedRelease {
  readonly dates: ReleaseDates
  readonly date: RevisionDate
  readonly staged: readonly Staged[]
}

export async function recordRelease(
  trx: Kysely<Tables>,
  { release, sha256 }: RevisionKey,
  family: string,
  { dates, date, staged }: RecordedRelease,
  run_id: number,
): Promise<void> {
  const times = {
    family,
    effective_from: dates.effectiveFrom,
    effective_from_source: dates.effectiveFromSource,
    ...date,
    run_id,
  }
  await trx
    .insertInto('ops.release')
    .values({ release, sha256, ...times })
    // A revision that was retracted comes back.
    .onConflict((conflict) =>
      conflict
        .columns(['release', 'sha256'])
        .doUpdateSet({ ...times, loaded_at: sql`now()`, retracted_at: null }),
    )
    .execute()
  await trx
    .deleteFrom('ops.release_file')
    .where('release', '=', release)
    .where('sha256', '=', sha256)
    .execute()
  await trx
    .insertInto('ops.release_file')
    .values(
      staged.map(({ name, table, kept, derived, file, rows }) => {
        return {
          release,
          sha256,
          dataset: name,
          table_name: kept ? table.name : null,
          member: file.file.member,
          format: file.file.format,
          layout: file.file.layout,
          layout_evidence: file.file.evidence,
          rows_read: derived ? rows : file.read,
          rows_accepted: rows,
          rows_rejected: derived ? 0 : file.rejected.length,
          rows_blank: derived ? 0 : file.file.blank,
          rows_notes: derived ? 0 : file.file.notes,
          versions_written: 0,
          first_key: derived ? null : keyIn(file, 0),
          last_key: derived ? null : keyIn(file, -1),
        }
      }),
    )
    .execute()
}

/** What the first, or the last (-1), row of a file is about: its first key column. */
function keyIn({ file, rows }: ValidFile, at: number): string | null {
  const { key, at: places } = file.dataset.table
  return rows.at(at)?.[places[key[0] ?? ''] ?? -1]?.value ?? null
}

/** Which loaded release governs each day, and which one does that is not loaded. */
export async function refreshCalendar(trx: Kysely<Tables>): Promise<void> {
  await sql`select ops.refresh_calendar()`.execute(trx)
}

/** How many versions the revision wrote, by the name of what was staged. */
export async function recordVersions(
  trx: Kysely<Tables>,
  revision: RevisionKey,
  written: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [name, versions_written] of written) {
    await trx
      .updateTable('ops.release_file')
      .set({ versions_written })
      .where('release', '=', revision.release)
      .where('sha256', '=', revision.sha256)
      .where('dataset', '=', name)
      .execute()
  }
}
