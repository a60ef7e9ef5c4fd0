/** Codes that a query finds, as `api.search` ranks them. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './db/tables.ts'

export interface SearchResult {
  readonly hcpcs: string
  readonly code_system: string | null
  readonly name: string | null
  readonly long_description: string | null
  /** Whether the physician fee schedule in force today has it, and so api.code_page. */
  readonly in_schedule: boolean
  readonly found_by: 'code' | 'words' | 'spelling'
  readonly rank: string
}

/** The best first. */
export async function search(
  db: Kysely<Tables>,
  query: string,
  most = 20,
): Promise<readonly SearchResult[]> {
  const { rows } = await sql<SearchResult>`
    select * from api.search(${query}, ${most}) order by rank desc, hcpcs
  `.execute(db)
  return rows
}
