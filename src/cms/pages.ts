/** Discover: CMS's listing page, then each release's page, links followed as they are published. */

import { CmsFeesError } from '../errors.ts'
import { follow } from './address.ts'
import type { Client } from './client.ts'
import type { CmsSettings } from './settings.ts'

export interface ReleaseLink {
  readonly release: string
  /** The release's page, or its zip where the listing links it at once. */
  readonly url: string
}

export interface ZipLink {
  readonly url: string
  readonly text: string
}

/** Pages of a listing that is cut into pages. */
const MOST_PAGES = 30

/**
 * Links of the listing, in its order; one for each page, so a name may stand twice. Throws
 * E_NO_RELEASE_LINKS: a listing without releases is a page that we cannot read, never 'nothing new'.
 */
export async function readListing(
  client: Client,
  url: string,
  nameOf: (text: string) => string | null,
): Promise<ReleaseLink[]> {
  const links = new Map<string, ReleaseLink>()
  const pages = new Set<string>()
  for (let page: string | null = url; page !== null && pages.size < MOST_PAGES; ) {
    pages.add(page)
    const { html, url: answered } = await readPage(client, page)
    const found = await linksOf(html, answered, client.settings)
    for (const link of found) {
      const release = nameOf(link.text) ?? nameOf(lastPart(link.url))
      if (release !== null) links.set(`${release} ${link.url}`, { release, url: link.url })
    }
    const next = found.find(({ rel, url: to }) => rel === 'next' && !pages.has(to))
    page = next?.url ?? null
  }
  if (links.size === 0) {
    throw new CmsFeesError('E_NO_RELEASE_LINKS', `${url} links no release`)
  }
  return [...links.values()]
}

/** The zips that a release's page offers, in its order. Throws E_NO_RELEASE_LINKS. */
export async function readReleasePage(client: Client, { url }: ReleaseLink): Promise<ZipLink[]> {
  if (isZip(url)) return [{ url, text: lastPart(url) }]
  const { html, url: answered } = await readPage(client, url)
  const links = await linksOf(html, answered, client.settings)
  const zips = links.filter((link) => isZip(link.url))
  if (zips.length === 0) throw new CmsFeesError('E_NO_RELEASE_LINKS', `${url} links no zip`)
  return zips
}

const isZip = (url: string): boolean => /\.zip$/i.test(new URL(url).pathname)

const lastPart = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? ''

/** A page of CMS's site takes 200 kB; one that is much larger is something else. */
const LARGEST_PAGE = 20 * 1024 * 1024

function readPage(client: Client, url: string): Promise<{ html: string; url: string }> {
  return client.fetch({ url }, async (response) => {
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of response.body) {
      bytes += chunk.length
      if (bytes > LARGEST_PAGE) {
        throw new CmsFeesError('E_TOO_LARGE', `${url} has more than ${LARGEST_PAGE} bytes`)
      }
      chunks.push(chunk)
    }
    return { html: Buffer.concat(chunks).toString('utf8'), url: response.url }
  })
}

async function linksOf(html: string, page: string, settings: CmsSettings) {
  // Loaded on use, as the HTTP client is.
  const { load } = await import('cheerio')
  const $ = load(html)
  return $('a[href]')
    .toArray()
    .flatMap((element) => {
      const url = follow($(element).attr('href') ?? '', page, settings)
      const text = $(element).text().replace(/\s+/g, ' ').trim()
      return url === null ? [] : { url, text, rel: $(element).attr('rel') ?? '' }
    })
}
