/** Merge and check: what the staged rows of a posting say becomes true on the days on which it is in force. */
import { sql } from 'kysely'
import type { Dataset } from '../schemas/dataset.ts'
import { CHECKS } from '../src/paths.ts'
import type { Pipeline } from '../src/pipeline.ts'
import { timed } from '../src/run-record.ts'
import { type Acceptance, refuseBroken, runChecks } from '../src/stages/check.ts'
import { govern } from '../src/stages/govern.ts'
import type { PostingKey, Staged } from '../src/stages/publish.ts'
import { unstage } from '../src/stages/stage.ts'
import type { Work } from './stage-release.ts'

interface Truth extends Work {
  /** Absent where the rows passed the gates before: then only their truth is checked. */
  readonly gates?: Acceptance
}

/**
 * The posting must be recorded, since its period follows from `ops.release`. Returns how many versions
 * each dataset wrote. Throws E_CHECK_FAILED and E_GATE.
 */
export async function makeTrue(
  pipeline: Pipeline,
  posting: PostingKey,
  staged: readonly Staged[],
  { trx, run, gates }: Truth,
): Promise<ReadonlyMap<Dataset, number>> {
  const written = new Map<Dataset, number>()
  for (const { dataset } of staged) {
    if (dataset.checkOnly) continue
    const { table, key, columns } = dataset
    const target = { schema: pipeline.schema, table, key, columns }
    const versions = await timed(
      ...([run, 'merge', dataset.name] as const),
      () => govern(trx, posting, dataset, target),
      (count) => count,
    )
    written.set(dataset, versions)
  }
  await sql`
    select set_config('cms_fees.release', ${posting.release}, true),
           set_config('cms_fees.sha256', ${posting.sha256}, true),
           set_config('cms_fees.schema', ${pipeline.schema}, true)
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
  for (const { dataset } of staged) await unstage(trx, dataset)
  return written
}
