/** Lists of codes that have a page: families, what is in one, what is related to a code. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { type FoundCode, searchCodes } from './search.ts'

export interface CodeLine {
  readonly hcpcs: string
  readonly name: string
}

/** Codes of one kind, by a name that people use. */
export interface CodeFamily {
  readonly family: string
  readonly name: string
  readonly category: string
  readonly plain_language: string
  readonly payment: string
  /** Ranges of codes, between commas. */
  readonly ranges: string
}

/** Every family, in the order of their codes. */
export async function families(db: Kysely<Tables>): Promise<readonly CodeFamily[]> {
  const { rows } = await sql<CodeFamily>`
    select family, name, category_label as category, plain_language, payment, codes as ranges
      from api.family
     order by first_code collate "C"
  `.execute(db)
  return rows
}

/** Those of the codes, and of the codes that begin with the stem, that have a page; in order. */
export async function codesNear(
  db: Kysely<Tables>,
  stem: string,
  codes: readonly string[],
): Promise<readonly CodeLine[]> {
  const { rows } = await sql<CodeLine>`
    select d.hcpcs, d.name
      from api.search_document d
      -- Asked of each code: as a condition it would be a list of all of them.
      left join lateral (select true as found from api.unlisted_code u where u.hcpcs = d.hcpcs limit 1) u on not d.in_schedule
     where (d.hcpcs = any(${codes}::text[]) or d.hcpcs collate "C" >= ${stem} and d.hcpcs collate "C" < ${`${stem}~`})
       and (d.in_schedule or u.found)
     order by d.hcpcs collate "C"
  `.execute(db)
  return rows
}

/** Null where no loaded file names the code. */
export async function nameOf(db: Kysely<Tables>, code: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from api.search_document where hcpcs = ${code}
  `.execute(db)
  return rows[0]?.name ?? null
}

/** Every code that has a page with its family, in order. */
export async function allCodes(
  db: Kysely<Tables>,
): Promise<readonly (CodeLine & { readonly family: string | null })[]> {
  const { rows } = await sql<CodeLine & { readonly family: string | null }>`
    select c.hcpcs, coalesce(d.name, c.short_description) as name, c.family
      from api.code_coverage c
      left join api.search_document d on d.hcpcs = c.hcpcs
     order by c.hcpcs collate "C"
  `.execute(db)
  return rows
}

/** A code that a search found; paged: whether there is a page of it, or of what earlier releases said. */
export type Hit = FoundCode & { readonly paged: boolean }

export async function search(db: Kysely<Tables>, query: string): Promise<readonly Hit[]> {
  const found = await searchCodes(db, query)
  const codes = found.map(({ hcpcs }) => hcpcs)
  const { rows } = await sql<{ hcpcs: string }>`
    select hcpcs from api.rvu_versions where hcpcs = any(${codes}::text[])
     union
    select hcpcs from api.unlisted_code where hcpcs = any(${codes}::text[])
  `.execute(db)
  const paged = new Set(rows.map(({ hcpcs }) => hcpcs))
  return found.map((code) => ({ ...code, paged: paged.has(code.hcpcs) }))
}
