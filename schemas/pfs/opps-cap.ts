/**
 * OPPSCAP: imaging services whose payment is capped at the hospital outpatient amount in each locality
 * (Deficit Reduction Act, section 5102(b)). CMS's least reliable file: checks on it warn, never refuse.
 */
import { hcpcs, locality, mac, modifier, statusIndicator } from '../columns.ts'
import { money } from '../fields.ts'
import { defineFile, type Places, type SourceRecord } from '../file.ts'
import { column, defineTable } from '../table.ts'
import { seenInZips } from './seen.ts'

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

/** Words that CMS has used for each column, misspelled as they are. */
const labels = {
  hcpcs: 'HCPCS',
  modifier: ['MOD', 'MODIFIER'],
  status_indicator: 'PROCSTAT',
  mac: ['CARRIER', 'CARIER'],
  locality: 'LOCALITY',
  facility_price: ['FACILITY PRICE', 'FACILITY CAPPED AMOUNT', 'FACLITY AMOUNT'],
  non_facility_price: [
    'NON-FACILTY PRICE',
    'NON-FACILITY PRICE',
    'NON-FACILITY CAPPED AMOUNT',
    'NON-FACILTIY AMOUNT',
  ],
} as const

/** 2009 stacks them over three rows. */
const stacked = {
  status_indicator: 'PROC STATUS',
  facility_price: 'YYYY FACILITY CAPPED AMT',
  non_facility_price: 'YYYY NON FACILITY CAPPED AMT',
} as const

/** A code of seven characters is a code and its modifier, where the file has no column for modifiers. */
function splitModifier(records: readonly SourceRecord[], at: Places<'hcpcs' | 'modifier'>): void {
  for (const { cells } of records) {
    if (cells[at.modifier] !== null) continue
    const whole = cells[at.hcpcs] ?? ''
    cells[at.hcpcs] = whole.slice(0, 5)
    cells[at.modifier] = whole.slice(5)
  }
}

export const oppsCap = defineFile({
  name: 'opps_cap',
  title: 'OPPS cap on imaging (OPPSCAP)',
  table: oppsCapTable,
  codes: { column: 'hcpcs', descriptions: [] },
  mayChange: { rows: { withinYear: 5, acrossYears: 60 } },
  member: /^OPPSCAP(?:[_ -](?<month>JAN|APR|JUL|OCT))?/i,
  since: '2007-01-01',
  complete: splitModifier,
  csv: [
    { since: '2009-01-01', headerRows: 3, labels: { ...labels, ...stacked } },
    { since: '2009-01-01', headerRows: 1, labels },
    // 2011 and 2012 print the modifier behind the code: 'G0120TC'.
    { since: '2009-01-01', headerRows: 1, labels: { ...labels, modifier: null } },
  ],
  txt: [
    {
      since: '2009-01-01',
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
  alike: ['status_indicator', 'facility_price', 'non_facility_price'],
  seen: seenInZips,
})
