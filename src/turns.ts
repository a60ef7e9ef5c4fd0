/** Rows on their way from a file to the database: handed on one by one, so that few of them are in memory. */

/** Each call hands some items to `each`, in order; it gives false once there are no more. */
export type Turns<T> = (each: (item: T) => void) => boolean

/** Items of one turn: the database works on them while the next ones are read. */
export const TURN = 200

/** A list in turns. */
export function turnsOf<T>(items: readonly T[]): Turns<T> {
  let next = 0
  return (each) => {
    const end = Math.min(next + TURN, items.length)
    for (; next < end; next += 1) each(items[next] as T)
    return next < items.length
  }
}

/** All items at once. */
export function collect<T>(turn: Turns<T>): T[] {
  const items: T[] = []
  while (turn((item) => items.push(item)));
  return items
}

/** The same turns, and the milliseconds that they took, without what became of each item. */
export function clocked<T>(turn: Turns<T>): { turn: Turns<T>; milliseconds(): number } {
  let milliseconds = 0
  return {
    turn(each) {
      let elsewhere = 0
      const start = performance.now()
      const more = turn((item) => {
        const handed = performance.now()
        each(item)
        elsewhere += performance.now() - handed
      })
      milliseconds += performance.now() - start - elsewhere
      return more
    },
    milliseconds: () => milliseconds,
  }
}
