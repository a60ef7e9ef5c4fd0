/** What the pages ask of schema api. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { type FoundCode, searchCodes } from '../queries/search.ts'

/** A row of api.code_page. Pages show the columns that it has, and ask for none but these. */
export interface PageRow {
  readonly hcpcs: string
  readonly name: string | null
  readonly code_system: string | null
  readonly short_description: string | null
  readonly category: string | null
  readonly [column: string]: unknown
}

export type CodeLine = Pick<PageRow, 'hcpcs' | 'name' | 'code_system' | 'short_description'>

/** What a release says of a code and modifier; values are null where it does not have them. */
export interface HistoryPoint {
  readonly hcpcs: string
  readonly modifier: string
  readonly release: string
  readonly effective_from: string
  readonly status_indicator: string | null
  readonly non_facility_total_rvu: string | null
  readonly facility_total_rvu: string | null
}

export interface ReleaseLine {
  readonly release: string
  readonly revision: number | null
  readonly state: string
  readonly effective_from: string
  readonly in_force_to: string | null
  readonly published: string | null
  readonly rows_accepted: number | null
}

/** History of each code, by modifier and then by the days of the releases. */
export async function rvuHistory(
  db: Kysely<Tables>,
  codes: readonly string[],
): Promise<ReadonlyMap<string, readonly HistoryPoint[]>> {
  const { rows } = await sql<HistoryPoint>`
    select k.hcpcs, k.modifier, p.release, p.valid_from as effective_from,
           v.status_indicator, v.non_facility_total_rvu, v.facility_total_rvu
      from (select distinct hcpcs, modifier from api.rvu_versions where hcpcs = any(${codes}::text[])) k
     cross join api.release_period p
      left join api.rvu_versions v
             on (v.hcpcs, v.modifier) = (k.hcpcs, k.modifier)
            and p.valid_from between v.valid_from and coalesce(v.valid_to, 'infinity')
     where p.table_name = 'rvu'
     order by k.hcpcs, k.modifier, p.valid_from
  `.execute(db)
  return Map.groupBy(rows, ({ hcpcs }) => hcpcs)
}

/** Relative value releases, the newest first. */
export async function releases(db: Kysely<Tables>): Promise<readonly ReleaseLine[]> {
  const { rows } = await sql<ReleaseLine>`
    select release, revision, state, effective_from, in_force_to, published, rows_accepted
      from api.release
     where datasets is null or 'rvu' = any(datasets)
     order by effective_from desc, published desc nulls last
  `.execute(db)
  return rows
}

/** First characters of the codes in force, and how many codes each has. */
export async function initials(
  db: Kysely<Tables>,
): Promise<readonly { initial: string; codes: number }[]> {
  const { rows } = await sql<{ initial: string; codes: number }>`
    select left(hcpcs, 1) as initial, count(*) as codes from api.code_coverage group by 1 order by 1
  `.execute(db)
  return rows
}

export async function codesUnder(
  db: Kysely<Tables>,
  initial: string,
): Promise<readonly CodeLine[]> {
  const { rows } = await sql<CodeLine>`
    select hcpcs, name, code_system, short_description from api.code_page
     where left(hcpcs, 1) = ${initial} order by hcpcs
  `.execute(db)
  return rows
}

/** Codes for a query; paged: whether there is a page of it, or of what earlier releases said. */
export async function search(
  db: Kysely<Tables>,
  query: string,
): Promise<readonly (FoundCode & { readonly paged: boolean })[]> {
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
