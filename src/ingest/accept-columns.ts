/** Columns that a person says are known ones: found among what the headers propose, and kept for these bytes. */
import { type Kysely, sql } from 'kysely'
import type { Table } from '../../schemas/table.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import type { AcceptedColumns } from '../formats/header.ts'
import { HeaderDriftError, type KnownValues, proposalsIn, SHOWN } from '../formats/header-drift.ts'
import { normalise } from '../formats/label.ts'
import { datesOf } from '../releases.ts'
import type { Run } from '../runs/run.ts'
import type { ReleaseSource } from './archive.ts'
import type { Acceptance } from './check.ts'
import { type Format, matchMembers } from './match.ts'
import { parse } from './parse.ts'
import { unpack } from './unpack.ts'

/** By the name of the file. */
type AcceptedIn = ReadonlyMap<string, AcceptedColumns>

/** What was ever accepted for these bytes. */
export async function acceptedColumns(db: Kysely<Tables>, sha256: string): Promise<AcceptedIn> {
  const rows = await db
    .selectFrom('ops.accepted_column')
    .select(['file', 'column_text', 'field'])
    .where('sha256', '=', sha256)
    .execute()
  const files = new Map<string, Map<string, string>>()
  for (const { file, column_text, field } of rows) {
    const columns = files.get(file) ?? new Map<string, string>()
    files.set(file, columns.set(normalise(column_text), field))
  }
  return files
}

/**
 * Keeps what a person accepts, whatever becomes of the run: it is true of the bytes. Throws E_USAGE for a name that
 * no header proposes, and E_HEADER_DRIFT for a column of which nobody can say what it is.
 */
export async function acceptColumns(
  source: ReleaseSource,
  format: Format | undefined,
  { columns = [], anyRelease, because, operator: accepted_by }: Acceptance,
  db: Kysely<Tables>,
  run: Run,
): Promise<void> {
  const { sha256 } = source.artifact
  const before = await acceptedColumns(db, sha256)
  const drifts = await driftsOf(source, format, before)
  const known = [...before.values()].flatMap((texts) => [...texts.keys()])
  const chosen = columns
    .filter((name) => !known.includes(normalise(columnOf(name).column)))
    .flatMap((name) => chosenBy(name, drifts, source.release.name, anyRelease === true))
  if (chosen.length === 0) return
  const rows = chosen.map(({ file, text, field }) => {
    return { sha256, file, column_text: text, field, accepted_by, because, run_id: run.id }
  })
  await db.insertInto('ops.accepted_column').values(rows).execute()
  run.log.warn({ columns: chosen, accepted_by, because }, 'columns accepted')
}

/** Every header of the release that is not right. What else is wrong with a file, its own stage will tell. */
async function driftsOf(
  { schedule, archive, artifact, release }: ReleaseSource,
  format: Format | undefined,
  accepted: AcceptedIn,
): Promise<HeaderDriftError[]> {
  const members = await unpack(archive, artifact)
  const { effectiveFrom } = datesOf(schedule, release, artifact.name)
  const { matches } = matchMembers(members.names, schedule.files, effectiveFrom, format)
  const drifts: HeaderDriftError[] = []
  for (const match of matches) {
    const bytes = await members.read(match.member)
    await parse({ ...match, bytes }, release, effectiveFrom, accepted.get(match.member)).catch(
      (error) => {
        if (error instanceof HeaderDriftError) drifts.push(error)
      },
    )
  }
  return drifts
}

/** 'CARIER', or 'OPPSCAP_JAN.csv:CARIER' where several files have it. */
function columnOf(name: string): { file: string | undefined; column: string } {
  const [, file, column = ''] = /^(?:(.+\.\w+):)?(.*)$/s.exec(name) ?? []
  return { file, column }
}

function chosenBy(
  name: string,
  drifts: readonly HeaderDriftError[],
  release: string,
  mayBeUnused: boolean,
): { file: string; text: string; field: string }[] {
  const { file, column } = columnOf(name)
  const same = (text: string) => normalise(text) === normalise(column)
  const having = drifts.filter(
    ({ member, columns }) => (file ?? member) === member && columns.some(({ text }) => same(text)),
  )
  const [drift, ...others] = having
  if (!drift) {
    if (mayBeUnused) return []
    throw new CmsFeesError(
      'E_USAGE',
      `no header of ${release} has an unknown column ${JSON.stringify(name)}`,
      {
        next: proposalsOf(drifts),
      },
    )
  }
  if (others.length > 0) {
    const files = having.map(({ member }) => JSON.stringify(`${member}:${column}`))
    throw new CmsFeesError(
      'E_USAGE',
      `${having.length} files of ${release} have a column ${column}`,
      {
        next: `Say which you mean: --accept-columns ${files.join(' or ')}.`,
      },
    )
  }
  const chosen = proposalsIn(drift.columns).filter(({ text }) => same(text))
  if (chosen.length === 0) throw drift
  return chosen.map((one) => ({ file: drift.member, ...one }))
}

function proposalsOf(drifts: readonly HeaderDriftError[]): string {
  const proposals = drifts.flatMap(({ member, columns }) =>
    proposalsIn(columns).map(
      ({ text, field }) => `${JSON.stringify(text)} of ${member} as ${field}`,
    ),
  )
  if (proposals.length > 0) return `Proposed are ${proposals.join('; ')}.`
  return drifts.length > 0
    ? 'Nothing is proposed: run the command without --accept-columns to see why.'
    : 'All columns are known: run the command without --accept-columns.'
}

/** For a header that is not right: throws it again with the first values that its proposals had the day before. */
export const withValuesBefore =
  (db: Kysely<Tables>, table: Table, effectiveFrom: string) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof HeaderDriftError)) throw error
    throw error.withValues(await valuesBefore(db, table, error, effectiveFrom))
  }

/** First values of fields on the day before a release, as the table has them. */
async function valuesBefore(
  db: Kysely<Tables>,
  table: Table,
  { columns }: HeaderDriftError,
  effectiveFrom: string,
): Promise<KnownValues> {
  const known = new Map<string, readonly string[]>()
  for (const { field } of proposalsIn(columns).filter(({ field }) => field in table.columns)) {
    const { rows } = await sql<{ value: string }>`
      select ${sql.ref(field)}::text as value from ${sql.table(`${table.schema}.${table.name}`)}
       where valid_during @> ${effectiveFrom}::date - 1 and ${sql.ref(field)} is not null
       order by ${sql.join(table.key.map((column) => sql.ref(column)))} limit 500
    `.execute(db)
    known.set(field, [...new Set(rows.map(({ value }) => value))].slice(0, SHOWN))
  }
  return (field) => known.get(field) ?? []
}
