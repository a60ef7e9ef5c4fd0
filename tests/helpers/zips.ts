import { readFile } from 'node:fs/promises'
import { zipOf } from '../../fixtures/zip.ts'
import { openZip } from '../../src/formats/zip.ts'

export async function readZip(path: string): Promise<Map<string, Uint8Array>> {
  const zip = await openZip(await readFile(path), path)
  const files = new Map<string, Uint8Array>()
  for (const name of zip.names) files.set(name, await zip.read(name))
  return files
}

/** Cells of one sheet; a number becomes a numeric cell, null no cell. */
export type SheetCells = readonly (readonly (string | number | null)[])[]

/** The smallest workbook that Excel would open. */
export function workbookOf(rows: SheetCells): Promise<Buffer> {
  const cell = (value: string | number | null, at: string): string => {
    if (value === null) return ''
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${inXml(value)}</t></is></c>`
  }
  const sheet = rows.map((cells, index) => {
    const row = index + 1
    return `<row r="${row}">${cells.map((value, column) => cell(value, `${letters(column)}${row}`)).join('')}</row>`
  })
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="21LOCCO" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${xml}<worksheet xmlns="${main}"><sheetData>${sheet.join('')}</sheetData></worksheet>`,
  }
  return zipOf(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])))
}

const inXml = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)

const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') +
  String.fromCharCode(65 + (column % 26))
