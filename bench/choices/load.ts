/** How rows come to the server, and where they are hashed. */
import { type RawBuilder, sql } from 'kysely'
import type { Row } from '../../schemas/file.ts'
import { rvuTable } from '../../schemas/pfs/rvu.ts'
import type { Session } from '../../src/db/session.ts'
import { contentHashOf, stageRows } from '../../src/ingest/stage.ts'
import { type Cases, requireNone, type Step, type Trx, undone } from './undone.ts'

const NAMES = Object.keys(rvuTable.columns) as (keyof typeof rvuTable.columns)[]
const COLUMNS = [...NAMES, 'content_hash']
const LIST = sql.join(COLUMNS.map((name) => sql.ref(name)))
const cellsOf = (row: Row): (string | null)[] => [
  ...NAMES.map((column) => row[rvuTable.at[column]]?.value ?? null),
  contentHashOf(row),
]

/** The database must hold `rows`. */
export function loading(session: Session, rows: readonly Row[]): Cases {
  const loaded = (work: Step) => () =>
    undone(session, {
      work,
      proof: (trx) =>
        requireNone(
          trx,
          sql`from (table pg_temp.stage_rvu except all select ${LIST} from pfs.rvu
                    union all
                    (select ${LIST} from pfs.rvu except all table pg_temp.stage_rvu)) differs`,
        ),
    })
  /** What stageRows does beside the rows themselves. */
  const asStaged = (fill: Step) =>
    loaded(async (trx) => {
      await sql`create temporary table stage_rvu on commit drop as
                select ${LIST} from pfs.rvu with no data`.execute(trx)
      await fill(trx)
      await analyzeKeys(trx)
    })
  return {
    'COPY text (ours)': loaded((trx) =>
      stageRows(trx, session.client, rvuTable, 'stage_rvu', rows),
    ),
    'insert from unnest, one array a column': asStaged((trx) => unnested(trx, rows)),
    'inserts in batches of 500 rows': asStaged((trx) => inBatches(trx, rows)),
  }
}

/** As stageRows analyzes. */
export async function analyzeKeys(trx: Trx): Promise<void> {
  const key = sql.join([...rvuTable.key, 'content_hash'].map((name) => sql.ref(name)))
  await sql`set local default_statistics_target = 10`.execute(trx)
  await sql`analyze stage_rvu (${key})`.execute(trx)
}

async function unnested(trx: Trx, rows: readonly Row[]): Promise<void> {
  const { rows: types } = await sql<{ type: string }>`
    select format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = 'pg_temp.stage_rvu'::regclass and attnum > 0 order by attnum`.execute(trx)
  const cells = rows.map(cellsOf)
  const arrays = types.map(({ type }, at) => {
    const column = cells.map((row) => row[at] ?? null)
    return sql`${column}::text[]::${sql.raw(type)}[]`
  })
  await sql`insert into stage_rvu select * from unnest(${sql.join(arrays)})`.execute(trx)
}

/** 500 rows: half of the parameters that a statement may have. */
async function inBatches(trx: Trx, rows: readonly Row[]): Promise<void> {
  const typed = trx.withTables<{ stage_rvu: Record<string, string | null> }>()
  for (let from = 0; from < rows.length; from += 500) {
    const values = rows.slice(from, from + 500).map((row) => {
      const cells = cellsOf(row)
      return Object.fromEntries(COLUMNS.map((column, at) => [column, cells[at] ?? null]))
    })
    await typed.insertInto('stage_rvu').values(values).execute()
  }
}

/** The canonical text of `contentHashOf`, put together by the server. */
function hashInSql(): RawBuilder<unknown> {
  const key: readonly string[] = rvuTable.key
  const parts = NAMES.filter((column) => !key.includes(column)).map(
    (column) => sql`${sql.lit(`["${column}",`)} || to_json(${sql.ref(column)}::text)::text || ']'`,
  )
  const text = sql`'[' || concat_ws(',', ${sql.join(parts)}) || ']'`
  return sql`substr(encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), 1, 32)::uuid`
}

export const hashing = (session: Session, rows: readonly Row[]): Cases => ({
  'in the process (ours)': async () => {
    const start = performance.now()
    for (const row of rows) contentHashOf(row)
    return performance.now() - start
  },
  'in SQL, over the staged rows, and not yet stored': () =>
    undone(session, {
      before: (trx) => stageRows(trx, session.client, rvuTable, 'stage_rvu', rows),
      work: (trx) => sql`select count(${hashInSql()}) from stage_rvu`.execute(trx),
      proof: (trx) =>
        requireNone(trx, sql`from stage_rvu where ${hashInSql()} is distinct from content_hash`),
    }),
})
