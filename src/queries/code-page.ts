/** The page of a code, as `api.code_page` gives it. */
import { type QueryExecutorProvider, sql } from 'kysely'

/** Facts of a code with one modifier ('' is the global or whole service). Decimals are text, as published. */
export interface Component {
  readonly modifier: string
  readonly status_indicator: string
  readonly work_rvu: string
  readonly non_facility_pe_rvu: string
  readonly facility_pe_rvu: string
  readonly mp_rvu: string
  readonly non_facility_total_rvu: string
  readonly facility_total_rvu: string
  /** What the amounts rest on, or why they are null. National, in dollars. */
  readonly basis: string | null
  readonly conversion_factor: string | null
  readonly non_facility_amount: string | null
  readonly facility_amount: string | null
  readonly qualifying_apm_conversion_factor: string | null
  readonly qualifying_apm_non_facility_amount: string | null
  readonly qualifying_apm_facility_amount: string | null
  /** Every other fact of api.code_fact. */
  readonly [fact: string]: string | null
}

/** A sentence that a rule derives from the data, and the modifiers for which it holds. */
export interface Sentence {
  readonly rule: string
  readonly sentence: string
  readonly modifiers: readonly string[]
  readonly file: string
}

export interface Question {
  readonly question: string
  readonly answer: string
  /** The rule that answers it from the data; absent where an editor does. */
  readonly rule?: string
}

export type Source =
  | {
      readonly source: 'CMS'
      readonly release: string
      readonly file: string
      readonly effective_from: string
    }
  | {
      readonly source: 'editorial'
      readonly file: string
      readonly status: 'draft' | 'reviewed'
      /** Absent or null in a draft. */
      readonly reviewed_on?: string | null
      readonly reviewed_against?: string | null
      /** What the author read. */
      readonly sources: readonly string[]
    }

/** What a schedule beside that of physicians paid on a range of days, nationally, in dollars as decimal text. */
export interface SchedulePrice {
  readonly schedule: string
  readonly setting: string
  /** Modifiers that the amount is for; empty text: none. */
  readonly modifier: string
  /** The same where the amount is one for the nation. */
  readonly lowest: string
  readonly highest: string
  readonly unit: string
  readonly basis: string
  readonly valid_from: string
  readonly valid_to: string | null
  /** Last day that the loaded releases vouch for; null where they do for all of the range. */
  readonly known_to: string | null
  readonly release: string | null
}

/** The latest range of one schedule and its modifiers, and all of them, the latest first. */
export interface ScheduleHistory extends SchedulePrice {
  /** What the modifiers say of the item, such as 'rented'; null where there are none, and of schedules other than DMEPOS. */
  readonly meaning: string | null
  /** Last day on which a loaded release has the amount; null where today is one. */
  readonly vouched_to: string | null
  readonly history: readonly SchedulePrice[]
}

export interface CodePage {
  readonly hcpcs: string
  readonly code_system: string | null
  readonly name: string | null
  readonly short_description: string | null
  readonly long_description: string | null
  readonly category: string | null
  readonly category_payment: string | null
  readonly family: {
    readonly family: string
    readonly name: string
    readonly plain_language: string
    readonly performed_by: readonly string[]
    readonly payment: string
  } | null
  readonly synonyms: readonly string[] | null
  readonly description: string | null
  readonly plain_language: string | null
  readonly clinical_context: string | null
  readonly rvu_information: {
    readonly has_rvus: boolean
    /** Null where the schedule does not list the code. */
    readonly status_indicator: string | null
    readonly explanation: string | null
    readonly sentences: readonly Sentence[]
    readonly components: readonly Component[]
    readonly conversion_factors:
      | readonly { qualifying_apm: boolean; conversion_factor: string }[]
      | null
  }
  readonly schedule_prices: readonly ScheduleHistory[] | null
  /** Why no other schedule sets an amount; null where one does, and where none is loaded. */
  readonly unpriced_because: string | null
  readonly billing_and_documentation: string | null
  readonly specialties: readonly string[] | null
  readonly notes: readonly string[] | null
  readonly faq: readonly Question[] | null
  readonly notices: readonly string[] | null
  readonly release: string | null
  /** By the name of the section. */
  readonly provenance: Readonly<Record<string, Source>>
}

/** Undefined where no file in force today has the code. */
export async function codePage(
  db: QueryExecutorProvider,
  code: string,
): Promise<CodePage | undefined> {
  const { rows } = await sql<CodePage>`
    select * from api.code_page where hcpcs = ${code.trim().toUpperCase()}
  `.execute(db)
  return rows[0]
}
