/**
 * DMEPOS, the fee schedule of durable medical equipment, prosthetics, orthotics and supplies: a row for each code and
 * modifiers, two columns for each state. Follows attachment A-1 of DMEREAD. Since 2016 a state has a fee for its rural
 * ZIP codes beside the other, where information from competitive bidding adjusts the fee.
 */
import { hcpcs } from '../columns.ts'
import { code, fee } from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'
import {
  modifier,
  nonRuralFee,
  paymentCategory,
  ruralFee,
  secondModifier,
  shortDescription,
  state,
} from './columns.ts'
import { mayChange, months, seen, stateColumns, titleDate } from './layout.ts'

export const dmeposTable = defineTable({
  schema: 'dmepos',
  name: 'dmepos',
  summary:
    'DMEPOS fees by state, in dollars, without parenteral and enteral nutrition (api.dmepos_pen). A fee does not say that Medicare covers the item.',
  grain: 'HCPCS code, modifiers, state',
  columns: {
    hcpcs,
    modifier,
    modifier_2: secondModifier,
    state,
    non_rural_fee: nonRuralFee,
    rural_fee: ruralFee,
    ceiling: column(
      fee,
      'National ceiling of the fee in dollars; null where the fee has none (0.00). Pays nothing by itself.',
    ),
    floor: column(
      fee,
      'National floor of the fee in dollars; null where the fee has none (0.00). Pays nothing by itself.',
    ),
    jurisdiction: column(
      code(...'DLJ'),
      'Who processes the claim: D a DME MAC, L a Part B MAC, J either.',
    ),
    category: column(
      paymentCategory,
      'Payment category: IN inexpensive or routinely purchased, FS frequently serviced, CR capped rental, OX oxygen, OS ostomy, tracheostomy and urological, SD surgical dressings, PO prosthetics and orthotics, SU supplies, TE nerve stimulators, TS therapeutic shoes, IL intraocular lenses, SC splints and casts, LC lymphedema compression, LT labor.',
    ),
    short_description: shortDescription,
  },
  key: ['hcpcs', 'modifier', 'modifier_2', 'state'],
  areas: ['state', 'non_rural_fee', 'rural_fee'],
  amount: 'non_rural_fee',
})

export const dmepos = defineFile({
  name: 'dmepos',
  title: 'DMEPOS fees by state',
  table: dmeposTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  member: new RegExp(`^DMEPOS\\d*[ _-]*${months}`, 'i'),
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
        jurisdiction: 'JURIS',
        category: 'CATG',
        ceiling: 'CEILING',
        floor: 'FLOOR',
        state: null,
        non_rural_fee: null,
        rural_fee: null,
        short_description: /^DESC(RIPTION)?$/,
      },
      areas: stateColumns,
    },
  ],
  txt: [],
  seen: { csv: seen, xlsx: seen },
})
