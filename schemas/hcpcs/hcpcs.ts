/**
 * HCPC<year>_ANWEB, the HCPCS Level II file: every procedure code and every modifier, with what it means
 * and how Medicare covers and prices it. Follows HCPCS<year>_recordlayout.txt: records of 320 characters,
 * the long description running on over lines that hold nothing else.
 */
import { defineDataset, type Places, type SourceRecord } from '../dataset.ts'
import { code, count, day, levelTwo, list, named, optional, text } from '../fields.ts'

/** Record id of the first line of a code, and of the lines that continue its long description. */
const CONTINUES: Readonly<Record<string, string>> = { 4: '3', 8: '7' }

/**
 * A line that does not follow its first line in order, or holds more than text, stays a record of its own:
 * its record id then rejects it, and the key that both have rejects the first line with it.
 */
function joinDescriptions(
  records: readonly SourceRecord[],
  at: Places<'hcpcs' | 'sequence' | 'kind' | 'long_description'>,
): SourceRecord[] {
  const own = new Set([at.hcpcs, at.sequence, at.kind, at.long_description])
  const joined: SourceRecord[] = []
  let next = 0
  for (const record of records) {
    const first = joined.at(-1)
    const { cells } = record
    const continues =
      first !== undefined &&
      first.cells[at.hcpcs] === cells[at.hcpcs] &&
      first.cells[at.kind] === CONTINUES[cells[at.kind] ?? ''] &&
      Number(cells[at.sequence]) === next &&
      record.stray === '' &&
      cells.every((cell, place) => !cell || own.has(place))
    if (continues) {
      first.cells[at.long_description] =
        `${first.cells[at.long_description] ?? ''}\n${cells[at.long_description] ?? ''}`
          // CMS breaks lines at spaces, and after a hyphen or slash within a word.
          .replace(/(?<=\S[-/])\n/, '')
          .replace('\n', ' ')
      next += 100
    } else {
      joined.push(record)
      next = Number(cells[at.sequence]) + 100
    }
  }
  return joined
}

export const hcpcs = defineDataset({
  name: 'hcpcs',
  title: 'HCPCS Level II codes and modifiers (ANWEB)',
  table: 'hcpcs',
  member: /^HCPC(?<year>\d{4})_(?:(?<month>JAN|APR|JUL|OCT)_)?(?:CONTR_)?ANWEB/i,
  fields: {
    hcpcs: levelTwo,
    sequence: text,
    kind: named({ 3: 'procedure', 7: 'modifier' }),
    long_description: text,
    short_description: text,
    pricing_indicators: optional(list(2, /\d\d/, 'pricing indicators of two digits')),
    multiple_pricing_indicator: optional(code(...'9ABCDEFG')),
    coverage_issues_references: optional(list(6, /[^"\\]+/, 'sections of the manual')),
    carriers_manual_references: optional(list(8, /[^"\\]+/, 'sections of the manual')),
    statute: optional(text),
    lab_certifications: optional(list(3, /\d{3}/, 'certifications of three digits')),
    cross_references: optional(list(5, /[A-Z\d]{2,5}/, 'codes')),
    coverage_indicator: optional(code(...'CDIMS')),
    asc_group: optional(text),
    asc_group_effective_on: optional(day),
    mog_group: optional(text),
    mog_payment_indicator: optional(code(...'1234679')),
    mog_group_effective_on: optional(day),
    processing_note: optional(text),
    betos: optional(text),
    types_of_service: optional(list(1, /[A-Z\d]/, 'types of service')),
    anesthesia_base_units: optional(count),
    added_on: day,
    action_effective_on: optional(day),
    terminated_on: optional(day),
    action_code: code(...'ABCDFNPRST'),
  },
  key: ['hcpcs'],
  constants: ['sequence'],
  evidence: { txt: [['2019-01-01', 'real bytes']] },
  csv: [],
  txt: [
    {
      since: '2019-01-01',
      record: /^([A-Z]\d{4}| {3}[A-Z\d]{2})\d{5}[3478]/,
      columns: {
        hcpcs: [1, 5],
        sequence: [6, 10],
        kind: [11, 11],
        long_description: [12, 91],
        short_description: [92, 119],
        pricing_indicators: [120, 127],
        multiple_pricing_indicator: [128, 128],
        coverage_issues_references: [129, 146],
        carriers_manual_references: [147, 170],
        statute: [171, 180],
        lab_certifications: [181, 204],
        cross_references: [205, 229],
        coverage_indicator: [230, 230],
        asc_group: [231, 232],
        asc_group_effective_on: [233, 240],
        mog_group: [241, 243],
        mog_payment_indicator: [244, 244],
        mog_group_effective_on: [245, 252],
        processing_note: [253, 256],
        betos: [257, 259],
        types_of_service: [261, 265],
        anesthesia_base_units: [266, 268],
        added_on: [269, 276],
        action_effective_on: [277, 284],
        terminated_on: [285, 292],
        action_code: [293, 293],
      },
    },
  ],
  join: joinDescriptions,
  rowCheck(cell, report) {
    if ((cell('kind') === 'modifier') !== (cell('hcpcs').length === 2)) {
      report('kind', `${cell('hcpcs')} cannot be a ${cell('kind')}`)
    }
  },
})
