/** One ingest in a process of its own, as cron starts it. Prints its time, stages and peak memory. */
import pino from 'pino'
import { ingest } from '../pipelines/run.ts'
import { PATIENCE } from '../src/cms/settings.ts'
import { openSession } from '../src/db/session.ts'

const [url = '', archive = '', release = '', from = '', published = ''] = process.argv.slice(2)
const session = await openSession(url)
const start = performance.now()
const cms = { baseUrl: 'http://localhost:9', hosts: [], licenses: [], patience: PATIENCE }
const report = await ingest(
  { release, from, ...(published && { published }) },
  { session, archive, log: pino({ level: 'silent' }), cms },
)
const ms = performance.now() - start
const { rows: stages } = await session.client.query(
  'select stage, sum(duration_ms)::float8 as ms from ops.run_stage where run_id = $1 group by stage',
  [report.run],
)
await session.close()
// maxRSS is in kilobytes.
const memory = process.resourceUsage().maxRSS / 1024
const versions = report.files.reduce((sum, file) => sum + file.versions_written, 0)
process.stdout.write(`${JSON.stringify({ ms, stages, memory, versions })}\n`)
