/** The page of a code, as `api.code_page` gives it. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './db/tables.ts'

/** RVUs of a code with one modifier ('' is the global or whole service). */
export interface Component {
  readonly modifier: string
  readonly status_indicator: string
  readonly work_rvu: number
  readonly non_facility_pe_rvu: number
  readonly facility_pe_rvu: number
  readonly mp_rvu: number
  readonly non_facility_total_rvu: number
  readonly facility_total_rvu: number
}

export interface CodePage {
  readonly hcpcs: string
  readonly code_system: string
  readonly name: string
  readonly short_description: string
  readonly category: string | null
  readonly category_payment: string | null
  readonly synonyms: readonly string[] | null
  readonly description: string | null
  readonly plain_language: string | null
  readonly clinical_context: string | null
  readonly rvu_information: {
    readonly has_rvus: boolean
    readonly status_indicator: string
    readonly explanation: string | null
    readonly components: readonly Component[]
    readonly conversion_factors:
      | readonly { qualifying_apm: boolean; conversion_factor: number }[]
      | null
  }
  readonly billing_and_documentation: string | null
  readonly specialties: readonly string[] | null
  readonly faq: readonly { question: string; answer: string }[] | null
  readonly release: string
  readonly provenance: {
    readonly cms: { release: string; file: string; effective_from: string }
    readonly editorial: { file: string | null; status: string | null }
  }
}

/** Undefined where the schedule in force today does not hold the code. */
export async function codePage(db: Kysely<Tables>, code: string): Promise<CodePage | undefined> {
  const { rows } = await sql<CodePage>`
    select * from api.code_page where hcpcs = ${code.trim().toUpperCase()}
  `.execute(db)
  return rows[0]
}
