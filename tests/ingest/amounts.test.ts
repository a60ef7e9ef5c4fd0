/** The gates of a schedule that is about one amount: a planted fault is refused, and told in words. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { unpackFixture } from '../../fixtures/zip.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'
import { makeFolder } from '../helpers/folder.ts'

const database = useDatabase()
const folder = await makeFolder('amounts')
beforeAll(() => ingest({ release: 'ASP25Q1', from: join(FIXTURES, 'asp25q1.zip') }, database))

/** April as CMS made it, with its lines changed. */
async function april(what: string, change: (lines: string[]) => string[]): Promise<string> {
  const from = join(folder, what.replaceAll(' ', '-'))
  await mkdir(from)
  for (const [name, content] of await unpackFixture('asp25q2.zip')) {
    const lines = content.toString('latin1').split('\r\n')
    await writeFile(join(from, name), change(lines).join('\r\n'), 'latin1')
  }
  return from
}

test.each<[string, (lines: string[]) => string[], RegExp]>([
  [
    'limits with their decimal point one place to the right',
    (lines) => lines.map((line) => line.replace(/,(\d{1,4})\.(\d)(\d\d),/, ',$1$2.$30,')),
    /\d+ of \d+ amounts at least doubled or halved, such as J\d+: .* dollars before/,
  ],
  [
    'one limit a thousand times too high',
    (lines) => lines.map((line) => line.replace(',15 MG,0.501,', ',15 MG,501.000,')),
    /amounts: J1885: 0\.751 dollars before, 501\.000 now/,
  ],
  [
    'half of the codes',
    (lines) => lines.slice(0, 450),
    /row-count: .* has 441 rows, where ASP25Q1 had 843/,
  ],
])('%s', async (what, change, message) => {
  const from = await april(what, change)
  await expect(ingest({ release: 'ASP25Q2', from }, database)).rejects.toMatchObject({
    code: 'E_GATE',
    message: expect.stringMatching(message),
  })
})

test('what CMS changed in April passes', async () => {
  const from = await april('nothing', (lines) => lines)
  const report = await ingest({ release: 'ASP25Q2', from }, database)
  expect(report.outcome).toBe('done')
  expect(report.warnings).toEqual([])
})
