/** Redate: the operator says when CMS posted what is loaded, and so which revision of a day is in force. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import type { Work } from '../runs/run.ts'
import type { ReleaseSource } from './archive.ts'
import { giveBack } from './give-back.ts'
import type { RevisionKey } from './record.ts'

/**
 * Whether the operator says something new of a loaded revision. A table that another revision governs now is read from
 * the archive again.
 */
export async function redate(
  { schedule, archive, artifact, release }: ReleaseSource,
  published: string | undefined,
  work: Work,
): Promise<boolean> {
  if (published === undefined) return false
  const revision = { release: release.name, sha256: artifact.sha256 }
  const before = await governorsOf(work.trx, revision)
  const { numUpdatedRows } = await work.trx
    .updateTable('ops.release')
    .set({ published, published_source: 'operator', appeared: published })
    .where('release', '=', revision.release)
    .where('sha256', '=', revision.sha256)
    .where('retracted_at', 'is', null)
    .where(
      sql<boolean>`(published, published_source) is distinct from (${published}::date, 'operator')`,
    )
    .executeTakeFirst()
  const after = await governorsOf(work.trx, revision)
  const governed = new Map(before.map(({ table_name, sha256 }) => [table_name, sha256]))
  const changed = after.filter(({ table_name, sha256 }) => governed.get(table_name) !== sha256)
  await giveBack({ schedule, archive }, changed, work)
  return numUpdatedRows > 0n
}

/** Which revision governs each table of a revision, from its first day on. */
const governorsOf = (trx: Kysely<Tables>, { release, sha256 }: RevisionKey) =>
  trx
    .selectFrom('ops.release as r')
    .innerJoin('ops.release_file as f', (join) =>
      join.onRef('f.release', '=', 'r.release').onRef('f.sha256', '=', 'r.sha256'),
    )
    .innerJoin('ops.governed_period as g', (join) =>
      join
        .onRef('g.table_name', '=', 'f.table_name')
        .onRef('g.effective_from', '=', 'r.effective_from'),
    )
    .select(['g.table_name', 'g.release', 'g.sha256', 'g.period'])
    .where('r.release', '=', release)
    .where('r.sha256', '=', sha256)
    .execute()
