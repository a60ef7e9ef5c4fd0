/** Columns that the files of the DMEPOS fee schedule share. Follows DMEREAD, the record layouts in the release's zip. */
import { code, fee, modifier as modifierField, optional, stateCode, text } from '../fields.ts'
import { column } from '../table.ts'

export const modifier = column(
  modifierField,
  'First modifier: NU new, UE used, RR rented, or one that is paid by itself; empty text: none.',
)

export const secondModifier = column(
  modifierField,
  'Second modifier, such as KE, KF or KU; empty text: none.',
)

export const thirdModifier = column(modifierField, 'Third modifier; empty text: none.')

export const nonRuralFee = column(
  fee,
  'Fee in dollars where the ZIP code is not rural, and in Alaska, Hawaii and the territories; null where CMS sets none (0.00).',
)

export const ruralFee = column(
  fee,
  'Fee in dollars in the rural ZIP codes of the state; null where CMS sets none of its own (0.00): non_rural_fee then holds there too.',
)

export const shortDescription = column(text, "CMS's short description.")

/** Payment categories of DMEREAD. */
export const paymentCategory = code(
  ...['IN', 'FS', 'CR', 'OX', 'OS', 'SD', 'PO', 'SU', 'TE', 'TS', 'IL', 'SC', 'LC', 'LT'],
)

export const optionalCategory = column(
  optional(paymentCategory),
  'Payment category, as in api.dmepos; null where the file leaves it out (enteral nutrition).',
)

export const state = column(
  stateCode,
  'State, District of Columbia, Puerto Rico (PR) or Virgin Islands (VI).',
)
