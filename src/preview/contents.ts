/** What home and the list of families show, made once for each state of the database: it takes all codes to make. */
import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { families } from '../queries/code-lists.ts'
import { largestMoves } from '../queries/price-history.ts'
import { releases, stateOfContent } from '../queries/releases.ts'
import type { HomeData } from './pages/home.ts'

export interface Contents {
  home(): Promise<HomeData>
}

const MOVES = 6

export function contentsOf(db: Kysely<Tables>): Contents {
  let made: { readonly state: string; readonly home: HomeData } | undefined
  return {
    async home() {
      const state = await stateOfContent(db)
      if (made?.state !== state) made = { state, home: await homeData(db) }
      return made.home
    },
  }
}

export async function homeData(db: Kysely<Tables>): Promise<HomeData> {
  return {
    families: await families(db),
    releases: await releases(db),
    moves: await largestMoves(db, MOVES),
  }
}
