/**
 * `npm run bench:scale`: claim lines of all kinds, priced from one export by DuckDB and by Spark (where SPARK_PYTHON names a
 * Python with PySpark), and by api.price_claims. `--lines`, `--spark` and `--postgres` say how many, the first of `--lines`
 * being made by PostgreSQL and the others copies of them. `--write` keeps each figure in `bench/scale.json` for
 * docs/performance.md, in place of the one that an earlier run had for as many lines, and draws `docs/scale.svg`. Throws
 * where two engines disagree on a total.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pino from 'pino'
import { table } from 'table'
import { useEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { openSession } from '../src/db/session.ts'
import { exportAll } from '../src/export/export.ts'
import { ingest } from '../src/ingest/ingest.ts'
import { ROOT } from '../src/paths.ts'
import { makeClaimLines, writeLines } from '../tests/helpers/claim-lines.ts'
import { NO_CMS } from '../tests/helpers/cms-server.ts'
import { type DuckDB, openDuckDB } from '../tests/helpers/duckdb.ts'
import { sampleOf } from '../tests/helpers/samples.ts'
import { environment, MANY_LINES, PYTHON, pricing, program } from '../tests/helpers/spark.ts'
import { prepare } from './data.ts'
import { type Taken, watch } from './peak.ts'
import { drawScale } from './scale-chart.ts'

export interface Measured {
  readonly engine: string
  readonly lines: number
  readonly seconds: number
  /** Seconds of processor; null where the system does not tell. */
  readonly processor: number | null
  readonly lines_a_second: number
  /** Peak of the process that prices; null where the system does not tell. */
  readonly megabytes: number | null
}

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000,10000000' },
    spark: { type: 'string', default: '1000000' },
    postgres: { type: 'string', default: '1000000' },
    write: { type: 'boolean' },
  },
})
const numbers = (text: string) => text.split(',').map(Number)
const TOTAL =
  'select count(*)::text as lines, count(amount)::text as priced, sum(amount)::text as total from'
const ENGINES = ['PostgreSQL', 'DuckDB', 'Spark']
const measured: Measured[] = []
const folder = await mkdtemp(join(tmpdir(), 'cms-fees-scale-'))
// The server's account must be able to enter it.
await chmod(folder, 0o755)
const { release, zip, whole } = await prepare(folder)
const server = await useEmbedded(folder)
const session = await openSession(server.url)
try {
  await migrate(session.db)
  const log = pino({ level: 'silent' })
  const context = { session, log, cms: NO_CMS, archive: join(folder, 'archive') }
  await ingest({ release, from: zip, allowMissing: true }, context)
  await ingest(sampleOf('ZIP5_OCT2025'), context)
  await exportAll(join(folder, 'fees'), context)
  const duckdb = await openDuckDB(join(folder, 'fees/current'))
  // Copies of the lines are more than the memory that it has.
  await duckdb.run('set preserve_insertion_order = false')
  const [few = 0, ...more] = numbers(values.lines)
  const inPostgres = numbers(values.postgres).filter((lines) => lines !== few)
  for (const lines of inPostgres) await byPostgres(lines)
  const found = numbers(values.postgres).includes(few) ? [await byPostgres(few)] : []
  await makeClaimLines(context, few)
  await writeLines(context, duckdb, folder)
  for (const lines of [few, ...more]) {
    const file = await multiply(duckdb, few, lines)
    const totals = lines === few ? found : []
    const script = join(ROOT, 'bench/scale-duckdb.ts')
    totals.push(
      await totalOf(duckdb, await byProcess('DuckDB', lines, [process.execPath, script], file)),
    )
    if (PYTHON && numbers(values.spark).includes(lines)) {
      const submit = [program('spark-submit'), ...pricing(MANY_LINES)]
      totals.push(await totalOf(duckdb, await byProcess('Spark', lines, submit, file)))
    }
    if (new Set(totals).size > 1) throw new Error(`${lines} lines: ${totals.join(' is not ')}`)
  }
  duckdb.close()
  process.stdout.write(
    `${whole ? 'The whole schedule' : 'The sample'}\n${table([Object.keys(measured[0] ?? {}), ...measured.map(Object.values)])}`,
  )
} finally {
  await session.close()
  await server.release()
  await rm(folder, { recursive: true, force: true })
}

async function keep(engine: string, lines: number, began: number, taken: Taken): Promise<void> {
  const seconds = (performance.now() - began) / 1000
  const each = {
    ...{ engine, lines, seconds: Number(seconds.toFixed(1)) },
    ...{ processor: taken.processor, lines_a_second: Math.round(lines / seconds) },
    megabytes: taken.megabytes,
  }
  measured.push(each)
  process.stdout.write(`${JSON.stringify(each)}\n`)
  if (values.write) await write(each)
}

/** At once: a run of fifty million lines takes an hour. */
async function write(each: Measured): Promise<void> {
  const path = join(import.meta.dirname, 'scale.json')
  const kept: { measured: Measured[] } = JSON.parse(await readFile(path, 'utf8'))
  const others = kept.measured.filter(
    ({ engine, lines }) => engine !== each.engine || lines !== each.lines,
  )
  const all = [...others, each].sort(
    (a, b) => a.lines - b.lines || ENGINES.indexOf(a.engine) - ENGINES.indexOf(b.engine),
  )
  await writeFile(path, `${JSON.stringify({ whole, measured: all }, null, 2)}\n`)
  await writeFile(join(ROOT, 'docs/scale.svg'), drawScale(all))
}

/** Gives the total. */
async function byPostgres(lines: number): Promise<string> {
  const { client } = session
  await makeClaimLines({ session }, lines)
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const taken = await watch(rows[0]?.pid ?? 0)
  const began = performance.now()
  await client.query(
    `create temporary table answer as select * from api.price_claims('public.claim_line', with_steps => false)`,
  )
  await keep('PostgreSQL', lines, began, await taken())
  const { rows: totals } = await client.query(`${TOTAL} answer`)
  await client.query('drop table answer, public.claim_line, sample_code, sample_zip')
  return JSON.stringify(totals[0])
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
async function byProcess(
  engine: string,
  lines: number,
  [command = '', ...args]: readonly string[],
  file: string,
): Promise<string> {
  const answer = join(folder, `${engine}-${lines}`)
  const began = performance.now()
  const child = spawn(command, [...args, join(folder, 'fees/current'), file, answer], {
    env: environment(),
    stdio: ['ignore', 'inherit', 'ignore'],
  })
  const taken = await watch(child.pid ?? 0)
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${engine} ended with ${code}`)
  await keep(engine, lines, began, await taken())
  return `'${answer}/priced_line/*.parquet'`
}

async function totalOf(duckdb: DuckDB, answer: string): Promise<string> {
  const [total] = await duckdb.rows(`${TOTAL} ${answer}`)
  return JSON.stringify(total)
}
