/**
 * What Medicare Part B pays for drugs, most of them by the average sales price (ASP): CMS's quarterly ASP pricing file,
 * since 2026 the Medicare Part B Payment Limit File. Medicare Claims Processing Manual, chapter 17, section 20.
 */
import { hcpcs } from '../columns.ts'
import {
  count,
  flag,
  limit,
  noneWhere,
  optional,
  percentage,
  text,
  whereLaidOut,
} from '../fields.ts'
import { type CsvLayout, defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'

export const aspTable = defineTable({
  schema: 'asp',
  name: 'asp',
  summary: 'Payment limits of Part B drugs (ASP), in dollars for one dosage unit of the code.',
  grain: 'HCPCS code',
  columns: {
    hcpcs,
    short_description: column(text, 'Short description of CMS; of CPT codes licensed by the AMA.'),
    dosage: column(
      text,
      'What one unit of the code is, such as 10 MG: the payment limit is for that.',
    ),
    payment_limit: column(
      optional(noneWhere(/^N\/A$/, limit)),
      'Most that Medicare and the patient pay together for one unit, in dollars. Null where CMS prints N/A: notes say why.',
    ),
    coinsurance_percentage: column(
      whereLaidOut(percentage),
      'Share of the payment limit that the patient pays, in percent: 20, less where the price rose faster than inflation, 0 for preventive vaccines. Null before April 2023, when it was 20 or 0 by law.',
    ),
    vaccine_awp_percentage: column(
      optional(count),
      'Percentage of the average wholesale price (AWP) that a vaccine is paid at; null for others.',
    ),
    vaccine_limit: column(
      optional(limit),
      'Payment limit of a vaccine, in dollars; null for others.',
    ),
    blood_awp_percentage: column(
      optional(count),
      'Percentage of the average wholesale price (AWP) that a blood product is paid at; null for others.',
    ),
    blood_limit: column(
      optional(limit),
      'Payment limit of a blood product, in dollars; null for others.',
    ),
    clotting_factor: column(
      flag,
      'Whether it is a blood clotting factor, for which Medicare pays a furnishing fee beside.',
    ),
    notes: column(
      optional(text),
      "CMS's remarks, such as when the code was added or how its limit was set; null where there are none.",
    ),
  },
  key: ['hcpcs'],
  amount: 'payment_limit',
})

type Field = keyof typeof aspTable.columns

const layout = (since: string, coinsurance: string | null): CsvLayout<Field> => ({
  since,
  headerRows: 1,
  labels: {
    hcpcs: 'HCPCS CODE',
    short_description: 'SHORT DESCRIPTION',
    dosage: 'HCPCS CODE DOSAGE',
    payment_limit: 'PAYMENT LIMIT',
    coinsurance_percentage: coinsurance,
    vaccine_awp_percentage: 'VACCINE AWP%',
    vaccine_limit: 'VACCINE LIMIT',
    blood_awp_percentage: 'BLOOD AWP%',
    blood_limit: 'BLOOD LIMIT',
    clotting_factor: 'CLOTTING FACTOR',
    notes: 'NOTES',
  },
})

/** 'Effective January 1, 2025 through March 31, 2025'. */
export const effectiveDays =
  /Effective (?<from>[a-z]+ \d+, \d{4}) through (?<to>[a-z]+ \d+, \d{4})/i
/** The day at the end of a name: 121924, 'updated 030725'. */
export const postedDay = /(?<month>\d\d)(?<day>\d\d)(?<year>\d\d)$/

export const asp = defineFile({
  name: 'asp',
  title: 'Payment limits of Part B drugs (ASP)',
  table: aspTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  member:
    /(?<month>Jan|Apr|Jul|Oct)[a-z]* (?<year>20\d\d) (ASP Pricing|Medicare Part B Payment Limit) File/i,
  statedDays: effectiveDays,
  releasedOn: postedDay,
  // Limits follow the market. In the nine quarters from 2024 Q1 to 2026 Q1 the most that one moved was by 361 times
  // (J9052, 18.401 to 0.051 dollars), 2.4 percent of them at least doubled or halved, and the codes were 13 percent fewer
  // in January 2026.
  mayChange: {
    rows: { withinYear: 15, acrossYears: 20 },
    amounts: { times: 500, doubled: 5 },
  },
  seen: { csv: ['ASP24Q1', 'ASP25Q1', 'ASP25Q2', 'ASP26Q1'], xlsx: ['ASP25Q1'] },
  csv: [layout('2020-01-01', null), layout('2023-04-01', 'CO-INSURANCE PERCENTAGE')],
  txt: [],
})
