/** What the files of a DMEPOS release have in common. */
import type { AreaColumns, MayChange } from '../file.ts'

/** The month in the name of a file: DMEPOS_JAN. */
export const months = '(?<month>JAN|APR|JUL|OCT)'

/** 'January 2025 Fee Schedule' */
export const titleDate =
  /(?<month>January|April|July|October) (?<year>20\d\d) (?:Former CBA|Fee Schedule)/i

/** Releases whose own files the tests read. */
export const seen = ['DME25A'] as const

/** 'AL (NR)' and 'AL (R)' */
export const stateColumns: AreaColumns<'non_rural_fee' | 'rural_fee'> = {
  header: /^(?<area>[A-Z]{2}) ?\((?<amount>NR|R)\)$/,
  amounts: { NR: 'non_rural_fee', R: 'rural_fee' },
}

/** 202501 is the first quarter of 2025. */
export const states = {
  column: 'year_quarter',
  date: /^(?<year>20\d\d)0(?<quarter>[1-4])$/,
} as const

/** Fees follow a price index, but a code may be priced anew. From January 2025 to January 2026 none became more than 1.2 times what it was. */
export const mayChange: MayChange = {
  rows: { withinYear: 5, acrossYears: 15 },
  amounts: { times: 10, doubled: 5 },
}
