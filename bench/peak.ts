/** How much memory a process took at most, as Linux counts it. */
import { readFile } from 'node:fs/promises'

/** Looks again and again; what it returns ends that, and gives megabytes, or null where the system does not tell. */
export function watchPeak(pid: number): () => Promise<number | null> {
  let kilobytes: number | null = null
  const look = async () => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    const found = Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? 0)
    if (found > 0) kilobytes = Math.max(kilobytes ?? 0, found)
  }
  const timer = setInterval(look, 200)
  return async () => {
    clearInterval(timer)
    await look()
    return kilobytes && Math.round(kilobytes / 1000)
  }
}
