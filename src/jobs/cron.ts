/** Runs work at the times of a cron expression, one run after the other, until it is told to stop. */
import { once } from 'node:events'
import { rename, writeFile } from 'node:fs/promises'
import { Cron } from 'croner'
import { CmsFeesError } from '../errors.ts'

export interface Times {
  /** Five fields, or six with seconds first. */
  readonly cron: string
  /** IANA name, such as America/New_York. */
  readonly timeZone: string
}

/** Throws E_CONFIG for an expression or a time zone that there is not, or that never comes. */
export function parseTimes({ cron, timeZone }: Times): Cron {
  try {
    const times = new Cron(cron, { timezone: timeZone, protect: true })
    if (times.nextRun()) return times
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CmsFeesError('E_CONFIG', `cron ${JSON.stringify(cron)} in ${timeZone}: ${reason}`)
  }
  throw new CmsFeesError('E_CONFIG', `cron ${JSON.stringify(cron)} never comes`)
}

/** How often a heartbeat is written. */
const BEAT = 30_000

/**
 * Resolves when `signal` is given, after the work that it ended. Runs never overlap: a time that comes while work runs is
 * left out. Croner notices within half a minute that a clock was set or a machine slept. `beat` is called every half minute
 * and after each run, with the next time, or null while work runs. Work must not throw.
 */
export async function runAt(
  times: Cron,
  signal: AbortSignal,
  beat: (next: Date | null) => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  if (signal.aborted) return
  const waiting = () => beat(times.nextRun())
  let running = waiting()
  const beating = setInterval(() => void (times.isBusy() ? beat(null) : waiting()), BEAT)
  times.schedule(() => {
    running = work().then(waiting)
    return running
  })
  await once(signal, 'abort')
  await running
  times.stop()
  clearInterval(beating)
}

/** What a health check reads: written aside and renamed, so that it is never read by half. */
export async function writeBeat(path: string, beat: object): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(beat)}\n`)
  await rename(`${path}.new`, path)
}

/** Age after which a heartbeat says that the scheduler hangs or is gone, in milliseconds. */
export const DEAD_AFTER = 5 * BEAT
