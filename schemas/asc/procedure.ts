/**
 * Addendum AA, the surgical procedures that Medicare covers in ambulatory surgical centers (ASC), those included whose
 * payment is packaged. Addendum EE lists the procedures that it does not cover there.
 */
import { hcpcs } from '../columns.ts'
import { dollars, named as namedField, optional } from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'
import {
  FIRST,
  footnoteMark,
  mayChange,
  named,
  ofQuarter,
  paymentIndicator,
  paymentWeight,
  seen,
  shortDescription,
  titleDate,
  txt,
} from './columns.ts'

export const procedureTable = defineTable({
  schema: 'asc_addenda',
  name: 'asc_procedure',
  summary:
    'Surgical procedures that Medicare covers in ambulatory surgical centers (addendum AA), rates in dollars before the wage index.',
  grain: 'HCPCS code',
  columns: {
    hcpcs,
    footnote_mark: footnoteMark,
    short_description: shortDescription,
    has_multiple_procedure_discount: column(
      optional({ ...namedField({ Y: 'true', N: 'false' }), type: 'boolean' }),
      'Whether the rate is halved where another procedure of the same session is paid more (42 CFR 416.172(e)). Null where CMS does not say.',
    ),
    payment_indicator: paymentIndicator,
    payment_weight: paymentWeight,
    payment_rate: column(
      optional(dollars),
      'National rate in dollars, before the wage index; null where nothing is paid separately.',
    ),
  },
  key: ['hcpcs'],
  amount: 'payment_rate',
})

export const procedure = defineFile({
  name: 'asc_procedure',
  title: 'Surgical procedures covered in ASCs (addendum AA)',
  table: procedureTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  ...named('AA'),
  // One rate became 73 times what it was in January 2026 (15851); no more than 0.7 percent ever doubled or halved.
  mayChange: { ...mayChange, amounts: { times: 100, doubled: 5 } },
  csv: [
    {
      since: FIRST,
      headerRows: 1,
      labels: {
        hcpcs: 'HCPCS CODE',
        footnote_mark: '',
        short_description: 'SHORT DESCRIPTOR',
        has_multiple_procedure_discount: 'SUBJECT TO MULTIPLE PROCEDURE DISCOUNTING',
        payment_indicator: ofQuarter('PAYMENT INDICATOR'),
        payment_weight: ofQuarter('PAYMENT WEIGHT'),
        payment_rate: ofQuarter('PAYMENT RATE'),
      },
    },
  ],
  txt,
  seen,
})

export const excludedTable = defineTable({
  schema: 'asc_addenda',
  name: 'asc_excluded_procedure',
  summary:
    'Surgical procedures that Medicare does not pay for in ambulatory surgical centers (addendum EE).',
  grain: 'HCPCS code',
  columns: { hcpcs, short_description: shortDescription },
  key: ['hcpcs'],
})

export const excluded = defineFile({
  name: 'asc_excluded_procedure',
  title: 'Surgical procedures excluded from payment in ASCs (addendum EE)',
  table: excludedTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  ...named('EE'),
  titleDate,
  mayChange,
  csv: [
    {
      since: FIRST,
      headerRows: 1,
      labels: { hcpcs: 'HCPCS CODE', short_description: 'SHORT DESCRIPTOR' },
    },
  ],
  txt,
  seen,
})
