/** Queries that PostgreSQL plans once: every page asks the same ones, and planning takes them longer than running. */
import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import type { Session } from '../db/session.ts'
import type { Tables } from '../db/tables.ts'

/** The session's connection, on which each text of a query is a prepared statement with one plan for all arguments. */
export async function prepared({ client }: Pick<Session, 'client'>): Promise<Kysely<Tables>> {
  await client.query('set plan_cache_mode = force_generic_plan')
  const connection = {
    query: (text: string, values: unknown[]) =>
      client.query({ name: nameOf(text), text, values: [...values] }),
    release: () => {},
  }
  const pool = { connect: async () => connection, end: async () => {}, options: {} }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }) })
}

/** PostgreSQL takes names of up to 63 characters. */
const nameOf = (text: string): string => createHash('md5').update(text).digest('hex')
