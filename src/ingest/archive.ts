/** Archive: the bytes of a release, kept under their sha256 before anything reads them. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { ReleaseName } from '../../pipelines/release-name.ts'
import type { Schedule } from '../../pipelines/schedule.ts'
import { CmsFeesError } from '../errors.ts'

export interface Artifact {
  readonly sha256: string
  readonly kind: 'zip' | 'folder'
  /** Name of the zip or folder that the bytes came from. */
  readonly name: string
  readonly bytes: number
}

/** The archived bytes of a release. */
export interface ReleaseSource {
  readonly schedule: Schedule
  /** Folder of the archive. */
  readonly archive: string
  readonly artifact: Artifact
  readonly release: ReleaseName
}

/** Path of archived bytes. */
export const archived = (archive: string, sha256: string): string =>
  join(archive, sha256.slice(0, 2), sha256)

/**
 * Keeps a zip, or the wanted files of a folder with a manifest of them, whose sha256 stands for the
 * folder. Idempotent. Throws E_SOURCE_NOT_FOUND.
 */
export async function archiveSource(
  archive: string,
  source: string,
  wanted: (name: string) => boolean,
): Promise<Artifact> {
  const path = resolve(source)
  const found = await stat(path).catch(() => null)
  if (!found) throw new CmsFeesError('E_SOURCE_NOT_FOUND', `${source} does not exist`)
  if (!found.isDirectory()) {
    return { kind: 'zip', name: basename(path), ...(await keep(archive, path)) }
  }
  const files = (await readdir(path, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
  const names = files.filter(wanted)
  if (names.length === 0) throw nothingWanted(source, files)
  let bytes = 0
  const manifest: string[] = []
  for (const name of names) {
    const kept = await keep(archive, join(path, name))
    bytes += kept.bytes
    manifest.push(`${kept.sha256}  ${name}\n`)
  }
  const aside = join(archive, `.${randomUUID()}`)
  await writeFile(aside, manifest.join(''))
  const kept = await keep(archive, aside).finally(() => rm(aside, { force: true }))
  return { kind: 'folder', name: basename(path), sha256: kept.sha256, bytes }
}

function nothingWanted(source: string, files: readonly string[]): CmsFeesError {
  const zips = files.filter((name) => name.toLowerCase().endsWith('.zip'))
  const found = files.length === 0 ? 'it is empty' : `it has ${files.slice(0, 5).join(', ')}`
  const next =
    zips.length > 0
      ? 'Give one of its zips to --from, or load them all: `cms-fees backfill --archive <folder>`.'
      : "Give the folder that has CMS's files, under the names that CMS gave them, such as PPRRVU25_JAN.csv."
  const seen = `${source} holds no file of a release: ${found}${files.length > 5 ? ', …' : ''}`
  return new CmsFeesError('E_MISSING_FILE', seen, { next })
}

/** What the disk of the archive says no with. */
const UNWRITABLE = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO'])

/** A disk that cannot be written, as E_ARCHIVE_UNWRITABLE; every other error as it is. */
export function asArchiveError(error: unknown, archive: string): unknown {
  const { code = '', syscall, path = archive } = error as NodeJS.ErrnoException
  const ours = syscall !== undefined && path.startsWith(archive)
  if (!(error instanceof Error) || !ours || !UNWRITABLE.has(code)) return error
  return new CmsFeesError('E_ARCHIVE_UNWRITABLE', `${path}: ${error.message}`, { cause: error })
}

/** Names and sha256 of the files that a folder's manifest lists. */
export async function readManifest(archive: string, sha256: string): Promise<Map<string, string>> {
  const text = await readFile(archived(archive, sha256), 'utf8')
  return new Map(
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)]),
  )
}

/** Writes aside, syncs and renames, so that the archive never holds half a file. Bytes that it has stay as they are. */
async function keep(archive: string, path: string): Promise<{ sha256: string; bytes: number }> {
  await mkdir(archive, { recursive: true })
  const aside = join(archive, `.${randomUUID()}`)
  const digest = createHash('sha256')
  let bytes = 0
  try {
    await using file = await open(aside, 'wx')
    for await (const chunk of createReadStream(path, BIG_CHUNKS)) {
      digest.update(chunk)
      bytes += chunk.length
      await file.appendFile(chunk)
    }
    const sha256 = digest.digest('hex')
    const kept = await stat(archived(archive, sha256)).catch(() => null)
    if (kept?.size !== bytes) {
      await file.sync()
      await moveIn(archive, aside, sha256)
    }
    return { sha256, bytes }
  } finally {
    await rm(aside, { force: true })
  }
}

const BIG_CHUNKS = { highWaterMark: 1024 * 1024 }

/** Gives bytes that are on disk their place in the archive, at once and whole. */
export async function moveIn(archive: string, aside: string, sha256: string): Promise<void> {
  const place = archived(archive, sha256)
  await mkdir(join(place, '..'), { recursive: true })
  await rename(aside, place)
}
