import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../runs/run-job.ts'

/** The terminal's own settings stay, so that an interrupted run leaves it as it was. */
const ON_TERMINAL = { stream: process.stderr, clearOnComplete: true, linewrap: null } as const

/** A bar for what is read of so many bytes, on a terminal only. */
export function progressBar(what: 'download' | 'read' = 'download'): Progress | undefined {
  if (!process.stderr.isTTY) return undefined
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage}% | {megabytes} MB | {eta_formatted} left`,
      ...ON_TERMINAL,
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

/** A bar for releases that are loaded one after the other, with what is downloaded of the present one. */
export interface ReleaseBar {
  readonly download: Progress
  show(done: number, total: number, release: string): void
  end(): void
}

/** On a terminal only. */
export function releaseBar(): ReleaseBar | undefined {
  if (!process.stderr.isTTY) return undefined
  const format = 'releases {bar} {value}/{total} | {release}{megabytes} | {eta_formatted} left'
  const bar = new SingleBar({ format, ...ON_TERMINAL }, Presets.shades_classic)
  return {
    show(done, total, release) {
      if (!bar.isActive) bar.start(total, done, { release, megabytes: '' })
      bar.update(done, { release, megabytes: '' })
    },
    download: {
      show: (bytes) => bar.update({ megabytes: `, ${(bytes / 1e6).toFixed(1)} MB` }),
      end: () => bar.update({ megabytes: '' }),
    },
    end: () => bar.stop(),
  }
}
