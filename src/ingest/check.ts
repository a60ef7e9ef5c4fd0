/**
 * Check: queries of sql/checks, run in the transaction before it is published. A row that has a figure is a measure of
 * the release, and is broken where the figure is above the most that is let pass; any other row is broken. Each row
 * says in words what it found.
 */
import { type Kysely, sql } from 'kysely'
import { readSqlFolder } from '../db/schema-files.ts'
import type { Tables } from '../db/tables.ts'
import { CmsFeesError } from '../errors.ts'
import { CHECKS } from '../paths.ts'
import type { Work } from '../runs/run.ts'
import type { RevisionKey } from './record.ts'

/** refuse: the rows contradict themselves; gate: refuses unless a person accepts it by name; warn: is told. */
type Severity = 'refuse' | 'gate' | 'warn'

interface Finding {
  readonly message: string
  readonly measure?: string
  readonly figure?: string
  readonly most?: string
}

export interface CheckResult {
  readonly check_name: string
  readonly severity: Severity
  readonly broken_rows: number
  /** Up to ten of them. */
  readonly sample: readonly Finding[]
  /** What was measured, broken or not. */
  readonly measures: readonly Finding[]
}

/** What a person accepts of a release. */
export interface Acceptance {
  /** Gates, whatever they find in this run. */
  readonly gates: readonly string[]
  /** Unknown columns, each as the known one that the refusal proposed. */
  readonly columns?: readonly string[] | undefined
  /** The release is one of several: a column need not be in it. */
  readonly anyRelease?: boolean
  readonly because: string
  /** Who accepts them. */
  readonly operator: string
}

/** Every gate is closed. */
export const NOTHING_ACCEPTED: Acceptance = { gates: [], because: '', operator: '' }

interface Check {
  readonly name: string
  readonly text: string
  readonly severity: Severity
  readonly needs: readonly string[]
}

const SAMPLE = 10

/**
 * A check's file begins with comments: `-- severity: refuse|gate|warn`, and `-- needs: <tables>` where it reads
 * staged rows.
 */
async function readChecks(folder: string): Promise<Check[]> {
  return (await readSqlFolder(folder)).map(({ name, text }) => {
    const severity = /^-- severity: (refuse|gate|warn)$/m.exec(text)?.[1] as Severity | undefined
    if (!severity) throw new Error(`${name}.sql states no severity`)
    const needs = /^-- needs: (.*)$/m.exec(text)?.[1]?.split(/,\s*/) ?? []
    return { name, text, severity, needs }
  })
}

/** Throws E_USAGE for a gate that there is not. */
export async function requireGates(folder: string, gates: readonly string[]): Promise<void> {
  const checks = await readChecks(folder)
  const names = checks.filter(({ severity }) => severity === 'gate').map(({ name }) => name)
  const unknown = gates.filter((gate) => !names.includes(gate))
  if (unknown.length === 0) return
  throw new CmsFeesError('E_USAGE', `there is no gate ${unknown.join(', ')}`, {
    next: `Gates are ${names.join(', ')}.`,
  })
}

/**
 * Checks a revision whose staged rows are merged. `acceptance` is absent where the rows passed the gates before: then
 * only their truth is checked. Throws E_CHECK_FAILED, and E_GATE for a gate that is not accepted.
 */
export async function checkRelease(
  { release, sha256 }: RevisionKey,
  schema: string,
  { trx, run }: Work,
  acceptance?: Acceptance,
): Promise<void> {
  await sql`
    select set_config('cms_fees.release', ${release}, true),
           set_config('cms_fees.sha256', ${sha256}, true),
           set_config('cms_fees.schema', ${schema}, true)
  `.execute(trx)
  const gates = acceptance !== undefined
  run.check(await run.stage('check', null, () => runChecks(trx, CHECKS, { gates })))
  const accepted = refuseBroken(run.checks, acceptance?.gates ?? [])
  if (!acceptance || accepted.length === 0) return
  const { because, operator: accepted_by } = acceptance
  const rows = accepted.map((gate) => ({ run_id: run.id, gate, accepted_by, because }))
  await trx.insertInto('ops.accepted_gate').values(rows).execute()
  run.log.warn({ gates: accepted, accepted_by, because }, 'gates accepted')
}

/** Runs every check whose needed tables are there; gates only where the revision is new. */
export async function runChecks(
  trx: Kysely<Tables>,
  folder: string,
  { gates }: { gates: boolean },
): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  // Checks compare whole releases. Where statistics are missing (autovacuum has not been there, or the database was
  // restored), the planner expects one row of each and would go through all of one for each row of the other.
  await sql`set local enable_nestloop = off`.execute(trx)
  await sql`set local jit = off`.execute(trx)
  for (const { name, text, severity, needs } of await readChecks(folder)) {
    if (severity === 'gate' && !gates) continue
    if (!(await allExist(trx, needs))) continue
    const { rows } = await sql.raw<Finding>(text).execute(trx)
    const broken = rows.filter(
      ({ figure, most }) => figure === undefined || Number(figure) > Number(most),
    )
    results.push({
      ...{ check_name: name, severity, broken_rows: broken.length },
      sample: broken.slice(0, SAMPLE),
      measures: rows.filter(({ figure }) => figure != null),
    })
  }
  await sql`set local enable_nestloop to default`.execute(trx)
  await sql`set local jit to default`.execute(trx)
  return results
}

/**
 * Throws E_CHECK_FAILED where a check that refuses found rows, and E_GATE where a gate did that nobody accepted.
 * Gives the names of those that were accepted.
 */
export function refuseBroken(
  results: readonly CheckResult[],
  accepted: readonly string[],
): string[] {
  const broken = (wanted: Severity) =>
    results.filter(({ severity, broken_rows }) => severity === wanted && broken_rows > 0)
  const refusing = broken('refuse')
  if (refusing.length > 0) throw new CmsFeesError('E_CHECK_FAILED', told(refusing))
  const gates = broken('gate')
  const closed = gates.filter(({ check_name }) => !accepted.includes(check_name))
  if (closed.length > 0) {
    const flags = closed.map(({ check_name }) => `--accept ${check_name}`).join(' ')
    throw new CmsFeesError('E_GATE', told(closed), {
      next: `Compare the release with what CMS says of it. If it is right, run the command again with ${flags} --because "<why>".`,
    })
  }
  return gates.map(({ check_name }) => check_name)
}

/** What checks found, in words: some of it, and how much more there is. */
export function told(checks: readonly CheckResult[]): string {
  return checks
    .map(({ check_name, broken_rows, sample }) => {
      const shown = sample.slice(0, TOLD).map(({ message }) => message)
      const more = broken_rows > TOLD ? `; and ${broken_rows - TOLD} more` : ''
      return `${check_name}: ${shown.join('; ')}${more}`
    })
    .join('. ')
}

/** Findings of one check that a message tells of. */
const TOLD = 3

async function allExist(trx: Kysely<Tables>, tables: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ missing: number }>`
    select count(*) as missing from unnest(${tables}::text[]) t where to_regclass(t) is null
  `.execute(trx)
  return rows[0]?.missing === 0
}
