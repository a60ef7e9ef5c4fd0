/** The pipeline itself under the clock, in processes of its own and on databases of its own. */
import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Client } from 'pg'
import pino from 'pino'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { publishContent } from '../src/editorial/publish.ts'
import { withDatabaseName } from '../tests/helpers/server.ts'
import type { BenchData } from './data.ts'
import type { Ingested, Job } from './ingest.ts'
import { AS_DEPLOYED, median } from './measure.ts'

export const KINDS = {
  fresh: 'cms-fees, everything new',
  freshWarm: 'cms-fees, everything new, after other releases',
  changed: 'cms-fees, 1 % changed',
  changedWarm: 'cms-fees, 1 % changed, after other releases',
  same: 'cms-fees, the same bytes again',
} as const
export type Kind = keyof typeof KINDS

/** Later than CMS posted the release, so that the changed zip supersedes it. */
const POSTED_AGAIN = '2027-12-01'

/** Database that holds the release, with 1 % changed, once a round is over. */
export const LOADED = 'bench_pipeline'

interface Server {
  readonly url: string
  readonly client: Client
  readonly folder: string
}

/**
 * Each kind of load once. First as cron does it, each in a process that has just started; then in one process that
 * has loaded the release into other databases before, as a backfill has.
 */
export async function loadEachWay(
  server: Server,
  data: BenchData,
): Promise<{ loads: Record<Kind, Ingested>; memory: number }> {
  const { release } = data
  const { folder } = server
  const archive = await mkdtemp(join(folder, 'archive-'))
  const fresh = (url: string): Job => ({ url, archive, release, from: data.zip })
  const changed = (url: string): Job => ({
    ...{ url, archive, release, from: data.changedZip, published: POSTED_AGAIN },
  })
  const url = await emptyDatabase(server, LOADED)
  const cold = [
    await inProcess(folder, [fresh(url)]),
    await inProcess(folder, [changed(url)]),
    await inProcess(folder, [changed(url)]),
  ]
  const urls: string[] = []
  for (const number of [1, 2, 3]) urls.push(await emptyDatabase(server, `${LOADED}_${number}`))
  const last = urls.at(-1) ?? ''
  const warm = await inProcess(folder, [...urls.map(fresh), changed(last)])
  const [first, second, third] = cold.map(({ ingested }) => ingested[0])
  const [freshWarm, changedWarm] = warm.ingested.slice(-2)
  if (!first || !second || !third || !freshWarm || !changedWarm)
    throw new Error('a load is missing')
  return {
    loads: { fresh: first, changed: second, same: third, freshWarm, changedWarm },
    memory: Math.max(...cold.map(({ memory }) => memory), warm.memory),
  }
}

/** With what we write ourselves, which is no part of CMS's release, as in any database that is in use. */
export async function emptyDatabase(
  { url: server, client }: Server,
  name: string,
): Promise<string> {
  await client.query(`drop database if exists ${name} with (force)`)
  await client.query(`create database ${name}`)
  const url = withDatabaseName(server, name)
  const session = await openSession(url)
  await migrate(session.db)
  await session.db.transaction().execute((trx) => publishContent(trx, pino({ level: 'silent' })))
  await session.close()
  return url
}

/** `folder` keeps compiled modules, as the home folder does for the command line. */
export async function inProcess(
  folder: string,
  jobs: readonly Job[],
): Promise<{ ingested: readonly Ingested[]; memory: number }> {
  const script = join(import.meta.dirname, 'ingest.ts')
  const args = [...AS_DEPLOYED, script, JSON.stringify(jobs)]
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  return JSON.parse(stdout)
}

/** Milliseconds of each stage, the median of the loads. */
export function byStage(loads: readonly Ingested[]): Record<string, number> {
  const names = new Set(loads.flatMap((load) => load.stages.map(({ stage }) => stage)))
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      Math.round(
        median(loads.map((load) => load.stages.find(({ stage }) => stage === name)?.ms ?? 0)),
      ),
    ]),
  )
}
