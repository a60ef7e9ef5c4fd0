/** Claim: which member of a release is which dataset, and in which format it is read. */
import { type Dataset, evidenceOf, FORMATS, type Format } from '../../schemas/dataset.ts'
import { CmsFeesError } from '../errors.ts'
import { type ReleaseName, statedDate } from '../release.ts'
import { refuseOtherRelease } from './parse.ts'

export type { Format }

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
 * The CSV is read where it is there and its layout is known, else the TXT, else the XLSX; `forced` reads
 * that format and no other.
 */
export function claimMembers(
  names: readonly string[],
  datasets: readonly Dataset[],
  release: ReleaseName,
  effectiveFrom: string,
  forced?: Format,
): Claims {
  const claims: Claim[] = []
  const missing: Dataset[] = []
  for (const dataset of datasets) {
    const mine = names.filter((name) => dataset.member.test(stem(name)))
    for (const name of mine) {
      const stated = statedDate(dataset.member.exec(stem(name))?.groups)
      refuseOtherRelease(stated, release, `the name ${JSON.stringify(name)}`)
    }
    const present = FORMATS.filter(
      (format) => (forced ?? format) === format && mine.some((name) => formatOf(name) === format),
    )
    const format =
      present.find((candidate) => evidenceOf(dataset, candidate, effectiveFrom)) ?? present[0]
    const members = mine.filter((name) => format !== undefined && formatOf(name) === format)
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

/** Up to 2008 CMS named fixed-width files `.PRN`. Undefined: not a format that is read, such as `.xls`. */
const formatOf = (name: string): Format | undefined =>
  extension(name) === 'prn' ? 'txt' : FORMATS.find((format) => format === extension(name))

/** Record layouts and letters that come with a release, and what archive programs leave behind. */
const IGNORED = /\.(pdf|docx?|rtf|html?)$|^readme|^thumbs\.db$|^\.|^__macosx\//i

/** Whether a member is known to hold no data. */
export const isIgnored = (name: string): boolean =>
  IGNORED.test(name) || IGNORED.test(baseName(name))
