/** Codes for a query: what api.search finds, and how what it looks in is kept true. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/** A row of api.search. */
export interface FoundCode {
  readonly hcpcs: string
  readonly name: string
  readonly code_system: string | null
  readonly description: string | null
  /** Whether the schedule in force today has the code, and so a page of it. */
  readonly in_schedule: boolean
  readonly matched: 'code' | 'words' | 'some words'
}

/** As many as api.search gives. */
export const MOST_FOUND = 50

/** The best first. None where nothing matches, or where the query has no word that says something. */
export async function searchCodes(db: Kysely<Tables>, query: string): Promise<FoundCode[]> {
  const { rows } = await sql<FoundCode>`
    select hcpcs, name, code_system, description, in_schedule, matched from api.search(${query})
  `.execute(db)
  return rows
}

/** Whether documents are behind what was published. */
export async function isSearchBehind(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ behind: boolean }>`
    select exists (select from search.pending) as behind
  `.execute(db)
  return rows[0]?.behind === true
}

/** Makes the documents anew of what changed since the last time. */
export async function refreshSearch(db: Kysely<Tables>): Promise<void> {
  await sql`select search.refresh()`.execute(db)
}
