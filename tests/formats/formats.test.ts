import { describe, expect, test } from 'vitest'
import type { TxtLayout } from '../../schemas/file.ts'
import { readDelimited } from '../../src/formats/csv.ts'
import { readLines } from '../../src/formats/fixed-width.ts'
import { decode, type TextFile } from '../../src/formats/text.ts'

const bytes = (text: string) => decode(Buffer.from(text, 'latin1'), 'x')
const readCsv = (text: string, member: string) => readDelimited(text, member, ',')
const lines = ({ rows }: TextFile) => rows.map(({ line, cells }) => [line, ...cells])

describe('CSV', () => {
  test('CRLF, LF and bare CR end a line; blank rows and Ctrl-Z are counted, not given', () => {
    const file = readCsv(bytes('a,b\r\n,\r\nc, d \n\re,f\r\x1a,\r\n'), 'x.csv')
    expect(file.rows).toEqual([
      { line: 1, cells: ['a', 'b'], afterGap: false },
      { line: 3, cells: ['c', 'd'], afterGap: true },
      { line: 5, cells: ['e', 'f'], afterGap: true },
    ])
    expect(file.blank).toBe(3)
    expect(file.raw(3)).toBe('c, d ')
  })

  test('a quoted line break does not shift the line numbers', () => {
    const file = readCsv(bytes('a,"b\nc"\nd,e\n'), 'x.csv')
    expect(lines(file)).toEqual([
      [1, 'a', 'b\nc'],
      [3, 'd', 'e'],
    ])
  })

  test('Windows-1252 is read as such', () => {
    expect(lines(readCsv(decode(Buffer.from([0x61, 0x92, 0xa0, 0x62]), 'x'), 'x.csv'))).toEqual([
      [1, 'a’\u00a0b'],
    ])
  })

  test.each([
    ['UTF-16', Buffer.from('\ufeffa,é\n', 'utf16le')],
    ['UTF-16 the other way round', Buffer.from('\ufeffa,é\n', 'utf16le').swap16()],
    ['UTF-8', Buffer.from('\ufeffa,é\n')],
    ['UTF-8 without a mark', Buffer.from('a,é\n')],
    ['Windows-1252', Buffer.from('a,é\n', 'latin1')],
  ])('%s is read as such', (_, text) => {
    expect(lines(readCsv(decode(text, 'x'), 'x.csv'))).toEqual([[1, 'a', 'é']])
  })

  test.each([
    ['UTF-16 without its mark', Buffer.from('a,b\n', 'utf16le'), 'x.csv: byte 2 is NUL'],
    [
      'a cut in a letter of UTF-16',
      Buffer.from('\ufeffa,b\n', 'utf16le').subarray(0, -1),
      'UTF-16LE',
    ],
    [
      'a mark of UTF-8 before Windows-1252',
      Buffer.from('\u{ef}\u{bb}\u{bf}a,é\n', 'latin1'),
      'UTF-8',
    ],
  ])('%s is refused, for nobody can tell what it means', (_, text, says) => {
    expect(() => decode(text, 'x.csv')).toThrow(
      expect.objectContaining({ code: 'E_ENCODING', message: expect.stringContaining(says) }),
    )
  })

  test('UTF-8 is read as such where its mark says so, and the mark is no text', () => {
    expect(lines(readCsv(decode(Buffer.from('\ufeffa,é\n'), 'x'), 'x.csv'))).toEqual([
      [1, 'a', 'é'],
    ])
  })

  test('a quote that is not closed is refused with its line', () => {
    expect(() => lines(readCsv(bytes('a,b\nc,"d\ne,f\n'), 'x.csv'))).toThrow(/x\.csv, line 2/)
  })
})

describe('fixed width', () => {
  const layout: TxtLayout = {
    since: '2020-01-01',
    record: /^[A-Z]\d/,
    columns: { code: [1, 2], unpublished: null, value: [4, 6] },
  }

  test('records are cut; header, notes and blank lines are counted', () => {
    const file = readLines(bytes('HDR x\r\nA1 1.0\r\n\r\nB2  20\r\nnote\r\n\x1a'), layout)
    expect(lines(file)).toEqual([
      [2, 'A1', '1.0', ''],
      [4, 'B2', '20', ''],
    ])
    expect(file).toMatchObject({ header: 1, notes: 1, blank: 1 })
  })

  test('text between the fields comes last, and a broken record in the middle is not dropped', () => {
    const file = readLines(bytes('A1x1.0 y\n?? 3\nB2 2.0\n'), layout)
    expect(lines(file)).toEqual([
      [1, 'A1', '1.0', 'xy'],
      [2, '??', '3', ''],
      [3, 'B2', '2.0', ''],
    ])
  })

  test('a pattern cuts a line whose columns move; one that it does not fit is no column of it', () => {
    const moving: TxtLayout = {
      since: '2009-01-01',
      record: /^\s*\d{5}\s/,
      pattern: /^\s*(?<mac>\d{5})\s+(?<name>\S.*?)\s+(?<index>\d\.\d{3})$/,
    }
    const file = readLines(
      bytes('00510  Alabama 1.000\n  02102 Alaska, AK    1.500\n00512 cut\n'),
      moving,
    )
    expect(file.fields).toEqual(['mac', 'name', 'index'])
    expect(lines(file)).toEqual([
      [1, '00510', 'Alabama', '1.000', ''],
      [2, '02102', 'Alaska, AK', '1.500', ''],
      [3, '', '', '', '00512 cut'],
    ])
  })

  test('a delimiter cuts a line into its fields; one that has more or fewer is no record', () => {
    const delimited: TxtLayout = {
      since: '2024-01-01',
      record: /^20\d\d~/,
      delimiter: '~',
      fields: ['year', 'code', 'text'],
    }
    const file = readLines(
      bytes('HDR~a notice\r\n2025~A1~ text \r\n2025~B2\r\n2025~C3~a~b\r\n2025~~\r\n'),
      delimited,
    )
    expect(file).toMatchObject({ fields: ['year', 'code', 'text'], header: 1 })
    expect(lines(file)).toEqual([
      [2, '2025', 'A1', 'text', ''],
      [3, '2025', 'B2', '', '2025~B2'],
      [4, '2025', 'C3', 'a', '2025~C3~a~b'],
      [5, '2025', '', '', ''],
    ])
  })
})
