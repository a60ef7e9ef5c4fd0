/** How the versions of a day are found after twenty-three years, and what a January costs that closes half of them. */
import { type RawBuilder, sql } from 'kysely'
import { rvuTable } from '../../schemas/pfs/rvu.ts'
import type { Session } from '../../src/db/session.ts'
import { type Cases, type Trx, undone } from './undone.ts'

const COLUMNS = sql.join(Object.keys(rvuTable.columns).map((name) => sql.ref(name)))
const KEY = sql`hcpcs, modifier, content_hash`
const NEXT = sql`'{[2027-01-01,)}'::datemultirange`

interface Way {
  readonly index: RawBuilder<unknown>
  holds(day: string): RawBuilder<unknown>
}

const contains = (day: string) => sql`valid_during @> ${day}::date`
const onTable = { index: sql`alter table days.rvu add primary key (${KEY})`, holds: contains }

const WAYS: Readonly<Record<string, Way>> = {
  'index over the bounds of their days (ours)': {
    index: sql`alter table days.rvu add primary key (${KEY});
               create index on days.rvu (ops.ends(valid_during), ops.begins(valid_during))`,
    holds: (day) => sql`api.holds_on(valid_during, ${day}::date)`,
  },
  'no index over days': onTable,
  'GiST index over their days': {
    ...onTable,
    index: sql`${onTable.index}; create index on days.rvu using gist (valid_during)`,
  },
  'partitions: in force, and ended with a GiST index': {
    index: sql`alter table days.rvu rename to whole;
               create table days.rvu (like days.whole) partition by list (upper_inf(valid_during));
               create table days.open partition of days.rvu (primary key (${KEY})) for values in (true);
               create table days.ended partition of days.rvu (primary key (${KEY})) for values in (false);
               create index on days.ended using gist (valid_during);
               insert into days.rvu table days.whole`,
    holds: contains,
  },
}

/** Half of the relative values change each January; the last ones hold on. */
const history = (trx: Trx) =>
  sql`create schema days;
      create table days.rvu (like pfs.rvu);
      insert into days.rvu (${COLUMNS}, content_hash, valid_during, known_since)
      select ${COLUMNS}, gen_random_uuid(), datemultirange(daterange(make_date(year, 1, 1), make_date(next, 1, 1))), now()
        from (select v.*, year, lead(year) over (partition by hcpcs, modifier order by year) as next
                from pfs.rvu v cross join generate_series(2003, 2025) year
               where year = 2003 or hashtext(hcpcs || modifier || year) % 2 = 0) v
       order by year`.execute(trx)

const QUESTIONS: Readonly<Record<string, (trx: Trx, way: Way) => Promise<unknown>>> = {
  'a day in force': (trx, way) => schedule(trx, way, '2026-11-30'),
  'a day ten years ago': (trx, way) => schedule(trx, way, '2016-11-30'),
  'writing a January': async (trx, way) => {
    await sql`create temporary table changed on commit drop as
              select * from days.rvu where ${way.holds('2026-11-30')} and hashtext(hcpcs) % 2 = 0`.execute(
      trx,
    )
    await sql`update days.rvu v set valid_during = v.valid_during - ${NEXT} from changed c
               where (v.hcpcs, v.modifier, v.content_hash) = (c.hcpcs, c.modifier, c.content_hash)`.execute(
      trx,
    )
    await sql`insert into days.rvu (${COLUMNS}, content_hash, valid_during, known_since)
              select ${COLUMNS}, gen_random_uuid(), ${NEXT}, now() from changed`.execute(trx)
  },
}

async function schedule(trx: Trx, way: Way, day: string): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select * from days.rvu where ${way.holds(day)} offset 0) v`.execute(
    trx,
  )
  const expected = await sql<{ count: number }>`select count(*) as count from pfs.rvu`.execute(trx)
  if (rows[0]?.count !== expected.rows[0]?.count) throw new Error(`not all codes hold on ${day}`)
}

/** The database must hold one release. */
export const finding = (session: Session): Cases =>
  Object.fromEntries(
    Object.entries(QUESTIONS).flatMap(([question, ask]) =>
      Object.entries(WAYS).map(([name, way]) => [
        `${question}: ${name}`,
        () =>
          undone(session, {
            before: async (trx) => {
              await history(trx)
              await way.index.execute(trx)
              await sql`analyze days.rvu`.execute(trx)
            },
            work: (trx) => ask(trx, way),
          }),
      ]),
    ),
  )
