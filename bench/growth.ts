/**
 * `npm run bench:growth`: loads a synthetic history of ninety releases (bench/history.ts) in one process, as a backfill
 * does, and measures what its length does to loads, storage and queries. `--write` keeps the figures in
 * `bench/growth.json` and draws `docs/growth.svg`.
 */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { table } from 'table'
import { useEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession, type Session } from '../src/db/session.ts'
import { ROOT } from '../src/paths.ts'
import { drawGrowth } from './chart.ts'
import { ingestOne } from './ingest.ts'
import { median } from './measure.ts'

export interface Checkpoint {
  readonly releases: number
  readonly versions: number
  /** Versioned tables with their history and indexes, in megabytes. */
  readonly megabytes: number
  /** Milliseconds, prepared; what is a whole schedule is counted on the server, not sent. */
  readonly queries: Readonly<Record<string, number>>
}

/** As of a day in the middle of the history so far. */
const QUERIES: Readonly<Record<string, string>> = {
  'one code': `select * from api.rvu_on($1) where hcpcs = 'G0101'`,
  'whole schedule': `select count(*) from (select * from api.rvu_on($1) offset 0) schedule`,
  'fee schedule of a locality': `select count(*) from (select * from api.fee_schedule('10112', '00', $1) offset 0) fees`,
}

const { values } = parseArgs({
  options: {
    releases: { type: 'string', default: '90' },
    write: { type: 'boolean', default: false },
  },
})
const folder = await mkdtemp(join(tmpdir(), 'cms-fees-growth-'))
// The server's account must be able to enter it.
await chmod(folder, 0o755)
const server = await useEmbedded(folder)
try {
  const zips = join(folder, 'zips')
  await mkdir(zips)
  const script = join(import.meta.dirname, 'history.ts')
  await promisify(execFile)(process.execPath, [script, zips, values.releases])

  const session = await openSession(server.url)
  await migrate(session.db)
  const loads: number[] = []
  const checkpoints: Checkpoint[] = []
  const names = (await readdir(zips)).sort()
  for (const [at, zip] of names.entries()) {
    const { published } = await ingestOne({
      ...{ url: server.url, archive: join(folder, 'archive') },
      ...{ release: zip.replace('.zip', ''), from: join(zips, zip) },
    })
    loads.push(Math.round(published))
    if (at % 10 === 9) {
      checkpoints.push(await checkpoint(session, at + 1))
      process.stdout.write(`${at + 1} releases\n`)
    }
  }
  await session.close()

  // maxRSS is in kilobytes.
  const memory = Math.round(process.resourceUsage().maxRSS / 1024)
  const ratio = (a: number, b: number) => Number((a / b).toFixed(2))
  const [first = Number.NaN] = loads
  const early = median(loads.slice(1, 11))
  const ratios = {
    'release 20 to release 1': ratio(loads[19] ?? Number.NaN, first),
    'last ten to the first ten after release 1': ratio(median(loads.slice(-10)), early),
  }
  const queries = Object.keys(QUERIES)
  process.stdout.write(
    table([
      ['releases', 'versions', 'MB', ...queries.map((name) => `${name}, ms`)],
      ...checkpoints.map((each) => [
        ...[each.releases, each.versions, each.megabytes],
        ...queries.map((name) => each.queries[name]),
      ]),
    ]),
  )
  process.stdout.write(
    `load: ${Object.entries(ratios)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; ')}; peak memory of the process: ${memory} MB\n`,
  )
  if (values.write) {
    const figures = { node: process.version, loads, checkpoints, ratios, memory }
    await writeFile(
      join(import.meta.dirname, 'growth.json'),
      `${JSON.stringify(figures, null, 2)}\n`,
    )
    await writeFile(join(ROOT, 'docs/growth.svg'), drawGrowth(loads, checkpoints))
  }
} finally {
  await server.release()
  await rm(folder, { recursive: true, force: true })
}

async function checkpoint({ client }: Session, releases: number): Promise<Checkpoint> {
  const { rows } = await client.query<{ versions: number; megabytes: number; day: string }>(`
    select (select count(*) from pfs.rvu) + (select count(*) from pfs.opps_cap) as versions,
           round(sum(pg_total_relation_size(oid)) / 1e6)::integer as megabytes,
           (select effective_from from ops.release order by effective_from offset ${Math.floor(releases / 2)} limit 1) as day
      from pg_class where relnamespace = 'pfs'::regnamespace and relkind = 'r'`)
  const [size] = rows
  if (!size) throw new Error('an aggregate has one row')
  const queries: Record<string, number> = {}
  for (const [name, text] of Object.entries(QUERIES)) {
    const times: number[] = []
    // PostgreSQL keeps a plan from the sixth call of a prepared statement on.
    for (let run = 0; run < 11; run += 1) {
      const start = performance.now()
      await client.query({ name, text, values: [size.day] })
      if (run > 5) times.push(performance.now() - start)
    }
    queries[name] = Number(median(times).toFixed(1))
  }
  return { releases, versions: size.versions, megabytes: size.megabytes, queries }
}
