/** `node bench/scale-duckdb.ts <folder of the export> <claim lines> <new folder>`: what spark/price.py does, by DuckDB. */
import { mkdir } from 'node:fs/promises'
import { openDuckDB, pricingOfLines } from '../tests/helpers/duckdb.ts'

/** Lines that are priced at once, in the memory of a laptop. */
const AT_ONCE = 10_000_000

const [fees = '', lines = '', answer = ''] = process.argv.slice(2)
await mkdir(`${answer}/priced_line`, { recursive: true })
for (let part = 0, parts = 1; part < parts; part++) {
  const duckdb = await openDuckDB(fees)
  await duckdb.run(`set memory_limit = '4GB'; set temp_directory = '${answer}/spilled'`)
  await duckdb.run('set preserve_insertion_order = false')
  const [all] = await duckdb.rows<{ lines: number }>(
    `select count(*)::int as lines from '${lines}'`,
  )
  parts = Math.ceil((all?.lines ?? 0) / AT_ONCE)
  // The lines of a patient stay together.
  await duckdb.run(`
    create temp view claim_line as
      from '${lines}' where hash(coalesce(patient_id, claim_id, source_row::varchar)) % ${parts} = ${part}`)
  await duckdb.run(await pricingOfLines())
  await duckdb.run(
    `copy (from priced_line) to '${answer}/priced_line/${part}.parquet' (format parquet)`,
  )
  duckdb.close()
}
