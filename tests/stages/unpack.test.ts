import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { zipOf } from '../../fixtures/zip.ts'
import { archiveSource } from '../../src/stages/archive.ts'
import { unpack } from '../../src/stages/unpack.ts'
import { codeOfAsync } from '../helpers/errors.ts'
import { makeFolder } from '../helpers/folder.ts'

let folder: string
beforeAll(async () => {
  folder = await makeFolder('unpack')
})

async function refusal(content: string | Buffer, limit?: number): Promise<string | undefined> {
  const path = join(folder, 'rvu25a.zip')
  await writeFile(path, content)
  const archive = join(folder, 'archive')
  const artifact = await archiveSource(archive, path, () => true)
  return codeOfAsync(async () => {
    const members = await unpack(archive, artifact, limit)
    for (const name of members.names) await members.read(name)
  })
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

test('the limit on inflated bytes is that of the release', async () => {
  const zip = await zipOf(new Map([['GPCI2025.csv', Buffer.alloc(5000)]]))
  expect(await refusal(zip)).toBeUndefined()
  expect(await refusal(zip, 4999)).toBe('E_ZIP_UNSAFE')
})
