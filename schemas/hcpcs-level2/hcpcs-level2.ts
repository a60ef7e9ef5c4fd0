/**
 * HCPC<year>_ANWEB, the HCPCS Level II file: every procedure code and every modifier, with what it means
 * and how Medicare covers and prices it. Follows HCPCS<year>_recordlayout.txt: records of 320 characters,
 * the long description running on over lines that hold nothing else.
 */

import { code, count, day, levelTwo, list, named, optional, text } from '../fields.ts'
import { defineFile, type Places, type SourceRecord } from '../file.ts'
import { column, defineTable } from '../table.ts'

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
      record.unclaimedText === '' &&
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

export const hcpcsTable = defineTable({
  schema: 'hcpcs',
  name: 'hcpcs',
  summary: 'HCPCS Level II codes and modifiers (ANWEB).',
  grain: 'code or modifier',
  columns: {
    hcpcs: column(levelTwo, 'HCPCS Level II code of five characters, or modifier of two.'),
    kind: column(
      named({ 3: 'procedure', 7: 'modifier' }),
      'procedure for a code, modifier for a modifier.',
    ),
    long_description: column(text, "CMS's long description, its lines joined."),
    short_description: column(text, "CMS's short description, at most 28 characters."),
    pricing_indicators: column(
      optional(list(2, /\d\d/, 'pricing indicators of two digits')),
      'How Part B prices it, up to four: 00 not separately priced, 11 national RVUs, 13 by the contractor, 21 laboratory, 31–39 and 45–46 durable medical equipment and supplies, 51 drugs, 52 reasonable charge, 53 statute, 99 no value; others as in the record layout. Null for modifiers.',
    ),
    multiple_pricing_indicator: column(
      optional(code(...'9ABCDEFG')),
      'Priced by several methods: 9 not priced or no value, A by one, B and C professional part by RVUs and the rest otherwise, D to F until 1998, G laboratory with blood products. Null for modifiers.',
    ),
    coverage_issues_references: column(
      optional(list(6, /[^"\\]+/, 'sections of the manual')),
      'Sections of the Coverage Issues Manual, up to three; null where there are none.',
    ),
    carriers_manual_references: column(
      optional(list(8, /[^"\\]+/, 'sections of the manual')),
      'Sections of the Medicare Carriers Manual, up to three; null where there are none.',
    ),
    statute: column(
      optional(text),
      'Law that covers or excludes it, as CMS prints it; null where none is given.',
    ),
    lab_certifications: column(
      optional(list(3, /\d{3}/, 'certifications of three digits')),
      'Certifications that a laboratory needs, up to eight; null where there are none.',
    ),
    cross_references: column(
      optional(list(5, /[A-Z\d]{2,5}/, 'codes')),
      'Codes or modifiers that CMS refers to, up to five; null where there are none.',
    ),
    coverage_indicator: column(
      optional(code(...'CDIMS')),
      'Coverage: C judgment of the contractor, D special instructions, I not payable by Medicare, M not covered, S by statute; null where CMS gives none.',
    ),
    asc_group: column(
      optional(text),
      'YY where it is approved for ambulatory surgical centers; null elsewhere.',
    ),
    asc_group_effective_on: column(
      optional(day),
      'Since when it is in that group; null where it is in none.',
    ),
    mog_group: column(optional(text), 'Medicare outpatient group; null where it is in none.'),
    mog_payment_indicator: column(
      optional(code(...'1234679')),
      'Payment policy of that group: 1 covered, 2 bundled, 3 excluded, 4 invalid, 6 separate, 7 restricted, 9 not applicable; null where there is none.',
    ),
    mog_group_effective_on: column(
      optional(day),
      'Since when it is in that group; null where it is in none.',
    ),
    processing_note: column(
      optional(text),
      'Number of its processing note, in the file proc_notes; null where there is none.',
    ),
    betos: column(
      optional(text),
      'Berenson-Eggers type of service, such as D1A for medical and surgical supplies; null for modifiers.',
    ),
    types_of_service: column(
      optional(list(1, /[A-Z\d]/, 'types of service')),
      'Types of service, up to five of one character each, such as 9 other items, P purchase and R rental of durable medical equipment; null for modifiers.',
    ),
    anesthesia_base_units: column(optional(count), 'Anesthesia base units; null for modifiers.'),
    added_on: column(day, 'Day on which it was added to HCPCS.'),
    action_effective_on: column(
      optional(day),
      'Day on which its last change took effect; null where CMS left it out (A5513 of 2019).',
    ),
    terminated_on: column(
      optional(day),
      'Last day on which it may be used; null where it has no end.',
    ),
    action_code: column(
      code(...'ABCDFNPRST'),
      'Its change in this release: A added, B and C long description, D discontinued, F administrative data, N none, P payment, R reactivated, S short description, T BETOS or type of service.',
    ),
  },
  key: ['hcpcs'],
  rowCheck(cell, report) {
    if ((cell('kind') === 'modifier') !== (cell('hcpcs')?.length === 2)) {
      report('kind', `${cell('hcpcs')} cannot be a ${cell('kind')}`)
    }
  },
})

export const hcpcs = defineFile({
  name: 'hcpcs',
  title: 'HCPCS Level II codes and modifiers (ANWEB)',
  table: hcpcsTable,
  codes: { column: 'hcpcs', descriptions: ['long_description', 'short_description'] },
  member: /^HCPC(?<year>\d{4})_(?:(?<month>JAN|APR|JUL|OCT)_)?(?:CONTR_)?ANWEB/i,
  constants: { sequence: text },
  seen: { txt: ['HCPC2019_ANWEB'] },
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
})
