/** What is written about codes, and what of it may no longer be true. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

type Rows<Column extends string> = Promise<Record<Column, unknown>[]>

export const COVERAGE = [
  ...(['category', 'label', 'codes', 'own_text', 'family_text', 'nothing', 'reviewed'] as const),
  ...(['paid_without_own_text', 'allowed_amount', 'own_text_allowed_amount'] as const),
]
/** A row of api.editorial_coverage. */
export type Coverage = Record<(typeof COVERAGE)[number], unknown>

export async function coverageByCategory(db: Kysely<Tables>): Rows<(typeof COVERAGE)[number]> {
  return (await sql<Coverage>`select * from api.editorial_coverage`.execute(db)).rows
}

/** In the order of their names. */
export async function categoriesOfCodes(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ category: string }>`
    select category from api.editorial_coverage where category <> '' order by category
  `.execute(db)
  return rows.map(({ category }) => category)
}

export const MISSING = ['hcpcs', 'short_description', 'family', 'paid'] as const

/** Codes of a category without an entry of their own: first those that Medicare spends most on, then paid ones. */
export async function codesWithoutText(
  db: Kysely<Tables>,
  category: string,
): Rows<(typeof MISSING)[number]> {
  const { rows } = await sql<Record<(typeof MISSING)[number], unknown>>`
    select hcpcs, short_description, family, paid from api.code_coverage
     where category = ${category} and state = 'missing'
     order by allowed_amount desc nulls last, paid desc, hcpcs
  `.execute(db)
  return rows
}

export const STALE = [
  ...(['hcpcs', 'source_file', 'status', 'reviewed_against', 'reason', 'fields'] as const),
]

/** Rows of api.editorial_stale. */
export async function staleEntries(db: Kysely<Tables>): Rows<(typeof STALE)[number]> {
  const { rows } = await sql<Record<(typeof STALE)[number], unknown>>`
    select * from api.editorial_stale order by hcpcs, reason
  `.execute(db)
  return rows
}
