/** When CMS posted a release's bytes, and who says so. Dates of files and members are never asked: copying changes them. */
import type { Kysely } from 'kysely'
import type { ReleaseName } from '../../pipelines/release-name.ts'
import { dayAtCms, dayIn } from '../day.ts'
import type { PublishedSource, Tables } from '../db/tables.ts'
import type { ReleaseDates } from '../releases.ts'
import type { Work } from '../runs/run.ts'
import type { Artifact } from './archive.ts'
import { matchMembers } from './match.ts'
import { releasedIn } from './parse.ts'
import type { RevisionDate } from './record.ts'
import type { Members } from './unpack.ts'
import type { ValidFile } from './validate.ts'

interface Dated {
  readonly release: ReleaseName
  readonly artifact: Artifact
  readonly dates: ReleaseDates
  /** Day that the file states of itself. */
  readonly released: string | null
  /** Day that the operator states. */
  readonly published?: string | undefined
}

/** What was said of a loaded revision holds, whatever its zip is called today; that the catalog is contradicted is told. */
export async function dateRevision(dated: Dated, { trx, run }: Work): Promise<RevisionDate> {
  const { release, artifact } = dated
  const loaded = await trx
    .selectFrom('ops.release')
    .select(['published', 'published_source', 'appeared', 'last_modified'])
    .where('release', '=', release.name)
    .where('sha256', '=', artifact.sha256)
    .where('retracted_at', 'is', null)
    .executeTakeFirst()
  if (loaded) return loaded
  const contradiction = contradictionOf(dated)
  if (contradiction) run.warn(contradiction)
  return dateOf(dated, await lastModified(trx, artifact.sha256))
}

/** The first who says a day is believed: operator, file, catalog, name of the zip, CMS's server. */
function dateOf(
  { artifact, dates: { known }, released, published }: Dated,
  last_modified: Date | null,
): RevisionDate {
  const named = /updated|posted/i.test(artifact.name) ? dayIn(artifact.name) : null
  const cataloged = known?.published || null
  const modified = last_modified && dayAtCms(last_modified)
  const said: [PublishedSource, string | null][] = [
    ['operator', published ?? null],
    ['file', released],
    ['catalog', cataloged],
    ['name', named],
    ['last-modified', modified],
  ]
  const [published_source, day] = said.find(([, text]) => text !== null) ?? [null, null]
  const first = known?.is_first ? '-infinity' : null
  return {
    published: day,
    published_source,
    appeared: published ?? cataloged ?? named ?? modified ?? first,
    last_modified,
  }
}

/** What CMS's server said of these bytes when it first gave them. */
async function lastModified(trx: Kysely<Tables>, sha256: string): Promise<Date | null> {
  const row = await trx
    .selectFrom('ops.download')
    .select('last_modified')
    .where('sha256', '=', sha256)
    .orderBy('first_fetched_at')
    .executeTakeFirst()
  const date = new Date(row?.last_modified ?? '')
  return Number.isNaN(date.getTime()) ? null : date
}

/**
 * The day of release that the title of a file states: the last one of several, null where none does. A TXT has no
 * title, so where one is read its CSV or workbook is asked.
 */
export async function releasedOf(
  files: readonly ValidFile[],
  members: Members,
  effectiveFrom: string,
): Promise<string | null> {
  const days: (string | null)[] = []
  for (const { file } of files) {
    if (file.dataset.releasedOn) {
      days.push(file.released ?? (await releasedBeside(file, members, effectiveFrom)))
    }
  }
  return (
    days
      .filter((day) => day !== null)
      .toSorted()
      .at(-1) ?? null
  )
}

async function releasedBeside(
  { dataset, format: read }: ValidFile['file'],
  members: Members,
  effectiveFrom: string,
): Promise<string | null> {
  for (const format of (['csv', 'xlsx'] as const).filter((each) => each !== read)) {
    const [match] = matchMembers(members.names, [dataset], effectiveFrom, format).matches
    if (!match) continue
    const day = await releasedIn({ ...match, bytes: await members.read(match.member) })
    if (day !== null) return day
  }
  return null
}

/** How the file's own day contradicts the catalog; null where it does not. Known contradictions stand in the catalog. */
function contradictionOf({ artifact, dates: { known }, released }: Dated): string | null {
  const expected = known?.released || known?.published
  if (!released || !expected || released === expected) return null
  const says = known?.released
    ? `that it was released on ${expected}`
    : `that it was posted on ${expected}`
  return `${artifact.name} says that it was released on ${released}, the catalog ${says}`
}
