/** Several releases, one after the other, whatever becomes of each. */
import { CmsFeesError, EXIT } from '../errors.ts'
import { type IngestRequest, ingest } from '../ingest/ingest.ts'
import type { RunReport } from '../runs/report.ts'
import type { Context } from '../runs/run-job.ts'

/** What became of one release: a report, an error, or neither where its turn did not come. */
export interface Step {
  readonly release: string
  /** Path or address that its bytes came from; null: there are none. */
  readonly source: string | null
  readonly report?: RunReport
  readonly error?: CmsFeesError
}

/**
 * One step for each request. A refused release does not keep back the others; without a database or CMS, or
 * beside another run, they would fail alike, so such an error is the last. Throws only what is a bug.
 */
export async function ingestEach(
  requests: readonly IngestRequest[],
  context: Context,
  progress: (done: number, total: number, release: string) => void = () => {},
): Promise<Step[]> {
  const steps: Step[] = []
  let stopped = false
  for (const [done, request] of requests.entries()) {
    const step = { release: request.release, source: request.from ?? request.url ?? 'CMS' }
    if (stopped) {
      steps.push(step)
      continue
    }
    progress(done, requests.length, request.release)
    try {
      steps.push({ ...step, report: await ingest(request, context) })
    } catch (error) {
      if (!(error instanceof CmsFeesError)) throw error
      context.log.error({ release: request.release, code: error.code }, error.message)
      steps.push({ ...step, error })
      stopped = error.exitCode >= EXIT.unreachable
    }
  }
  return steps
}
