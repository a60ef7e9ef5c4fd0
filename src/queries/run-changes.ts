/** What a run changed against the release before it, in the tables of its family. */
import { type Kysely, sql } from 'kysely'
import type { Table } from '../../schemas/table.ts'
import type { Tables } from '../db/tables.ts'
import { type ReleaseChange, releaseChanges } from './changes.ts'
import { loadedRevision } from './loaded-revision.ts'
import {
  type AmountMove,
  type ChangeCount,
  countChanges,
  largestAmountMoves,
} from './table-changes.ts'

/** The tables of a release's family, and those of them that api.release_changes tells with payments. */
export type FamilyOf = (release: string) => {
  readonly tables: readonly Table[]
  readonly priced: readonly string[]
}

export interface RunChanges {
  /** The release in force on the day before; null where there is none, or where the run loaded nothing. */
  readonly predecessor: string | null
  /** The largest changes in national payment, where the family has payments. */
  readonly movers: readonly ReleaseChange[]
  /** The largest changes of what the other tables are about, in dollars. */
  readonly amounts: readonly AmountMove[]
  /** How many keys of each table differ. */
  readonly changes: readonly ChangeCount[]
}

const MOST_MOVERS = 15

export async function runChanges(
  db: Kysely<Tables>,
  run: number,
  familyOf: FamilyOf,
): Promise<RunChanges> {
  const { rows } = await sql<{
    release: string
    revision: string
    predecessor: string
    before: string
  }>`
    select r.release, r.release || '#' || own.revision as revision,
           g.release as predecessor, g.release || '#' || other.revision as before
      from ops.release r
      join ops.release_file f using (release, sha256)
      join ops.governed_period g on g.table_name = f.table_name and g.period @> r.effective_from - 1
      join api.release own on (own.release, own.sha256) = (r.release, r.sha256)
      join api.release other on (other.release, other.sha256) = (g.release, g.sha256)
     where r.run_id = ${run} and r.retracted_at is null
     order by f.table_name <> 'rvu', f.table_name
     limit 1
  `.execute(db)
  const [pair] = rows
  if (!pair) return { predecessor: null, movers: [], amounts: [], changes: [] }
  const { tables, priced } = familyOf(pair.release)
  const [before, after] = [
    await loadedRevision(db, pair.before),
    await loadedRevision(db, pair.revision),
  ]
  return {
    predecessor: pair.predecessor,
    movers: priced.length > 0 ? await moversOf(db, pair.before, pair.revision) : [],
    amounts: await largestAmountMoves(db, tables, before, after, MOST_MOVERS),
    changes: await countChanges(db, tables, before, after),
  }
}

async function moversOf(
  db: Kysely<Tables>,
  before: string,
  after: string,
): Promise<ReleaseChange[]> {
  const changes = await releaseChanges(db, before, after)
  return changes
    .filter(({ non_facility_change, facility_change }) =>
      [non_facility_change, facility_change].some((change) => Number(change ?? 0) !== 0),
    )
    .slice(0, MOST_MOVERS)
}
