/**
 * An ingest under the clock. As a program it does those of its argument, one after the other, and prints times, stages
 * and peak memory as JSON.
 */
import { performance } from 'node:perf_hooks'
import pino from 'pino'
import { PATIENCE } from '../src/cms/settings.ts'
import { openSession } from '../src/db/session.ts'
import { ingest } from '../src/ingest/ingest.ts'

export interface Job {
  readonly url: string
  readonly archive: string
  readonly release: string
  readonly from: string
  /** Day of the revision; absent: as the product finds it. */
  readonly published?: string
  /** Gates that a release that CMS never made does not pass. */
  readonly gates?: readonly string[]
}

export interface Ingested {
  /** Milliseconds until the release is published: what readers wait for. */
  readonly published: number
  /** Milliseconds until search knows it too, and the run is over. */
  readonly whole: number
  readonly versions: number
  readonly stages: readonly { readonly stage: string; readonly ms: number }[]
}

export async function ingestOne(job: Job): Promise<Ingested> {
  const { url, archive, release, from, published, gates } = job
  const accept = gates && { gates, because: 'synthetic', operator: 'bench' }
  const session = await openSession(url)
  const cms = { baseUrl: 'http://localhost:9', hosts: [], licenses: [], patience: PATIENCE }
  const context = { session, archive, log: pino({ level: 'silent' }), cms }
  const start = performance.now()
  const report = await ingest(
    { release, from, ...(published && { published }), ...(accept && { accept }) },
    context,
  )
  const whole = performance.now() - start
  const { rows: stages } = await session.client.query<{ stage: string; ms: number }>(
    'select stage, sum(duration_ms)::float8 as ms from ops.run_stage where run_id = $1 group by stage',
    [report.run],
  )
  await session.close()
  const search = stages.find(({ stage }) => stage === 'search')?.ms ?? 0
  const versions = report.files.reduce((sum, file) => sum + file.versions_written, 0)
  return { published: whole - search, whole, versions, stages }
}

if (import.meta.main) {
  const jobs = JSON.parse(process.argv[2] ?? '[]') as readonly Job[]
  const ingested: Ingested[] = []
  for (const job of jobs) ingested.push(await ingestOne(job))
  // maxRSS is in kilobytes.
  const memory = process.resourceUsage().maxRSS / 1024
  process.stdout.write(JSON.stringify({ ingested, memory }))
}
