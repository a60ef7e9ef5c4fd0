import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../runs/run-job.ts'

/** A bar for what is read of so many bytes, on a terminal only. */
export function progressBar(what: 'download' | 'read' = 'download'): Progress | undefined {
  if (!process.stderr.isTTY) return undefined
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}% | {megabytes} MB | {eta_formatted} left`,
      stream: process.stderr,
      clearOnComplete: true,
      // The terminal's own settings stay, so that an interrupted run leaves it as it was.
      linewrap: null,
    },
    Presets.shades_classic,
  )
  return {
    show(bytes, total) {
      const megabytes = (bytes / 1e6).toFixed(1)
      if (!bar.isActive) bar.start(total ?? bytes, bytes, { megabytes })
      bar.setTotal(Math.max(total ?? bytes, 1))
      bar.update(bytes, { megabytes })
    },
    end: () => bar.stop(),
  }
}
