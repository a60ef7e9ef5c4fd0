/**
 * `npm run bench:choices`: each choice of the design beside what we did not choose, on the same data in the same run.
 * Prints medians and ratios to our way; `--write` keeps them in `bench/choices.json`. `--group Merging` measures the groups
 * whose names hold that word, and keeps the figures of the others.
 */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from 'table'
import type { Row } from '../schemas/file.ts'
import { rvu } from '../schemas/pfs/rvu.ts'
import { useEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { parse } from '../src/ingest/parse.ts'
import { validate } from '../src/ingest/validate.ts'
import { parseRelease } from '../src/releases.ts'
import { readZip } from '../tests/helpers/zips.ts'
import { finding } from './choices/days.ts'
import { hashing, loading } from './choices/load.ts'
import { analyzing, merging } from './choices/merge.ts'
import type { Cases } from './choices/undone.ts'
import { upkeep } from './choices/upkeep.ts'
import { prepare } from './data.ts'
import { ingestOne } from './ingest.ts'
import { median, rounds } from './measure.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    group: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const runs = Number(values.runs)
const folder = await mkdtemp(join(tmpdir(), 'cms-fees-choices-'))
// The server's account must be able to enter it.
await chmod(folder, 0o755)
const server = await useEmbedded(folder)
try {
  const data = await prepare(folder)
  await using closing = new AsyncDisposableStack()
  const session = await openSession(server.url)
  // A server with a connection is in use, and would not be stopped.
  closing.defer(() => session.close())
  await migrate(session.db)
  await ingestOne({ url: server.url, archive: folder, release: data.release, from: data.zip })
  const rows = await rowsOf(data.zip)
  const changed = await rowsOf(data.changedZip)

  const groups: Record<string, Cases> = {
    'Loading the relative values into a temporary table': loading(session, rows),
    'Hashing them': hashing(session, rows),
    'ANALYZE of them': analyzing(session, rows, changed),
    'Merging them': merging(session, rows, changed),
    'Inserting them all into a table of versions': upkeep(session),
    'Finding versions of a day after 23 years': finding(session),
  }
  const path = join(import.meta.dirname, 'choices.json')
  const kept = JSON.parse(await readFile(path, 'utf8')).results
  const results: Record<string, object[]> = {}
  for (const [group, cases] of Object.entries(groups)) {
    if (!group.includes(values.group)) {
      results[group] = kept[group] ?? []
      continue
    }
    // The first round fills caches.
    const measured = await rounds(runs + 1, cases)
    let ours = Number.NaN
    results[group] = measured.map(({ name, runs: [, ...each] }) => {
      const ms = median(each)
      if (name.includes('(ours)')) ours = ms
      return { name, ms: Math.round(ms), times_ours: Number((ms / ours).toFixed(2)) }
    })
    process.stdout.write(
      table([[group, 'ms', '× ours'], ...results[group].map((row) => Object.values(row))]),
    )
  }
  if (values.write) {
    const all = { release: data.release, whole: data.whole, node: process.version, results }
    await writeFile(path, `${JSON.stringify(all, null, 2)}\n`)
  }
} finally {
  await server.release()
  await rm(folder, { recursive: true, force: true })
}

/** The valid rows of the relative value file. */
async function rowsOf(zip: string): Promise<readonly Row[]> {
  const members = await readZip(zip)
  const [member = '', bytes = new Uint8Array()] =
    [...members].find(([name]) => /PPRRVU.*csv$/i.test(name)) ?? []
  const match = { dataset: rvu, member, format: 'csv', bytes } as const
  const file = await parse(match, parseRelease('RVU25D'), '2025-10-01')
  return validate(file).rows
}
