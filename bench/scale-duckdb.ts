/** `node bench/scale-duckdb.ts <folder of the export> <claim lines> <new folder>`: what spark/price.py does, by DuckDB. */
import { mkdir } from 'node:fs/promises'
import { openDuckDB, pricingOfLines } from '../tests/helpers/duckdb.ts'

const [fees = '', lines = '', answer = ''] = process.argv.slice(2)
await mkdir(`${answer}/priced_line`, { recursive: true })
const duckdb = await openDuckDB(fees)
await duckdb.run(`set memory_limit = '4GB'; set temp_directory = '${answer}/spilled'`)
await duckdb.run(`create temp view claim_line as from '${lines}'`)
await duckdb.run(await pricingOfLines())
await duckdb.run(`copy (from priced_line) to '${answer}/priced_line/0.parquet' (format parquet)`)
duckdb.close()
