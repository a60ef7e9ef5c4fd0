import { utils, write } from '@e965/xlsx'
import { describe, expect, test } from 'vitest'
import { zipOf } from '../../fixtures/zip.ts'
import { readWorkbook } from '../../src/formats/workbook.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { workbookOf } from '../helpers/zips.ts'

test('cells are trimmed text, and blank rows are counted, not given', async () => {
  const sheet = await readWorkbook(
    await workbookOf([
      ['A title that CMS puts above'],
      [],
      ['Contractor ', 'Locality'],
      ['10112', '00'],
      ['\u001a'],
      [null, ' '],
      [' 02102 ', null, 'after'],
    ]),
    'ANES2025.xlsx',
  )
  const rows = [...sheet.rows].flat()
  expect(rows.map(({ line, afterGap }) => [line, afterGap])).toEqual([
    [1, false],
    [3, true],
    [4, false],
    [7, true],
  ])
  expect(rows.at(-1)?.cells).toEqual(['02102', '', 'after'])
  expect(rows[1]?.cells.slice(0, 2)).toEqual(['Contractor', 'Locality'])
  expect(sheet.blank).toBe(3)
})

test("a number is the shortest decimal of Excel's double", async () => {
  const workbook = await workbookOf([[19.309999999999999, 0.86899999999999999, 32.346499999999999]])
  const [row] = [...(await readWorkbook(workbook, 'x.xlsx')).rows].flat()
  expect(row?.cells).toEqual(['19.31', '0.869', '32.3465'])
})

test('what is no workbook is refused', async () => {
  const refusal = (bytes: Buffer) => codeOfAsync(() => readWorkbook(bytes, 'GPCI2025.xlsx'))
  expect(await refusal(Buffer.from('<html>'))).toBe('E_NOT_A_WORKBOOK')
  expect(await refusal(Buffer.from('PK cut'))).toBe('E_ZIP_TRUNCATED')
  expect(await refusal(await zipOf(new Map([['GPCI2025.csv', Buffer.from('a,b')]])))).toBe(
    'E_NOT_A_WORKBOOK',
  )
  const whole = await workbookOf([['a', 'b']])
  expect(await refusal(whole.subarray(0, whole.length - 30))).toBe('E_ZIP_TRUNCATED')
})

describe('the XLS of 2009', () => {
  const xls = (rows: unknown[][]): Buffer => {
    const workbook = utils.book_new(utils.aoa_to_sheet(rows), 'stale name')
    return write({ ...workbook, Props: { Title: 'title' } }, { type: 'buffer', bookType: 'biff8' })
  }
  const rows = [['a title'], [], ['Contractor ', 'GPCI'], ['00510', 0.86899999999999999], [510, 1]]

  test('is read as the XLSX is', async () => {
    const [old, young] = await Promise.all(
      [xls(rows), await workbookOf(rows as string[][])].map((bytes) => readWorkbook(bytes, 'x')),
    )
    const textOf = (sheet: typeof old) => sheet?.rows.map(({ line, cells }) => [line, ...cells])
    expect(textOf(old)?.slice(1)).toEqual([
      [3, 'Contractor', 'GPCI'],
      [4, '00510', '0.869'],
      [5, '510', '1'],
    ])
    expect(textOf(young)?.slice(1)).toEqual(textOf(old)?.slice(1))
  })

  test('is refused where it is cut, damaged, or made to exhaust the memory', async () => {
    const refusal = (bytes: Buffer) =>
      codeOfAsync(() =>
        readWorkbook(bytes, 'GPCI09.xls', undefined, { megabytes: 64, seconds: 60 }),
      )
    const whole = xls(rows)
    expect(await refusal(whole.subarray(0, whole.length / 2))).toBe('E_NOT_A_WORKBOOK')
    const damaged = Buffer.from(whole).fill(0x41, 0x30, 0x60)
    expect(await refusal(damaged)).toBe('E_NOT_A_WORKBOOK')
    // Its title, said to be three billion properties.
    const endless = Buffer.from(whole)
    const properties = Buffer.from('e0859ff2f94f6810ab9108002b27b3d930000000', 'hex')
    const at = endless.indexOf(properties)
    expect(at).toBeGreaterThan(0)
    endless.writeUInt32LE(0xd3000007, at + properties.length + 4)
    expect(await refusal(endless)).toBe('E_NOT_A_WORKBOOK')
  })
})
