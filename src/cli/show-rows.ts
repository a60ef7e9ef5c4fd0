/** What the tables of the families say of a key, such as a ZIP code or a code that the schedule leaves out. */
import type { Kysely } from 'kysely'
import { schedules } from '../../pipelines/index.ts'
import { tablesOf } from '../../pipelines/schedule.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { type RowVersion, rowHistory } from '../queries/table-changes.ts'
import { formatFields } from './fields.ts'
import { formatTable, printRows, type RowOptions } from './output.ts'

export interface FoundRows {
  readonly family: string
  readonly versions: readonly RowVersion[]
}

/** Of the named family, or of the first one that has the key. Throws E_UNKNOWN_CODE. */
export async function findRows(
  db: Kysely<Tables>,
  value: string,
  family?: string,
): Promise<FoundRows> {
  const key = value.trim().toUpperCase()
  for (const schedule of schedules) {
    if (family !== undefined && schedule.family !== family) continue
    const versions = await rowHistory(db, tablesOf(schedule), key)
    if (versions.length > 0) return { family: schedule.family, versions }
  }
  throw new CmsFeesError(
    'E_UNKNOWN_CODE',
    `no loaded release${family ? ` of the family ${family}` : ''} has ${key}`,
  )
}

/** The families whose tables have a key. */
export async function familiesWith(db: Kysely<Tables>, value: string): Promise<string[]> {
  const families: string[] = []
  for (const schedule of schedules) {
    const versions = await rowHistory(db, tablesOf(schedule), value.trim().toUpperCase())
    if (versions.length > 0) families.push(schedule.family)
  }
  return families
}

/** The rows that hold today, or all versions. Throws E_UNKNOWN_CODE where none holds today. */
export async function printFound(
  { family, versions }: FoundRows,
  { history, ...options }: RowOptions & { readonly history?: boolean | undefined },
): Promise<void> {
  const shown = history ? versions : versions.filter(({ holds_today }) => holds_today)
  const [last] = versions.slice(-1)
  if (shown.length === 0) {
    throw new CmsFeesError(
      'E_UNKNOWN_CODE',
      `no release in force today has it; ${last?.first_release} had it until ${last?.valid_to}`,
      { next: 'Show its versions with --history.' },
    )
  }
  await printRows(options, shown, COLUMNS, () =>
    history
      ? withGaps(formatTable(shown.map(asRow)), shown)
      : shown.map(formatRow(family)).join('\n\n'),
  )
}

const COLUMNS = [
  ...(['table', 'key', 'row', 'valid_from', 'valid_to'] as const),
  ...(['holds_today', 'first_release', 'fields', 'gap'] as const),
]

/** Below a table of versions: which releases before one of them are not loaded. */
export function withGaps(
  table: string,
  versions: readonly Pick<RowVersion, 'first_release' | 'gap'>[],
): string {
  const gaps = versions.flatMap(({ first_release: release, gap }) =>
    gap ? [`Before ${release}: ${gap}.`] : [],
  )
  return [table, ...new Set(gaps)].join('\n')
}

/** A line for each column that has a value. */
const formatRow =
  (family: string) =>
  ({ table, key, row, valid_from, first_release }: RowVersion): string =>
    [
      `${family}.${table}, since ${valid_from} (${first_release})`,
      ...Object.entries({ ...key, ...row })
        .filter(([, value]) => value !== null && value !== '')
        .map(([column, value]) => `  ${column}: ${value}`),
    ].join('\n')

const asRow = ({ table, key, valid_from, valid_to, first_release, fields }: RowVersion) => ({
  table,
  ...key,
  from: valid_from,
  to: valid_to,
  release: first_release,
  fields: formatFields(fields),
})
