/** How staged rows become versions. */
import { type RawBuilder, sql } from 'kysely'
import type { Row } from '../../schemas/file.ts'
import { rvuTable } from '../../schemas/pfs/rvu.ts'
import type { Session } from '../../src/db/session.ts'
import { merge } from '../../src/ingest/merge.ts'
import { stageRows } from '../../src/ingest/stage.ts'
import { analyzeKeys } from './load.ts'
import { type Cases, requireNone, type Step, type Trx, undone } from './undone.ts'

/** That of the loaded release. */
const PERIOD = '[2025-10-01,)'
const DAYS = sql`datemultirange(${PERIOD}::daterange)`
const COLUMNS = sql.join(
  [...Object.keys(rvuTable.columns), 'content_hash'].map((name) => sql.ref(name)),
)
const same = (alias: string) =>
  sql`(v.hcpcs, v.modifier, v.content_hash) = ${sql.raw(`(${alias}.hcpcs, ${alias}.modifier, ${alias}.content_hash)`)}`

const ours = (trx: Trx) => merge(trx, rvuTable, 'stage_rvu', PERIOD)

/** What is gone is removed as our statement removes it. */
async function upsert(trx: Trx, only: RawBuilder<unknown>): Promise<void> {
  await sql`
    with gone as materialized (
      select hcpcs, modifier, content_hash, v.valid_during - ${DAYS} as remaining from pfs.rvu v
       where v.valid_during && ${DAYS} and not exists (select from stage_rvu s where ${same('s')})
    ), removed as (
      delete from pfs.rvu v using gone g where ${same('g')} and isempty(g.remaining)
    )
    update pfs.rvu v set valid_during = g.remaining, known_since = ops.known_at()
      from gone g where ${same('g')} and not isempty(g.remaining)`.execute(trx)
  await sql`
    insert into pfs.rvu as v (${COLUMNS}, valid_during) select ${COLUMNS}, ${DAYS} from stage_rvu s ${only}
    on conflict (hcpcs, modifier, content_hash) do update
       set valid_during = v.valid_during + excluded.valid_during, known_since = ops.known_at()`.execute(
    trx,
  )
}

const WAYS: Readonly<Record<string, Step>> = {
  'one statement (ours)': ours,
  'one statement, the staged rows indexed for it': async (trx) => {
    await sql`create index on stage_rvu (hcpcs, modifier, content_hash)`.execute(trx)
    await ours(trx)
  },
  'upsert of every row': (trx) => upsert(trx, sql``),
  'upsert behind an anti-join': (trx) =>
    upsert(
      trx,
      sql`where not exists (select from pfs.rvu v where ${same('s')} and v.valid_during @> ${DAYS})`,
    ),
}

const empty: Step = (trx) => sql`truncate pfs.rvu`.execute(trx)

/** The rows of the release hold, and no others. */
const merged: Step = (trx) =>
  requireNone(
    trx,
    sql`from pfs.rvu v full join stage_rvu s on ${same('s')}
       where (v.valid_during = ${DAYS} and s.hcpcs is not null) is not true`,
  )

/** Earlier cases that were rolled back leave dead rows, which every scan would read. */
const swept = async ({ client }: Session): Promise<void> =>
  void (await client.query('vacuum analyze pfs.rvu, pfs.rvu_history'))

/** The database must hold `rows`. */
export function merging(session: Session, rows: readonly Row[], changed: readonly Row[]): Cases {
  const staged = (some: readonly Row[]) => (trx: Trx) =>
    stageRows(trx, session.client, rvuTable, 'stage_rvu', some)
  const states: Readonly<Record<string, Step>> = {
    'into an empty table': async (trx) => {
      await empty(trx)
      await staged(rows)(trx)
    },
    '1 % changed': staged(changed),
    'nothing changed': staged(rows),
  }
  return Object.fromEntries(
    Object.entries(states).flatMap(([state, before]) =>
      Object.entries(WAYS).map(([way, work]) => [
        `${state}: ${way}`,
        async () => {
          await swept(session)
          return undone(session, { before, work, proof: merged })
        },
      ]),
    ),
  )
}

/** ANALYZE of the staged rows, and what it does to the merge after it. */
export function analyzing(session: Session, rows: readonly Row[], changed: readonly Row[]): Cases {
  const ways: Readonly<Record<string, Step>> = {
    'its key columns, roughly (ours)': analyzeKeys,
    'all columns': async (trx) => {
      await sql`set local default_statistics_target to default`.execute(trx)
      await sql`analyze stage_rvu`.execute(trx)
    },
    none: async () => {},
  }
  /** stageRows has analyzed its table: another one with the same rows has no statistics. */
  const unknown = async (trx: Trx, some: readonly Row[]) => {
    await stageRows(trx, session.client, rvuTable, 'stage_rvu', some)
    await sql`alter table stage_rvu rename to staged_rvu`.execute(trx)
    await sql`create temporary table stage_rvu on commit drop as table staged_rvu`.execute(trx)
  }
  const both = (analyze: Step) => async (trx: Trx) => {
    await analyze(trx)
    await ours(trx)
  }
  const cases: Cases = {}
  for (const [way, analyze] of Object.entries(ways)) {
    if (way === 'none') continue
    cases[`alone: ${way}`] = () =>
      undone(session, { before: (trx) => unknown(trx, rows), work: analyze })
  }
  for (const [way, analyze] of Object.entries(ways)) {
    cases[`and a merge into an empty table: ${way}`] = async () => {
      const before: Step = async (trx) => {
        await empty(trx)
        await unknown(trx, rows)
      }
      return undone(session, { before, work: both(analyze), proof: merged })
    }
  }
  for (const [way, analyze] of Object.entries(ways)) {
    cases[`and a merge where 1 % changed: ${way}`] = async () => {
      await swept(session)
      const before: Step = (trx) => unknown(trx, changed)
      return undone(session, { before, work: both(analyze), proof: merged })
    }
  }
  return cases
}
