/** What a process took: memory and processor, as Linux counts them. */
import { readFile } from 'node:fs/promises'

/** Kilobytes: the most so far, and what it shares with others now. Null where the system does not tell. */
export async function memoryOf(pid: number): Promise<{ peak: number; shared: number } | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1])
  const [peak, shared] = [of('VmHWM'), of('RssShmem')]
  return peak >= 0 && shared >= 0 ? { peak, shared } : null
}

/** Seconds of processor so far; null where the system does not tell. Linux counts hundredths. */
async function processorOf(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name of the program, in parentheses, may have blanks.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return user !== undefined && system !== undefined ? (user + system) / 100 : null
}

export interface Taken {
  /** Peak; null where the system does not tell. */
  readonly megabytes: number | null
  /** Seconds of processor since the watch began; null where the system does not tell. */
  readonly processor: number | null
}

/** Looks again and again; what it returns ends that, and says what the process took. */
export async function watch(pid: number): Promise<() => Promise<Taken>> {
  const before = (await processorOf(pid)) ?? 0
  let kilobytes: number | null = null
  let processor: number | null = null
  const look = async () => {
    const [found, seconds] = [await memoryOf(pid), await processorOf(pid)]
    if (found) kilobytes = Math.max(kilobytes ?? 0, found.peak)
    if (seconds !== null) processor = seconds - before
  }
  const timer = setInterval(look, 200)
  return async () => {
    clearInterval(timer)
    await look()
    return {
      megabytes: kilobytes && Math.round(kilobytes / 1000),
      processor: processor && Math.round(processor),
    }
  }
}
