/** The options by which a person accepts what a release does to a gate or a header, and what they make of it. */
import type { Command, OptionValues } from '@commander-js/extra-typings'
import type { Config } from '../config.ts'
import { CmsFeesError } from '../errors.ts'
import type { Acceptance } from '../ingest/check.ts'

export interface AcceptOptions {
  readonly accept?: readonly string[] | undefined
  readonly acceptColumns?: readonly string[] | undefined
  readonly because?: string | undefined
}

export const withAccept = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  command
    .option('--accept <gate...>', 'load the release although it breaks these gates')
    .option(
      '--accept-columns <column...>',
      'read these misspelled columns as the known ones that the refusal proposed',
    )
    .option('--because <why>', 'why they are accepted; it is recorded with who you are')

/** Throws E_USAGE where something is accepted without a reason, or a reason given for nothing. */
export function acceptanceOf(
  { accept: gates = [], acceptColumns: columns = [], because }: AcceptOptions,
  { operator }: Config,
): { accept?: Acceptance } {
  const nothing = gates.length + columns.length === 0
  if (nothing && because === undefined) return {}
  if (nothing || !because?.trim()) {
    throw new CmsFeesError(
      'E_USAGE',
      '--accept or --accept-columns, and --because, need each other',
    )
  }
  return { accept: { gates, columns, because: because.trim(), operator } }
}
