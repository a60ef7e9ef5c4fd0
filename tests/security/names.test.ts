/** Names from outside are hostile: of releases, of files, of what is in a zip. */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { unpackFixture, zipOf } from '../../fixtures/zip.ts'
import { formatTable } from '../../src/cli/output.ts'
import { printable } from '../../src/cli/table.ts'
import { fileNameOf } from '../../src/cms/address.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { runCli } from '../helpers/cli.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const folder = await makeFolder('names')

const ESCAPE = '\u001b[31mred\u001b[2J'
const HOSTILE = [
  '../../etc/passwd',
  'RVU25A/../../x',
  `RVU25A${ESCAPE}`,
  'RVU25A\nE_OK: all is well',
  '$(touch pwned)',
  "RVU25A'; drop table ops.run; --",
  'ＲＶＵ25A',
  'A'.repeat(5000),
]

describe('a release name', () => {
  test.each(HOSTILE)(
    '%j is no release, and is told without what moves a terminal',
    async (name) => {
      const { code, stderr } = await runCli(
        ['ingest', name, '--from', folder],
        database.url,
        folder,
      )
      expect(code).toBe(2)
      expect(stderr).toMatch(/^E_UNKNOWN_RELEASE/)
      expect(stderr).not.toContain('\u001b')
      expect(stderr).not.toMatch(/^E_OK/m)
    },
  )

  test('has left nothing behind', async () => {
    expect(await readdir(folder)).toEqual([])
    expect(await database.rows('select count(*) as runs from ops.run')).toEqual([{ runs: 0 }])
  })
})

test('the name of a zip and of what is in it reach a terminal as text', async () => {
  const members = await unpackFixture('rvu25a.zip')
  const hostile = new Map([...members, [`notes ${ESCAPE}.csv`, Buffer.from('x')]])
  const zip = join(folder, `rvu25a ${ESCAPE}\n.zip`)
  await writeFile(zip, await zipOf(hostile))
  const home = join(folder, 'home')
  await mkdir(home)
  for (const args of [['ingest', 'RVU25A', '--from', zip], ['status'], ['report']]) {
    const { code, stdout, stderr } = await runCli(args, database.url, home)
    expect([args[0], code]).toEqual([args[0], 0])
    expect(stdout + stderr).not.toContain('\u001b')
  }
  // Whatever the names were, the archive has only names that it made itself.
  const kept = await readdir(join(home, 'archive'), { recursive: true })
  expect(kept.every((name) => /^[0-9a-f]{2}(\/[0-9a-f]{64})?$/.test(name))).toBe(true)
})

test.each([
  '/files/zip/..%2f..%2fetc%2fpasswd',
  '/files/zip/%2e%2e/x.zip',
  '/files/zip/a/../../b.zip',
])('the address %j names no file elsewhere', (address) => {
  expect(fileNameOf(`https://www.cms.gov${address}`)).not.toMatch(/\//)
})

test('a file whose name is a path in a folder is refused as what it is', async () => {
  const source = join(folder, 'release')
  await mkdir(join(source, 'PPRRVU25_JAN.csv'), { recursive: true })
  await expect(ingest({ release: 'RVU25A', from: source }, database)).rejects.toMatchObject({
    code: 'E_MISSING_FILE',
  })
})

test('control characters are shown by their names', () => {
  expect(printable(`a${ESCAPE}\u0000\r\n`)).toBe('a\\u001b[31mred\\u001b[2J\\u0000\\r\n')
  expect(formatTable([{ name: `a\nb${ESCAPE}` }])).not.toContain('\u001b')
})
