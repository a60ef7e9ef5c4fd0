/** `node bench/scale-duckdb.ts <folder of the export> <claim lines> <new folder>`: what spark/price.py does, by DuckDB. */
import { mkdir } from 'node:fs/promises'
import { type DuckDB, openDuckDB, pricingOfLines } from '../tests/helpers/duckdb.ts'

/** Lines that are priced at once. */
const AT_ONCE = 10_000_000

const [fees = '', lines = '', answer = ''] = process.argv.slice(2)
await mkdir(`${answer}/priced_line`, { recursive: true })
const duckdb = await openLarge()
const [all] = await duckdb.rows<{ lines: number }>(`select count(*)::int as lines from '${lines}'`)
const parts = Math.ceil((all?.lines ?? 0) / AT_ONCE)
// The lines of a patient stay together.
if (parts > 1) {
  await duckdb.run(`
    copy (select *, hash(coalesce(patient_id, claim_id, source_row::varchar)) % ${parts} as part from '${lines}')
      to '${answer}/part' (format parquet, partition_by (part))`)
}
duckdb.close()
for (let part = 0; part < parts; part++) {
  const from = parts > 1 ? `${answer}/part/part=${part}/*.parquet` : lines
  const priced = await openLarge()
  await priced.run(
    `create temp view claim_line as from read_parquet('${from}', hive_partitioning = false)`,
  )
  await priced.run(await pricingOfLines())
  await priced.run(
    `copy (from priced_line) to '${answer}/priced_line/${part}.parquet' (format parquet)`,
  )
  priced.close()
}

/** With the memory of a laptop. */
async function openLarge(): Promise<DuckDB> {
  const opened = await openDuckDB(fees)
  await opened.run(`set memory_limit = '4GB'; set temp_directory = '${answer}/spilled'`)
  await opened.run('set preserve_insertion_order = false')
  return opened
}
