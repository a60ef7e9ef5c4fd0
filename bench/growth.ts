/**
 * `npm run bench:growth`: loads a synthetic history of ninety releases (bench/history.ts) in one process, as a backfill
 * does, and measures what its length does to loads, storage and queries. Databases with few releases are kept, and asked
 * in turns with the one that has all. `--write` keeps the figures in `bench/growth.json` and draws `docs/growth.svg`.
 */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { table } from 'table'
import { useEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { ROOT } from '../src/paths.ts'
import { withDatabaseName } from '../tests/helpers/server.ts'
import { drawGrowth } from './growth-chart.ts'
import { compareLoads, compareQueries, type Ratio, timeQueries } from './growth-ratios.ts'
import { ingestOne, type Job } from './ingest.ts'

export interface Checkpoint {
  readonly releases: number
  readonly versions: number
  /** Versioned tables with their history and indexes, in megabytes. */
  readonly megabytes: number
  /** Milliseconds, prepared; what is a whole schedule is counted on the server, not sent. */
  readonly queries: Readonly<Record<string, number>>
}

const { values } = parseArgs({
  options: {
    releases: { type: 'string', default: '90' },
    runs: { type: 'string', default: '7' },
    write: { type: 'boolean', default: false },
  },
})
const [count, runs] = [Number(values.releases), Number(values.runs)]
const folder = await mkdtemp(join(tmpdir(), 'cms-fees-growth-'))
// The server's account must be able to enter it.
await chmod(folder, 0o755)
const server = await useEmbedded(folder)
try {
  const zips = join(folder, 'zips')
  await mkdir(zips)
  const script = join(import.meta.dirname, 'history.ts')
  // One more, which is loaded on top of all.
  await promisify(execFile)(process.execPath, [script, zips, String(count + 1)])
  const names = (await readdir(zips)).sort()
  const jobOf = (at: number, url: string): Job => ({
    ...{ url, archive: join(folder, 'archive'), release: names[at]?.replace('.zip', '') ?? '' },
    // CMS's own releases of these names are known, and have other rows; their values only grow.
    ...{ from: join(zips, names[at] ?? ''), gates: ['known-count', 'rvu-values'] },
  })

  const admin = await openSession(withDatabaseName(server.url, 'postgres'))
  const copy = async (name: string, of = 'cms_fees') => {
    await admin.client.query(`drop database if exists ${name} with (force)`)
    await admin.client.query(`create database ${name} template ${of}`)
    return withDatabaseName(server.url, name)
  }
  const { db, close } = await openSession(server.url)
  await migrate(db)
  await close()
  await copy('after_three')
  const loads: number[] = []
  const checkpoints: Checkpoint[] = []
  const started = performance.now()
  let measuring = 0
  for (let at = 0; at < count; at += 1) {
    loads.push(Math.round((await ingestOne(jobOf(at, server.url))).published))
    const start = performance.now()
    if (at === 0) await copy('after_one')
    if (at % 10 === 9) {
      checkpoints.push(await checkpoint(at + 1))
      process.stdout.write(`${at + 1} releases\n`)
    }
    measuring += performance.now() - start
  }
  const seconds = Math.round((performance.now() - started - measuring) / 1000)
  // maxRSS is in kilobytes.
  const memory = Math.round(process.resourceUsage().maxRSS / 1024)

  // Three of the last and all: what is loaded on top of both is one release, which changes as little in both.
  const afterThree = withDatabaseName(server.url, 'after_three')
  for (let at = count - 3; at < count; at += 1) await ingestOne(jobOf(at, afterThree))
  const ratios: Ratio[] = [
    await compareLoads(runs, [
      async () => jobOf(count, await copy('loading', 'after_three')),
      async () => jobOf(count, await copy('loading')),
    ]),
    // Short, so that one slow moment of the machine weighs much.
    ...(await compareQueries(3 * runs, withDatabaseName(server.url, 'after_one'), server.url)),
  ]
  await admin.close()

  const queries = Object.keys(checkpoints[0]?.queries ?? {})
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
    table([
      ['', 'with few releases, ms', `with ${count}, ms`, 'ratio', 'goal'],
      ...ratios.map(({ name, few, all, ratio, goal }) => [name, few, all, ratio, goal]),
    ]),
  )
  process.stdout.write(`${count} releases in ${seconds} s; peak memory: ${memory} MB\n`)
  if (values.write) {
    const figures = { node: process.version, loads, checkpoints, ratios, seconds, memory }
    const path = join(import.meta.dirname, 'growth.json')
    await writeFile(path, `${JSON.stringify(figures, null, 2)}\n`)
    await writeFile(join(ROOT, 'docs/growth.svg'), drawGrowth(loads, checkpoints))
  }
} finally {
  await server.release()
  await rm(folder, { recursive: true, force: true })
}

async function checkpoint(releases: number): Promise<Checkpoint> {
  const { client, close } = await openSession(server.url)
  const { rows } = await client.query<{ versions: number; megabytes: number }>(`
    select (select count(*) from pfs.rvu) + (select count(*) from pfs.opps_cap) as versions,
           round(sum(pg_total_relation_size(oid)) / 1e6)::integer as megabytes
      from pg_class where relnamespace = 'pfs'::regnamespace and relkind = 'r'`)
  const [size] = rows
  if (!size) throw new Error('an aggregate has one row')
  const queries = await timeQueries(client, 5)
  await close()
  return { releases, ...size, queries }
}
