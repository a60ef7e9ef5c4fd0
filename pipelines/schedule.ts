/** What a schedule of CMS gives the engine: names and days of its releases, its files, and what follows from several files. */
import type { SourceFile, SourceRecord } from '../schemas/file.ts'
import type { Table } from '../schemas/table.ts'

/** A file of a release whose rows are valid, as far as a schedule looks at it. */
export interface ReadFile {
  readonly file: { readonly dataset: SourceFile; readonly member: string }
  /** What holds throughout the file, by name. */
  readonly constants: Readonly<Record<string, string | null>>
}

/** Rows that no file holds as such, but files imply. */
export interface Derived<F extends ReadFile = ReadFile> {
  readonly table: Table
  readonly from: F
  readonly rows: readonly SourceRecord['cells'][]
}

/** Files that contradict each other, or their own names. The engine refuses the release. */
export class Contradiction extends Error {
  readonly code: 'E_WRONG_RELEASE' | 'E_CHECK_FAILED'
  /** What a person does about it; undefined: what is usual for the code. */
  readonly next: string | undefined

  constructor(code: Contradiction['code'], message: string, next?: string) {
    super(message)
    this.code = code
    this.next = next
  }
}

/** Where CMS offers the releases. */
export interface Discovery {
  /** Path of the page on which CMS lists the releases. */
  readonly listing: string
  /** The release that a text names; null where it names none. */
  releaseIn(text: string): string | null
}

export interface Schedule {
  /** Name in the command line, in `ops` and in schema `api`. */
  readonly family: string
  /** What it is called in sentences: 'ZIP codes'. */
  readonly title: string
  /**
   * Whole names of its releases, in upper case. Groups: `year` (two digits or four), and `letter` (A to D for the
   * quarters), `quarter` (1 to 4) or `month` (JAN); with none of them the release begins with the year.
   */
  readonly names: readonly RegExp[]
  /** One of its releases, for messages. */
  readonly example: string
  /** Name of the release of a quarter, in which {YY} stands for the year and {Q} (1 to 4) or {L} (A to D) for the quarter; absent where CMS releases it now and then. */
  readonly quarterly?: string
  /** Absent: releases come from a path alone. */
  readonly discovery?: Discovery
  /** File in this folder that lists every revision that CMS is known to have made; absent: nobody knows. */
  readonly catalog?: string
  readonly files: readonly SourceFile[]
  /** What is read off several files, or off their constant columns. */
  readonly derived: readonly Table[]
  /** Names of the tables whose differences api.release_changes tells, with the payments that they change. */
  readonly priced: readonly string[]
  /** The release that a zip, a folder or a file in it is named after; null where its name does not say. */
  namedAfter(name: string): string | null
  /** Throws Contradiction. */
  derive<F extends ReadFile>(files: readonly F[]): readonly Derived<F>[]
}

/** A schedule whose releases CMS lists, and that can be downloaded. */
export interface ListedSchedule extends Schedule {
  readonly discovery: Discovery
}

export const isListed = (schedule: Schedule): schedule is ListedSchedule =>
  schedule.discovery !== undefined

type Optional = 'derived' | 'priced' | 'derive'

export const defineSchedule = <
  S extends Omit<Schedule, Optional> & Partial<Pick<Schedule, Optional>>,
>(
  spec: S,
): S & Pick<Schedule, Optional> => ({ derived: [], priced: [], derive: () => [], ...spec })

/** The tables that its releases become versions of. */
export const tablesOf = ({ files, derived }: Schedule): Table[] => [
  ...files.filter(({ checkOnly }) => !checkOnly).map(({ table }) => table),
  ...derived,
]
