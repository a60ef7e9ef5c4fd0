/** How two versions of one key on one day are refused. */
import { sql } from 'kysely'
import type { Session } from '../../src/db/session.ts'
import { type Cases, type Step, type Trx, undone } from './undone.ts'

/** The database must hold the release. */
export function refusingOverlaps(session: Session): Cases {
  const inserted = (guard: Step, proof?: Step) => () =>
    undone(session, {
      before: async (trx) => {
        await sql`create schema copy`.execute(trx)
        await sql`create table copy.rvu (like pfs.rvu including all)`.execute(trx)
        await guard(trx)
      },
      work: (trx) => sql`insert into copy.rvu select * from pfs.rvu`.execute(trx),
      ...(proof && { proof }),
    })
  return {
    'statement trigger (ours)': inserted(
      (trx) => sql`select ops.keep_versions_of('copy.rvu')`.execute(trx),
      refusesOverlap,
    ),
    'exclusion constraint': inserted(
      (trx) =>
        sql`alter table copy.rvu add exclude using gist
              (hcpcs with =, modifier with =, valid_during with &&)`.execute(trx),
      refusesOverlap,
    ),
    'not at all': inserted(async () => {}),
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
