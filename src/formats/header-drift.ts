/** A header that is nearly right: which known column each unknown one most likely is, for a person to judge. */
import { distance } from 'fastest-levenshtein'
import type { Field } from '../../schemas/fields.ts'
import type { CsvLayout } from '../../schemas/file.ts'
import { CmsFeesError } from '../errors.ts'
import { type AcceptedColumns, type Drift, matchHeader } from './header.ts'
import { normalise, plainest, spellingsOf } from './label.ts'
import type { TextRow } from './text.ts'

export interface Proposal {
  readonly field: string
  /** The spelling of its label that comes nearest. */
  readonly label: string
}

export interface UnknownColumn {
  /** As the file has it. */
  readonly text: string
  /** Its first values that differ. */
  readonly values: readonly string[]
  /** What it most likely is, or why nobody can say. */
  readonly proposal: Proposal | string
}

/** First values of a field in the release before; none where that is not known. */
export type KnownValues = (field: string) => readonly string[]

/** E_HEADER_DRIFT with what it was made of, so that a person can accept what it proposes. */
export class HeaderDriftError extends CmsFeesError {
  readonly member: string
  readonly columns: readonly UnknownColumn[]
  readonly #tell: (known: KnownValues) => string

  constructor(
    member: string,
    columns: readonly UnknownColumn[],
    tell: (known: KnownValues) => string,
    next: string,
    known: KnownValues = () => [],
  ) {
    super('E_HEADER_DRIFT', tell(known), { next })
    this.member = member
    this.columns = columns
    this.#tell = tell
  }

