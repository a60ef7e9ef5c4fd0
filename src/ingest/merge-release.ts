/** Merge and check: what the staged rows of a revision say becomes true on the days on which it is in force. */
import { sql } from 'kysely'
import { CHECKS } from '../paths.ts'
import { timed } from '../runs/run.ts'
import { type Acceptance, refuseBroken, runChecks } from './check.ts'
import { stagingOf } from './merge.ts'
import { mergeEffectivePeriod } from './merge-effective-period.ts'
import type { RevisionKey, Staged } from './record.ts'
import { unstage } from './stage.ts'
import type { Work } from './stage-release.ts'
import { unstageWitnesses } from './witness.ts'

interface Truth extends Work {
  /** Absent where the rows passed the gates before: then only their truth is checked. */
  readonly gates?: Acceptance
}

/**
 * The revision must be recorded, since its period follows from `ops.release`. Returns how many versions
 * each file or derived table wrote, by its name. Throws E_CHECK_FAILED and E_GATE.
 */
export async function mergeRelease(
  revision: RevisionKey,
  staged: readonly Staged[],
  { trx, run, gates }: Truth,
): Promise<ReadonlyMap<string, number>> {
  const written = new Map<string, number>()
  for (const { name, table, kept } of staged) {
    if (!kept) continue
    const merged = () => mergeEffectivePeriod(trx, revision, table, stagingOf(name))
    written.set(name, await timed(run, 'merge', name, merged, (versions) => versions))
  }
  await sql`
    select set_config('cms_fees.release', ${revision.release}, true),
           set_config('cms_fees.sha256', ${revision.sha256}, true),
           set_config('cms_fees.schema', ${staged[0]?.table.schema ?? ''}, true)
  `.execute(trx)
  run.checks.push(
    ...(await timed(run, 'check', null, () =>
      runChecks(trx, CHECKS, { gates: gates !== undefined }),
    )),
  )
  const accepted = refuseBroken(run.checks, gates?.gates ?? [])
  if (gates && accepted.length > 0) {
    const { because, operator: accepted_by } = gates
    const rows = accepted.map((gate) => ({ run_id: run.id, gate, accepted_by, because }))
    await trx.insertInto('ops.accepted_gate').values(rows).execute()
    run.log.warn({ gates: accepted, accepted_by, because }, 'gates accepted')
  }
  for (const { name } of staged) await unstage(trx, stagingOf(name))
  await unstageWitnesses(trx)
  return written
}
