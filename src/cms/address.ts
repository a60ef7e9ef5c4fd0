/** Addresses as CMS publishes them: relative, absolute, behind a licence page, with slashes in the name. */
import type { CmsSettings } from './settings.ts'
import { CMS_ORIGIN } from './settings.ts'

/** The address that a link of a page leads to; null where it leads nowhere. */
export function follow(href: string, page: string, settings: CmsSettings): string | null {
  const text = href.trim()
  if (text === '' || text.startsWith('#') || /^(mailto|javascript|tel):/i.test(text)) return null
  if (!URL.canParse(text, page)) return null
  const address = new URL(text, page)
  if (!/^https?:$/.test(address.protocol)) return null
  // A licence page names its file: `license/ama?file=/files/zip/…`, earlier `license.asp?file=…`.
  const file = /\/license\b/i.test(address.pathname) ? address.searchParams.get('file') : null
  if (file !== null) return follow(file, new URL('/', address).href, settings)
  return onBase(address.href, settings)
}

/** An address on CMS's own site, moved to where the settings say that this site is. */
export function onBase(url: string, { baseUrl }: CmsSettings): string {
  const address = new URL(url)
  if (!/^(www\.)?cms\.gov$/.test(address.host)) return address.href
  return new URL(address.pathname + address.search, baseUrl).href
}

/** The same address on CMS's own site: one name for a file, wherever it was fetched from. */
export function canonical(url: string, { baseUrl }: CmsSettings): string {
  const address = new URL(url)
  const atBase = address.origin === new URL(baseUrl).origin
  return atBase ? `${CMS_ORIGIN}${address.pathname}${address.search}` : address.href
}

/**
 * Name for a downloaded file. CMS's names hold slashes (rvu25a-updated-01/10/2025.zip), and their last
 * part is the same for several releases.
 */
export function fileNameOf(url: string): string {
  const path = decodeURIComponent(new URL(url, CMS_ORIGIN).pathname)
  const name = /\/files\/zip\/(.+)$/i.exec(path)?.[1] ?? path.split('/').at(-1) ?? ''
  return name.replaceAll('/', '_')
}

/** What is the same in a name on CMS's site and in that of the saved file. */
export const fileKey = (name: string): string => name.toLowerCase().replace(/[^a-z\d]+/g, '-')
