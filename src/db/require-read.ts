/** Tells a statement that only reads from every other one, by PostgreSQL's own parser and its own word on functions. */
import type pg from 'pg'
import { CmsFeesError } from '../errors.ts'

/** A node of the parse tree: its kind, and what it holds. */
type Node = readonly [kind: string, body: Record<string, unknown>]

/** A place in the text, in words. */
type Place = (location: unknown) => string

/** Throws E_SQL for what is not one statement, and E_SQL_WRITES for one that does, or could do, more than read. */
export async function requireRead(client: pg.Client, text: string): Promise<void> {
  const at: Place = (location) => ` at character ${characterAt(text, location)}`
  const [statement, second] = await parse(text)
  if (!statement) throw new CmsFeesError('E_SQL', 'there is no statement')
  if (second) {
    throw new CmsFeesError('E_SQL', `a second statement begins${at(second.stmt_location)}`, {
      next: 'Give one statement, and run the command again for the next one.',
    })
  }
  refuseOtherKinds(statement, at)
  const nodes = [...nodesOf(statement.stmt)]
  for (const node of nodes) refuseChange(node, at)
  await refuseVolatile(client, nodes.flatMap(callOf), at)
}

/** Queries, plans of queries, and settings pass. */
function refuseOtherKinds({ stmt, stmt_location }: Statement, at: Place): void {
  const [kind = '', body] = Object.entries(stmt)[0] ?? []
  const query = kind === 'ExplainStmt' ? Object.keys(body?.query ?? {})[0] : kind
  if (query === 'SelectStmt' || kind === 'VariableShowStmt') return
  const copiesOut = kind === 'CopyStmt' && !body?.is_from
  throw writes(`${wordsOf(query)}${at(stmt_location)} does more than read`, copiesOut && COPY)
}

function refuseChange([kind, { intoClause, relation, location }]: Node, at: Place): void {
  if (kind === 'ParamRef')
    throw new CmsFeesError('E_SQL', `a parameter${at(location)} has no value`)
  if (kind === 'LockingClause') throw writes('FOR UPDATE, FOR SHARE and the like lock rows')
  if (intoClause) throw writes('SELECT INTO makes a table')
  if (!CHANGES.has(kind)) return
  const table = (relation ?? {}) as { location?: number }
  throw writes(`${wordsOf(kind)} of the table${at(table.location)} changes rows`)
}

const writes = (seen: string, next: string | false = false) =>
  new CmsFeesError('E_SQL_WRITES', seen, next ? { next } : {})

const COPY = 'Give the query alone, and --csv: it prints what COPY would.'

const CHANGES = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'])

interface Statement {
  /** By its kind; EXPLAIN holds another statement. */
  readonly stmt: Record<string, { readonly query?: object; readonly is_from?: boolean }>
  readonly stmt_location?: number
}

/** Loaded here: no other command needs the parser. */
async function parse(text: string): Promise<readonly Statement[]> {
  const { parse: parseSql } = await import('libpg-query')
  if (text.trim() === '') return []
  const { stmts } = await parseSql(text).catch((cause) => {
    const { sqlDetails } = cause as { sqlDetails?: { cursorPosition: number } }
    const place = sqlDetails ? `, at character ${sqlDetails.cursorPosition + 1}` : ''
    throw new CmsFeesError('E_SQL', `${cause.message}${place}`, { cause })
  })
  return stmts as readonly Statement[]
}

/** Locations count bytes. */
const characterAt = (text: string, location: unknown): number => {
  const before = Buffer.from(text)
    .subarray(0, Number(location ?? 0))
    .toString()
  return before.length + (/^\s*/.exec(text.slice(before.length))?.[0].length ?? 0) + 1
}

/** 'AlterSystemStmt' as 'ALTER SYSTEM'. */
const wordsOf = (kind = ''): string =>
  kind
    .replace(/Stmt$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase()

/** Every node below, in no order; without recursion, for a statement may be nested deeply. */
function* nodesOf(tree: unknown): Generator<Node> {
  const left: unknown[] = [tree]
  while (left.length > 0) {
    const node = left.pop()
    if (typeof node !== 'object' || node === null) continue
    for (const [key, child] of Object.entries(node)) {
      if (/^[A-Z]/.test(key)) yield [key, child]
      left.push(child)
    }
  }
}

interface Call {
  readonly schema: string | undefined
  readonly name: string
  readonly location: unknown
}

function callOf([kind, { funcname, location }]: Node): Call[] {
  if (kind !== 'FuncCall') return []
  const names = (funcname as { String: { sval: string } }[]).map(({ String: { sval } }) => sval)
  return [{ schema: names.at(-2), name: names.at(-1) ?? '', location }]
}

/**
 * A function that PostgreSQL holds to be volatile may do anything: end other sessions, take the lock of a run, set the
 * role back, read or write the server's files.
 */
async function refuseVolatile(client: pg.Client, calls: readonly Call[], at: Place): Promise<void> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select distinct n.nspname as schema, p.proname as name
       from pg_catalog.pg_proc p
       join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where p.proname = any($1) and p.provolatile = 'v'`,
    [calls.map(({ name }) => name)],
  )
  const found = rows.filter(({ schema, name }) => schema !== 'pg_catalog' || !HARMLESS.test(name))
  for (const { schema, name, location } of calls) {
    if (!found.some((one) => one.name === name && one.schema === (schema ?? one.schema))) continue
    throw writes(`the function ${name}${at(location)} may do more than read: it is volatile`)
  }
}

/** Volatile, since they answer differently each time, and nothing else. */
const HARMLESS =
  /^(random|random_normal|gen_random_uuid|uuidv[47]|clock_timestamp|timeofday|pg_sleep\w*|pg_\w+_size|pg_current_wal_lsn|pg_is_in_recovery)$/
