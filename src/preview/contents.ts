/** What takes all codes to make, made once for each state of the database. */
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { type ReleaseChange, releaseChanges } from '../queries/changes.ts'
import { allCodes, families } from '../queries/code-lists.ts'
import { priceMoves } from '../queries/price-history.ts'
import { otherReleases, releases, stateOfContent } from '../queries/releases.ts'
import { COMMON, type HomeData } from './pages/home.ts'

export interface Contents {
  home(): Promise<HomeData>
  /** Throws E_NOT_LOADED. */
  changes(before: string, after: string): Promise<readonly ReleaseChange[]>
}

/** Remembers home, and the difference that was asked for last. */
export function contentsOf(db: Kysely<Tables>): Contents {
  const home = remembered(() => homeData(db))
  const changes = remembered((before: string, after: string) => releaseChanges(db, before, after))
  return {
    home: async () => home(await stateOfContent(db), []),
    changes: async (...releases) => changes(await stateOfContent(db), releases),
  }
}

/** The last result of the work, as long as the state and the arguments are the same; who asks meanwhile waits for it. */
function remembered<A extends readonly string[], T>(
  work: (...asked: A) => Promise<T>,
): (state: string, asked: A) => Promise<T> {
  let last: { readonly key: string; readonly result: Promise<T> } | undefined
  return (state, asked) => {
    const key = JSON.stringify([state, ...asked])
    if (last?.key !== key) {
      const result = work(...asked)
      const made = { key, result }
      last = made
      result.catch(() => {
        if (last === made) last = undefined
      })
    }
    return last.result
  }
}

const MOVES = 6

export async function homeData(db: Kysely<Tables>): Promise<HomeData> {
  const codes = Map.groupBy(await allCodes(db), ({ family }) => family)
  return {
    families: (await families(db)).flatMap((family) => {
      const own = codes.get(family.family)
      return own ? [{ ...family, codes: own }] : []
    }),
    releases: await releases(db),
    others: await otherReleases(db),
    moves: await priceMoves(db, MOVES, Object.values(COMMON).flat()),
  }
}
