/** The options by which a person accepts what a release does to a gate, and what they make of it. */
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { CmsFeesError } from '../errors.ts'
import type { Acceptance } from '../stages/check.ts'

export interface AcceptOptions {
  readonly accept?: readonly string[] | undefined
  readonly because?: string | undefined
}

export const withAccept = (command: Command): Command =>
  command
    .option('--accept <gate...>', 'load the release although it breaks these gates')
    .option('--because <why>', 'why they are accepted; it is recorded with who you are')

/** Throws E_USAGE where one option stands without the other. */
export function acceptanceOf(
  { accept: gates, because }: AcceptOptions,
  { operator }: Config,
): { accept?: Acceptance } {
  if (!gates && because === undefined) return {}
  if (!gates || !because?.trim()) {
    throw new CmsFeesError('E_USAGE', '--accept and --because need each other')
  }
  return { accept: { gates, because: because.trim(), operator } }
}
