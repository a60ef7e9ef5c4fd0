/** Addendum FF, the share of a procedure's hospital outpatient rate that is its device's. */
import { hcpcs } from '../columns.ts'
import { dollars, optional, deviceOffset as percent, text } from '../fields.ts'
import { type CsvLayout, defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'
import {
  FIRST,
  footnoteMark,
  mayChange,
  named,
  ofQuarter,
  paymentIndicator,
  seen,
  shortDescription,
  txt,
} from './columns.ts'

export const deviceOffsetTable = defineTable({
  schema: 'asc_addenda',
  name: 'asc_device_offset',
  summary:
    'Device offsets of the procedures of addendum AA (addendum FF), in percent and dollars. All null but the payment indicator where the procedure is packaged.',
  grain: 'HCPCS code',
  columns: {
    hcpcs,
    footnote_mark: footnoteMark,
    short_description: shortDescription,
    payment_indicator: paymentIndicator,
    apc: column(optional(text), 'Ambulatory payment classification of the procedure, four digits.'),
    apc_device_offset_percentage: column(
      optional(percent),
      'Device offset of the classification, in percent: the default for a procedure without claims. Null before 2025.',
    ),
    opps_payment_rate: column(
      optional(dollars),
      'Hospital outpatient rate of the procedure, in dollars.',
    ),
    device_offset_percentage: column(
      optional(percent),
      'Device offset of the procedure, in percent. The procedure is device-intensive (J8) from 30 percent on.',
    ),
    device_offset_amount: column(
      optional(dollars),
      "The device's part in dollars. For J8 it is device_offset_percentage of opps_payment_rate.",
    ),
  },
  key: ['hcpcs'],
  amount: 'device_offset_amount',
})

type Field = keyof typeof deviceOffsetTable.columns

const layout = (since: string, ofApc: RegExp | null): CsvLayout<Field> => ({
  since,
  headerRows: 1,
  labels: {
    hcpcs: 'HCPCS CODE',
    footnote_mark: '',
    short_description: 'SHORT DESCRIPTOR',
    payment_indicator: ofQuarter('PAYMENT INDICATOR'),
    apc: ofQuarter('APC'),
    apc_device_offset_percentage: ofApc,
    opps_payment_rate: ofQuarter('OPPS PAYMENT RATE'),
    device_offset_percentage: ofQuarter('DEVICE OFFSET PERCENTAGE'),
    device_offset_amount: ofQuarter('DEVICE (OFFSET AMOUNT \\/ DEVICE )?PORTION'),
  },
})

export const deviceOffset = defineFile({
  name: 'asc_device_offset',
  title: 'Device offsets in ASCs (addendum FF)',
  table: deviceOffsetTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  ...named('FF'),
  // The offsets are made anew each January, when a third of them at least doubles or halves.
  mayChange,
  csv: [layout(FIRST, null), layout('2025-01-01', ofQuarter('APC DEVICE OFFSET PERCENTAGE'))],
  txt,
  seen,
})
