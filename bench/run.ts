/**
 * `npm run bench`: the pipeline beside its floor and its peers, on the same data in the same run. Prints medians and
 * ratios and, with `--write`, keeps them in `bench/results.json`.
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
import type { Ingested } from './ingest.ts'
import { type Measured, median, rounds } from './measure.ts'
import { byStage, KINDS, type Kind, LOADED, loadEachWay } from './ours.ts'
import { emptyTables, FLOOR, missing, PEERS, type Target } from './peers.ts'
import { timeQueries } from './queries.ts'

/** What we hold ourselves to, as ratios to the floor, and megabytes. */
const GOALS: Partial<Record<Kind, number>> = { fresh: 5.5, changed: 3.5, same: 0.3 }
const MEMORY_GOAL = 250

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, write: { type: 'boolean', default: false } },
})
const runs = Number(values.runs)
const folder = await mkdtemp(join(tmpdir(), 'cms-fees-bench-'))
// The server's account must be able to enter it.
await chmod(folder, 0o755)
const out = (text: string) => process.stdout.write(`${text}\n`)

const server = await useEmbedded(folder)
try {
  const { client, close } = await openSession(server.url)
  const data = await prepare(folder)
  const count = data.tables.reduce((sum, { rows }) => sum + rows.length, 0)
  out(
    `${data.release}: ${data.whole ? 'the whole release of CMS' : 'the sample in fixtures; its ratios say little'}, ` +
      `${data.tables.length} files, ${count} rows; medians of ${runs} runs`,
  )

  await client.query('create database bench_peers')
  const peersUrl = withDatabaseName(server.url, 'bench_peers')
  const peers = await openSession(peersUrl)
  const target: Target = { url: peersUrl, db: peers.db as unknown as Target['db'], folder }
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
  const loads: Record<Kind, Ingested[]> = {
    ...{ fresh: [], freshWarm: [], changed: [], changedWarm: [], same: [] },
  }
  let memory = 0
  cases[KINDS.fresh] = async () => {
    const once = await loadEachWay({ url: server.url, client, folder }, data)
    for (const kind of Object.keys(loads) as Kind[]) loads[kind].push(once.loads[kind])
    memory = Math.max(memory, Math.round(once.memory))
    return undefined
  }

  const measured = (await rounds(runs, cases)).filter(({ name }) => name !== KINDS.fresh)
  for (const kind of Object.keys(KINDS) as Kind[]) {
    measured.push({ name: KINDS[kind], runs: loads[kind].map(({ published }) => published) })
  }
  const floor = median(measured.find(({ name }) => name === FLOOR)?.runs ?? [])
  const results = measured.map((each) => resultOf(each, floor))
  const stages = { fresh: byStage(loads.fresh), changed: byStage(loads.changed) }
  const queries = await timeQueries(withDatabaseName(server.url, LOADED), runs)

  out(
    table([
      ['load, until it is published', 'ms', '× floor', 'goal'],
      ...results.map((r) => [r.name, r.milliseconds, r.times_the_floor, r.goal ?? '']),
    ]),
  )
  out(
    table([
      ['stage, ms', 'everything new', '1 % changed'],
      ...Object.entries(stages.fresh).map(([stage, ms]) => [stage, ms, stages.changed[stage] ?? 0]),
    ]),
  )
  out(
    table([
      ['query, ms', 'on the server', 'in a client', 'goal'],
      ...queries.map((query) => [query.name, query.server, query.client, query.goal]),
    ]),
  )
  out(`versions written: ${loads.fresh[0]?.versions} and ${loads.changed[0]?.versions}`)
  out(`peak memory of a process: ${memory} MB, the goal is ${MEMORY_GOAL}`)
  if (values.write) {
    const { release, whole } = data
    const all = { release, whole, node: process.version, results, stages, memory, queries }
    const path = join(import.meta.dirname, 'results.json')
    await writeFile(path, `${JSON.stringify(all, null, 2)}\n`)
  }
  await peers.close()
  await close()
} finally {
  await server.release()
  await rm(folder, { recursive: true, force: true })
}

function resultOf({ name, runs: each }: Measured, floor: number) {
  const kind = (Object.keys(KINDS) as Kind[]).find((one) => KINDS[one] === name)
  return {
    name,
    milliseconds: Math.round(median(each)),
    times_the_floor: Number((median(each) / floor).toFixed(2)),
    goal: (kind && GOALS[kind]) ?? null,
    runs: each.map(Math.round),
  }
}
