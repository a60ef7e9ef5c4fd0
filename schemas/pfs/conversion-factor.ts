/**
 * The conversion factors of a release, in dollars per RVU, read off the constant CONV FACTOR column of its
 * relative value files. Until 2025 one factor served everybody, so both rows hold it; from 2026 the nonQPP
 * file gives the ordinary factor and the QPP file the one for qualifying APM participants.
 */
import { defineDataset } from '../dataset.ts'
import { code, conversionFactor as factor } from '../fields.ts'

export const conversionFactor = defineDataset({
  name: 'conversion_factor',
  title: 'Conversion factors (from PPRRVU)',
  table: 'conversion_factor',
  member: /(?!)/,
  fields: { qualifying_apm: code('true', 'false'), conversion_factor: factor },
  key: ['qualifying_apm'],
  csv: [],
  txt: [],
  evidence: {},
})
