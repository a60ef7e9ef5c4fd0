/**
 * `npm run bench:scale`: claim lines of all kinds, priced from one export by DuckDB and by Spark (where SPARK_PYTHON names a
 * Python with PySpark), and by api.price_claims. `--lines` and `--postgres` say how many, `--write` keeps the figures in
 * `bench/scale.json` for docs/performance.md. Throws where two engines disagree on a total.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { table } from 'table'
import { useEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { exportAll } from '../src/export/export.ts'
import { ingest } from '../src/ingest/ingest.ts'
import { ROOT } from '../src/paths.ts'
import { makeClaimLines, writeClaimLines } from '../tests/helpers/claim-lines.ts'
import { NO_CMS } from '../tests/helpers/cms-server.ts'
import { type DuckDB, openDuckDB } from '../tests/helpers/duckdb.ts'
import { sampleOf } from '../tests/helpers/samples.ts'
import { prepare } from './data.ts'
import { watchPeak } from './peak.ts'

interface Measured {
  readonly engine: string
  readonly lines: number
  readonly seconds: number
  readonly lines_a_second: number
  /** Peak of the process that prices; null where the system does not tell. */
  readonly megabytes: number | null
}

/** As docs/spark.md has it for one machine. */
const SPARK = [
  ...['--master', 'local[2]', '--driver-memory', '3g', '--conf', 'spark.sql.shuffle.partitions=8'],
  ...['--driver-java-options', '-XX:-DontCompileHugeMethods', join(ROOT, 'spark/price.py')],
]

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000,10000000' },
    postgres: { type: 'string', default: '1000000' },
    write: { type: 'boolean' },
  },
})
const numbers = (text: string) => text.split(',').map(Number)
const python = process.env.SPARK_PYTHON
const measured: Measured[] = []
const folder = await mkdtemp(join(tmpdir(), 'cms-fees-scale-'))
// The server's account must be able to enter it.
await chmod(folder, 0o755)
const server = await useEmbedded(folder)
const session = await openSession(server.url)
try {
  await migrate(session.db)
  const log = pino({ level: 'silent' })
  const context = { session, log, cms: NO_CMS, archive: join(folder, 'archive') }
  const { release, zip, whole } = await prepare(folder)
  await ingest({ release, from: zip, allowMissing: true }, context)
  await ingest(sampleOf('ZIP5_OCT2025'), context)
  await exportAll(join(folder, 'fees'), context)
  const duckdb = await openDuckDB(join(folder, 'fees/current'))
  for (const lines of numbers(values.postgres)) await inPostgres(lines)
  // Of these lines the others are copies, each with claims of its own.
  const [few = 0, ...more] = numbers(values.lines)
  await makeClaimLines(context, few)
  await writeClaimLines(context, duckdb, folder)
  for (const lines of [few, ...more]) {
    const file = await multiply(duckdb, few, lines)
    const totals = [
      await inProcess(
        'DuckDB',
        lines,
        process.execPath,
        [join(ROOT, 'bench/scale-duckdb.ts')],
        file,
      ),
    ]
    if (python)
      totals.push(
        await inProcess('Spark', lines, join(dirname(python), 'spark-submit'), SPARK, file),
      )
    const found = await Promise.all(totals.map((answer) => totalOf(duckdb, answer)))
    if (new Set(found).size > 1) throw new Error(`${lines} lines: ${found.join(' is not ')}`)
  }
  duckdb.close()
  process.stdout.write(
    `${whole ? 'The whole schedule' : 'The sample'}\n${table([Object.keys(measured[0] ?? {}), ...measured.map(Object.values)])}`,
  )
  if (values.write)
    await writeFile(
      join(import.meta.dirname, 'scale.json'),
      `${JSON.stringify({ whole, measured }, null, 2)}\n`,
    )
} finally {
  await session.close()
  await server.release()
  await rm(folder, { recursive: true, force: true })
}

function keep(engine: string, lines: number, began: number, megabytes: number | null): void {
  const seconds = (performance.now() - began) / 1000
  measured.push({
    ...{ engine, lines, seconds: Number(seconds.toFixed(1)) },
    ...{ lines_a_second: Math.round(lines / seconds), megabytes },
  })
}

async function inPostgres(lines: number): Promise<void> {
  const { client } = session
  await makeClaimLines({ session }, lines)
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const peak = watchPeak(rows[0]?.pid ?? 0)
  const began = performance.now()
  await client.query(
    `create temporary table answer as select * from api.price_claims('public.claim_line', with_steps => false)`,
  )
  keep('PostgreSQL', lines, began, await peak())
  await client.query('drop table answer, public.claim_line, sample_code, sample_zip')
}

async function multiply(duckdb: DuckDB, few: number, lines: number): Promise<string> {
  const first = join(folder, 'claim_line.parquet')
  if (lines === few) return first
  const file = join(folder, `claim_line_${lines}.parquet`)
  await duckdb.run(`
    copy (select * replace (source_row + n * ${few} as source_row, claim_id || '-' || n as claim_id, line || '-' || n as line)
            from '${first}', range(${lines / few}) copy (n)) to '${file}' (format parquet)`)
  return file
}

/** Prices the lines of a file in a process of its own; gives the files of the answer. */
async function inProcess(
  engine: string,
  lines: number,
  program: string,
  args: readonly string[],
  file: string,
) {
  const answer = join(folder, `${engine}-${lines}`)
  const path = [dirname(python ?? ''), process.env.PATH].join(delimiter)
  const began = performance.now()
  const child = spawn(program, [...args, join(folder, 'fees/current'), file, answer], {
    ...{ env: { ...process.env, PATH: path, SPARK_LOCAL_IP: '127.0.0.1' } },
    stdio: ['ignore', 'inherit', 'ignore'],
  })
  const peak = watchPeak(child.pid ?? 0)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${engine} ended with ${code}`)
  keep(engine, lines, began, await peak())
  return `${answer}/priced_line/*.parquet`
}

async function totalOf(duckdb: DuckDB, files: string): Promise<string> {
  const [total] = await duckdb.rows(
    `select count(*)::text as lines, count(amount)::text as priced, sum(amount)::text as total from '${files}'`,
  )
  return JSON.stringify(total)
}
