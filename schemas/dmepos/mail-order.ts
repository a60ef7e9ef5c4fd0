/** Fees of diabetic testing supplies that come by mail (modifier KL), the same in all of the United States. */
import { hcpcs } from '../columns.ts'
import { fee } from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'
import {
  modifier,
  optionalCategory,
  secondModifier,
  shortDescription,
  thirdModifier,
} from './columns.ts'
import { mayChange, months, seen, titleDate } from './layout.ts'

export const mailOrderTable = defineTable({
  schema: 'dmepos',
  name: 'dmepos_mail_order',
  summary:
    'Fees of diabetic testing supplies by mail order (modifier KL), in dollars, for the whole country.',
  grain: 'HCPCS code, modifiers',
  columns: {
    hcpcs,
    modifier,
    modifier_2: secondModifier,
    modifier_3: thirdModifier,
    fee: column(fee, 'Fee in dollars; null where CMS sets none.'),
    category: optionalCategory,
    short_description: shortDescription,
  },
  key: ['hcpcs', 'modifier', 'modifier_2', 'modifier_3'],
  amount: 'fee',
})

export const mailOrder = defineFile({
  name: 'dmepos_mail_order',
  title: 'Fees of diabetic testing supplies by mail order',
  table: mailOrderTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  member: new RegExp(
    `^Former[ _]CBA[ _]National[ _]Mail.*?${months}[A-Z]*[ _]?(?<year>20\\d\\d)?`,
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
        fee: 'NATIONAL MAIL-ORDER',
        short_description: /^DESC(RIPTION)?$/,
      },
    },
  ],
  txt: [{ since: '2025-01-01', tabbed: true }],
  seen: { csv: seen, txt: seen, xlsx: seen },
})
