/**
 * `npm run bench:claims`: a million claim lines, four in ten of them sharing a claim, priced by api.price_claims beside the
 * plain join of the same tables, which knows no place of service, no modifier and no other line. `--lines` sets how many.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { table } from 'table'
import { useEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { ingest } from '../src/ingest/ingest.ts'
import { NO_CMS } from '../tests/helpers/cms-server.ts'
import { sampleOf } from '../tests/helpers/samples.ts'
import { prepare } from './data.ts'
import { median, rounds } from './measure.ts'

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

/** Codes of the schedule in no order, as often each; every ZIP code; a quarter of a year. A claim has one day and one place. */
const LINES = `
  create table public.claim as
  select i.claim::text as claim_id, i.line::text, c.hcpcs, c.modifier as modifiers,
         1 + (i.line % 10 = 0)::integer as units, date '2025-10-01' + (i.claim * 7919 % 92)::integer as service_date,
         (array['11', '22', '21', '11', '23'])[1 + i.claim % 5] as place_of_service, z.zip
    from (select line, case when line <= n * 6 / 10 then line else n + line / 3 end as claim
            from (select $1::bigint as n) lines cross join generate_series(1, n) line) i
    join (select row_number() over (order by md5(hcpcs || modifier)) - 1 as place, count(*) over () as many, hcpcs, modifier
            from api.rvu_on('2025-11-01') where status_indicator ~ '[ABCINRT]') c on c.place = i.line * 7919 % c.many
    join (select row_number() over (order by zip) - 1 as place, count(*) over () as many, zip from api.zip5_on('2025-11-01')) z
      on z.place = i.claim * 104729 % z.many`

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
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
  await ingest(sampleOf('ZIP5_OCT2025'), context)
  await session.client.query('analyze')
  await session.client.query(LINES.replace('$1', String(Number(values.lines))))
  await session.client.query('vacuum analyze')
  const ask = (query: string) => async () => {
    await session.client.query(query)
    return undefined
  }
  const measured = await rounds(Number(values.runs), {
    'plain join': ask(JOIN),
    'api.price_claims': ask(PRICED),
    'api.price_claims without steps': ask(WITHOUT_STEPS),
  })
  const floor = median(measured[0]?.runs ?? [])
  process.stdout.write(
    table([
      [`${values.lines} lines, ${whole ? 'the whole schedule' : 'the sample'}`, 'ms', '× the join'],
      ...measured.map(({ name, runs }) => [
        ...[name, Math.round(median(runs)), (median(runs) / floor).toFixed(2)],
      ]),
    ]),
  )
  await session.close()
} finally {
  await server.release()
  await rm(folder, { recursive: true, force: true })
}
