/** One run at a time for each database: a lock that ends with the connection, however that ends. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'

/** Two numbers that name the lock among all advisory locks of the database ('cmsf', 'run'). */
const LOCK = sql`1668117350, 7501166`

/** Throws E_LOCKED, naming the run that holds the lock. Marks runs that died without a word. */
export async function takeRunLock(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{
    taken: boolean
  }>`select pg_try_advisory_lock(${LOCK}) as taken`.execute(db)
  if (rows[0]?.taken) {
    // Nobody else can be running now, so a run without an end was cut off.
    await sql`update ops.run set outcome = 'interrupted', finished_at = clock_timestamp() where outcome is null`.execute(
      db,
    )
    return
  }
  throw await lockedBy(db)
}

/**
 * For the length of a transaction, by `migrate`: no run works while the schema changes. `wait`: until the lock is free,
 * for a database in which nothing runs yet. Throws E_LOCKED.
 */
export async function takeRunLockFor(
  trx: Kysely<Tables>,
  { wait }: { wait: boolean },
): Promise<void> {
  if (wait) {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx)
    return
  }
  const { rows } = await sql<{
    taken: boolean
  }>`select pg_try_advisory_xact_lock(${LOCK}) as taken`.execute(trx)
  if (!rows[0]?.taken) throw await lockedBy(trx)
}

async function lockedBy(db: Kysely<Tables>): Promise<CmsFeesError> {
  const holder = await sql<{ pid: number; run: string | null; since: string | null }>`
    select a.pid,
           (select format('run %s (%s %s)', run_id, command, release) from ops.run where outcome is null order by run_id desc limit 1) as run,
           to_char(coalesce((select max(started_at) from ops.run where outcome is null), a.backend_start), 'YYYY-MM-DD HH24:MI:SS TZ') as since
      from pg_locks l
      join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted
       and (l.classid::bigint, l.objid::bigint) = (${LOCK})
       and l.database = (select oid from pg_database where datname = current_database())
  `.execute(db)
  const [found] = holder.rows
  return new CmsFeesError(
    'E_LOCKED',
    found
      ? `${found.run ?? 'a run, or migrate,'} holds the lock${found.since ? ` since ${found.since}` : ''}, as PostgreSQL process ${found.pid}`
      : 'another run held the lock a moment ago',
  )
}

export async function releaseRunLock(db: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_unlock(${LOCK})`.execute(db)
}
