/** What a release family gives the engine: its files, its dates, and what follows from several files. */
import type { Dataset, SourceRecord } from '../schemas/file.ts'
import type { Table } from '../schemas/table.ts'
import type { ValidFile } from '../src/ingest/validate.ts'
import type { ReleaseName } from './release-name.ts'

export interface Posting {
  readonly effectiveFrom: string
  readonly effectiveFromSource: 'catalogue' | 'quarter' | 'name'
  /** What the project's own list knows of the zip with this name; null where it does not know it. */
  readonly known: CatalogueRow | null
}

/** Rows that no file holds as such, but files imply. */
export interface Derived {
  readonly table: Table
  readonly from: ValidFile
  readonly rows: readonly SourceRecord['cells'][]
}

/** A posting that CMS made, as the project's own list has it. Empty text: not known. */
export interface CatalogueRow {
  readonly release: string
  readonly effective_from: string
  /** Day on which CMS put the zip at its address. */
  readonly published: string
  /** Day that the relative value file of this posting states, where its bytes have been seen. */
  readonly released: string
  /** `yes` where it is the first posting of its release: it then comes before every other one. */
  readonly is_first: string
  readonly url: string
  readonly page: string
  readonly note: string
}

/** Where CMS offers the releases of a family. */
export interface Discovery {
  /** Path of the page on which CMS lists the releases. */
  readonly listing: string
  /** The release that a text names; null where it names none. */
  releaseIn(text: string): string | null
  /** Every posting that is known, oldest first. */
  catalogue(): readonly CatalogueRow[]
}

export interface Pipeline {
  readonly family: string
  /** What it is called in sentences: 'ZIP codes'. */
  readonly title: string
  /** Matches the names of its releases. */
  readonly releases: RegExp
  /** Absent: releases come from a path alone. */
  readonly discovery?: Discovery
  /** The files of a release. */
  readonly datasets: readonly Dataset[]
  /** What is read off several files, or off their constant columns. */
  readonly derived: readonly Table[]
  /** Names of the tables whose differences api.release_changes tells, with the payments that they change. */
  readonly priced: readonly string[]
  /** The release that a zip, a folder or a file in it is named after; null where its name does not say. */
  namedAfter(name: string): string | null
  /** When the release takes effect, and what is known of the posting whose zip has this name. */
  date(release: ReleaseName, sourceName: string): Posting
  derive(files: readonly ValidFile[]): readonly Derived[]
}

/** A family whose releases CMS lists, and that can be downloaded. */
export interface DiscoverablePipeline extends Pipeline {
  readonly discovery: Discovery
}

/** The tables that a family's releases become versions of. */
export const tablesOf = ({ datasets, derived }: Pipeline): Table[] => [
  ...datasets.filter(({ checkOnly }) => !checkOnly).map(({ table }) => table),
  ...derived,
]
