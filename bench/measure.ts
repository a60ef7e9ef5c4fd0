/** Repeats work, and tells its median. */

/** What deploy/ starts Node.js with. */
export const AS_DEPLOYED = ['--max-semi-space-size=8', '--max-old-space-size=256']

export interface Measured {
  readonly name: string
  /** Milliseconds, in the order they were taken. */
  readonly runs: number[]
}

/**
 * Runs every case once in each round, so that what else the machine does falls on all of them alike.
 * A case gives its own milliseconds, or undefined to have its whole time taken.
 */
export async function rounds(
  count: number,
  cases: Readonly<Record<string, () => Promise<number | undefined>>>,
): Promise<Measured[]> {
  const measured = Object.keys(cases).map((name) => ({ name, runs: [] as number[] }))
  for (let round = 0; round < count; round += 1) {
    for (const result of measured) {
      const start = performance.now()
      const own = await cases[result.name]?.()
      result.runs.push(own ?? performance.now() - start)
    }
  }
  return measured
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
