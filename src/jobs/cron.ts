/** Runs work at the times of a cron expression, one run after the other, until it is told to stop. */
import { rename, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
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
    const times = new Cron(cron, { timezone: timeZone })
    if (times.nextRun()) return times
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CmsFeesError('E_CONFIG', `cron ${JSON.stringify(cron)} in ${timeZone}: ${reason}`)
  }
  throw new CmsFeesError('E_CONFIG', `cron ${JSON.stringify(cron)} never comes`)
}

/** Often enough that a clock that is set, or a machine that slept, is noticed within half a minute. */
const BEAT = 30_000

/**
 * Resolves when `signal` is given, after the work that it ended. A time that comes while work runs is left out:
 * runs never overlap. `beat` is called every half minute, and at each change.
 */
export async function runAt(
  times: Cron,
  signal: AbortSignal,
  beat: (next: Date | null) => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    const next = times.nextRun()
    if (!next) return
    for (let left = BEAT; left > 0 && !signal.aborted; ) {
      await beat(next)
      left = next.getTime() - Date.now()
      await sleep(Math.max(Math.min(left, BEAT), 0), undefined, { signal }).catch(() => {})
    }
    if (signal.aborted) return
    const beating = setInterval(() => void beat(null), BEAT)
    await work().finally(() => clearInterval(beating))
  }
}

/** What a health check reads: written aside and renamed, so that it is never read by half. */
export async function writeBeat(path: string, beat: object): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(beat)}\n`)
  await rename(`${path}.new`, path)
}

/** Age after which a heartbeat says that the scheduler hangs or is gone, in milliseconds. */
export const DEAD_AFTER = 5 * BEAT
