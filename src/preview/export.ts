/** The site as static files. Codes are read and written in batches, so that memory does not grow with them. */
import { cp, mkdir, open, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { PREVIEW_ASSETS } from '../paths.ts'
import { releaseChanges } from '../queries/changes.ts'
import { allCodes } from '../queries/code-lists.ts'
import type { CodePage } from '../queries/code-page.ts'
import { listPrices } from '../queries/list-prices.ts'
import { codesNamedIn, pricesOf, relatedOf, stemOf } from './code/data.ts'
import { codePageOf } from './code/page.ts'
import { type Prices, priceTexts } from './code-list.ts'
import { homeData } from './contents.ts'
import { documentOf } from './document.ts'
import type { Page } from './page.ts'
import { diffPage, diffPath, pagesOf, predecessor } from './pages/changes.ts'
import { type HomeData, homePage } from './pages/home.ts'
import { browsePage, familyPage, familyPath, pagesOfFamily } from './pages/lists.ts'
import { releasesPage } from './pages/releases.ts'
import { exported, type Site } from './site.ts'

export interface Exported {
  readonly codes: number
  readonly pages: number
}

const BATCH = 200

/**
 * Throws E_USAGE where the folder holds something: pages of codes that are gone would stay. Whatever ends the export,
 * the folder is as it was before.
 */
export async function exportSite(session: Session, folder: string): Promise<Exported> {
  const made = await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0) {
    throw new CmsFeesError('E_USAGE', `${folder} is not empty`, {
      next: 'Name an empty folder, or one that does not exist.',
    })
  }
  // One snapshot: a release that is loaded meanwhile shows on every page or on none.
  await session.client.query('begin isolation level repeatable read read only')
  try {
    return await writeSite(session, folder)
  } catch (error) {
    const left = made ? [made] : (await readdir(folder)).map((name) => join(folder, name))
    for (const path of left) await rm(path, { recursive: true, force: true })
    throw error
  } finally {
    await session.client.query('rollback')
  }
}

type AllCodes = Awaited<ReturnType<typeof allCodes>>

/** Makes a page for its place, and writes it there. */
type Write = (path: readonly string[], make: (site: Site) => Page) => Promise<void>

async function writeSite(session: Session, folder: string): Promise<Exported> {
  const lines = await allCodes(session.db)
  const codes = new Set(lines.map(({ hcpcs }) => hcpcs))
  let pages = 0
  const write: Write = async (path, make) => {
    // A name that is no single folder would leave the export.
    if (!path.every((name) => /^[\w-]+$/.test(name))) throw new Error(`no path: ${path.join('/')}`)
    const target = join(folder, ...path)
    await mkdir(target, { recursive: true })
    const page = documentOf(exported(path.length, codes), make(exported(path.length, codes)))
    await writeFile(join(target, 'index.html'), page.toString())
    pages += 1
  }
  await cp(PREVIEW_ASSETS, join(folder, 'assets'), { recursive: true })
  const prices = await listPrices(session.db, [...codes])
  await writeCodes(session, write, join(folder, 'assets/codes.json'), lines, prices)
  const home = await homeData(session.db)
  await writeLists(home, prices, write)
  await writeReleases(session.db, home, write)
  return { codes: codes.size, pages }
}

/** Writes the page of each code and the index that search.js reads, both in the order of the codes. */
async function writeCodes(
  session: Session,
  write: Write,
  indexFile: string,
  all: AllCodes,
  listed: Prices,
): Promise<void> {
  const byCode = new Map(all.map((line) => [line.hcpcs, line]))
  const byStem = Map.groupBy(all, ({ hcpcs }) => stemOf(hcpcs))
  const linesFor = (page: CodePage) => [
    ...(byStem.get(stemOf(page.hcpcs)) ?? []),
    ...codesNamedIn(page).flatMap((code) => byCode.get(code) ?? []),
  ]
  const index = await open(indexFile, 'w')
  let separator = '['
  try {
    for await (const rows of batches(session)) {
      const codes = rows.map(({ hcpcs }) => hcpcs)
      const prices = await pricesOf(session.db, codes)
      await index.appendFile(
        `${separator}\n${rows.map((row) => JSON.stringify(indexLine(row, listed))).join(',\n')}`,
      )
      separator = ','
      const pages = rows.map((page) => {
        const related = relatedOf(page, linesFor(page), listed)
        const data = { page, ...prices(page.hcpcs), asked: null, related }
        return write(['codes', page.hcpcs], (site) => codePageOf(site, data))
      })
      await Promise.all(pages)
    }
    await index.appendFile(separator === '[' ? '[]\n' : '\n]\n')
  } finally {
    await index.close()
  }
}

async function writeLists(home: HomeData, prices: Prices, write: Write): Promise<void> {
  await write([], (site) => homePage(site, home))
  await write(['browse'], (site) => browsePage(site, home.families))
  for (const family of home.families) {
    for (let page = 1; page <= pagesOfFamily(family); page += 1) {
      await write(familyPath(family, page), (site) => familyPage(site, family, prices, page))
    }
  }
}

async function writeReleases(
  db: Kysely<Tables>,
  { releases: lines, others }: HomeData,
  write: Write,
): Promise<void> {
  await write(['releases'], (site) => releasesPage(site, lines, others))
  for (const line of lines) {
    const before = predecessor(lines, line)?.release
    if (!before) continue
    const changes = await releaseChanges(db, before, line.release)
    for (let page = 1; page <= pagesOf(changes); page += 1) {
      await write(diffPath(before, line.release, page), (site) =>
        diffPage(site, [before, line.release], changes, page),
      )
    }
  }
}

/** What search.js searches and shows: code, name, the words that it is found by, and payment. */
function indexLine(row: CodePage, prices: Prices): readonly (string | null)[] {
  const synonyms = Array.isArray(row.synonyms) ? row.synonyms.join(' ') : ''
  const price = prices.get(row.hcpcs)
  const words = `${row.short_description ?? ''} ${synonyms}`.trim()
  return [row.hcpcs, row.name, words, ...(price ? priceTexts(price) : [])]
}

async function* batches({ client }: Session): AsyncGenerator<readonly CodePage[]> {
  // All rows are wanted: the planner must not favour the first ones.
  await client.query('set local cursor_tuple_fraction = 1')
  await client.query(
    'declare page no scroll cursor for select * from api.code_page order by hcpcs collate "C"',
  )
  for (;;) {
    const { rows } = await client.query<CodePage>(`fetch ${BATCH} from page`)
    if (rows.length === 0) return
    yield rows
  }
}
