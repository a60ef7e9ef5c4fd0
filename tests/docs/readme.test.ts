import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatReport } from '../../src/cli/ingest.ts'
import { formatTable } from '../../src/cli/output.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { FIXTURES, ROOT } from '../../src/paths.ts'
import { useDatabase } from '../helpers/database.ts'

const database = useDatabase()
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')

/** Runs of spaces at line ends, and times, are not what the README promises. */
const comparable = (text: string) => text.replace(/ +$/gm, '').replace(/in [\d.]+ s/, 'in # s')

test('what the README shows is what comes out', async () => {
  for (const release of ['RVU25A', 'RVU26B']) {
    const from = join(FIXTURES, `${release.toLowerCase()}.zip`)
    const [line = ''] = formatReport(
      await ingest({ release, from, allowMissing: true }, database),
    ).split('\n')
    const shown = readme.split('\n').find((text) => text.startsWith(`${release}: loaded`)) ?? ''
    expect(comparable(line)).toBe(comparable(shown))
  }
  const query = /cms-fees sql "([^"]+)"/.exec(readme)?.[1] ?? ''
  expect(comparable(readme)).toContain(comparable(formatTable(await database.rows(query))))
})
