/** What an export says of itself: which tables it holds, of which releases, in which files. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface ExportedFile {
  /** From the folder of the export. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

export interface ExportedTable {
  /** Folder of its file, from that of the export: pfs/rvu, or rate/schedule=physician/year=2025. */
  readonly path: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly sorted_by: readonly string[]
  readonly rows: number
  /** Of the rows, rules and releases that it was made of: another export that finds the same keeps the file. */
  readonly fingerprint: string
  readonly file: ExportedFile
}

export interface ExportedRelease {
  readonly family: string
  readonly release: string
  readonly revision: number
  readonly state: string
  readonly effective_from: string
  readonly published: string | null
  readonly sha256: string
}

export interface Manifest {
  /** Of the layout of the folder and of this file: it rises where readers must know. */
  readonly format: typeof FORMAT
  /** Of the SQL that the rows came from. */
  readonly schema_sha256: string
  readonly software_version: string
  readonly created_at: string
  readonly releases: readonly ExportedRelease[]
  readonly tables: readonly ExportedTable[]
}

export const FORMAT = 1
export const MANIFEST = 'manifest.json'

/** Null where there is none, or one of another format. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null)
  const found: unknown = text === null ? null : JSON.parse(text)
  return isManifest(found) ? found : null
}

const isManifest = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT
