/** Match: which member of a release is which dataset, and in which format it is read. */
import { FORMATS, type Format, layoutsOf, type SourceFile } from '../../schemas/file.ts'
import { CmsFeesError } from '../errors.ts'
import type { Logger } from '../log.ts'
import { parseRelease } from '../releases.ts'
import type { ReleaseSource } from './archive.ts'
import type { Statement } from './dated.ts'
import type { Members } from './unpack.ts'

export type { Format }

export interface Match {
  readonly dataset: SourceFile
  readonly member: string
  readonly format: Format
  /** What the name of the zip says of the release that it holds. */
  readonly zip?: Statement
}

export interface MatchedMember extends Match {
  readonly bytes: Uint8Array
}

export interface Matches {
  readonly matches: readonly Match[]
  readonly missing: readonly SourceFile[]
  /** Members that no dataset matches: record layouts, and whatever CMS adds. */
  readonly unread: readonly string[]
}

export interface MatchOptions {
  /** Load what is there of a release that lacks files. */
  readonly allowMissing?: boolean
  /** Read this format of every file, and no other. */
  readonly format?: Format
}

/** The members of a release that are read. Throws E_MISSING_FILE, unless missing files are allowed; and E_AMBIGUOUS_FILE. */
export function matchRelease(
  { schedule, artifact }: ReleaseSource,
  effectiveFrom: string,
  { names }: Members,
  { format, allowMissing = false }: MatchOptions,
  log: Logger,
): readonly Match[] {
  const { matches, missing, unread } = matchMembers(names, schedule.files, effectiveFrom, format)
  const unknown = unread.filter((name) => !isIgnored(name))
  if (unknown.length > 0)
    log.warn({ unknown }, 'these members are of no file that is known: not read')
  if (matches.length === 0 || (missing.length > 0 && !allowMissing)) {
    throw new CmsFeesError(
      'E_MISSING_FILE',
      `${artifact.name} lacks ${missing.map((dataset) => dataset.title).join('; ')}; it holds ${JSON.stringify(names)}`,
    )
  }
  for (const { name } of missing) log.debug({ dataset: name }, 'missing, as allowed')
  const stated = schedule.discovery?.releaseIn(artifact.name)
  const zip = stated && { source: `the zip ${artifact.name}`, ...parseRelease(stated) }
  return matches.map((match) => ({ ...match, ...(zip && { zip }) }))
}

/**
 * Matches member names without regard to case and folder. Throws E_AMBIGUOUS_FILE where two would serve.
 * The CSV is read where it is there and its layout is known, else the TXT, else the workbook; `forced` reads
 * that format and no other.
 */
export function matchMembers(
  names: readonly string[],
  datasets: readonly SourceFile[],
  effectiveFrom: string,
  forced?: Format,
): Matches {
  const matches: Match[] = []
  const missing: SourceFile[] = []
  for (const dataset of datasets) {
    const mine = names.filter((name) => nameOf(dataset, name) !== null)
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
    if (member !== undefined && format !== undefined) matches.push({ dataset, member, format })
    else if ((dataset.since ?? '') <= effectiveFrom) missing.push(dataset)
  }
  return { matches, missing, unread: names.filter((name) => !isMatched(name, datasets)) }
}

/** Whether a member is one of the datasets' files, in whatever format. */
export const isMatched = (name: string, datasets: readonly SourceFile[]): boolean =>
  datasets.some((dataset) => nameOf(dataset, name) !== null)

/** What the name of a member says, where it is a dataset's file or has it as one of its sheets; else null. */
export function nameOf({ member, sheet }: SourceFile, name: string): RegExpExecArray | null {
  const own = member.exec(stem(name))
  if (own || formatOf(name) !== 'xlsx') return own
  return sheet?.of.exec(stem(name)) ?? null
}

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
