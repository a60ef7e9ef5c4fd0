/** How much memory a process took at most, as Linux counts it. */
import { readFile } from 'node:fs/promises'

/** Kilobytes: the most so far, and what it shares with others now. Null where the system does not tell. */
export async function memoryOf(pid: number): Promise<{ peak: number; shared: number } | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1])
  const [peak, shared] = [of('VmHWM'), of('RssShmem')]
  return peak >= 0 && shared >= 0 ? { peak, shared } : null
}

/** Looks again and again; what it returns ends that, and gives megabytes, or null where the system does not tell. */
export function watchPeak(pid: number): () => Promise<number | null> {
  let kilobytes: number | null = null
  const look = async () => {
    const found = await memoryOf(pid)
    if (found) kilobytes = Math.max(kilobytes ?? 0, found.peak)
  }
  const timer = setInterval(look, 200)
  return async () => {
    clearInterval(timer)
    await look()
    return kilobytes && Math.round(kilobytes / 1000)
  }
}
