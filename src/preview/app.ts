/** Which page an address means. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { schedules } from '../../pipelines/index.ts'
import { nameIn } from '../../pipelines/release-name.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { PREVIEW_ASSETS } from '../paths.ts'
import { codesNear, nameOf, search } from '../queries/code-lists.ts'
import { codePage } from '../queries/code-page.ts'
import { listPrices } from '../queries/list-prices.ts'
import { localPayments } from '../queries/local-payment.ts'
import { priceHistory } from '../queries/price-history.ts'
import { otherReleases, releases } from '../queries/releases.ts'
import { codesNamedIn, pricesOf, relatedOf, stemOf } from './code/data.ts'
import { localitiesPage } from './code/near.ts'
import { codePageOf, pastCodePage } from './code/page.ts'
import type { Contents } from './contents.ts'
import { CONTENT_SECURITY_POLICY, documentOf } from './document.ts'
import { askedBy } from './near-request.ts'
import type { Page } from './page.ts'
import { diffPage, pagesOf } from './pages/changes.ts'
import { homePage } from './pages/home.ts'
import {
  browsePage,
  familyPage,
  messagePage,
  onPage,
  pagesOfFamily,
  resultsMain,
  resultsPage,
} from './pages/lists.ts'
import { releasesPage } from './pages/releases.ts'
import { served as site } from './site.ts'

const ASSETS: ReadonlyMap<string, string> = new Map([
  ['tokens.css', 'text/css; charset=utf-8'],
  ['frame.css', 'text/css; charset=utf-8'],
  ['code.css', 'text/css; charset=utf-8'],
  ['lists.css', 'text/css; charset=utf-8'],
  ['tables.css', 'text/css; charset=utf-8'],
  ['charts.css', 'text/css; charset=utf-8'],
  ['print.css', 'text/css; charset=utf-8'],
  ['search.js', 'text/javascript; charset=utf-8'],
  ['icon.svg', 'image/svg+xml'],
])

const LONGEST_QUERY = 200

export function appOf(db: Kysely<Tables>, contents: Contents, log: Logger): Hono {
  const app = new Hono({ strict: false })
  app.use(headers)
  app.use(onlyReading)
  app.get('/assets/:name', asset)
  app.use(withoutNul)
  app.get('/', async (context) => {
    const text = queryOf(context)
    return text === ''
      ? show(context, homePage(site, await contents.home()))
      : show(context, resultsPage(site, text, ...(await found(db, text))))
  })
  app.get('/results', async (context) => {
    const text = queryOf(context)
    return context.html(resultsMain(site, text, ...(await found(db, text))))
  })
  app.get('/codes/:code', (context) => code(context, db))
  app.get('/codes/:code/localities', (context) => everywhere(context, db))
  app.get('/browse', async (context) =>
    show(context, browsePage(site, (await contents.home()).families)),
  )
  app.get('/browse/:family/:page?', (context) => family(context, db, contents))
  app.get('/releases', async (context) =>
    show(context, releasesPage(site, await releases(db), await otherReleases(db))),
  )
  app.get('/releases/:release', (context) => release(context, db))
  app.get('/diff', (context) => {
    const { from, to } = context.req.query()
    return from && to ? context.redirect(site.page('diff', from, to), 303) : missing(context, DIFF)
  })
  app.get('/diff/:before/:after/:page?', (context) => diff(context, contents))
  app.notFound((context) => missing(context, NOWHERE))
  app.onError((error, context) => {
    log.error({ err: error, url: context.req.path }, 'a page could not be made')
    return show(context, messagePage('Something went wrong', 'The log of cms-fees says what.'), 500)
  })
  return app
}

const headers: MiddlewareHandler = async (context, next) => {
  await next()
  context.header('Content-Security-Policy', `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`)
  context.header('X-Content-Type-Options', 'nosniff')
  context.header('Referrer-Policy', 'no-referrer')
  context.header('Cache-Control', 'no-cache')
}

const onlyReading: MiddlewareHandler = async (context, next) => {
  if (context.req.method === 'GET' || context.req.method === 'HEAD') return next()
  context.header('Allow', 'GET, HEAD')
  return show(context, messagePage('Not allowed', 'These pages can only be read.'), 405)
}

/** PostgreSQL's text holds no NUL. */
const withoutNul: MiddlewareHandler = async (context, next) => {
  const asked = [context.req.path, ...Object.values(context.req.query())].join('')
  return /\0|%00/.test(asked) ? missing(context, NOWHERE) : next()
}

