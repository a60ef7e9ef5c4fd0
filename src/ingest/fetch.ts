/** Brings the bytes of a release into the archive: from a path, or from CMS. */
import { existsSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { dayIn, type ReleaseName } from '../../pipelines/release-name.ts'
import type { Discovery, Pipeline } from '../../pipelines/schedule.ts'
import { canonical, onBase } from '../cms/address.ts'
import { type Client, openClient } from '../cms/client.ts'
import { type Downloaded, download } from '../cms/download.ts'
import { readListing, readReleasePage, type ZipLink } from '../cms/pages.ts'
import { type CmsSettings, LICENSES, type License } from '../cms/settings.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Context } from '../runs/run-job.ts'
import { type Artifact, archived, archiveSource } from './archive.ts'
import { isClaimed } from './match.ts'
import { recordArtifact } from './record.ts'

/** Where a release's bytes are; without either CMS's pages are asked. */
export interface Source {
  /** Path of a zip or folder. */
  readonly from?: string
  /** Address of the zip on CMS's site. */
  readonly url?: string
}

/** Throws what `archiveSource` throws; without a path E_LICENSE_NOT_ACCEPTED and what `download` throws. */
export async function obtain(
  pipeline: Pipeline,
  release: ReleaseName,
  { from, url }: Source,
  context: Context,
): Promise<Artifact> {
  if (from !== undefined) {
    return archiveSource(context.archive, from, (name) => isClaimed(name, pipeline.datasets))
  }
  const discovery = requireDiscovery(pipeline, release.name)
  requireLicenses(context.cms)
  await using client = await openClient(context.cms, context.log, context.signal)
  const address = url
    ? onBase(url, context.cms)
    : await addressOf(client, discovery, release.name, context.log)
  return await fetchPosting(client, address, context)
}

/** Throws E_USAGE where nobody has declared yet where CMS offers the family's releases. */
export function requireDiscovery({ title, discovery }: Pipeline, release: string): Discovery {
  if (discovery) return discovery
  throw new CmsFeesError('E_USAGE', `${release} (${title}) cannot be downloaded yet`, {
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
async function fetchPosting(client: Client, url: string, context: Context): Promise<Artifact> {
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

/** Where CMS's pages, or else the catalogue, say that the release's zip is. Throws E_NO_RELEASE_LINKS. */
async function addressOf(
  client: Client,
  discovery: Discovery,
  release: string,
  log: Logger,
): Promise<string> {
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
    const known = inCatalogue(discovery, release)
    if (known.url === null) throw error
    log.warn({ release, reason: error.message }, "CMS's page does not say: the catalogue does")
    return onBase(known.url, client.settings)
  }
}

/** The posting of a release that the catalogue knows to be the latest. */
export function inCatalogue(
  discovery: Discovery,
  release: string,
): { url: string | null; page: string | null } {
  const rows = discovery
    .catalogue()
    .filter((row) => row.release === release)
    .sort((a, b) => (a.published < b.published ? 1 : a.published > b.published ? -1 : 0))
  const first = (column: 'url' | 'page') => rows.find((row) => row[column])?.[column] ?? null
  return { url: first('url'), page: first('page') }
}

/** Faults of a page that the catalogue can stand in for. */
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
