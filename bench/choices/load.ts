/** How rows come to the server, and where they are hashed. */
import { sql, type Transaction } from 'kysely'
import type { Row } from '../../schemas/dataset.ts'
import { rvu } from '../../schemas/pfs/rvu.ts'
import type { Session } from '../../src/db/session.ts'
import type { Tables } from '../../src/db/tables.ts'
import { contentHashOf, stageRows } from '../../src/stages/stage.ts'
import { turnsOf } from '../../src/turns.ts'

export type Cases = Record<string, () => Promise<number | undefined>>
type Trx = Transaction<Tables>

const COLUMNS = [...rvu.columns, 'content_hash']
const hashOf = contentHashOf(rvu)
const cellsOf = (row: Row): (string | null)[] => [
  ...rvu.columns.map((column) => row[rvu.at[column] ?? -1] ?? null),
  hashOf(row),
]

/** Runs the work in a transaction that leaves nothing, and gives the milliseconds of the work alone. */
export async function undone(
  { db }: Session,
  work: (trx: Trx) => Promise<unknown>,
  before: (trx: Trx) => Promise<unknown> = async () => {},
): Promise<number> {
  const trx = await db.startTransaction().execute()
  await before(trx)
  const start = performance.now()
  await work(trx)
  const milliseconds = performance.now() - start
  await trx.rollback().execute()
  return milliseconds
}

const emptyTable = (trx: Trx) =>
  sql`create temporary table stage_rvu on commit drop as
      select ${sql.join(COLUMNS.map((name) => sql.ref(name)))} from pfs.rvu with no data`.execute(
    trx,
  )

export const loading = (session: Session, rows: readonly Row[]): Cases => ({
  'COPY text, hashed on the way (ours)': () =>
    undone(session, (trx) => stageRows(trx, session.client, rvu, 'pfs', turnsOf(rows))),
  'insert from unnest of one array a column': () =>
    undone(
      session,
      async (trx) => {
        const cells = rows.map(cellsOf)
        const { rows: types } = await sql<{ type: string }>`
          select format_type(atttypid, atttypmod) as type from pg_attribute
           where attrelid = 'stage_rvu'::regclass and attnum > 0 order by attnum`.execute(trx)
        const arrays = types.map(({ type }, at) => {
          const column = cells.map((row) => row[at] ?? null)
          return sql`${column}::text[]::${sql.raw(type)}[]`
        })
        await sql`insert into stage_rvu select * from unnest(${sql.join(arrays)})`.execute(trx)
      },
      emptyTable,
    ),
  'inserts in batches': () =>
    undone(
      session,
      async (trx) => {
        const size = Math.floor(30_000 / COLUMNS.length)
        for (let from = 0; from < rows.length; from += size) {
          const values = rows
            .slice(from, from + size)
            .map((row) => sql`(${sql.join(cellsOf(row))})`)
          await sql`insert into stage_rvu values ${sql.join(values)}`.execute(trx)
        }
      },
      async (trx) => {
        // Parameters of a VALUES list are text.
        const columns = COLUMNS.map((name) => sql`${sql.ref(name)} text`)
        await sql`create temporary table stage_rvu (${sql.join(columns)}) on commit drop`.execute(
          trx,
        )
      },
    ),
})

/** The canonical text of `contentHashOf`, put together by the server. */
const canonical = () => {
  const parts = rvu.columns
    .filter((column) => !rvu.key.includes(column))
    .map((column) => sql`${`["${column}",`} || to_json(${sql.ref(column)}::text)::text || ']'`)
  return sql`'[' || concat_ws(',', ${sql.join(parts)}) || ']'`
}
const hashed = () =>
  sql`substr(encode(sha256(convert_to(${canonical()}, 'UTF8')), 'hex'), 1, 32)::uuid`

export const hashing = (session: Session, rows: readonly Row[]): Cases => ({
  'in the process (ours)': async () => {
    const start = performance.now()
    for (const row of rows) hashOf(row)
    return performance.now() - start
  },
  'in SQL, over the staged rows': () =>
    undone(
      session,
      (trx) => sql`select count(distinct ${hashed()}) from stage_rvu`.execute(trx),
      async (trx) => {
        await stageRows(trx, session.client, rvu, 'pfs', turnsOf(rows))
        const { rows: differ } = await sql<{ count: number }>`
          select count(*) as count from stage_rvu where ${hashed()} <> content_hash`.execute(trx)
        if (differ[0]?.count !== 0) throw new Error('the hashes differ')
      },
    ),
})
