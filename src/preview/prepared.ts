/** Queries that PostgreSQL plans once: every page asks the same ones, and planning takes them longer than running. */
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { kyselyOn, type Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'

/** The session's connection, on which each text of a query is a prepared statement with one plan for all arguments. */
export async function prepared({ client }: Pick<Session, 'client'>): Promise<Kysely<Tables>> {
  await client.query('set plan_cache_mode = force_generic_plan')
  // A connection takes one query at a time; those of several pages take turns.
  let last: Promise<unknown> = Promise.resolve()
  const query = (text: string, values: readonly unknown[]) => {
    const statement = { name: nameOf(text), text, values: [...values] }
    const turn = last.then(() => client.query(statement))
    last = turn.catch(() => {})
    return turn
  }
  // Kysely's type asks for cursors, too, which no page needs.
  return kyselyOn(query as never)
}

/** PostgreSQL takes names of up to 63 characters. */
const nameOf = (text: string): string => createHash('md5').update(text).digest('hex')