  /** The same, with values that are known of the proposed fields. */
  withValues(known: KnownValues): HeaderDriftError {
    return new HeaderDriftError(this.member, this.columns, this.#tell, this.next, known)
  }
}

/** Columns that are proposed to be a field. */
export const proposalsIn = (
  columns: readonly UnknownColumn[],
): { readonly text: string; readonly field: string }[] =>
  columns.flatMap(({ text, proposal }) =>
    typeof proposal === 'string' ? [] : [{ text, field: proposal.field }],
  )

/** `rows`: all of the file, whose values must fit what is proposed. */
export function headerDrift(
  member: string,
  drift: Drift,
  rows: readonly TextRow[],
  layouts: readonly CsvLayout[],
  fields: Readonly<Record<string, Field>>,
  accepted: AcceptedColumns = new Map(),
): HeaderDriftError {
  const below = rows.slice(drift.headerAt + 1).filter(({ cells }) => !/\s/.test(cells[0] ?? ''))
  const columns = rejectShared(
    drift.unknown.map((at) => {
      const cells = below.map((row) => ({ line: row.line, value: row.cells[at] ?? '' }))
      const used = cells.filter(({ value }) => value !== '')
      const text = drift.found[at] ?? ''
      const values = [...new Set(used.map(({ value }) => value))].slice(0, SHOWN)
      return { text, values, proposal: proposalFor(text, used, drift, fields) }
    }),
  )
  const proposed = proposalsIn(columns).map(({ text, field }) => [normalise(text), field] as const)
  const acceptable = !(
    'missing' in matchHeader(rows, layouts, member, new Map([...accepted, ...proposed]))
  )
  const tell = (known: KnownValues) =>
    messageOf(member, columns, drift, ({ field }) => {
      const before = known(field)
      if (before.length > 0) return `which held ${before.join(', ')} in the release before`
      return `which holds ${expectedOf(fields[field])}`
    })
  return new HeaderDriftError(member, columns, tell, acceptable ? acceptNext(columns) : LAYOUT_NEXT)
}

/** Values of a column that a message shows. */
export const SHOWN = 3
/** Share of a label's letters that may differ: 'FACLITY AMOUNT' is like 'FACILITY PRICE', and 'CAPPED AMT' is not. */
const MOST_DIFFERENT = 0.5
/** By how much the next candidate must differ more. */
const CLEAR = 0.1

interface Candidate extends Proposal {
  /** Letters that differ, as a share of the longer text. */
  readonly difference: number
}

function proposalFor(
  text: string,
  values: readonly { line: number; value: string }[],
  { found, candidates }: Drift,
  fields: Readonly<Record<string, Field>>,
): Proposal | string {
  const name = normalise(text)
  if (found.filter((other) => normalise(other) === name).length > 1) {
    return 'it stands twice, so its name does not tell which is which'
  }
  const [best, next] = ranked(name, candidates)
  if (!best || best.difference > MOST_DIFFERENT) return 'it is like no column that is missing'
  if (next && next.difference < best.difference + CLEAR) {
    return `it may be ${named(best)} or ${named(next)}`
  }
  const field = fields[best.field]
  if (!field || values.length === 0)
    return `it is like ${named(best)}, but no value of it shows whether it is`
  const unfit = values.find(({ value }) => !field.schema.safeParse(field.clean(value)).success)
  if (unfit) {
    return `it is like ${named(best)}, but its value ${JSON.stringify(unfit.value)} in line ${unfit.line} is not ${expectedOf(field)}`
  }
  return { field: best.field, label: best.label }
}

/** Each field once, by its spelling that is most like the text, the likest first. */
function ranked(name: string, candidates: Drift['candidates']): Candidate[] {
  const best = new Map<string, Candidate>()
  for (const [field, label] of candidates) {
    for (const spelling of spellingsOf(label)) {
      const difference = distance(name, spelling) / Math.max(name.length, spelling.length)
      if (difference < (best.get(field)?.difference ?? 1))
        best.set(field, { field, label: spelling, difference })
    }
  }
  return [...best.values()].sort((a, b) => a.difference - b.difference)
}

/** Of two columns that are like one field, neither is it. */
function rejectShared(columns: readonly UnknownColumn[]): UnknownColumn[] {
  const fieldOf = ({ proposal }: UnknownColumn) =>
    typeof proposal === 'string' ? null : proposal.field
  return columns.map((column) => {
    const { proposal } = column
    if (typeof proposal === 'string') return column
    const rival = columns.find((other) => other !== column && fieldOf(other) === proposal.field)
    if (!rival) return column
    return {
      ...column,
      proposal: `it is like ${named(proposal)}, but so is ${JSON.stringify(rival.text)}`,
    }
  })
}

const named = ({ field, label }: Proposal): string => `${JSON.stringify(label)} (${field})`

/** 'dollars: a number with at most 2 decimals', in the words of the field's own schema. */
function expectedOf(field: Field | undefined): string {
  const message = field?.schema.safeParse('\u0000').error?.issues[0]?.message ?? ''
  return /^expected (.*), found/.exec(message)?.[1] ?? 'such a value'
}

function messageOf(
  member: string,
  columns: readonly UnknownColumn[],
  { layout, missing, doubled }: Drift,
  known: (proposal: Proposal) => string,
): string {
  const proposed = new Set(proposalsIn(columns).map(({ field }) => field))
  const gone = missing
    .filter(([field]) => !proposed.has(field))
    .map(([field, label]) => named({ field, label: plainest(label) }))
  const told = ({ text, values, proposal }: UnknownColumn) => {
    const taken =
      typeof proposal === 'string'
        ? proposal
        : `most likely it is ${named(proposal)}, ${known(proposal)}`
    return `${JSON.stringify(text)}, whose values are ${values.join(', ') || 'all blank'}: ${taken}`
  }
  return [
    `${member}: the columns are not those of the layout since ${layout.since}`,
    ...columns.map((column) => `unknown: ${told(column)}`),
    gone.length > 0 && `missing: ${gone.join(', ')}`,
    doubled.length > 0 && `doubled: ${JSON.stringify(doubled)}`,
  ]
    .filter(Boolean)
    .join('; ')
}

const LAYOUT_NEXT =
  'Open the file and compare its header with the layouts in schemas/. If CMS changed the file, add a layout (CONTRIBUTING.md, "Add a layout").'

function acceptNext(columns: readonly UnknownColumn[]): string {
  const names = columns.map(({ text }) => JSON.stringify(text)).join(' ')
  return `Compare the values. If each column is what it is taken for, run the command again with --accept-columns ${names} --because "<why>"; or add the spelling to the layout (CONTRIBUTING.md, "Add a layout").`
}
