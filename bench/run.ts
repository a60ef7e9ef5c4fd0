/**
 * `npm run bench`: the pipeline beside its floor and its peers, on the same data in the same run.
 * Prints medians and ratios and writes them to `bench/results.json`.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from 'table'
import { useEmbedded } from '../src/db/embedded.ts'
import { openSession } from '../src/db/session.ts'
import { withDatabaseName } from '../tests/helpers/server.ts'
import { prepare } from './data.ts'
import { median, rounds } from './measure.ts'
import { byStage, type Ingested, KINDS, threeLoads } from './ours.ts'
import { emptyTables, FLOOR, missing, PEERS, type Target } from './peers.ts'
import { timeQueries } from './queries.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } })
const runs = Number(values.runs)
const folder = await mkdtemp(join(tmpdir(), 'cms-fees-bench-'))
// The server's account must be able to enter it.
await chmod(folder, 0o755)
const out = (text: string) => process.stdout.write(`${text}\n`)

const server = await useEmbedded(folder)
try {
  const { client, close } = await openSession(server.url)
  const data = await prepare(folder)
  out(
    `${data.release}: ${data.whole ? 'the whole release of CMS' : 'the sample in fixtures; its ratios say little'}, ` +
      `${data.tables.length} files, ${data.tables.reduce((sum, { rows }) => sum + rows.length, 0)} rows; medians of ${runs} runs`,
  )

  await client.query('create database bench_peers')
  const peersUrl = withDatabaseName(server.url, 'bench_peers')
  const peers = await openSession(peersUrl)
  const target: Target = { url: peersUrl, db: peers.db as unknown as Target['db'], folder }

  const loads: Record<keyof typeof KINDS, Ingested[]> = { fresh: [], changed: [], same: [] }
  const cases: Record<string, () => Promise<number | undefined>> = {}
  for (const [name, load] of Object.entries(PEERS)) {
    const why = await missing(name)
    if (why) {
      out(`not measured: ${name}: ${why}`)
      continue
    }
    cases[name] = async () => {
      await emptyTables(target, data.tables)
      const start = performance.now()
      await load(target, data.tables)
      return performance.now() - start
    }
  }
  cases[KINDS.fresh] = async () => {
    const loaded = await threeLoads({ url: server.url, client, folder }, data)
    loads.fresh.push(loaded.fresh)
    loads.changed.push(loaded.changed)
    loads.same.push(loaded.same)
    return loaded.fresh.ms
  }
  const measured = await rounds(runs, cases)
  for (const kind of ['changed', 'same'] as const) {
    measured.push({ name: KINDS[kind], runs: loads[kind].map(({ ms }) => ms) })
  }
  const floor = median(measured.find(({ name }) => name === FLOOR)?.runs ?? [])
  const results = measured.map(({ name, runs: each }) => ({
    name,
    milliseconds: Math.round(median(each)),
    times_the_floor: Number((median(each) / floor).toFixed(2)),
    runs: each.map(Math.round),
  }))
  const stages = { fresh: byStage(loads.fresh), changed: byStage(loads.changed) }
  const memory = Math.round(Math.max(...loads.fresh.map((load) => load.memory)))
  const queries = await timeQueries(withDatabaseName(server.url, 'bench_pipeline'), runs)

  out(
    table([
      ['load', 'ms', '× floor'],
      ...results.map((r) => [r.name, r.milliseconds, r.times_the_floor]),
    ]),
  )
  out(
    table([
      ['stage, ms', 'everything new', '1 % changed'],
      ...Object.entries(stages.fresh).map(([stage, ms]) => [
        stage,
        Math.round(ms),
        Math.round(stages.changed[stage] ?? 0),
      ]),
    ]),
  )
  out(table([['query', 'ms'], ...queries.map((q) => [q.name, q.milliseconds])]))
  out(
    `versions written: ${loads.fresh[0]?.versions} and ${loads.changed[0]?.versions}; peak memory of the process: ${memory} MB`,
  )
  const path = join(import.meta.dirname, 'results.json')
  await writeFile(
    path,
    `${JSON.stringify({ release: data.release, whole: data.whole, node: process.version, results, stages, memory_mb: memory, queries }, null, 2)}\n`,
  )
  await peers.close()
  await close()
} finally {
  await server.release()
  await rm(folder, { recursive: true, force: true })
}
