/** Check: queries of sql/checks that must return no rows, run in the transaction before it is published. */
import { type Kysely, sql } from 'kysely'
import { readSqlFolder } from '../db/migrate.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'

export interface CheckResult {
  readonly check_name: string
  readonly severity: 'refuse' | 'warn'
  readonly broken_rows: number
  readonly sample: readonly object[]
}

const SAMPLE = 10

/**
 * Runs every check whose needed tables are there. A check's file begins with comments:
 * `-- severity: refuse|warn`, and `-- needs: <tables>` where it reads staged rows.
 */
export async function runChecks(trx: Kysely<Tables>, folder: string): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const { name, text } of await readSqlFolder(folder)) {
    const needs = /^-- needs: (.*)$/m.exec(text)?.[1]?.split(/,\s*/) ?? []
    if (!(await allExist(trx, needs))) continue
    const severity = /^-- severity: (refuse|warn)$/m.exec(text)?.[1]
    if (severity !== 'refuse' && severity !== 'warn')
      throw new Error(`${name}.sql states no severity`)
    const { rows } = await sql.raw<object>(text).execute(trx)
    results.push({
      check_name: name,
      severity,
      broken_rows: rows.length,
      sample: rows.slice(0, SAMPLE),
    })
  }
  return results
}

/** Throws E_CHECK_FAILED where a check that refuses found rows. */
export function refuseBroken(results: readonly CheckResult[]): void {
  const broken = results.filter((result) => result.severity === 'refuse' && result.broken_rows > 0)
  if (broken.length === 0) return
  const found = broken.map(
    (check) =>
      `${check.check_name}: ${check.broken_rows} rows, such as ${JSON.stringify(check.sample[0])}`,
  )
  throw new CmsFeesError('E_CHECK_FAILED', found.join('; '))
}

async function allExist(trx: Kysely<Tables>, tables: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ missing: number }>`
    select count(*) as missing from unnest(${tables}::text[]) t where to_regclass(t) is null
  `.execute(trx)
  return rows[0]?.missing === 0
}
