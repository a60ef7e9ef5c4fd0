/** Gives days back: what one revision lost, the next one in line makes true, read from the archive again. */
import { type Kysely, sql } from 'kysely'
import { type Schedule, tablesOf } from '../../pipelines/schedule.ts'
import type { Tables } from '../db/tables.ts'
import { parseRelease } from '../releases.ts'
import type { Work } from '../runs/run.ts'
import type { ReleaseSource } from './archive.ts'
import { mergeStaged, stageRelease } from './ingest.ts'
import type { Format } from './match.ts'
import { merge } from './merge.ts'
import type { RevisionKey } from './record.ts'
import { stageRows, stagingOf, unstage } from './stage.ts'

/** Days on which a revision governs, or governed, a table. */
export interface Governed {
  readonly table_name: string
  readonly period: string
}

/** Each lost period goes to one successor, which is read from the archive again; or to nobody. Gives the successors' names. */
export async function giveBack(
  { schedule, archive }: Pick<ReleaseSource, 'schedule' | 'archive'>,
  lost: readonly Governed[],
  work: Work,
): Promise<string[]> {
  const { trx } = work
  const successors = new Map<string, { release: string; sha256: string }>()
  for (const { table_name, period } of lost) {
    const successor = await trx
      .selectFrom('ops.governed_period')
      .select(['release', 'sha256'])
      .where('table_name', '=', table_name)
      .where(sql<boolean>`period @> lower(${period}::daterange)`)
      .executeTakeFirst()
    if (successor) successors.set(`${successor.release} ${successor.sha256}`, successor)
    else await leaveEmpty(schedule, table_name, period, work)
  }
  for (const successor of successors.values()) {
    const artifact = await trx
      .selectFrom('ops.artifact')
      .select(['sha256', 'kind', 'name', 'bytes'])
      .where('sha256', '=', successor.sha256)
      .executeTakeFirstOrThrow()
    const source = { schedule, archive, artifact, release: parseRelease(successor.release) }
    const options = { allowMissing: true, ...(await formatOf(trx, successor)) }
    const { staged } = await stageRelease(source, options, work)
    await mergeStaged(successor, staged, work)
  }
  return [...successors.values()].map(({ release }) => release)
}

/** A revision that was read in one format throughout may have been so by choice: it is again. */
export async function formatOf(
  trx: Kysely<Tables>,
  revision: RevisionKey,
): Promise<{ format?: Format }> {
  const rows = await trx
    .selectFrom('ops.release_file')
    .select('format')
    .distinct()
    .where('release', '=', revision.release)
    .where('sha256', '=', revision.sha256)
    .execute()
  const [only, ...others] = rows
  return only && others.length === 0 ? { format: only.format as Format } : {}
}

/** Nothing is true in a period that no revision governs. */
async function leaveEmpty(
  schedule: Schedule,
  name: string,
  period: string,
  { trx, session }: Work,
): Promise<void> {
  const table = tablesOf(schedule).find((each) => each.name === name)
  if (!table) throw new Error(`${schedule.family} has no table ${name}`)
  const staging = stagingOf(name)
  await stageRows(trx, session.client, table, staging, [])
  await merge(trx, table, staging, period)
  await unstage(trx, staging)
}
