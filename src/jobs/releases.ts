/** What CMS offers, beside what is loaded. Each answer says whether CMS's pages or the catalog gave it. */
import type { Kysely } from 'kysely'
import type { ListedSchedule } from '../../pipelines/schedule.ts'
import { canonical, fileKey, fileNameOf, onBase } from '../cms/address.ts'
import { catalogOf } from '../cms/catalog.ts'
import { type Client, openClient } from '../cms/client.ts'
import { isUnchanged } from '../cms/download.ts'
import { type ReleaseLink, readListing, readReleasePage } from '../cms/pages.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { inCatalog, newestZip, PAGE_FAULTS } from '../ingest/fetch.ts'
import { datesOf, parseRelease } from '../releases.ts'
import type { Context } from '../runs/run-job.ts'

export interface OfferedRelease {
  readonly family: string
  readonly release: string
  readonly effective_from: string
  /** new: not loaded; re-posted: loaded, but CMS now offers other bytes; retracted: these bytes were taken back out; no file: nobody says where it is. */
  readonly state: 'new' | 'loaded' | 're-posted' | 'retracted' | 'no file'
  /** Whether CMS's listing page has it; else only the catalog knows it. */
  readonly listed: boolean
  /** Who says where the zip is: CMS's own pages, or the project's catalog. */
  readonly source: 'cms' | 'catalog'
  /** Address of the zip on cms.gov. */
  readonly url: string | null
  readonly page: string | null
  /** Why the catalog stands in, and what it says of its address: that nobody has confirmed it, for one. */
  readonly note: string | null
}

export interface Offer {
  readonly listing: string
  /** Set where the listing page cannot be read, so that all of this is the catalog's. */
  readonly problem: CmsFeesError | null
  readonly releases: readonly OfferedRelease[]
}

/** Where a release's zip is, before anybody asked whether it is loaded. */
type Found = Omit<OfferedRelease, 'family' | 'state' | 'effective_from'>

/** Pages that are asked for at a time. */
const AT_A_TIME = 4

/** Throws E_CMS_UNREACHABLE and E_HOST_NOT_ALLOWED; a page that cannot be read is a problem or a note. */
export async function offeredReleases(schedule: ListedSchedule, context: Context): Promise<Offer> {
  const { family, discovery } = schedule
  await using client = await openClient(context.cms, context.log, context.signal)
  const listing = new URL(discovery.listing, context.cms.baseUrl).href
  const { value: links = [], fault: problem } = await orFault(
    readListing(client, listing, discovery.releaseIn),
  )
  const found = await mapConcurrently(links, (link) => findZip(client, schedule, link))
  const listed = new Set(links.map((link) => link.release))
  for (const release of new Set(catalogOf(schedule).map((row) => row.release))) {
    if (listed.has(release)) continue
    const why = problem ? null : 'not on the listing page'
    found.push({ release, listed: false, source: 'catalog', ...told(schedule, release, why) })
  }
  const known = await knownRevisions(context.session.db)
  const releases = await mapConcurrently(found, async (one) => ({
    family,
    ...one,
    url: one.url && canonical(one.url, context.cms),
    page: one.page && canonical(one.page, context.cms),
    effective_from: datesOf(schedule, parseRelease(one.release)).effectiveFrom,
    state: await stateOf(client, one, known.get(one.release) ?? []),
  }))
  const order = (one: OfferedRelease) => `${one.effective_from} ${one.release}`
  return {
    listing: canonical(listing, context.cms),
    problem,
    releases: releases.sort((a, b) => (order(a) < order(b) ? -1 : 1)),
  }
}

async function findZip(
  client: Client,
  schedule: ListedSchedule,
  link: ReleaseLink,
): Promise<Found> {
  const { release, url: page } = link
  const { value: zips, fault } = await orFault(readReleasePage(client, link))
  if (zips) {
    const { url } = newestZip(zips, release, schedule.discovery)
    return { release, listed: true, source: 'cms', url, page, note: null }
  }
  const known = told(schedule, release, fault.message)
  return { release, listed: true, source: 'catalog', ...known, page }
}

/** What the catalog knows, with the reason why it is asked and what it says of its own answer. */
function told(schedule: ListedSchedule, release: string, why: string | null) {
  const known = inCatalog(schedule, release)
  return { ...known, note: [why, known.note].filter(Boolean).join('; ') || null }
}

interface KnownRevision {
  readonly name: string
  readonly url: string | null
  readonly etag: string | null
  readonly lastModified: string | null
  readonly retracted: boolean
}

async function knownRevisions(db: Kysely<Tables>): Promise<Map<string, KnownRevision[]>> {
  const rows = await db
    .selectFrom('ops.release as r')
    .innerJoin('ops.artifact as a', 'a.sha256', 'r.sha256')
    .leftJoin('ops.download as d', 'd.sha256', 'r.sha256')
    .select(['r.release', 'r.retracted_at', 'a.name', 'd.url', 'd.etag', 'd.last_modified'])
    .execute()
  const revisions = rows.map(({ retracted_at, last_modified, ...row }) => ({
    ...row,
    lastModified: last_modified,
    retracted: retracted_at !== null,
  }))
  return Map.groupBy(revisions, (row) => row.release)
}

/** A revision is known by its address or, where it came from a path, by the name of its file. */
async function stateOf(
  client: Client,
  { url, source }: Found,
  known: readonly KnownRevision[],
): Promise<OfferedRelease['state']> {
  const another = known.some(({ retracted }) => !retracted) ? 're-posted' : 'new'
  if (known.length === 0) return url === null ? 'no file' : 'new'
  if (url === null || source === 'catalog') return another === 'new' ? 'retracted' : 'loaded'
  const address = canonical(url, client.settings)
  const named = known.filter(
    (one) => one.url === address || fileKey(one.name) === fileKey(fileNameOf(url)),
  )
  // CMS also replaces bytes under one name: then the server's validators differ.
  const offered = await Promise.all(
    named.map(async (one) => {
      if (one.etag === null && one.lastModified === null) return one
      const { value } = await orFault(isUnchanged(client, onBase(url, client.settings), one))
      return value === false ? null : one
    }),
  )
  const same = offered.filter((one) => one !== null)
  if (same.length === 0) return another
  return same.every(({ retracted }) => retracted) ? 'retracted' : 'loaded'
}

/** The fault of a page that cannot be read, as a value; what another attempt may mend is thrown. */
async function orFault<T>(
  work: Promise<T>,
): Promise<{ value: T; fault: null } | { value?: never; fault: CmsFeesError }> {
  try {
    return { value: await work, fault: null }
  } catch (error) {
    if (error instanceof CmsFeesError && PAGE_FAULTS.has(error.code)) return { fault: error }
    throw error
  }
}

async function mapConcurrently<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  for (let from = 0; from < items.length; from += AT_A_TIME) {
    results.push(...(await Promise.all(items.slice(from, from + AT_A_TIME).map(work))))
  }
  return results
}
