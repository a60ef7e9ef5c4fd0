import { Presets, SingleBar } from 'cli-progress'

/** A bar for a download, on a terminal only. */
export function progressBar(): ((bytes: number, total: number | null) => void) | undefined {
  if (!process.stderr.isTTY) return undefined
  const bar = new SingleBar(
    {
      format: 'download {bar} {percentage}% | {megabytes} MB | {eta_formatted} left',
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  )
  return (bytes, total) => {
    const megabytes = (bytes / 1e6).toFixed(1)
    if (!bar.isActive) bar.start(total ?? bytes, bytes, { megabytes })
    bar.setTotal(Math.max(total ?? bytes, 1))
    bar.update(bytes, { megabytes })
    if (bytes === total) bar.stop()
  }
}
