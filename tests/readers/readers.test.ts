import { describe, expect, test } from 'vitest'
import type { TxtLayout } from '../../schemas/dataset.ts'
import { BATCH } from '../../src/batches.ts'
import { readCsv } from '../../src/readers/csv.ts'
import { readFixedWidth } from '../../src/readers/fixed-width.ts'
import type { TextFile } from '../../src/readers/text.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const lines = ({ rows }: TextFile) => [...rows].flat().map(({ line, cells }) => [line, ...cells])

describe('CSV', () => {
  test('CRLF, LF and bare CR end a line; blank rows and Ctrl-Z are counted, not given', () => {
    const file = readCsv(bytes('a,b\r\n,\r\nc, d \n\re,f\r\x1a,\r\n'), 'x.csv')
    expect([...file.rows].flat()).toEqual([
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
    expect(lines(readCsv(Buffer.from([0x61, 0x92, 0xa0, 0x62]), 'x.csv'))).toEqual([
      [1, 'a’\u00a0b'],
    ])
  })

  test('UTF-8 is read as such where its mark says so, and the mark is no text', () => {
    expect(lines(readCsv(Buffer.from('\ufeffa,é\n'), 'x.csv'))).toEqual([[1, 'a', 'é']])
  })

  test('a quote that is not closed is refused with its line', () => {
    expect(() => lines(readCsv(bytes('a,b\nc,"d\ne,f\n'), 'x.csv'))).toThrow(/x\.csv, line 2/)
    const late = `${'a,b\n'.repeat(BATCH + 3)}c,"d\ne,f\n`
    expect(() => lines(readCsv(bytes(late), 'x.csv'))).toThrow(`line ${BATCH + 4}:`)
  })

  test.each([BATCH - 1, BATCH, BATCH + 1, 2 * BATCH, 2 * BATCH + 1])(
    'of %i rows, some of two lines, none is lost where a batch ends',
    (count) => {
      const rows = Array.from({ length: count }, (_, at) =>
        at % 7 === 3 ? `${at},"x\ny"` : `${at},z`,
      )
      for (const end of ['', '\n']) {
        const found = [...readCsv(bytes(rows.join('\n') + end), 'x.csv').rows].flat()
        expect(found.map(({ cells }) => Number(cells[0]))).toEqual([...rows.keys()])
        const twoLines = Math.floor((count - 1 + 3) / 7)
        expect(found.at(-1)?.line).toBe(count + twoLines)
      }
    },
  )
})

describe('fixed width', () => {
  const layout: TxtLayout = {
    since: '2020-01-01',
    record: /^[A-Z]\d/,
    columns: { code: [1, 2], unpublished: null, value: [4, 6] },
  }

  test('records are cut; header, notes and blank lines are counted', () => {
    const file = readFixedWidth(bytes('HDR x\r\nA1 1.0\r\n\r\nB2  20\r\nnote\r\n\x1a'), layout)
    expect(lines(file)).toEqual([
      [2, 'A1', '1.0', ''],
      [4, 'B2', '20', ''],
    ])
    expect(file).toMatchObject({ header: 1, notes: 1, blank: 1 })
  })

  test('text between the fields comes last, and a broken record in the middle is not dropped', () => {
    const file = readFixedWidth(bytes('A1x1.0 y\n?? 3\nB2 2.0\n'), layout)
    expect(lines(file)).toEqual([
      [1, 'A1', '1.0', 'xy'],
      [2, '??', '3', ''],
      [3, 'B2', '2.0', ''],
    ])
  })
})
