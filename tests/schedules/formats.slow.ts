/** CMS's own files: each format of a file says what the others do, row by row. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { unpackSource } from '../../fixtures/zip.ts'
import { asc } from '../../pipelines/asc.ts'
import { dmepos } from '../../pipelines/dmepos.ts'
import { FORMATS, type Row, type SourceFile } from '../../schemas/file.ts'
import { isMatched, matchMembers } from '../../src/ingest/match.ts'
import { parse } from '../../src/ingest/parse.ts'
import { validate } from '../../src/ingest/validate.ts'
import { parseRelease } from '../../src/releases.ts'
import { hasReal, REAL } from '../helpers/real.ts'

describe.skipIf(!hasReal).each([
  ['DME25A', dmepos, 'dmepos/dme25-a-rezipped.zip'],
  ['ASC25Q1', asc, 'asc/january-2025-asc-approved-hcpcs-code-and-payment-rates.zip'],
] as const)('%s', (release, schedule, zip) => {
  const from = '2025-01-01'
  const textOf = (row: Row) => row.map(({ value }) => value ?? '').join('\t')

  const formatsOf = ({ seen }: SourceFile) =>
    FORMATS.filter((format) => seen[format]?.includes(release))

  test.each(schedule.files.map((file) => [file.name, file] as const))('%s', async (_, file) => {
    const members = await unpackSource(join(REAL, zip), (name) => isMatched(name, [file]))
    const told = []
    for (const format of formatsOf(file)) {
      const [match] = matchMembers([...members.keys()], [file], from, format).matches
      if (!match) throw new Error(`${file.name} has no ${format}`)
      const bytes = members.get(match.member) ?? new Uint8Array()
      const { rows, rejected } = validate(
        await parse({ ...match, bytes }, parseRelease(release), from),
      )
      expect(rejected).toEqual([])
      told.push(rows.map(textOf).sort())
    }
    expect(told.length).toBeGreaterThan(1)
    for (const other of told.slice(1)) expect(other).toEqual(told[0])
  })
})
