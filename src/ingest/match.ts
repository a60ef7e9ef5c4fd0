/** Claim: which member of a release is which dataset, and in which format it is read. */
import { type Dataset, FORMATS, type Format, layoutsOf } from '../../schemas/file.ts'
import { CmsFeesError } from '../errors.ts'
import type { Statement } from './dated.ts'

export type { Format }

export interface Claim {
  readonly dataset: Dataset
  readonly member: string
  readonly format: Format
  /** What the name of the zip says of the release that it holds. */
  readonly zip?: Statement
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
 * Matches member names without regard to case and folder. Throws E_AMBIGUOUS_FILE where two would serve.
 * The CSV is read where it is there and its layout is known, else the TXT, else the workbook; `forced` reads
 * that format and no other.
 */
export function claimMembers(
  names: readonly string[],
  datasets: readonly Dataset[],
  effectiveFrom: string,
  forced?: Format,
): Claims {
  const claims: Claim[] = []
  const missing: Dataset[] = []
  for (const dataset of datasets) {
    const mine = names.filter((name) => dataset.member.test(stem(name)))
    const present = FORMATS.filter(
      (format) => (forced ?? format) === format && mine.some((name) => formatOf(name) === format),
    )
    const format =
      present.find((each) => layoutsOf(dataset, each, effectiveFrom).length > 0) ?? present[0]
    const members = mine.filter((name) => format !== undefined && formatOf(name) === format)
    if (members.length > 1) {
      throw new CmsFeesError(
        'E_AMBIGUOUS_FILE',
        `${members.join(' and ')} are both ${dataset.title}`,
      )
    }
    const [member] = members
    if (member !== undefined && format !== undefined) claims.push({ dataset, member, format })
    else if (!dataset.isApart && (dataset.since ?? '') <= effectiveFrom) missing.push(dataset)
  }
  return { claims, missing, unread: names.filter((name) => !isClaimed(name, datasets)) }
}

/** Whether a member is one of the datasets' files, in whatever format. */
export const isClaimed = (name: string, datasets: readonly Dataset[]): boolean =>
  datasets.some((dataset) => dataset.member.test(stem(name)))

const baseName = (name: string): string => name.split('/').at(-1) ?? name
/** The name without folder and extension. */
export const stem = (name: string): string => baseName(name).replace(/\.[^.]*$/, '')
const extension = (name: string): string => (baseName(name).split('.').at(-1) ?? '').toLowerCase()

/** Undefined: not a format that is read. */
const formatOf = (name: string): Format | undefined => EXTENSIONS[extension(name)]

/** CMS has named text files `.prn` now and then, and shipped workbooks as XLS until 2010. */
const EXTENSIONS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  txt: 'txt',
  prn: 'txt',
  xlsx: 'xlsx',
  xls: 'xlsx',
}

/** Record layouts and letters that come with a release, and what archive programs leave behind. */
const IGNORED = /\.(pdf|docx?|rtf|html?)$|^readme|^thumbs\.db$|^\.|^__macosx\//i

/** Whether a member is known to hold no data. */
export const isIgnored = (name: string): boolean =>
  IGNORED.test(name) || IGNORED.test(baseName(name))
