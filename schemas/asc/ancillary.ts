/** Addendum BB, the ancillary services that Medicare pays for beside a covered procedure in an ASC, or packages into it. */
import { hcpcs } from '../columns.ts'
import { code, dollars, optional } from '../fields.ts'
import { type CsvLayout, defineFile } from '../file.ts'
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
  txt,
} from './columns.ts'

export const ancillaryTable = defineTable({
  schema: 'asc_addenda',
  name: 'asc_ancillary',
  summary:
    'Ancillary services in ambulatory surgical centers (addendum BB), rates in dollars before the wage index.',
  grain: 'HCPCS code',
  columns: {
    hcpcs,
    footnote_mark: footnoteMark,
    short_description: shortDescription,
    pass_through_expiration: column(
      optional(code('*')),
      '* where the pass-through status of a drug or device ends during the calendar year; null elsewhere.',
    ),
    payment_indicator: paymentIndicator,
    payment_weight: paymentWeight,
    payment_rate: column(
      optional(dollars),
      'National rate in dollars; null where nothing is paid separately, or the contractor prices it.',
    ),
    adjusted_copayment: column(
      optional(dollars),
      'Copayment in dollars where the Inflation Reduction Act makes it less than 20 percent of the rate; null elsewhere.',
    ),
  },
  key: ['hcpcs'],
  amount: 'payment_rate',
})

type Field = keyof typeof ancillaryTable.columns

const layout = (since: string, copayment: RegExp | null): CsvLayout<Field> => ({
  since,
  headerRows: 1,
  labels: {
    hcpcs: 'HCPCS CODE',
    footnote_mark: '',
    short_description: 'SHORT DESCRIPTOR',
    pass_through_expiration: /^DRUG (AND DEVICE )?PASS-THROUGH EXPIRATION DURING CALENDAR YEAR$/,
    payment_indicator: ofQuarter('PAYMENT INDICATOR'),
    payment_weight: ofQuarter('PAYMENT WEIGHT'),
    payment_rate: ofQuarter('PAYMENT RATE'),
    adjusted_copayment: copayment,
  },
})

export const ancillary = defineFile({
  name: 'asc_ancillary',
  title: 'Ancillary services in ASCs (addendum BB)',
  table: ancillaryTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  ...named('BB'),
  // Most are drugs, whose limits may move by thousands of times (J9052, 0.05 to 259.70 dollars); 2 percent doubled or halved.
  mayChange: { ...mayChange, amounts: { doubled: 5 } },
  // The figure refers to a note below the data. The Inflation Reduction Act lowers copayments since April 2023.
  csv: [layout(FIRST, null), layout('2023-04-01', ofQuarter('IRA-22 ADJUSTED COPAYMENT1?'))],
  txt,
  seen,
})
