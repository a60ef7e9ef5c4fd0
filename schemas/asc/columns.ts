/** Columns, names and labels that the addenda of the ASC payment system share. */
import { code, optional, text, paymentWeight as weight } from '../fields.ts'
import type { MayChange } from '../file.ts'
import { column } from '../table.ts'

export const shortDescription = column(
  optional(text),
  "CMS's short description; CPT and CDT descriptions are licensed by the AMA and the ADA. Null where it was left out.",
)

export const footnoteMark = column(
  optional(code('*', '**', '***')),
  'Asterisks beside the code: * its office-based designation is temporary, for want of claims; ** a preventive service without coinsurance or deductible (Affordable Care Act, 4104 and 10406); *** a non-opioid alternative with a payment limit (Consolidated Appropriations Act 2023, 4135). Null where there are none.',
)

export const paymentIndicator = column(
  text,
  'ASC payment indicator, such as A2, G2, J8 or N1; api.asc_payment_indicator says what each means (addendum DD1).',
)

export const paymentWeight = column(
  optional(weight),
  'Weight that the ASC conversion factor is multiplied by, four decimals; null where the rate follows from none.',
)

/** Releases whose own files the tests read. */
export const seen = { csv: ['ASC25Q1'], xlsx: ['ASC25Q1'] } as const

/** First quarter whose addenda CMS published by quarter. */
export const FIRST = '2018-01-01'

/** An addendum's own file, '508-Version-Jan-2025-ASC-AA', and its sheet in the workbook of all, 'January_2025_ASC_Addenda'. */
export const named = (addendum: string) => ({
  member: new RegExp(
    `^(?=.*?(?<month>Jan|Apr|Jul|Oct)[a-z]*[ ._-]*(?<year>20\\d\\d)|).*(?<![a-z\\d])${addendum}$`,
    'i',
  ),
  sheet: {
    of: /^(?=.*?(?<month>Jan|Apr|Jul|Oct)[a-z]*[ ._-]*(?<year>20\d\d)|).*ASC.*Addend/i,
    named: new RegExp(`(?<![A-Z\\d])${addendum}(?![A-Z\\d])`, 'i'),
  },
})

/**
 * 'Addendum EE -- Surgical Procedures to be Excluded from Payment in ASCs for CY 2024'. Where headers name the quarter,
 * they date the file: CMS left last year's title on FF of April 2024.
 */
export const titleDate = /\bCY (?<year>20\d\d)/

/** A label that the month and year of the quarter begin: 'January 2025 Payment Rate', 'Jan 2023 Payment Rate'. */
export const ofQuarter = (words: string): RegExp =>
  new RegExp(`^(JAN(UARY)?|APR(IL)?|JULY?|OCT(OBER)?) YYYY ${words}$`)

/** Workbooks and CSVs, and TXTs that are the CSV with tabs. */
export const txt = [{ since: FIRST, tabbed: true }] as const

/**
 * Rows change each January, when a rule moves procedures between the addenda: in 2026 EE lost 26 percent, and AA gained
 * 15. Measured over the quarters of 2021 to January 2026.
 */
export const mayChange: MayChange = { rows: { withinYear: 10, acrossYears: 40 } }
