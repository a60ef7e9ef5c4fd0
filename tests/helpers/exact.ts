/** Decimal arithmetic on whole numbers, written apart from the SQL that it proves. */

/** Text of a decimal as a whole number of its last place, at a fixed number of places. */
function scaled(text: string, places: number): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(places, '0'))
}

/** Rounds half up to whole units of 10^places, and writes the cents. */
function cents(value: bigint, places: number): string {
  const unit = 10n ** BigInt(places - 2)
  const rounded = (2n * value + unit) / (2n * unit)
  const digits = String(rounded).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

export interface Factors {
  readonly work_gpci: string
  readonly pe_gpci: string
  readonly mp_gpci: string
  readonly conversion_factor: string
}

/** (work x work GPCI + PE x PE GPCI + MP x MP GPCI) x conversion factor x percent, to the cent, half up. */
export function exactFee(
  work: string,
  pe: string,
  mp: string,
  factors: Factors,
  percent = 100n,
): string {
  const sum =
    scaled(work, 2) * scaled(factors.work_gpci, 3) +
    scaled(pe, 2) * scaled(factors.pe_gpci, 3) +
    scaled(mp, 2) * scaled(factors.mp_gpci, 3)
  return cents(sum * scaled(factors.conversion_factor, 4) * percent, 11)
}

/** A share of an amount, to the cent, half up. */
export const exactShare = (amount: string, share: string): string =>
  cents(scaled(amount, 2) * scaled(share, 4), 6)
