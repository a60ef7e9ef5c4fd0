/**
 * OPPSCAP: imaging services whose payment is capped at the hospital outpatient amount in each locality
 * (Deficit Reduction Act, section 5102(b)). CMS's least reliable file: checks on it warn, never refuse.
 * Before 2020 no layout is published anywhere: the file is read with the oldest one known, which refuses
 * whatever differs.
 */
import { hcpcs, locality, mac, modifier, statusIndicator } from '../columns.ts'
import { defineDataset } from '../dataset.ts'
import { money } from '../fields.ts'
import { column, defineTable } from '../table.ts'

export const oppsCapTable = defineTable({
  schema: 'pfs',
  name: 'opps_cap',
  summary: 'OPPS cap on imaging (OPPSCAP), in dollars.',
  grain: 'HCPCS code, modifier, MAC, locality',
  columns: {
    hcpcs,
    modifier,
    mac,
    locality,
    status_indicator: statusIndicator,
    facility_price: column(money, 'Published OPPS cap in a facility, in dollars.'),
    non_facility_price: column(money, 'Published OPPS cap outside a facility, in dollars.'),
  },
  key: ['hcpcs', 'modifier', 'mac', 'locality'],
})

export const oppsCap = defineDataset({
  name: 'opps_cap',
  title: 'OPPS cap on imaging (OPPSCAP)',
  table: oppsCapTable,
  codes: { column: 'hcpcs', descriptions: [] },
  member: /^OPPSCAP(?:[_ -](?<month>JAN|APR|JUL|OCT))?/i,
  since: '2007-01-01',
  csv: [
    {
      since: '2007-01-01',
      headerRows: 1,
      labels: {
        hcpcs: 'HCPCS',
        modifier: 'MOD',
        status_indicator: 'PROCSTAT',
        mac: 'CARRIER',
        locality: 'LOCALITY',
        facility_price: 'FACILITY PRICE',
        non_facility_price: ['NON-FACILTY PRICE', 'NON-FACILITY PRICE'],
      },
    },
  ],
  txt: [
    {
      since: '2007-01-01',
      record: /^[A-Z\d]{5}/,
      columns: {
        hcpcs: [1, 5],
        modifier: [6, 7],
        status_indicator: [9, 9],
        mac: [11, 15],
        locality: [18, 19],
        facility_price: [20, 28],
        non_facility_price: [29, 38],
      },
    },
  ],
  evidence: {
    csv: [
      ['2007-01-01', 'synthetic'],
      ['2024-01-01', 'real values', ['RVU24A', 'RVU24AR', 'RVU24B']],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'synthetic'],
    ],
    txt: [
      ['2007-01-01', 'synthetic'],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'synthetic'],
    ],
    xlsx: [
      ['2007-01-01', 'synthetic'],
      ['2025-01-01', 'real bytes', ['RVU25A', 'RVU25D']],
      ['2026-01-01', 'synthetic'],
    ],
  },
})
