/**
 * Fees in former competitive bidding areas (CBA), which hold while no contracts of the bidding program do (42 CFR
 * 414.210(g)), and the ZIP codes of those areas. The fee file names an area by its short name.
 */
import { hcpcs } from '../columns.ts'
import { fee, stateCode, text, yearQuarter, zip } from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'
import {
  modifier,
  optionalCategory,
  secondModifier,
  shortDescription,
  thirdModifier,
} from './columns.ts'
import { mayChange, months, seen, states, titleDate } from './layout.ts'

const area = column(text, "Former competitive bidding area, by CMS's short name for it.")

export const formerCbaTable = defineTable({
  schema: 'dmepos',
  name: 'dmepos_former_cba',
  summary: 'DMEPOS fees in former competitive bidding areas, in dollars.',
  grain: 'HCPCS code, modifiers, area',
  columns: {
    hcpcs,
    modifier,
    modifier_2: secondModifier,
    modifier_3: thirdModifier,
    area,
    fee: column(
      fee,
      'Fee in dollars in the ZIP codes of the area; null where CMS sets none there: the fee of the state then holds.',
    ),
    category: optionalCategory,
    short_description: shortDescription,
  },
  key: ['hcpcs', 'modifier', 'modifier_2', 'modifier_3', 'area'],
  areas: ['area', 'fee'],
  amount: 'fee',
})

export const formerCba = defineFile({
  name: 'dmepos_former_cba',
  title: 'DMEPOS fees in former competitive bidding areas',
  table: formerCbaTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  member: new RegExp(
    `^Former[ _]CBA[ _]Fee[ _]Schedule.*?${months}[A-Z]*[ _]?(?<year>20\\d\\d)?`,
    'i',
  ),
  since: '2025-01-01',
  titleDate,
  mayChange,
  csv: [
    {
      since: '2025-01-01',
      headerRows: 1,
      labels: {
        hcpcs: 'HCPCS',
        modifier: 'MOD',
        modifier_2: 'MOD2',
        modifier_3: 'MOD3',
        category: 'CATG',
        area: null,
        fee: null,
        short_description: /^DESC(RIPTION)?$/,
      },
      areas: { header: /^(?<area>\S.*, [A-Z]{2}(?:-[A-Z]{2})*)$/, amounts: { '': 'fee' } },
    },
  ],
  txt: [{ since: '2025-01-01', tabbed: true }],
  seen: { csv: seen, txt: seen, xlsx: seen },
})

export const formerCbaZipTable = defineTable({
  schema: 'dmepos',
  name: 'dmepos_former_cba_zip',
  summary: 'ZIP codes of former competitive bidding areas.',
  grain: 'ZIP code',
  columns: {
    zip: column(zip, 'ZIP code, five digits.'),
    state: column(stateCode, 'State in two letters.'),
    area,
    area_name: column(text, "CMS's long name of the area."),
  },
  key: ['zip'],
})

export const formerCbaZip = defineFile({
  name: 'dmepos_former_cba_zip',
  title: 'ZIP codes of former competitive bidding areas',
  table: formerCbaZipTable,
  codes: null,
  member: new RegExp(`^Former[ _]CBA[ _]ZIP.*?${months}[A-Z]*[ _]?(?<year>20\\d\\d)?`, 'i'),
  since: '2025-01-01',
  constants: { year_quarter: yearQuarter },
  states,
  titleDate,
  csv: [
    {
      since: '2025-01-01',
      headerRows: 1,
      labels: {
        state: 'CBA STATE',
        zip: 'CBA ZIP CODE',
        area: 'CBA NAME SHORT',
        area_name: 'CBA NAME',
        year_quarter: /^YEAR ?\/ ?(QTR|QUARTER)$/,
      },
    },
  ],
  txt: [{ since: '2025-01-01', tabbed: true }],
  seen: { csv: seen, txt: seen, xlsx: seen },
})
