/** Made-up codes and claim lines: one RVU is one dollar, so that the examples of CMS's manuals can be told in its own figures. */
import { beforeAll } from 'vitest'
import { EXAMPLE_CODES } from './claim-codes.ts'
import { type TestDatabase, useDatabase } from './database.ts'
import { loadSamples } from './samples.ts'

export interface MadeUpCode {
  readonly hcpcs: string
  readonly modifier?: string
  /** Dollars, in work, practice expense in both settings, and malpractice. */
  readonly work?: number
  readonly pe?: number
  readonly mp?: number
  /** Practice expense of the OPPS cap. */
  readonly cap?: number
  /** Other columns of pfs.rvu. */
  readonly [column: string]: string | number | undefined
}

const TEMPLATE = {
  ...{ modifier: '', status_indicator: 'A', global_days: 'XXX', physician_supervision: '09' },
  ...{ calculation_flag: '0', imaging_family: '99', facility_pe_opps: 0, non_facility_pe_opps: 0 },
  ...{ preoperative_share: 0, intraoperative_share: 0, postoperative_share: 0, mp_opps: 0 },
  ...{ multiple_procedure_indicator: '0', bilateral_surgery_indicator: '0' },
  ...{
    assistant_at_surgery_indicator: '0',
    co_surgeons_indicator: '0',
    team_surgery_indicator: '0',
  },
}

/** Adds codes to the schedule of all days that Medicare has had one for, and sets the conversion factor to one dollar and every GPCI to one. */
export async function makeCodes(
  database: TestDatabase,
  codes: readonly MadeUpCode[],
): Promise<void> {
  await database.rows(`update pfs.conversion_factor set conversion_factor = 1`)
  await database.rows(`update pfs.gpci set work_gpci = 1, pe_gpci = 1, mp_gpci = 1`)
  const rows = codes.map(({ work = 0, pe = 0, mp = 0, cap = 0, ...columns }) => ({
    ...TEMPLATE,
    ...{ work_rvu: work, non_facility_pe_rvu: pe, facility_pe_rvu: pe, mp_rvu: mp },
    ...{ non_facility_total_rvu: work + pe + mp, facility_total_rvu: work + pe + mp },
    ...{ non_facility_pe_opps: cap, facility_pe_opps: cap },
    ...columns,
  }))
  await database.session.client.query(
    `insert into pfs.rvu
     select (jsonb_populate_record(null::pfs.rvu, code || jsonb_build_object(
              'content_hash', gen_random_uuid(), 'valid_during', '{[1992-01-01,)}', 'known_since', now()))).*
       from jsonb_array_elements($1::jsonb) code`,
    [JSON.stringify(rows)],
  )
}

export interface ClaimLine {
  readonly [column: string]: string | number | boolean | null
}

export interface PricedLine {
  readonly claim_id: string | null
  readonly schedule: string | null
  readonly unit_amount: string | null
  readonly amount: string | null
  readonly basis: string
  readonly medicare_pays: string | null
  readonly patient_owes: string | null
  readonly medicare_pays_after_sequestration: string | null
  readonly limiting_charge: string | null
  readonly adjusted_work_rvus: string | null
  readonly steps: readonly {
    rule: string
    document: string
    factor: number | null
    before: number
    after: number
  }[]
}

const COLUMNS = {
  ...{ claim_id: 'text', line: 'text', hcpcs: 'text', modifiers: 'text', units: 'numeric' },
  ...{ service_date: 'date', place_of_service: 'text', zip: 'text', mac: 'text', locality: 'text' },
  ...{ charge: 'numeric', qualifying_apm: 'boolean', rendering_npi: 'text', billing_npi: 'text' },
  ...{ patient_id: 'text', practitioner: 'text', participating: 'boolean', assigned: 'boolean' },
  ...{
    minutes: 'numeric',
    base_units: 'numeric',
    documented: 'boolean',
    report_percent: 'numeric',
    postoperative_days: 'numeric',
  },
}

/** Prices lines in their order; what a line does not say is one unit in an office in October 2025, by national amounts. */
export async function priceLines(
  database: TestDatabase,
  lines: readonly ClaimLine[],
  columns: Readonly<Record<string, string>> = COLUMNS,
): Promise<PricedLine[]> {
  const whole = lines.map((line, at) => ({
    ...{ claim_id: '1', line: String(at + 1), units: 1, service_date: '2025-10-06' },
    ...{ place_of_service: '11', mac: '00000', locality: '00' },
    ...line,
  }))
  const names = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  await database.rows('drop table if exists claim_line')
  await database.rows(`create temporary table claim_line (${names.join(', ')})`)
  await database.session.client.query(
    `insert into claim_line select * from json_populate_recordset(null::claim_line, $1)`,
    [JSON.stringify(whole)],
  )
  return database.rows<PricedLine>(
    `select * from api.price_claims('claim_line') order by source_row`,
  )
}

/** A database of the test file's own with the codes of the manuals' examples, and how lines of them are priced. */
export function useExamples() {
  const database = useDatabase()
  beforeAll(async () => {
    await loadSamples(database, 'RVU25D', 'ZIP5_OCT2025')
    await makeCodes(database, EXAMPLE_CODES)
    await database.rows(
      `update pfs.anesthesia_cf set conversion_factor = 20, national_conversion_factor = 20`,
    )
  })
  return {
    database,
    amounts: async (...lines: ClaimLine[]) =>
      (await priceLines(database, lines)).map(({ amount }) => amount && Number(amount)),
    only: async (line: ClaimLine) => (await priceLines(database, [line]))[0],
  }
}
