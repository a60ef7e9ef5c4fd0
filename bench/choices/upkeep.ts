/** What a table of versions keeps up while rows are inserted: its key, and that no two versions hold on one day. */
import { sql } from 'kysely'
import type { Session } from '../../src/db/session.ts'
import { type Cases, type Step, type Trx, undone } from './undone.ts'

const insert: Step = (trx) => sql`insert into copy.rvu select * from pfs.rvu`.execute(trx)
const trigger: Step = (trx) => sql`select ops.keep_versions_of('copy.rvu')`.execute(trx)

/** The database must hold the release. */
export function upkeep(session: Session): Cases {
  /** Into an empty copy of the table, which has its key and no trigger until `before` gives it one. */
  const inserted =
    ({ before, work = insert, proof }: { before?: Step; work?: Step; proof?: Step }) =>
    () =>
      undone(session, {
        before: async (trx) => {
          await sql`create schema copy`.execute(trx)
          await sql`create table copy.rvu (like pfs.rvu including all excluding indexes,
                      primary key (hcpcs, modifier, content_hash))`.execute(trx)
          await before?.(trx)
        },
        work,
        ...(proof && { proof }),
      })
  return {
    'key, index over the bounds of days, and a trigger that refuses overlaps (ours)': inserted({
      before: trigger,
      proof: refusesOverlap,
    }),
    'key, and an exclusion constraint': inserted({
      before: (trx) =>
        sql`alter table copy.rvu add exclude using gist
              (hcpcs with =, modifier with =, valid_during with &&)`.execute(trx),
      proof: refusesOverlap,
    }),
    'key, trigger, that index, and a GiST index over the days': inserted({
      before: async (trx) => {
        await trigger(trx)
        await sql`create index on copy.rvu using gist (valid_during)`.execute(trx)
      },
      proof: refusesOverlap,
    }),
    'key alone': inserted({}),
    'key alone, made afterwards': inserted({
      before: (trx) => sql`alter table copy.rvu drop constraint rvu_pkey`.execute(trx),
      work: async (trx) => {
        await insert(trx)
        await sql`alter table copy.rvu add primary key (hcpcs, modifier, content_hash)`.execute(trx)
      },
    }),
  }
}

/** A row of another version on the same days. */
async function refusesOverlap(trx: Trx): Promise<void> {
  const refused = await sql`
    insert into copy.rvu
    select (jsonb_populate_record(v, jsonb_build_object('content_hash', gen_random_uuid()))).*
      from copy.rvu v limit 1`
    .execute(trx)
    .then(
      () => false,
      (error) => {
        if (error.code !== '23P01') throw error
        return true
      },
    )
  if (!refused) throw new Error('an overlap was let through')
}
