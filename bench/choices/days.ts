/** How the versions of a day are found after 23 years, and what a January costs that closes half of them. */
import { type RawBuilder, sql } from 'kysely'
import { rvuTable } from '../../schemas/pfs/rvu.ts'
import type { Session } from '../../src/db/session.ts'
import { type Cases, type Trx, undone } from './undone.ts'

const COLUMNS = sql.join(Object.keys(rvuTable.columns).map((name) => sql.ref(name)))
const KEY = sql`hcpcs, modifier, content_hash`
const NEXT = sql`'{[2027-01-01,)}'::datemultirange`

interface Way {
  /** Has `history` in its search path, and makes `versions` of it. */
  readonly make: RawBuilder<unknown>
  holds(day: string): RawBuilder<unknown>
}

const keyed = sql`alter table history rename to versions;
                  alter table versions add primary key (${KEY})`
const contains = (day: string) => sql`valid_during @> ${day}::date`

const WAYS: Readonly<Record<string, Way>> = {
  'index over the bounds of their days (ours)': {
    make: sql`${keyed}; create index on versions (ops.ends(valid_during), ops.begins(valid_during))`,
    holds: (day) => sql`api.holds_on(valid_during, ${day}::date)`,
  },
  'no index over days': { make: keyed, holds: contains },
  'GiST index over their days': {
    make: sql`${keyed}; create index on versions using gist (valid_during)`,
    holds: contains,
  },
  'partitions: in force, and ended with a GiST index': {
    make: sql`create table versions (like history) partition by list (upper_inf(valid_during));
              create table in_force partition of versions (primary key (${KEY})) for values in (true);
              create table ended partition of versions (primary key (${KEY})) for values in (false);
              create index on ended using gist (valid_during);
              insert into versions table history;
              drop table history`,
    holds: contains,
  },
}

/** Half of the relative values change each January; the last ones hold on. */
const HISTORY = sql`
  create table history (like pfs.rvu);
  insert into history (${COLUMNS}, content_hash, valid_during, known_since)
  select ${COLUMNS}, gen_random_uuid(), datemultirange(daterange(make_date(year, 1, 1), make_date(next, 1, 1))), now()
    from (select v.*, year, lead(year) over (partition by hcpcs, modifier order by year) as next
            from pfs.rvu v cross join generate_series(2003, 2025) year
           where year = 2003 or hashtext(hcpcs || modifier || year) % 2 = 0) v
   order by year`

const QUESTIONS: Readonly<Record<string, (trx: Trx, way: Way) => Promise<unknown>>> = {
  'a day in force': (trx, way) => schedule(trx, way, '2026-11-30'),
  'a day ten years before': (trx, way) => schedule(trx, way, '2016-11-30'),
  'a January is written': async (trx, way) => {
    await sql`create temporary table changed on commit drop as
              select * from versions where ${way.holds('2026-11-30')} and hashtext(hcpcs) % 2 = 0`.execute(
      trx,
    )
    await sql`update versions v set valid_during = v.valid_during - ${NEXT} from changed c
               where (v.hcpcs, v.modifier, v.content_hash) = (c.hcpcs, c.modifier, c.content_hash)`.execute(
      trx,
    )
    await sql`insert into versions (${COLUMNS}, content_hash, valid_during, known_since)
              select ${COLUMNS}, gen_random_uuid(), ${NEXT}, now() from changed`.execute(trx)
  },
}

async function schedule(trx: Trx, way: Way, day: string): Promise<void> {
  const { rows } = await sql<{ all: boolean }>`
    select count(*) = (select count(*) from pfs.rvu) as all
      from (select * from versions where ${way.holds(day)} offset 0) v`.execute(trx)
  if (!rows[0]?.all) throw new Error(`not all codes hold on ${day}`)
}

/** The database must hold one release. */
export function finding(session: Session): Cases {
  const made = new Set<string>()
  const cases = Object.entries(QUESTIONS).flatMap(([question, ask]) =>
    Object.entries(WAYS).map(([name, way], at) => {
      const schema = `way_${at}`
      const within = (trx: Trx) => sql`set local search_path to ${sql.ref(schema)}`.execute(trx)
      const make = (trx: Trx) =>
        sql`create schema ${sql.ref(schema)}; set local search_path to ${sql.ref(schema)};
            ${HISTORY}; ${way.make}`.execute(trx)
      const run = async () => {
        if (!made.has(schema)) await session.db.transaction().execute(make)
        made.add(schema)
        // Cases that were rolled back leave dead rows.
        await session.client.query(`vacuum analyze ${schema}.versions`)
        return undone(session, { before: within, work: (trx) => ask(trx, way) })
      }
      return [`${question}: ${name}`, run] as const
    }),
  )
  return Object.fromEntries(cases)
}
