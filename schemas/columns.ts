/** Columns that mean the same in every table that has them. */
import {
  boolean,
  code,
  conversionFactor as conversionFactorField,
  hcpcs as hcpcsField,
  locality as localityField,
  mac as macField,
  modifier as modifierField,
  optional,
  text,
} from './fields.ts'
import { column } from './table.ts'

export const hcpcs = column(
  hcpcsField,
  'HCPCS code, five characters: CPT, CDT and HCPCS Level II share one field.',
)

export const modifier = column(
  modifierField,
  '26 professional part, TC technical part, 53 discontinued; empty text: the global or whole service.',
)

export const mac = column(macField, 'Medicare Administrative Contractor, five digits.')

export const locality = column(
  localityField,
  'Payment locality, two digits, unique only within its MAC.',
)

export const localityName = column(
  text,
  'Name of the locality, without footnote marks (GPCI, ANES).',
)

export const footnoteMark = column(
  optional(text),
  'Asterisks that refer to a footnote of the file; null where there are none.',
)

export const statusIndicator = column(
  code(...'ABCDEFGHIJMNPQRTX'),
  'Status code (PPRRVU): whether and how Medicare pays; api.status_payment says what each means for payment.',
)

export const qualifyingApm = column(
  boolean,
  'Whether the amount or factor is for qualifying APM participants, who have a conversion factor of their own from 2026.',
)

export const conversionFactor = column(
  conversionFactorField,
  'Conversion factor, in dollars per RVU; in anesthesia dollars per unit.',
)
