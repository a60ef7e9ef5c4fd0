/**
 * `npm run bench:part-b`: a quarter of laboratory fees, drugs, surgery centers and DMEPOS beside the physician release of
 * the same quarter, and what people ask of all of them. `-- --write` keeps the figures for docs/performance.md.
 */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { table } from 'table'
import { useEmbedded } from '../src/db/embedded.ts'
import { openSession } from '../src/db/session.ts'
import { hasReal, REAL } from '../tests/helpers/real.ts'
import { median } from './measure.ts'
import { emptyDatabase, inProcess } from './ours.ts'
import { type Query, timeQueries } from './queries.ts'

const PHYSICIAN = { release: 'RVU25A', from: 'rvu25a-updated-01_10_2025.zip' }
const OTHERS = [
  { release: 'CLFS25Q1', from: 'clfs/25CLABQ1.zip' },
  { release: 'ASP25Q1', from: 'asp/january-2025-asp-pricing-file-12_19_24-final-file.zip' },
  {
    release: 'ASC25Q1',
    from: 'asc/january-2025-asc-approved-hcpcs-code-and-payment-rates.zip',
  },
  { release: 'DME25A', from: 'dmepos/dme25-a-rezipped.zip' },
]

/** Of a day that all of them govern. The ZIP code file of that day is not at hand: DMEPOS's own know this one. */
const priceOn = (code: string): Query => ({
  text: `select * from api.price_on('${code}', null, '35004', '2025-02-15')`,
  goal: 10,
})
const QUERIES: Readonly<Record<string, Query>> = {
  ...Object.fromEntries(
    ['A4306', 'A4351', 'E0601', 'J1885', '80053', '66984'].map((code) => [
      `api.price_on for ${code}`,
      priceOn(code),
    ]),
  ),
  'api.code_page for E0601': {
    text: `select * from api.code_page where hcpcs = 'E0601'`,
    goal: 10,
  },
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, write: { type: 'boolean' } },
})
if (!hasReal) throw new Error(`CMS's own files are not in ${REAL}`)
const folder = await mkdtemp(join(tmpdir(), 'cms-fees-part-b-'))
// The server's account must be able to enter it.
await chmod(folder, 0o755)
const embedded = await useEmbedded(folder)
try {
  const admin = await openSession(embedded.url)
  const server = { url: embedded.url, client: admin.client, folder }
  const times = new Map<string, number[]>()
  const megabytes = new Map<string, number>()
  let url = ''
  for (let round = 0; round < Number(values.rounds); round += 1) {
    url = await emptyDatabase(server, 'bench_part_b')
    const archive = await mkdtemp(join(folder, 'archive-'))
    for (const { release, from } of [PHYSICIAN, ...OTHERS]) {
      const job = { url, archive, release, from: join(REAL, from) }
      const { ingested, memory } = await inProcess(folder, [job])
      times.set(release, [...(times.get(release) ?? []), ingested[0]?.published ?? Number.NaN])
      megabytes.set(release, Math.max(megabytes.get(release) ?? 0, memory))
    }
  }
  const loads = [...times].map(([release, ms]) => ({
    release,
    ms: Math.round(median(ms)),
    megabytes: Math.round(megabytes.get(release) ?? Number.NaN),
  }))
  const [physician, ...others] = loads
  const sum = others.reduce((total, { ms }) => total + ms, 0)
  const ratio = Number((sum / (physician?.ms ?? Number.NaN)).toFixed(2))
  const queries = await timeQueries(url, 21, QUERIES)
  await admin.close()
  process.stdout.write(table([['release', 'ms', 'peak, MB'], ...loads.map(Object.values)]))
  process.stdout.write(
    `The four others take ${ratio} times what ${PHYSICIAN.release} takes; the goal is 1.5.\n`,
  )
  process.stdout.write(
    table([
      ['query', 'on the server, ms', 'in a client, ms', 'goal'],
      ...queries.map(({ name, server: on, client, goal }) => [name, on, client, goal]),
    ]),
  )
  if (values.write) {
    const file = join(import.meta.dirname, 'part-b.json')
    await writeFile(file, `${JSON.stringify({ loads, ratio, queries }, null, 2)}\n`)
  }
} finally {
  await embedded.release()
  await rm(folder, { recursive: true, force: true })
}
