/** Claim: which member of a release is which dataset, and in which format it is read. */
import type { Dataset } from '../../schemas/dataset.ts'
import { CmsFeesError } from '../errors.ts'
import { type ReleaseName, statedDate } from '../release.ts'
import { refuseOtherRelease } from './parse.ts'

export type Format = 'csv' | 'txt'

/** Formats in order of trust: the CSV keeps whole names and counties, the TXT keeps leading zeros. */
const FORMATS: readonly Format[] = ['csv', 'txt']

export interface Claim {
  readonly dataset: Dataset
  readonly member: string
  readonly format: Format
}

export interface ClaimedMember extends Claim {
  readonly bytes: Uint8Array
}

export interface Claims {
  readonly claims: readonly Claim[]
  readonly missing: readonly Dataset[]
  /** Members that no dataset claims: record layouts, and whatever CMS adds. */
  readonly unread: readonly string[]
}

/**
 * Matches member names without regard to case and folder. Throws E_WRONG_RELEASE where a name states
 * another year or, for the relative values, another quarter; E_AMBIGUOUS_FILE where two would serve.
 */
export function claimMembers(
  names: readonly string[],
  datasets: readonly Dataset[],
  release: ReleaseName,
  effectiveFrom: string,
): Claims {
  const claims: Claim[] = []
  const missing: Dataset[] = []
  for (const dataset of datasets) {
    const mine = names.filter((name) => dataset.member.test(stem(name)))
    for (const name of mine) {
      const stated = statedDate(dataset.member.exec(stem(name))?.groups)
      refuseOtherRelease(stated, release, `the name ${JSON.stringify(name)}`)
    }
    const format = FORMATS.find((candidate) => mine.some((name) => extension(name) === candidate))
    const members = mine.filter((name) => extension(name) === format)
    if (members.length > 1) {
      throw new CmsFeesError(
        'E_AMBIGUOUS_FILE',
        `${members.join(' and ')} are both ${dataset.title}`,
      )
    }
    const [member] = members
    if (member !== undefined && format !== undefined) claims.push({ dataset, member, format })
    else if ((dataset.since ?? '') <= effectiveFrom) missing.push(dataset)
  }
  return { claims, missing, unread: names.filter((name) => !isClaimed(name, datasets)) }
}

/** Whether a member is one of the datasets' files, in whatever format. */
export const isClaimed = (name: string, datasets: readonly Dataset[]): boolean =>
  datasets.some((dataset) => dataset.member.test(stem(name)))

const baseName = (name: string): string => name.split('/').at(-1) ?? name
const stem = (name: string): string => baseName(name).replace(/\.[^.]*$/, '')
const extension = (name: string): string => (baseName(name).split('.').at(-1) ?? '').toLowerCase()
