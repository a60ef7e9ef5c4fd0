import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { zipOf } from '../../fixtures/zip.ts'
import { archiveSource } from '../../src/ingest/archive.ts'
import { unpack } from '../../src/ingest/unpack.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { makeFolder } from '../helpers/folder.ts'

let folder: string
beforeAll(async () => {
  folder = await makeFolder('unpack')
})

const refusedWith = (content: Buffer) => open(content).catch((error) => error)

const refusal = (content: string | Buffer, limit?: number): Promise<string | undefined> =>
  codeOfAsync(() => open(content, limit))

async function open(content: string | Buffer, limit?: number): Promise<void> {
  const path = join(folder, 'rvu25a.zip')
  await writeFile(path, content)
  const archive = join(folder, 'archive')
  const artifact = await archiveSource(archive, path, () => true)
  const members = await unpack(archive, artifact, limit)
  for (const name of members.names) await members.read(name)
}

test.each([
  ['nothing', '', 'E_EMPTY_FILE'],
  ['a web page', '\n<!DOCTYPE html><title>CMS.gov</title>', 'E_HTML_NOT_ZIP'],
  ['a web page with a byte order mark', '\u{feff}<html>', 'E_HTML_NOT_ZIP'],
  ['another archive', '7z\u{bc}\u{af}', 'E_NOT_A_ZIP'],
  ['text that begins as a zip does', 'PK is not enough', 'E_NOT_A_ZIP'],
])('%s with the name of a zip is refused', async (_, content, code) => {
  expect(await refusal(content)).toBe(code)
})

test.each([
  ['packed by gzip', gzipSync('HCPCS,MOD\n'), /^Unpack it/],
  [
    'a tar archive',
    Buffer.concat([Buffer.from('PPRRVU25_JAN.csv'), Buffer.alloc(241), Buffer.from('ustar')]),
    /^Unpack it/,
  ],
  ['a 7z archive', Buffer.from('7z\u{bc}\u{af}\u{27}\u{1c}', 'latin1'), /^Unpack it/],
  ['a RAR archive', Buffer.from('Rar!\u{1a}\u{7}', 'latin1'), /^Unpack it/],
  ['a text file', Buffer.from('HCPCS,MOD,DESCRIPTION\n'), /^Put it into a folder/],
  ['a text file', Buffer.from('\u{feff}HCPCS,MOD\n', 'utf16le'), /^Put it into a folder/],
  [
    'a file of Excel or Word of before 2007',
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    /^Put it into a folder/,
  ],
  ['a PDF', Buffer.from('%PDF-1.7'), /^Give the zip/],
])('%s is named as what it is', async (is, content, next) => {
  const error = await refusedWith(content)
  expect(error).toMatchObject({ code: 'E_NOT_A_ZIP', message: expect.stringContaining(is) })
  expect(error).toMatchObject({ next: expect.stringMatching(next) })
})

test('a workbook is a zip, and no release', async () => {
  const workbook = await zipOf(
    new Map([
      ['[Content_Types].xml', Buffer.from('<Types/>')],
      ['xl/workbook.xml', Buffer.from('<workbook/>')],
    ]),
  )
  expect(await refusedWith(workbook)).toMatchObject({
    code: 'E_NOT_A_ZIP',
    next: expect.stringMatching(/^Put it into a folder/),
  })
})

test('the limit on inflated bytes is that of the release', async () => {
  const zip = await zipOf(new Map([['GPCI2025.csv', Buffer.alloc(5000)]]))
  expect(await refusal(zip)).toBeUndefined()
  expect(await refusal(zip, 4999)).toBe('E_ZIP_UNSAFE')
})
