/**
 * The conversion factors of a release, in dollars per RVU, read off the constant CONV FACTOR column of its
 * relative value files. Until 2025 one factor served everybody, so both rows hold it; from 2026 the nonQPP
 * file gives the ordinary factor and the QPP file the one for qualifying APM participants.
 */
import { conversionFactor as factor } from '../columns.ts'
import { boolean } from '../fields.ts'
import { column, defineTable } from '../table.ts'

export const conversionFactor = defineTable({
  schema: 'pfs',
  name: 'conversion_factor',
  summary:
    'Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it.',
  grain: 'qualifying_apm',
  columns: {
    qualifying_apm: column(
      boolean,
      'Whether the amount or factor is for qualifying APM participants, who have a conversion factor of their own from 2026.',
    ),
    conversion_factor: factor,
  },
  key: ['qualifying_apm'],
})
