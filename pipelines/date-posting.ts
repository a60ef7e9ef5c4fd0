/** When CMS posted a release's bytes, and who says so. Dates of files and members are never asked: copying changes them. */
import type { Kysely } from 'kysely'
import type { PublishedSource, Tables } from '../src/db/tables.ts'
import type { Posting } from '../src/pipeline.ts'
import { dayAtCms, dayIn } from '../src/release.ts'
import type { Artifact } from '../src/stages/archive.ts'
import { claimMembers } from '../src/stages/claim.ts'
import { releasedIn } from '../src/stages/parse.ts'
import type { PostingDate, PostingKey } from '../src/stages/publish.ts'
import type { Members } from '../src/stages/unpack.ts'
import type { ValidFile } from '../src/stages/validate.ts'

export interface Dated {
  readonly artifact: Pick<Artifact, 'sha256' | 'name'>
  readonly posting: Posting
  /** Day that the file states of itself. */
  readonly released: string | null
  /** Day that the operator states. */
  readonly published?: string | undefined
}

/** The first who says a day is believed: operator, file, catalog, name of the zip, CMS's server. */
export async function datePosting(
  trx: Kysely<Tables>,
  { artifact, posting: { known }, released, published }: Dated,
): Promise<PostingDate> {
  const last_modified = await lastModified(trx, artifact.sha256)
  const named = /updated|posted/i.test(artifact.name) ? dayIn(artifact.name) : null
  const catalogued = known?.published || null
  const modified = last_modified && dayAtCms(last_modified)
  const said: [PublishedSource, string | null][] = [
    ['operator', published ?? null],
    ['file', released],
    ['catalog', catalogued],
    ['name', named],
    ['last-modified', modified],
  ]
  const [published_source, day] = said.find(([, text]) => text !== null) ?? [null, null]
  const first = known?.is_first ? '-infinity' : null
  return {
    published: day,
    published_source,
    appeared: published ?? catalogued ?? named ?? modified ?? first,
    last_modified,
  }
}

/** The date of a posting that is loaded: what was said of it once holds, whatever its zip is called today. */
export function dateOfLoaded(
  trx: Kysely<Tables>,
  { release, sha256 }: PostingKey,
): Promise<PostingDate | undefined> {
  return trx
    .selectFrom('ops.release')
    .select(['published', 'published_source', 'appeared', 'last_modified'])
    .where('release', '=', release)
    .where('sha256', '=', sha256)
    .where('retracted_at', 'is', null)
    .executeTakeFirst()
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
    const [claim] = claimMembers(members.names, [dataset], effectiveFrom, format).claims
    if (!claim) continue
    const day = await releasedIn({ ...claim, bytes: await members.read(claim.member) })
    if (day !== null) return day
  }
  return null
}

/** How the file's own day contradicts the catalog; null where it does not. Known contradictions stand in the catalog. */
export function disagreement({ artifact, posting: { known }, released }: Dated): string | null {
  const expected = known?.released || known?.published
  if (!released || !expected || released === expected) return null
  const says = known?.released
    ? `that it was released on ${expected}`
    : `that it was posted on ${expected}`
  return `${artifact.name} says that it was released on ${released}, the catalog ${says}`
}
