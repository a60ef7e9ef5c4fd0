/** Ctrl+C and SIGTERM: the first asks the command to end well, a second one ends the process at once. */
import { once } from 'node:events'

const SIGNALS = { SIGINT: { exit: 130, said: 'Ctrl+C' }, SIGTERM: { exit: 143, said: 'SIGTERM' } }
type Name = keyof typeof SIGNALS

const stop = new AbortController()

/** Everything that a command does listens to this. Its reason is the name of the signal. */
export const interrupted: AbortSignal = stop.signal

/**
 * A terminal sends Ctrl+C to the whole process group, and npm, npx and our own wrapper pass it on as well: what comes
 * within this many milliseconds is the same Ctrl+C once more.
 */
const ECHO = 200

export function listen(): void {
  let first = 0
  const receive = (name: Name) => {
    if (!interrupted.aborted) {
      first = performance.now()
      return stop.abort(name)
    }
    if (performance.now() - first < ECHO) return
    process.stderr.write(
      'E_INTERRUPTED: stopped at once. The next command cleans up what is left.\n',
    )
    process.exit(SIGNALS[name].exit)
  }
  for (const name of Object.keys(SIGNALS) as Name[]) process.on(name, receive)
}

/** 130 or 143, as shells have it of a process that a signal ended. */
export const interruptExit = (): number => SIGNALS[interrupted.reason as Name].exit

export const interruptName = (): string => SIGNALS[interrupted.reason as Name].said

/** For commands that work until they are told to stop. */
export async function untilInterrupted(): Promise<void> {
  if (!interrupted.aborted) await once(interrupted, 'abort')
}
