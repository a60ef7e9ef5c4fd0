/** What people ask, on a database that holds the release. */
import { openSession } from '../src/db/session.ts'
import { median } from './measure.ts'

const QUERIES: Readonly<Record<string, string>> = {
  'api.rvu_on for one code': `select * from api.rvu_on('2025-11-01') where hcpcs = 'G0101'`,
  'api.rvu_on, the whole schedule': `select * from api.rvu_on('2025-11-01')`,
  'api.code_page for one code': `select * from api.code_page where hcpcs = 'A4306'`,
  'api.fee_schedule of a locality': `select * from api.fee_schedule('10112', '00', '2025-11-01')`,
}

export interface QueryTime {
  readonly name: string
  /** Median with planning, transfer and reading included. */
  readonly milliseconds: number
}

export async function timeQueries(url: string, runs: number): Promise<QueryTime[]> {
  const { client, close } = await openSession(url)
  const times: QueryTime[] = []
  for (const [name, text] of Object.entries(QUERIES)) {
    const each: number[] = []
    // The first call of a session fills its caches.
    for (let run = -1; run < runs; run += 1) {
      const start = performance.now()
      await client.query(text)
      if (run >= 0) each.push(performance.now() - start)
    }
    times.push({ name, milliseconds: Number(median(each).toFixed(1)) })
  }
  await close()
  return times
}
