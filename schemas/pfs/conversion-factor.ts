/**
 * The conversion factors of a release, in dollars per RVU, read off the constant CONV FACTOR column of its
 * relative value files. Until 2025 one factor served everybody, so both rows hold it; from 2026 the nonQPP
 * file gives the ordinary factor and the QPP file the one for qualifying APM participants.
 */
import { conversionFactor as factor, qualifyingApm } from '../columns.ts'
import { defineTable } from '../table.ts'

export const conversionFactor = defineTable({
  schema: 'pfs',
  name: 'conversion_factor',
  summary:
    'Conversion factors (PPRRVU), in dollars per RVU. Until 2025 one factor served everybody: both rows hold it.',
  grain: 'qualifying_apm',
  columns: {
    qualifying_apm: qualifyingApm,
    conversion_factor: factor,
  },
  key: ['qualifying_apm'],
})
