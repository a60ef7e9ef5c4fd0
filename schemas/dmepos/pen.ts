/**
 * DMEPEN, the fee schedule of parenteral and enteral nutrition: in the CSV a row for each code and modifiers and two
 * columns for each state, in the TXT a line for each state. Follows attachments of DMEREAD.
 */
import { hcpcs } from '../columns.ts'
import { defineFile } from '../file.ts'
import { defineTable } from '../table.ts'
import {
  modifier,
  nonRuralFee,
  ruralFee,
  secondModifier,
  shortDescription,
  state,
} from './columns.ts'
import { mayChange, months, seen, stateColumns, titleDate } from './layout.ts'

export const penTable = defineTable({
  schema: 'dmepos',
  name: 'dmepos_pen',
  summary: 'Fees of parenteral and enteral nutrition by state (DMEPEN), in dollars.',
  grain: 'HCPCS code, modifiers, state',
  columns: {
    hcpcs,
    modifier,
    modifier_2: secondModifier,
    state,
    non_rural_fee: nonRuralFee,
    rural_fee: ruralFee,
    short_description: shortDescription,
  },
  key: ['hcpcs', 'modifier', 'modifier_2', 'state'],
  areas: ['state', 'non_rural_fee', 'rural_fee'],
  amount: 'non_rural_fee',
})

export const pen = defineFile({
  name: 'dmepos_pen',
  title: 'Fees of parenteral and enteral nutrition (DMEPEN)',
  table: penTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  member: new RegExp(`^DMEPEN\\d*[ _-]*${months}`, 'i'),
  titleDate,
  mayChange,
  csv: [
    {
      since: '2016-01-01',
      headerRows: 1,
      labels: {
        hcpcs: 'HCPCS',
        modifier: 'MOD',
        modifier_2: 'MOD2',
        state: null,
        non_rural_fee: null,
        rural_fee: null,
        short_description: /^DESC(RIPTION)?$/,
      },
      areas: stateColumns,
    },
  ],
  txt: [
    {
      since: '2016-01-01',
      record: /^20\d\d~[A-Z]\d{4}~/,
      // 'Original base year fee' is the rural fee on lines that are marked R, and pays nothing on others.
      pattern:
        /^20\d\d~(?<hcpcs>\w{5})~(?:(?<modifier>\w\w)| {2})~(?:(?<modifier_2>\w\w)| {2})~(?:(?<rural_fee>\d{6}\.\d\d)(?=~[^~]*~[^~]*~R~)|\d{6}\.\d\d)~(?<state>[A-Z]{2}) *~(?<non_rural_fee>\d{6}\.\d\d) *~[R ]~(?<short_description>\S.*?)\s*$/,
    },
  ],
  seen: { csv: seen, txt: seen, xlsx: seen },
})
