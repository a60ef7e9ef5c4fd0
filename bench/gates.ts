/**
 * `npm run gates`: loads every release of the physician fee schedule that a folder holds (default: ../shared/cms) and
 * prints, for each measure of a gate, its limit, the figure that came closest and the release that had it. `--write`
 * puts the table into docs/operations.md. Ends with 1 where a gate refuses a release.
 */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { pfs } from '../pipelines/pfs.ts'
import { PATIENCE } from '../src/cms/settings.ts'
import { useEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { findReleases } from '../src/jobs/find-releases.ts'
import { ingestEach } from '../src/jobs/ingest-each.ts'
import { ROOT } from '../src/paths.ts'
import { datesOf, parseRelease } from '../src/releases.ts'

/** A measure that a refused run took counts as well: it is what the table is there to show. */
const MEASURES = `
  select distinct on (c.check_name, measure)
         c.check_name, m ->> 'measure' as measure, trim_scale((m ->> 'most')::numeric) as most,
         trim_scale((m ->> 'figure')::numeric) as figure, r.release
    from ops.check_result c
    join ops.run r using (run_id)
   cross join jsonb_array_elements(c.measures) m
   order by c.check_name, measure, (m ->> 'figure')::numeric - (m ->> 'most')::numeric desc, r.release`

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const home = await mkdtemp(join(tmpdir(), 'cms-fees-gates-'))
// The server's account must be able to enter it.
await chmod(home, 0o755)
const server = await useEmbedded(home)
try {
  const session = await openSession(server.url)
  await migrate(session.db)
  const found = await findReleases(resolve(positionals[0] ?? join(ROOT, '../shared/cms')), pfs)
  // An excerpt is no release: what it lacks, CMS did not delete.
  const requests = found
    .filter(({ path }) => !path.includes('excerpt'))
    .map(({ release, path }) => ({ release, from: path, allowMissing: true }))
    .sort((a, b) => dayOf(a.release).localeCompare(dayOf(b.release)))
  const cms = { baseUrl: 'http://localhost:9', hosts: [], licenses: [], patience: PATIENCE }
  const context = {
    ...{ session, cms, log: pino({ level: 'silent' }), archive: join(home, 'archive') },
  }
  const steps = await ingestEach(requests, context)
  for (const { release, error, report } of steps) {
    for (const message of error ? [error.message] : (report?.warnings ?? [])) {
      process.stdout.write(`${release}: ${message}\n`)
    }
    if (error) process.exitCode = 1
  }
  const { rows } = await session.client.query<Record<string, string>>(MEASURES)
  const names = requests.map(({ release }) => release)
  const text = [
    `From ${names.length} releases: ${names.join(', ')}.`,
    '',
    '| Gate | What is measured | Most that is let pass | Closest | Release |',
    '|---|---|--:|--:|---|',
    ...rows.map(
      (row) =>
        `| ${[row.check_name, row.measure, row.most, row.figure, row.release].join(' | ')} |`,
    ),
  ].join('\n')
  process.stdout.write(`${text}\n`)
  if (values.write) {
    const page = join(ROOT, 'docs/operations.md')
    const before = await readFile(page, 'utf8')
    const block = /(<!-- gates -->\n).*?(<!-- \/gates -->)/s
    await writeFile(
      page,
      before.replace(block, (_, open, close) => `${open}${text}\n${close}`),
    )
  }
  await session.close()
} finally {
  await server.release()
  await rm(home, { recursive: true, force: true })
}

/** Releases of one day in the order of their names: AR after A. */
function dayOf(release: string): string {
  return datesOf(pfs, parseRelease(release)).effectiveFrom + release
}
