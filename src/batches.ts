/** Rows on their way from a file to the database, some hundreds at a time, so that few of them are in memory. */

/** To be gone through once. */
export type Batches<T> = Iterable<readonly T[]>

/** Items of one batch: the database works on it while the next one is read. */
export const BATCH = 50

/** A list in batches. */
export function* batchesOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH)
}

/** The same batches, and the milliseconds that it took to make them. */
export function clocked<T>(batches: Batches<T>): { batches: Batches<T>; milliseconds(): number } {
  let milliseconds = 0
  function* timed(): Generator<readonly T[]> {
    const source = batches[Symbol.iterator]()
    for (;;) {
      const start = performance.now()
      const next = source.next()
      milliseconds += performance.now() - start
      if (next.done) return
      yield next.value
    }
  }
  return { batches: timed(), milliseconds: () => milliseconds }
}
