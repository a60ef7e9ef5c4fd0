/** The pipeline itself under the clock: each ingest in a process of its own, on a database of its own. */
import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Client } from 'pg'
import pino from 'pino'
import { publishContent } from '../pipelines/content.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { withDatabaseName } from '../tests/helpers/server.ts'
import type { BenchData } from './data.ts'
import { median } from './measure.ts'

const run = promisify(execFile)

export interface Ingested {
  readonly ms: number
  readonly memory: number
  readonly versions: number
  readonly stages: readonly { stage: string; ms: number }[]
}

export async function ingestOnce(
  url: string,
  archive: string,
  release: string,
  from: string,
  published = '',
): Promise<Ingested> {
  const script = join(import.meta.dirname, 'ingest-once.ts')
  const { stdout } = await run(process.execPath, [
    ...[script, url, archive, release, from, published],
  ])
  return JSON.parse(stdout) as Ingested
}

export const KINDS = {
  fresh: 'cms-fees, everything new',
  changed: 'cms-fees, 1 % changed',
  same: 'cms-fees, the same bytes again',
} as const

/** Later than CMS posted the release, so that the changed zip supersedes it. */
const POSTED_AGAIN = '2027-12-01'

/** Loads the release into an empty database, then with 1 % changed, then the same bytes once more. */
export async function threeLoads(
  server: { url: string; client: Client; folder: string },
  data: BenchData,
): Promise<Record<keyof typeof KINDS, Ingested>> {
  const name = 'bench_pipeline'
  await server.client.query(`drop database if exists ${name} with (force)`)
  await server.client.query(`create database ${name}`)
  const url = withDatabaseName(server.url, name)
  const session = await openSession(url)
  await migrate(session.db)
  // What we write is no part of CMS's release: it is there before, as in any database that is in use.
  await session.db.transaction().execute((trx) => publishContent(trx, pino({ level: 'silent' })))
  await session.close()
  const archive = await mkdtemp(join(server.folder, 'archive-'))
  const load = (zip: string, day = '') => ingestOnce(url, archive, data.release, zip, day)
  const fresh = await load(data.zip)
  const changed = await load(data.changedZip, POSTED_AGAIN)
  const same = await load(data.changedZip, POSTED_AGAIN)
  return { fresh, changed, same }
}

/** Milliseconds of each stage, the median of the loads. */
export function byStage(loads: readonly Ingested[]): Record<string, number> {
  const names = new Set(loads.flatMap((load) => load.stages.map(({ stage }) => stage)))
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      median(loads.map((load) => load.stages.find(({ stage }) => stage === name)?.ms ?? 0)),
    ]),
  )
}
