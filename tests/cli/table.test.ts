/** Tables that fit: nothing is lost, and nothing that must stay whole is broken. */
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { formatGrid } from '../../src/cli/table.ts'

const widest = (text: string) => Math.max(...text.split('\n').map((line) => stringWidth(line)))
/** The text of each column, its lines put together again. */
const columnsOf = (text: string) => {
  const lines = text.split('\n').filter((line) => !line.startsWith('──'))
  return lines
    .map((line) => line.split('│').map((cell) => cell.trim()))
    .reduce(
      (columns, cells) => cells.map((cell, at) => `${columns[at] ?? ''}${cell}`),
      [] as string[],
    )
}

describe('a table', () => {
  test('is as wide as its text where there is room', () => {
    expect(
      formatGrid(
        ['code', 'name'],
        [
          ['G0101', 'a b'],
          ['A4306', null],
        ],
        80,
      ),
    ).toBe(' code  │ name \n───────┼──────\n G0101 │ a b  \n A4306 │')
  })

  test('goes on in the next line of its widest column where there is not', () => {
    const text = formatGrid(['code', 'text'], [['G0101', 'one two three four five six seven']], 24)
    expect(text).toBe(
      [
        ...[' code  │ text          ', '───────┼───────────────'],
        ...[' G0101 │ one two three ', '       │ four five six ', '       │ seven'],
      ].join('\n'),
    )
  })

  test('breaks no number, date or code', () => {
    const row = [
      'G0101',
      '2025-01-01',
      '12345.67',
      '38.20 → 37.85',
      'a long text that has to be broken somewhere',
    ]
    const text = formatGrid(['hcpcs', 'valid_from', 'amount', 'change', 'text'], [row], 60)
    expect(widest(text)).toBeLessThanOrEqual(60)
    for (const whole of row.slice(0, 3)) expect(text).toContain(whole ?? '')
  })

  test('breaks long words, such as a sha256, and names of columns after an underscore', () => {
    const text = formatGrid(['sha256', 'rows_accepted', 'n'], [['ab'.repeat(32), '1', '2']], 44)
    expect(widest(text)).toBeLessThanOrEqual(44)
    expect(columnsOf(text)).toEqual([`sha256${'ab'.repeat(32)}`, 'rows_accepted1', 'n2'])
  })

  test('of wide characters keeps its columns', () => {
    const name = '日本語の長い名前がここにあります'
    const text = formatGrid(
      ['code', 'name'],
      [
        ['G0101', name],
        ['A4306', 'é'],
      ],
      36,
    )
    expect(widest(text)).toBeLessThanOrEqual(36)
    const edges = text.split('\n').map((line) => stringWidth(line.slice(0, line.search(/[│┼]/))))
    expect(new Set(edges)).toEqual(new Set([7]))
    expect(columnsOf(text)[1]).toBe(`name${name}é`)
  })

  test('with more columns than fit becomes a block for each row', () => {
    const columns = Array.from({ length: 20 }, (_, at) => `column_${at}`)
    const text = formatGrid(columns, [columns.map((_, at) => at), columns.map(() => null)], 60)
    expect(widest(text)).toBeLessThanOrEqual(60)
    expect(text).toMatch(
      /^row 1 of 2\n column_0 {2}│ 0 +\n[\s\S]* column_19 │ 19 *\n\nrow 2 of 2\n/,
    )
  })

  test('shows what would move a cursor by its name', () => {
    const text = formatGrid(['\u001b[2J'], [['a\nb'], [{ name: '\u009b31m' }]], 80)
    for (const control of ['\u001b', '\u009b']) expect(text).not.toContain(control)
    expect(text).toContain('a\\nb')
  })

  test('of whatever text fits, and loses none of its words', () => {
    const cell = fc.stringMatching(/^[a-zé日 ,;-]{0,60}$/)
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 90, max: 200 }),
        (rows, width) => {
          const text = formatGrid(['first', 'second', 'third'], rows, width)
          expect(widest(text)).toBeLessThanOrEqual(width)
          const letters = (all: string) => [...all.replace(/[\s│─┼]/g, '')].sort().join('')
          expect(letters(text)).toBe(letters(`first second third ${rows.flat().join('')}`))
        },
      ),
    )
  })
})
