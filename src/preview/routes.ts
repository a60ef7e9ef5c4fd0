/** Which page an address means. */
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { releaseChanges } from '../queries/changes.ts'
import { codePage } from '../queries/code-page.ts'
import { codePageOf, pastCodePage } from './code.ts'
import { codesUnder, initials, type PageRow, releases, rvuHistory, search } from './data.ts'
import type { Page } from './document.ts'
import type { Html } from './html.ts'
import {
  browsePage,
  diffPage,
  homePage,
  initialPage,
  messagePage,
  pagesOf,
  releasesPage,
  resultsMain,
  resultsPage,
} from './pages.ts'
import { served } from './site.ts'

export type Reply =
  | { readonly page: Page; readonly status?: number }
  | { readonly fragment: Html }
  | { readonly location: string }

type Route = (db: Kysely<Tables>, path: readonly string[], query: URLSearchParams) => Promise<Reply>

/** By the first part of the path; what follows it is the route's `path`. */
const ROUTES: Readonly<Record<string, Route>> = {
  '': home,
  results,
  codes: code,
  browse,
  releases: releaseList,
  diff,
}

export async function answer(
  db: Kysely<Tables>,
  [first = '', ...rest]: readonly string[],
  query: URLSearchParams,
): Promise<Reply> {
  const route = Object.hasOwn(ROUTES, first) ? ROUTES[first] : undefined
  // PostgreSQL's text holds no NUL, so no page has one in its address.
  const asked = [first, ...rest, ...query.values()].join('')
  return route && !asked.includes('\0') ? route(db, rest, query) : missing('There is no such page.')
}

const missing = (text: string): Reply => ({ status: 404, page: messagePage('Not found', text) })

const LONGEST_QUERY = 200
const queryOf = (query: URLSearchParams): string =>
  (query.get('q') ?? '').trim().slice(0, LONGEST_QUERY)

async function home(...[db, , query]: Parameters<Route>): Promise<Reply> {
  const text = queryOf(query)
  if (text === '') return { page: homePage(served, await initials(db)) }
  return { page: resultsPage(served, text, await search(db, text)) }
}

/** The list alone, for search.js. */
async function results(...[db, , query]: Parameters<Route>): Promise<Reply> {
  const text = queryOf(query)
  return { fragment: resultsMain(served, text, await search(db, text)) }
}

async function code(...[db, path]: Parameters<Route>): Promise<Reply> {
  const name = path.join('/').toUpperCase()
  const row = (await codePage(db, name)) as unknown as PageRow | undefined
  const history = (await rvuHistory(db, [name])).get(name) ?? []
  if (row) return { page: codePageOf(row, history) }
  if (history.length > 0) return { page: pastCodePage(name, history) }
  return missing(`No loaded release has the code ${name}.`)
}

async function browse(...[db, [initial, ...rest]]: Parameters<Route>): Promise<Reply> {
  if (initial === undefined) return { page: browsePage(served, await initials(db)) }
  const codes = rest.length === 0 ? await codesUnder(db, initial.toUpperCase()) : []
  if (codes.length === 0) return missing('No code begins so.')
  return { page: initialPage(served, initial.toUpperCase(), codes) }
}

async function releaseList(...[db]: Parameters<Route>): Promise<Reply> {
  return { page: releasesPage(served, await releases(db)) }
}

async function diff(...[db, path, query]: Parameters<Route>): Promise<Reply> {
  const [before, after, number = '1', ...rest] = path
  const [from, to] = [query.get('from'), query.get('to')]
  if (!before && from && to) return { location: served.page('diff', from, to) }
  if (!before || !after || rest.length > 0 || !/^[1-9]\d{0,4}$/.test(number))
    return missing('A difference is of two releases, such as /diff/RVU25A/RVU25D.')
  try {
    const changes = await releaseChanges(db, before, after)
    if (Number(number) > pagesOf(changes)) return missing('There are not so many changes.')
    return { page: diffPage(served, [before, after], changes, Number(number)) }
  } catch (error) {
    if (error instanceof CmsFeesError && error.code === 'E_NOT_LOADED')
      return missing(error.message)
    throw error
  }
}
