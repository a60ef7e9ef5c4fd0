/** The difference of two releases in the tables of any family. */
import type { Kysely } from 'kysely'
import type { Table } from '../../schemas/table.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { type LoadedRevision, loadedRevision } from '../queries/loaded-revision.ts'
import { type ChangeCount, countChanges, type RowChange } from '../queries/table-changes.ts'
import { familyOf, parseRelease, scheduleOf } from '../releases.ts'
import { formatFields } from './fields.ts'
import { formatTable } from './output.ts'

export interface Comparable {
  readonly before: LoadedRevision
  readonly after: LoadedRevision
  readonly tables: readonly Table[]
  /** Names of the tables whose differences api.release_changes tells. */
  readonly priced: readonly string[]
}

/** Throws E_UNKNOWN_RELEASE, E_USAGE where the releases are of two families, and E_NOT_LOADED. */
export async function comparable(
  db: Kysely<Tables>,
  before: string,
  after: string,
): Promise<Comparable> {
  const [one, other] = [before, after].map((name) =>
    scheduleOf(parseRelease(name.split('#')[0] ?? '')),
  )
  if (one !== other) {
    throw new CmsFeesError(
      'E_USAGE',
      `${before} (${one?.title}) and ${after} (${other?.title}) cannot be compared`,
      { next: 'Name two releases of one family.' },
    )
  }
  const [first, second] = [await loadedRevision(db, before), await loadedRevision(db, after)]
  return { before: first, after: second, ...familyOf(first.release) }
}

/** What differs in the tables that api.release_changes does not tell. */
export function countOthers(db: Kysely<Tables>, pair: Comparable): Promise<ChangeCount[]> {
  const others = pair.tables.filter(({ name }) => !pair.priced.includes(name))
  return countChanges(db, others, pair.before, pair.after)
}

const counted = ({ added, deleted, changed }: Omit<ChangeCount, 'table'>): string =>
  `${added} added, ${deleted} deleted, ${changed} changed`

export const formatCounts = (counts: readonly ChangeCount[]): string =>
  counts.map((count) => `${count.table}: ${counted(count)}`).join('\n')

export function formatRowChanges(
  changes: readonly RowChange[],
  before: string,
  after: string,
): string {
  const count = (kind: string) => changes.filter(({ change }) => change === kind).length
  const [added, deleted, changed] = [count('added'), count('deleted'), count('changed')]
  const line = `${before} → ${after}: ${counted({ added, deleted, changed })}`
  if (changes.length === 0) return line
  const inDollars = changes.some((row) => row.amount_before ?? row.amount_after)
  const rows = changes.map(({ key, change, fields, amount_before, amount_after }) => ({
    ...key,
    change,
    ...(inDollars && { $: amounts(amount_before, amount_after) }),
    fields: formatFields(fields),
  }))
  return `${line}\n${formatTable(rows)}`
}

/** An amount before and after: '1.20 → 1.30', one of them where they are the same. */
export const amounts = (before: string | null, after: string | null): string | null =>
  before === after ? before : `${before ?? '–'} → ${after ?? '–'}`
