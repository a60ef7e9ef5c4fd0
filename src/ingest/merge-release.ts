/** Merge: what the staged rows of a revision say becomes true on the days on which it is in force. */
import { type Kysely, sql } from 'kysely'
import type { Table } from '../../schemas/table.ts'
import type { Tables } from '../db/tables.ts'
import type { Work } from '../runs/run.ts'
import { merge } from './merge.ts'
import type { RevisionKey } from './record.ts'
import { type Staged, stagingOf } from './stage.ts'

/**
 * The revision must be recorded, since its period follows from `ops.release`. Gives how many versions each file or
 * derived table wrote, by its name.
 */
export async function mergeRelease(
  revision: RevisionKey,
  staged: readonly Staged[],
  { trx, run }: Work,
): Promise<ReadonlyMap<string, number>> {
  const written = new Map<string, number>()
  for (const { name, table, kept } of staged) {
    if (!kept) continue
    const merged = () => mergeEffectivePeriod(trx, revision, table, stagingOf(name))
    written.set(name, await run.stage('merge', name, merged, (versions) => versions))
  }
  return written
}

/** Returns how many versions were inserted, extended, shortened or removed. */
async function mergeEffectivePeriod(
  trx: Kysely<Tables>,
  revision: RevisionKey,
  table: Table,
  stage: string,
): Promise<number> {
  const own = await trx
    .selectFrom('ops.governed_period')
    .select('period')
    .where('release', '=', revision.release)
    .where('sha256', '=', revision.sha256)
    .where('table_name', '=', table.name)
    .executeTakeFirst()
  if (own) return merge(trx, table, stage, own.period)
  await recordSupersededRevision(trx, revision, table, stage)
  return 0
}

/**
 * A revision that another one of the same day supersedes is true on no day. It is told all the same, and
 * its superseder told again at the next instant, so that knowledge time holds what each revision said:
 * `api.rvu_as_known(effective_from, loaded_at)` gives the rows of any revision, and `diff` compares any two.
 */
async function recordSupersededRevision(
  trx: Kysely<Tables>,
  revision: RevisionKey,
  table: Table,
  stage: string,
): Promise<void> {
  const superseder = await trx
    .selectFrom('ops.governed_period as g')
    .innerJoin('ops.release as r', 'r.effective_from', 'g.effective_from')
    .select('g.period')
    .where('r.release', '=', revision.release)
    .where('r.sha256', '=', revision.sha256)
    .where('g.table_name', '=', table.name)
    .executeTakeFirstOrThrow()
  const back = `${stage}_back`
  await sql`
    create temporary table ${sql.table(back)} on commit drop as
    select ${sql.join([...Object.keys(table.columns), 'valid_during', 'content_hash'].map((name) => sql.ref(name)))}
      from ${sql.table(`${table.schema}.${table.name}`)}
     where ops.holds_in(valid_during, ${superseder.period}::daterange)
  `.execute(trx)
  await merge(trx, table, stage, superseder.period)
  await sql`select set_config('cms_fees.known_at', (now() + interval '1 microsecond')::text, true)`.execute(
    trx,
  )
  await merge(trx, table, back, superseder.period)
  await sql`select set_config('cms_fees.known_at', '', true)`.execute(trx)
  await sql`drop table ${sql.table(back)}`.execute(trx)
}
