/** What people ask, on a database that holds the release. */
import { openSession } from '../src/db/session.ts'
import { median } from './measure.ts'

export interface Query {
  readonly text: string
  /** Milliseconds, issue by issue what we hold ourselves to. */
  readonly goal: number
}

const QUERIES: Readonly<Record<string, Query>> = {
  'api.rvu_on for one code': {
    text: `select * from api.rvu_on('2025-11-01') where hcpcs = 'G0101'`,
    goal: 1,
  },
  'api.rvu_on, the whole schedule': { text: `select * from api.rvu_on('2025-11-01')`, goal: 60 },
  'api.code_page for one code': {
    text: `select * from api.code_page where hcpcs = 'A4306'`,
    goal: 5,
  },
  'api.fee_schedule of a locality': {
    text: `select * from api.fee_schedule('10112', '00', '2025-11-01')`,
    goal: 300,
  },
  'api.search, plain words': {
    text: `select * from api.search('portable medicine pump')`,
    goal: 20,
  },
  'api.search, misspelt': { text: `select * from api.search('elastomric infuson')`, goal: 20 },
}

export interface QueryTime {
  readonly name: string
  readonly goal: number
  /** Milliseconds on the server: planned anew and executed, without what it takes to send and read the rows. */
  readonly server: number
  /** Milliseconds in a client that has prepared the statement, all rows read. */
  readonly client: number
}

/** Medians, after the first calls of a session have filled its caches. */
export async function timeQueries(
  url: string,
  runs: number,
  queries: Readonly<Record<string, Query>> = QUERIES,
): Promise<QueryTime[]> {
  const { client, close } = await openSession(url)
  const times: QueryTime[] = []
  for (const [name, { text, goal }] of Object.entries(queries)) {
    const server: number[] = []
    const whole: number[] = []
    // PostgreSQL keeps a plan from the sixth call of a prepared statement on.
    for (let run = -6; run < runs; run += 1) {
      const explained = await client.query(
        `explain (analyze, timing off, summary, format json) ${text}`,
      )
      const [plan] = explained.rows[0]['QUERY PLAN']
      const start = performance.now()
      await client.query({ name, text })
      if (run < 0) continue
      server.push(plan['Planning Time'] + plan['Execution Time'])
      whole.push(performance.now() - start)
    }
    const rounded = (values: readonly number[]) => Number(median(values).toFixed(1))
    times.push({ name, goal, server: rounded(server), client: rounded(whole) })
  }
  await close()
  return times
}
