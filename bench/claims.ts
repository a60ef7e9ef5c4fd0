/**
 * `npm run bench:claims`: claim lines, four in ten of them sharing a claim, priced by api.price_claims beside the plain join
 * of the same tables, which knows no place of service, no modifier and no other line. `--lines` sets how many, in turn.
 */
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { table } from 'table'
import { zipOf } from '../fixtures/zip.ts'
import { useEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { ingest } from '../src/ingest/ingest.ts'
import { ROOT } from '../src/paths.ts'
import { NO_CMS } from '../tests/helpers/cms-server.ts'
import { sampleOf } from '../tests/helpers/samples.ts'
import { prepare } from './data.ts'
import { median, rounds } from './measure.ts'
import { memoryOf } from './peak.ts'

const JOIN = `
  select count(*), sum(amount)
    from (select c.claim_id, c.line,
                 round((r.work_rvu * g.work_gpci + r.non_facility_pe_rvu * g.pe_gpci + r.mp_rvu * g.mp_gpci) * f.conversion_factor, 2) as amount
            from public.claim c
            left join pfs.rvu r on r.hcpcs = c.hcpcs and r.modifier = c.modifiers and r.valid_during @> c.service_date
            left join zip.zip5 z on z.zip = c.zip and z.valid_during @> c.service_date
            left join pfs.gpci g on g.mac = z.mac and g.locality = z.locality and g.valid_during @> c.service_date
            left join pfs.conversion_factor f on not f.qualifying_apm and f.valid_during @> c.service_date
          offset 0) priced`
const PRICED = `select count(*), sum(amount) from api.price_claims('public.claim')`
const WITHOUT_STEPS = `select count(*), sum(amount) from api.price_claims('public.claim', with_steps => false)`

/** What lines are made of: codes of the schedule in no order, every ZIP code. */
const PLACES = `
  create temporary table code_at as
    select row_number() over (order by md5(hcpcs || modifier)) - 1 as place, hcpcs, modifier
      from api.rvu_on('2025-11-01') where status_indicator ~ '[ABCINRT]';
  create temporary table zip_at as select row_number() over (order by zip) - 1 as place, zip from api.zip5_on('2025-11-01')`

/** Each code as often, a quarter of a year. A claim has one day and one place. */
const LINES = `
  create table public.claim as
  select i.claim::text as claim_id, i.line::text, c.hcpcs, c.modifier as modifiers,
         1 + (i.line % 10 = 0)::integer as units, date '2025-10-01' + (i.claim * 7919 % 92)::integer as service_date,
         (array['11', '22', '21', '11', '23'])[1 + i.claim % 5] as place_of_service, z.zip
    from (select line, case when line <= n * 6 / 10 then line else n + line / 3 end as claim
            from (select $1::bigint as n) lines cross join generate_series(1, n) line) i
    join code_at c on c.place = i.line * 7919 % (select count(*) from code_at)
    join zip_at z on z.place = i.claim * 104729 % (select count(*) from zip_at)`

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '10000,100000,1000000' },
    runs: { type: 'string', default: '3' },
  },
})
const folder = await mkdtemp(join(tmpdir(), 'cms-fees-claims-'))
// The server's account must be able to enter it.
await chmod(folder, 0o755)
const server = await useEmbedded(folder)
try {
  const session = await openSession(server.url)
  await migrate(session.db)
  const context = {
    ...{ session, cms: NO_CMS, log: pino({ level: 'silent' }), archive: join(folder, 'archive') },
  }
  const { release, zip, whole } = await prepare(folder)
  await ingest({ release, from: zip, allowMissing: true }, context)
  await ingest(await zipCodes(), context)
  await session.client.query(PLACES)
  await session.client.query('analyze')
  const rows: (string | number)[][] = []
  for (const lines of values.lines.split(',')) {
    await session.client.query('drop table if exists public.claim')
    await session.client.query(LINES.replace('$1', String(Number(lines))))
    await session.client.query('vacuum analyze public.claim')
    rows.push(...(await measure(lines)))
  }
  const title = `claim lines, ${whole ? 'the whole schedule' : 'the sample'}`
  process.stdout.write(table([[title, '', 'ms', '× the join', 'memory, MB'], ...rows]))
  await session.close()
} finally {
  await server.release()
  await rm(folder, { recursive: true, force: true })
}

/** CMS's whole file where it is present, else the sample. */
async function zipCodes() {
  const file = join(ROOT, '../shared/cms/zip/ZIP5_OCT2025.txt')
  if (!existsSync(file)) return sampleOf('ZIP5_OCT2025')
  const from = join(folder, 'zip5.zip')
  await writeFile(from, await zipOf(new Map([['ZIP5_OCT2025.txt', await readFile(file)]])))
  return { release: 'ZIP5_OCT2025', from, allowMissing: true }
}

async function measure(lines: string): Promise<(string | number)[][]> {
  const memory: Record<string, number> = {}
  const ask = (name: string, query: string) => async () => {
    // A session of its own: the peak of its server process is that of the query.
    const { client, close } = await openSession(server.url)
    try {
      const start = performance.now()
      await client.query(query)
      const took = performance.now() - start
      const { rows } = await client.query('select pg_backend_pid() as pid')
      const found = await memoryOf(rows[0].pid)
      // Without the buffers that all server processes share.
      if (found) memory[name] = Math.round((found.peak - found.shared) / 1024)
      return took
    } finally {
      await close()
    }
  }
  const queries = {
    'plain join': JOIN,
    'api.price_claims': PRICED,
    'api.price_claims without steps': WITHOUT_STEPS,
  }
  const measured = await rounds(
    Number(values.runs),
    Object.fromEntries(
      Object.entries(queries).map(([name, query]) => [name, ask(name, query)] as const),
    ),
  )
  const floor = median(measured[0]?.runs ?? [])
  return measured.map(({ name, runs }) => [
    ...[Number(lines).toLocaleString('en-US'), name, Math.round(median(runs))],
    ...[(median(runs) / floor).toFixed(2), memory[name] ?? ''],
  ])
}
