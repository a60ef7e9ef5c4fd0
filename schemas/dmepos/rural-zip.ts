/** DMERuralZIP, the ZIP codes in which DMEPOS pays rural fees (42 CFR 414.202). Follows attachment A-5 of DMEREAD. */
import { stateCode, yearQuarter, zip } from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'
import { seen, states } from './layout.ts'

export const ruralZipTable = defineTable({
  schema: 'dmepos',
  name: 'dmepos_rural_zip',
  summary: 'ZIP codes in which DMEPOS pays the rural fee.',
  grain: 'ZIP code',
  columns: {
    zip: column(zip, 'ZIP code, five digits.'),
    state: column(stateCode, 'State in two letters.'),
  },
  key: ['zip'],
})

export const ruralZip = defineFile({
  name: 'dmepos_rural_zip',
  title: 'Rural ZIP codes of DMEPOS (DMERuralZIP)',
  table: ruralZipTable,
  codes: null,
  // 'DME Rural ZIP Code Quarter 1, 2025', DMERuralZip_Q32018
  member: /^DME ?Rural ?ZIP/i,
  since: '2016-01-01',
  constants: { year_quarter: yearQuarter },
  states,
  csv: [
    {
      since: '2016-01-01',
      headerRows: 1,
      labels: {
        state: 'STATE',
        zip: /^DMEPOS RURAL ZIP ?CODE$/,
        year_quarter: /^YEAR ?\/ ?(QTR|QUARTER)$/,
      },
    },
  ],
  txt: [{ since: '2016-01-01', tabbed: true }],
  seen: { csv: seen, txt: seen, xlsx: seen },
})
