/**
 * LOCCO, the locality and county crosswalk. (MAC, locality) is not unique: 05302/99 stands twice, since
 * two carriers serve it, so `entry` counts the rows of a pair in file order. Counties are CMS's prose.
 */
import { locality as localityColumn, mac } from '../columns.ts'
import { count, optional, text } from '../fields.ts'
import { defineFile, type Places, type SourceRecord } from '../file.ts'
import { column, defineTable } from '../table.ts'
import { seenInZips } from './seen.ts'

/** Gives each row the state that stands only on the first row of its block, and its `entry`. */
function completeLocalities(
  records: readonly SourceRecord[],
  at: Places<'mac' | 'locality' | 'entry' | 'state'>,
): void {
  const entries = new Map<string, number>()
  let state: string | null = null
  for (const { cells, afterGap } of records) {
    // A blank line ends a state's block: the TXT names no state for California, and Arkansas is not it.
    if (cells[at.state] || afterGap) state = cells[at.state] ?? null
    cells[at.state] = state
    const pair = `${cells[at.mac]}/${cells[at.locality]}`
    const entry = (entries.get(pair) ?? 0) + 1
    entries.set(pair, entry)
    cells[at.entry] = String(entry)
  }
}

export const localityTable = defineTable({
  schema: 'pfs',
  name: 'locality',
  summary: 'Localities and their counties (LOCCO).',
  grain: 'MAC, locality, entry',
  columns: {
    mac,
    locality: localityColumn,
    entry: column(count, '1 for the first row of a MAC and locality in LOCCO, 2 for its next.'),
    state: column(
      optional(text),
      'State: its name in LOCCO, two letters in GPCI; null where the file names none.',
    ),
    fee_schedule_area: column(
      text,
      'Name of the fee schedule area (LOCCO), footnote marks included.',
    ),
    counties: column(text, "Counties, in CMS's prose (LOCCO)."),
  },
  key: ['mac', 'locality', 'entry'],
})

export const locality = defineFile({
  name: 'locality',
  title: 'Localities and counties (LOCCO)',
  table: localityTable,
  codes: null,
  member: /^(?=\D*(?<!V)(?<year>20\d\d|\d\d)(?!\d)|)[\d _-]*LOCCO/i,
  complete: completeLocalities,
  csv: [
    {
      since: '2009-01-01',
      headerRows: 1,
      labels: {
        // 'Carrier Number' until 2020.
        mac: [
          'MEDICARE ADMINSTRATIVE CONTRACTOR',
          'MEDICARE ADMINISTRATIVE CONTRACTOR',
          'CARRIER NUMBER',
        ],
        locality: 'LOCALITY NUMBER',
        entry: null,
        state: 'STATE',
        fee_schedule_area: 'FEE SCHEDULE AREA',
        counties: 'COUNTIES',
      },
    },
  ],
  txt: [
    {
      since: '2009-01-01',
      record: /^\s+\d{5}\s/,
      // A state is near the locality, and stands on the first row of its block only. What is one column wide stands
      // two blanks from the next.
      pattern:
        /^\s+(?<mac>\d{5})\s+(?<locality>\d\d)(\s{3,8}(?<state>\S.*?))?\s{2,}(?<fee_schedule_area>\S.*?)\s{2,}(?<counties>\S.*?)\s*$/,
    },
  ],
  seen: seenInZips,
})
