/** From the archive to staged rows: every file of a revision is unpacked, parsed, validated and copied. */
import type { Kysely } from 'kysely'
import type { ReleaseName } from '../../pipelines/release-name.ts'
import { Contradiction, type Derived, type Schedule } from '../../pipelines/schedule.ts'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import type { AcceptedColumns } from '../formats/header.ts'
import { HeaderDriftError } from '../formats/header-drift.ts'
import type { ReleaseDates } from '../releases.ts'
import { type Run, timed } from '../runs/run.ts'
import { acceptedColumns, valuesBefore } from './accept-columns.ts'
import type { Artifact } from './archive.ts'
import { releasedOf } from './date-revision.ts'
import type { Match } from './match.ts'
import { type MatchOptions, matchRelease } from './match-release.ts'
import { stagingOf } from './merge.ts'
import { parse } from './parse.ts'
import type { Staged } from './record.ts'
import { stageRows } from './stage.ts'
import { type Members, unpack } from './unpack.ts'
import { refuseBadFiles, rowOf, type ValidFile, validate } from './validate.ts'
import { stageWitnesses, witnessOf } from './witness.ts'

/** The archived bytes of a release. */
export interface ReleaseSource {
  readonly schedule: Schedule
  /** Folder of the archive. */
  readonly archive: string
  readonly artifact: Artifact
  readonly release: ReleaseName
}

export interface Work {
  readonly trx: Kysely<Tables>
  readonly session: Session
  readonly run: Run
}

export interface StagedRelease {
  readonly revision: ReleaseDates
  /** Day of release that the files themselves state; null where none does. */
  readonly released: string | null
  readonly staged: readonly Staged[]
}

/** Throws what each stage refuses; rejected rows are on the run either way. */
export async function stageRelease(
  { schedule, archive, artifact, release }: ReleaseSource,
  options: MatchOptions,
  { trx, session, run }: Work,
): Promise<StagedRelease> {
  const members = await timed(run, 'unpack', null, () => unpack(archive, artifact))
  const { revision, matches } = matchRelease(schedule, release, artifact, members, options, run)
  const accepted = await acceptedColumns(trx, artifact.sha256)
  const files: ValidFile[] = []
  for (const match of matches) {
    const source = { members, release, revision, match, accepted: accepted.get(match.member) }
    const valid = await stageFile(source, { trx, session, run })
    run.rejected.push(...valid.rejected)
    files.push(valid)
  }
  refuseBadFiles(files)
  await timed(run, 'witness', null, async () => {
    const found = files.map(({ file }) => witnessOf(file, members, revision.effectiveFrom))
    const witnesses = (await Promise.all(found)).filter((witness) => witness !== null)
    await stageWitnesses(trx, files, witnesses)
  })
  const staged: Staged[] = files.map((file) => {
    const { name, table, checkOnly } = file.file.dataset
    return { name, table, kept: !checkOnly, derived: false, file, rows: file.accepted }
  })
  for (const { table, from, rows } of derived(schedule, files)) {
    const { name } = table
    const valid = rows.map((cells) => rowOf(cells, table)).filter((row) => row !== null)
    if (valid.length < rows.length) throw new Error(`a derived row of ${name} is not valid`)
    await timed(run, 'stage', name, () =>
      stageRows(trx, session.client, table, stagingOf(name), valid),
    )
    staged.push({ name, table, kept: true, derived: true, file: from, rows: rows.length })
  }
  const released = await releasedOf(files, members, revision.effectiveFrom)
  return { revision, released, staged }
}

function derived(schedule: Schedule, files: readonly ValidFile[]): readonly Derived<ValidFile>[] {
  try {
    return schedule.derive(files)
  } catch (error) {
    if (!(error instanceof Contradiction)) throw error
    const { code, message, next } = error
    throw new CmsFeesError(code, message, next === undefined ? {} : { next })
  }
}

interface FileSource extends Pick<ReleaseSource, 'release'> {
  readonly members: Members
  readonly revision: ReleaseDates
  readonly match: Match
  readonly accepted: AcceptedColumns | undefined
}

async function stageFile(
  { members, release, revision, match, accepted }: FileSource,
  { trx, session, run }: Work,
): Promise<ValidFile> {
  const { name, table } = match.dataset
  const bytes = await timed(run, 'unpack', name, () => members.read(match.member))
  const { effectiveFrom } = revision
  const parsed = await timed(
    ...([run, 'parse', name] as const),
    () =>
      parse({ ...match, bytes }, release, effectiveFrom, accepted).catch(async (error) => {
        if (!(error instanceof HeaderDriftError)) throw error
        throw error.withValues(await valuesBefore(trx, table, error, effectiveFrom))
      }),
    ({ read }) => read,
  )
  if (parsed.contradiction) run.log.warn(parsed.contradiction)
  const valid = await timed(
    ...([run, 'validate', name] as const),
    () => validate(parsed),
    ({ accepted }) => accepted,
  )
  if (valid.repeated.length > 0) {
    run.log.info({ file: match.member, lines: valid.repeated }, 'lines that repeat another one')
  }
  await timed(run, 'stage', name, () =>
    stageRows(trx, session.client, table, stagingOf(name), valid.rows, {
      own: match.dataset.firstDay !== undefined,
      stated: parsed.holds,
    }),
  )
  return withoutRows(valid)
}

/** A staged file. All rows of a release would be in memory at once; the first and the last one are told of. */
const withoutRows = ({ file, rows, ...valid }: ValidFile): ValidFile => ({
  ...valid,
  file: { ...file, records: [] },
  rows: rows.filter((_, at) => at === 0 || at === rows.length - 1),
})
