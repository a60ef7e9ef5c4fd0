/** Brings the bytes of a release into the archive: from a path, or from CMS. */
import { existsSync } from 'node:fs'
import type { Kysely } from 'kysely'
import type { ReleaseName } from '../../pipelines/release-name.ts'
import {
  type Discovery,
  isListed,
  type ListedSchedule,
  type Schedule,
} from '../../pipelines/schedule.ts'
import { canonical, onBase } from '../cms/address.ts'
import { catalogOf } from '../cms/catalog.ts'
import { type Client, openClient } from '../cms/client.ts'
import { type Downloaded, download } from '../cms/download.ts'
import { readListing, readReleasePage, type ZipLink } from '../cms/pages.ts'
import { type CmsSettings, LICENSES, type License } from '../cms/settings.ts'
import { dayIn } from '../day.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Context } from '../runs/run-job.ts'
import { type Artifact, archived, archiveSource } from './archive.ts'
import { isMatched } from './match.ts'
import { recordArtifact } from './record.ts'

/** Where a release's bytes are; without either CMS's pages are asked. */
export interface Source {
  /** Path of a zip or folder. */
  readonly from?: string
  /** Address of the zip on CMS's site. */
  readonly url?: string
}

/** Throws what `archiveSource` throws; without a path E_LICENSE_NOT_ACCEPTED and what `download` throws. */
export async function fetchRelease(
  schedule: Schedule,
  release: ReleaseName,
  { from, url }: Source,
  context: Context,
): Promise<Artifact> {
  if (from !== undefined) {
    return archiveSource(context.archive, from, (name) => isMatched(name, schedule.files))
  }
  const listed = requireListed(schedule, release.name)
  requireLicenses(context.cms)
  await using client = await openClient(context.cms, context.log, context.signal)
  const address = url
    ? onBase(url, context.cms)
    : await addressOf(client, listed, release.name, context.log)
  return await fetchRevision(client, address, context)
}

/** Throws E_USAGE where nobody has declared yet where CMS offers the family's releases. */
export function requireListed(schedule: Schedule, release: string): ListedSchedule {
  if (isListed(schedule)) return schedule
  throw new CmsFeesError('E_USAGE', `${release} (${schedule.title}) cannot be downloaded yet`, {
    next: `Load its file: cms-fees ingest ${release} --from <zip or folder>; or many: cms-fees backfill --archive <folder>.`,
  })
}

/** Throws E_LICENSE_NOT_ACCEPTED, which names every licence that is not accepted. */
export function requireLicenses({ licenses }: CmsSettings): void {
  const missing = (Object.keys(LICENSES) as License[]).filter((name) => !licenses.includes(name))
  if (missing.length === 0) return
  throw new CmsFeesError(
    'E_LICENSE_NOT_ACCEPTED',
    `nothing is downloaded before these are accepted: ${missing.map((name) => LICENSES[name]).join(' and ')}`,
  )
}

/** Downloads an address, unless its bytes are in the archive and CMS says that they are still the ones. */
async function fetchRevision(client: Client, url: string, context: Context): Promise<Artifact> {
  const { db } = context.session
  const address = canonical(url, context.cms)
  const stored = await lastDownload(db, address, context.archive)
  const fetched = await download(client, context.archive, url, {
    known: stored && { etag: stored.etag, lastModified: stored.lastModified },
    progress: context.progress?.show,
  }).finally(() => context.progress?.end())
  const found = fetched ?? stored
  if (found === undefined) throw new Error(`${url}: not modified, but nothing is stored`)
  await recordArtifact(db, found.artifact)
  await db
    .insertInto('ops.download')
    .values({
      url: address,
      sha256: found.artifact.sha256,
      etag: found.etag,
      last_modified: found.lastModified,
      licenses_accepted: context.cms.licenses,
    })
    .onConflict((conflict) =>
      conflict.columns(['url', 'sha256']).doUpdateSet({
        etag: found.etag,
        last_modified: found.lastModified,
        last_seen_at: new Date(),
      }),
    )
    .execute()
  return found.artifact
}

async function lastDownload(
  db: Kysely<Tables>,
  url: string,
  archive: string,
): Promise<Downloaded | undefined> {
  const row = await db
    .selectFrom('ops.download as d')
    .innerJoin('ops.artifact as a', 'a.sha256', 'd.sha256')
    .select(['a.sha256', 'a.name', 'a.bytes', 'd.etag', 'd.last_modified'])
    .where('d.url', '=', url)
    .orderBy('d.last_seen_at', 'desc')
    .executeTakeFirst()
  if (!row || !existsSync(archived(archive, row.sha256))) return undefined
  const { sha256, name, bytes, etag, last_modified } = row
  return {
    artifact: { sha256, kind: 'zip', name, bytes: Number(bytes) },
    etag,
    lastModified: last_modified,
  }
}

/** Where CMS's pages, or else the catalog, say that the release's zip is. Throws E_NO_RELEASE_LINKS. */
async function addressOf(
  client: Client,
  schedule: ListedSchedule,
  release: string,
  log: Logger,
): Promise<string> {
  const { discovery } = schedule
  try {
    const listing = onBase(
      new URL(discovery.listing, client.settings.baseUrl).href,
      client.settings,
    )
    const links = await readListing(client, listing, discovery.releaseIn)
    const link = links.find((one) => one.release === release)
    if (!link) throw new CmsFeesError('E_NO_RELEASE_LINKS', `${listing} does not list ${release}`)
    return newestZip(await readReleasePage(client, link), release, discovery).url
  } catch (error) {
    if (!(error instanceof CmsFeesError) || !PAGE_FAULTS.has(error.code)) throw error
    const known = inCatalog(schedule, release)
    if (known.url === null) throw error
    const { url, note } = known
    log.warn(
      { release, reason: error.message, url, note },
      "CMS's page does not say: the catalog does",
    )
    return onBase(known.url, client.settings)
  }
}

/** The revision of a release that the catalog knows to be the latest; note: what the catalog says of it. */
export function inCatalog(
  schedule: Schedule,
  release: string,
): { url: string | null; page: string | null; note: string | null } {
  const rows = catalogOf(schedule)
    .filter((row) => row.release === release)
    .sort((a, b) => (a.published < b.published ? 1 : a.published > b.published ? -1 : 0))
  const first = (column: 'url' | 'page') => rows.find((row) => row[column])?.[column] ?? null
  const url = first('url')
  return {
    url,
    page: first('page'),
    note: rows.find((row) => row.url === (url ?? ''))?.note || null,
  }
}

/** Faults of a page that the catalog can stand in for. */
export const PAGE_FAULTS: ReadonlySet<string> = new Set(['E_NO_RELEASE_LINKS', 'E_CMS_REFUSED'])

/** Of several zips on a page the release's own, and of those the one whose name has the latest date. */
export function newestZip(
  zips: readonly ZipLink[],
  release: string,
  discovery: Discovery,
): ZipLink {
  const named = zips.filter(({ url, text }) =>
    [text, url].some((where) => discovery.releaseIn(where) === release),
  )
  const [first, ...rest] = named.length > 0 ? named : zips
  if (!first) throw new CmsFeesError('E_NO_RELEASE_LINKS', `no zip of ${release}`)
  return rest.reduce((best, zip) => (dateIn(zip) > dateIn(best) ? zip : best), first)
}

const dateIn = ({ url, text }: ZipLink): string => dayIn(`${url} ${text}`) ?? ''
