/** How the large files are read: each time in a process that has just started, as cron starts it. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AS_DEPLOYED } from '../measure.ts'
import type { Reading, Way } from './read-files.ts'
import type { Cases } from './undone.ts'

const WAYS: Readonly<Record<string, Way>> = {
  'fifty rows at a time, one file after the other (ours)': 'batches',
  'all rows of a file, then the next step': 'buffered',
  'fifty rows at a time, each file in a thread of its own': 'workers',
}

/** `memory` gets the peak of each way, in megabytes. */
export function reading(zip: string, memory: Record<string, number>): Cases {
  const script = join(import.meta.dirname, 'read-files.ts')
  let rows: number | undefined
  return Object.fromEntries(
    Object.entries(WAYS).map(([name, way]) => [
      name,
      async () => {
        const { stdout } = await promisify(execFile)(process.execPath, [
          ...AS_DEPLOYED,
          script,
          zip,
          way,
        ])
        const read = JSON.parse(stdout) as Reading
        rows ??= read.rows
        if (read.rows !== rows) throw new Error(`${name}: ${read.rows} rows, not ${rows}`)
        memory[name] = Math.max(memory[name] ?? 0, read.memory)
        return read.ms
      },
    ]),
  )
}
