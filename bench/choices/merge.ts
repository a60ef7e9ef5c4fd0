/** How staged rows become versions, and how overlaps are refused. */
import { sql, type Transaction } from 'kysely'
import type { Row } from '../../schemas/dataset.ts'
import { rvu } from '../../schemas/pfs/rvu.ts'
import { merge } from '../../src/db/merge.ts'
import type { Session } from '../../src/db/session.ts'
import type { Tables } from '../../src/db/tables.ts'
import { stageRows } from '../../src/stages/stage.ts'
import { turnsOf } from '../../src/turns.ts'
import { type Cases, undone } from './load.ts'

type Trx = Transaction<Tables>

const TARGET = { schema: 'pfs', table: 'rvu', key: rvu.key, columns: rvu.columns }
const PERIOD = '[2025-10-01,)'
const DAYS = sql`datemultirange(${PERIOD}::daterange)`
const COLUMNS = sql.join([...rvu.columns, 'content_hash'].map((name) => sql.ref(name)))
const KNOWN = sql`(v.hcpcs, v.modifier, v.content_hash) = (s.hcpcs, s.modifier, s.content_hash)`

const ours = (trx: Trx) => merge(trx, TARGET, 'stage_rvu', PERIOD)

async function upsert(trx: Trx, only: ReturnType<typeof sql>): Promise<void> {
  await sql`delete from pfs.rvu v where v.valid_during && ${DAYS}
               and not exists (select from stage_rvu s where ${KNOWN})`.execute(trx)
  await sql`
    insert into pfs.rvu as v (${COLUMNS}, valid_during) select ${COLUMNS}, ${DAYS} from stage_rvu s ${only}
    on conflict (hcpcs, modifier, content_hash)
    do update set valid_during = v.valid_during + excluded.valid_during, known_since = ops.known_at()`.execute(
    trx,
  )
}
const everyRow = (trx: Trx) => upsert(trx, sql``)
const behindAntiJoin = (trx: Trx) =>
  upsert(
    trx,
    sql`where not exists (select from pfs.rvu v where ${KNOWN} and v.valid_during @> ${DAYS})`,
  )

/** The database must hold `rows`. */
export function merging(session: Session, rows: readonly Row[], changed: readonly Row[]): Cases {
  const staged = (some: readonly Row[]) => (trx: Trx) =>
    stageRows(trx, session.client, rvu, 'pfs', turnsOf(some))
  const states = {
    'into an empty table': async (trx: Trx) => {
      await sql`truncate pfs.rvu`.execute(trx)
      await staged(rows)(trx)
    },
    '1 % changed': staged(changed),
    'nothing changed': staged(rows),
  }
  const ways = {
    'one statement (ours)': ours,
    'upsert of every row': everyRow,
    'upsert behind an anti-join': behindAntiJoin,
  }
  return Object.fromEntries(
    Object.entries(states).flatMap(([state, before]) =>
      Object.entries(ways).map(([way, work]) => [
        `${state}: ${way}`,
        () => undone(session, work, before),
      ]),
    ),
  )
}

export function refusingOverlaps(session: Session): Cases {
  const insert = (trx: Trx) => sql`insert into copy.rvu select * from pfs.rvu`.execute(trx)
  const copied = (more: (trx: Trx) => Promise<unknown>) => async (trx: Trx) => {
    await sql`create schema copy`.execute(trx)
    await sql`create table copy.rvu (like pfs.rvu including all)`.execute(trx)
    await more(trx)
  }
  return {
    'statement trigger (ours)': () =>
      undone(
        session,
        insert,
        copied((trx) => sql`select ops.keep_versions_of('copy.rvu')`.execute(trx)),
      ),
    'exclusion constraint': () =>
      undone(
        session,
        insert,
        copied((trx) =>
          sql`alter table copy.rvu add exclude using gist (hcpcs with =, modifier with =, valid_during with &&)`.execute(
            trx,
          ),
        ),
      ),
    'not at all': () =>
      undone(
        session,
        insert,
        copied(async () => {}),
      ),
  }
}