const show = (context: Context, page: Page, status: 200 | 404 | 405 | 500 = 200) =>
  context.html(documentOf(site, page), status)

const NOWHERE = 'There is no such page. Search for a code, or look at the codes by kind.'
const missing = (context: Context, text: string) =>
  show(context, messagePage('Not found', text), 404)

async function asset(context: Context): Promise<Response> {
  const name = context.req.param('name') ?? ''
  const type = ASSETS.get(name)
  if (!type) return missing(context, NOWHERE)
  return context.body(await readFile(join(PREVIEW_ASSETS, name), 'utf8'), 200, {
    'Content-Type': type,
  })
}

const queryOf = (context: Context): string =>
  (context.req.query('q') ?? '').trim().slice(0, LONGEST_QUERY)

const codeOf = (context: Context): string => (context.req.param('code') ?? '').toUpperCase()

const pricesIn = (db: Kysely<Tables>, lines: readonly { hcpcs: string }[]) =>
  listPrices(
    db,
    lines.map(({ hcpcs }) => hcpcs),
  )

async function found(db: Kysely<Tables>, text: string) {
  const hits = await search(db, text)
  return [hits, await pricesIn(db, hits)] as const
}

async function code(context: Context, db: Kysely<Tables>): Promise<Response> {
  const name = codeOf(context)
  const page = await codePage(db, name)
  if (page) {
    const prices = (await pricesOf(db, [name]))(name)
    const asked = await askedBy(db, page, prices, context.req.query())
    const lines = await codesNear(db, stemOf(name), codesNamedIn(page))
    const related = relatedOf(page, lines, await pricesIn(db, lines))
    return show(context, codePageOf(site, { page, ...prices, asked, related }))
  }
  const history = (await priceHistory(db, [name])).get(name) ?? []
  if (history.length > 0)
    return show(context, pastCodePage({ hcpcs: name, name: await nameOf(db, name) }, history))
  return missing(
    context,
    `No loaded release has the code ${name}. Search for what it does, or look at the codes by kind.`,
  )
}

async function everywhere(context: Context, db: Kysely<Tables>): Promise<Response> {
  const name = codeOf(context)
  const page = await codePage(db, name)
  const places = (await localPayments(db, [name])).get(name)
  if (!page || !places) return missing(context, 'No schedule prices this code by locality.')
  return show(context, localitiesPage(site, page, places))
}

/** A release has a row among the others, and no page of its own. */
async function release(context: Context, db: Kysely<Tables>): Promise<Response> {
  const name = (context.req.param('release') ?? '').toUpperCase()
  const loaded = [...(await releases(db)), ...(await otherReleases(db))].find(
    (line) => line.release.toUpperCase() === name && line.state !== 'not loaded',
  )
  if (loaded) return context.redirect(`${site.page('releases')}#${loaded.release}`, 303)
  return missing(
    context,
    isRelease(name)
      ? `${name} is not loaded. Load it with: cms-fees ingest ${name}`
      : 'There is no release of this name. The page of releases lists those that are known.',
  )
}

const isRelease = (name: string): boolean =>
  schedules.some((schedule) => nameIn(schedule, name) !== undefined)

async function family(context: Context, db: Kysely<Tables>, contents: Contents): Promise<Response> {
  const { families } = await contents.home()
  const { family: name, page = '1' } = context.req.param()
  const found = families.find((one) => one.family === name)
  if (!found || !isPageOf(page, pagesOfFamily(found)))
    return missing(context, 'There are no codes of this kind.')
  const prices = await pricesIn(db, onPage(found, Number(page)))
  return show(context, familyPage(site, found, prices, Number(page)))
}

const isPageOf = (text: string, pages: number): boolean =>
  /^[1-9]\d{0,4}$/.test(text) && Number(text) <= pages

const DIFF = 'A difference is of two releases, such as /diff/RVU25A/RVU25D.'

async function diff(context: Context, contents: Contents): Promise<Response> {
  const { before = '', after = '', page = '1' } = context.req.param()
  try {
    const changes = await contents.changes(before, after)
    if (!isPageOf(page, pagesOf(changes))) return missing(context, DIFF)
    return show(context, diffPage(site, [before, after], changes, Number(page)))
  } catch (error) {
    if (error instanceof CmsFeesError && error.code === 'E_NOT_LOADED')
      return missing(context, error.message)
    throw error
  }
}
