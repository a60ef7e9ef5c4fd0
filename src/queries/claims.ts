/** Prices claim lines that are streamed in, and streams the answer out. */
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { CLAIM_COLUMNS } from '../claims/columns.ts'
import type { UnreadLine } from '../claims/read.ts'
import type { Session } from '../db/session.ts'

export interface BasisCount {
  readonly basis: string
  readonly lines: number
}

export interface ClaimSummary {
  readonly lines: number
  readonly priced: number
  /** Dollars. */
  readonly allowed: string | null
  readonly medicare_pays: string | null
  readonly not_priced: readonly BasisCount[]
  /** Rows that cannot be read, or with a value that cannot, in their order. */
  readonly unread: readonly UnreadLine[]
}

export interface PriceRequest {
  readonly onMissing: 'refuse' | 'latest'
  /** Columns of the answer in their order; empty: all. */
  readonly columns: readonly string[]
  /** Rows of `lines` that could not be read, filled while they are streamed. */
  readonly unread: readonly UnreadLine[]
  /** Told when the lines are read, while they are priced, and when the answer is written. */
  readonly priced?: (step: 'pricing' | 'writing') => void
}

export interface PricedColumn {
  readonly name: string
  readonly type: string
}

const NAMES = CLAIM_COLUMNS.join(', ')

/** In one transaction that is rolled back: nothing stays in the database. */
export async function priceLines(
  { client }: Session,
  lines: AsyncIterable<string> | Readable,
  out: Writable,
  { onMissing, columns, unread, priced }: PriceRequest,
): Promise<ClaimSummary> {
  await client.query('begin')
  try {
    const types = CLAIM_COLUMNS.map((column) => `${column} text`).join(', ')
    await client.query(`create temporary table claim_line (${types})`)
    await pipeline(lines, client.query(copyFrom(`copy pg_temp.claim_line (${NAMES}) from stdin`)))
    await client.query('analyze pg_temp.claim_line')
    priced?.('pricing')
    const withSteps = columns.length === 0 || columns.includes('steps')
    await client.query(
      `create temporary table priced_line as
       select * from api.price_claims('pg_temp.claim_line', ${client.escapeLiteral(onMissing)}, ${withSteps})`,
    )
    if (unread.length > 0)
      await client.query(
        `update pg_temp.priced_line p set basis = u.why from unnest($1::bigint[], $2::text[]) u (row, why) where p.source_row = u.row`,
        [unread.map(({ row }) => row), unread.map(({ why }) => why)],
      )
    const summary = await summarize(client, unread)
    priced?.('writing')
    const selected = columns.map((column) => client.escapeIdentifier(column)).join(', ') || '*'
    const answer = `copy (select ${selected} from pg_temp.priced_line order by source_row) to stdout with (format csv, header)`
    await pipeline(client.query(copyTo(answer)), out, { end: out !== process.stdout })
    return summary
  } finally {
    await client.query('rollback')
  }
}

/** Columns that an answer can have, with their types in PostgreSQL. */
export async function pricedColumns({ client }: Session): Promise<PricedColumn[]> {
  const { rows } = await client.query<PricedColumn>(
    `select attname as name, format_type(atttypid, null) as type
       from pg_attribute where attrelid = 'api.priced_claim_line'::regclass and attnum > 0 order by attnum`,
  )
  return rows
}

async function summarize(
  client: Session['client'],
  unread: readonly UnreadLine[],
): Promise<ClaimSummary> {
  const { rows: totals } = await client.query(
    `select count(*) as lines, count(amount) as priced, sum(amount) as allowed, sum(medicare_pays) as medicare_pays from pg_temp.priced_line`,
  )
  // What a basis quotes differs from line to line.
  const { rows: not_priced } = await client.query<BasisCount>(
    `select regexp_replace(basis, '''[^'']*''', '…', 'g') as basis, count(*) as lines
       from pg_temp.priced_line where amount is null group by 1 order by 2 desc, 1`,
  )
  const { rows: values } = await client.query<UnreadLine>(
    `select source_row::integer as row, basis as why from pg_temp.priced_line where basis ~ ' is no (number|date|yes or no); '`,
  )
  return {
    ...totals[0],
    not_priced,
    unread: [...unread, ...values].sort((a, b) => a.row - b.row),
  }
}
