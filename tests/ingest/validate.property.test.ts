/** A row is judged cell by cell, and what was accepted is remembered: the row's schema must say the same. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pfs } from '../../pipelines/pfs.ts'
import { cleanedByName, type SourceFile, type SourceRecord } from '../../schemas/file.ts'
import { matchMembers } from '../../src/ingest/match.ts'
import { type ParsedFile, parse } from '../../src/ingest/parse.ts'
import { validate } from '../../src/ingest/validate.ts'
import { FIXTURES } from '../../src/paths.ts'
import { datesOf, parseRelease } from '../../src/releases.ts'
import { readZip } from '../helpers/zips.ts'

const release = parseRelease('RVU25A')
const { effectiveFrom } = datesOf(pfs, release)
const members = await readZip(join(FIXTURES, 'rvu25a.zip'))
const { matches } = matchMembers([...members.keys()], pfs.files, effectiveFrom)
const files = await Promise.all(
  matches.map(async (match) => {
    const bytes = members.get(match.member) ?? new Uint8Array()
    const file = await parse({ ...match, bytes }, release, effectiveFrom)
    return { dataset: match.dataset, file, records: file.records }
  }),
)

/** The row as it would be stored, or null where it is rejected. */
function judged(file: ParsedFile, record: SourceRecord): readonly (string | null)[] | null {
  const [row] = validate({ ...file, records: [record] }).rows
  return row?.map(({ value }) => value) ?? null
}

function expected(dataset: SourceFile, { cells }: SourceRecord): readonly (string | null)[] | null {
  const cleaned = cleanedByName(dataset, cells)
  return dataset.schema.safeParse(cleaned).success ? Object.values(cleaned) : null
}

const oddCells = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    '0',
    '.5',
    '00.50',
    '7',
    'NA',
    '+',
    '99',
    'XXX',
    'A',
    '2102',
    '\u001a',
  ),
  fc.string({ maxLength: 14 }),
)

describe.each(files)('$dataset.name', ({ dataset, file, records }) => {
  test('says of any row what its schema says', () => {
    const some = fc.record({
      record: fc.nat(records.length - 1),
      at: fc.nat(Object.keys(dataset.fields).length - 1),
      cell: oddCells,
    })
    fc.assert(
      fc.property(some, ({ record: number, at, cell }) => {
        const record = records[number] as SourceRecord
        const odd = { ...record, cells: record.cells.with(at, cell) }
        for (const each of [record, odd]) {
          expect(judged(file, each)).toEqual(expected(dataset, each))
        }
      }),
      { numRuns: 300 },
    )
  })
})
