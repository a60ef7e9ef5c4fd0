/** Unpack: the members of an archived release, read one at a time, trusted in nothing. */
import { open, readFile, stat } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { CmsFeesError } from '../errors.ts'
import { type Artifact, archived, readManifest } from './archive.ts'

export interface Members extends Disposable {
  readonly names: readonly string[]
  /** Day on which the youngest file was written: the best sign of when CMS posted it. */
  readonly newest: string | null
  read(name: string): Promise<Uint8Array>
}

/** Bytes that a release may inflate to; the largest so far takes 16 MB. */
const INFLATE_LIMIT = 512 * 1024 * 1024

/** Throws E_EMPTY_FILE, E_HTML_NOT_ZIP, E_NOT_A_ZIP, E_ZIP_*; `read` throws E_ZIP_DAMAGED and E_ZIP_UNSAFE. */
export async function unpack(archive: string, artifact: Artifact): Promise<Members> {
  if (artifact.kind === 'folder') {
    const files = await readManifest(archive, artifact.sha256)
    return {
      names: [...files.keys()],
      newest: artifact.newest,
      read: (name) => readFile(archived(archive, files.get(name) ?? '')),
      [Symbol.dispose]: () => {},
    }
  }
  const path = archived(archive, artifact.sha256)
  await refuseOtherContent(path, artifact.name)
  const zip = await openZip(path, artifact.name)
  const entries = await listEntries(zip, artifact.name)
  let budget = INFLATE_LIMIT
  return {
    names: [...entries.keys()],
    newest: newestDay([...entries.values()]),
    async read(name) {
      const entry = entries.get(name)
      if (!entry) throw new Error(`no member ${name}`)
      const bytes = await inflate(zip, entry, artifact.name, budget)
      budget -= bytes.length
      return bytes
    },
    [Symbol.dispose]: () => zip.close(),
  }
}

async function refuseOtherContent(path: string, name: string): Promise<void> {
  const { size } = await stat(path)
  if (size === 0) throw new CmsFeesError('E_EMPTY_FILE', `${name} has no bytes`)
  const file = await open(path)
  const { buffer, bytesRead } = await file
    .read(Buffer.alloc(512), 0, 512, 0)
    .finally(() => file.close())
  const start = buffer.subarray(0, bytesRead)
  if (start.subarray(0, 2).toString('latin1') === 'PK') return
  if (
    /^\s*(<!doctype|<html|<\?xml|<head|<!--)/i.test(
      start.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, ''),
    )
  ) {
    throw new CmsFeesError('E_HTML_NOT_ZIP', `${name} is a web page of ${size} bytes`)
  }
  throw new CmsFeesError(
    'E_NOT_A_ZIP',
    `${name} begins with the bytes ${start.subarray(0, 8).toString('hex')}`,
  )
}

async function openZip(path: string, name: string): Promise<ZipFile> {
  try {
    return await yauzl.openPromise(path, {
      autoClose: false,
      lazyEntries: true,
      strictFileNames: true,
    })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CmsFeesError('E_ZIP_TRUNCATED', `${name}: ${reason}`, { cause })
  }
}

async function listEntries(zip: ZipFile, name: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      const fault = faultOf(entry, entries)
      if (fault)
        throw new CmsFeesError(
          'E_ZIP_UNSAFE',
          `${name}: ${JSON.stringify(entry.fileName)} ${fault}`,
        )
      entries.set(entry.fileName, entry)
    }
  } catch (cause) {
    zip.close()
    if (cause instanceof CmsFeesError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    const code = /absolute path|invalid relative path|invalid characters/.test(reason)
      ? 'E_ZIP_UNSAFE'
      : 'E_ZIP_DAMAGED'
    throw new CmsFeesError(code, `${name}: ${reason}`, { cause })
  }
  return entries
}

function faultOf(entry: Entry, seen: ReadonlyMap<string, Entry>): string | null {
  const fold = entry.fileName.toLowerCase()
  const unixType = (entry.externalFileAttributes >>> 16) & 0o170000
  if (entry.isEncrypted()) return 'is encrypted'
  if (unixType !== 0 && unixType !== 0o100000) return 'is a link, not a file'
  if (fold.endsWith('.zip')) return 'is a zip within the zip'
  if ([...seen.keys()].some((name) => name.toLowerCase() === fold)) return 'stands twice'
  return null
}

async function inflate(
  zip: ZipFile,
  entry: Entry,
  name: string,
  budget: number,
): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream) {
      bytes += chunk.length
      if (bytes > budget) {
        throw new CmsFeesError(
          'E_ZIP_UNSAFE',
          `${name} inflates to more than ${INFLATE_LIMIT} bytes`,
        )
      }
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof CmsFeesError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new CmsFeesError('E_ZIP_DAMAGED', `${name}: ${entry.fileName}: ${reason}`, { cause })
  }
  const content = Buffer.concat(chunks)
  if (crc32(content) !== entry.crc32) {
    throw new CmsFeesError('E_ZIP_DAMAGED', `${name}: ${entry.fileName} does not match its CRC-32`)
  }
  return content
}

/** 1 January 1980, which programs write when they do not know the date. */
const ZIP_EPOCH = (1 << 5) | 1

function newestDay(entries: readonly Entry[]): string | null {
  // DOS dates order like numbers: 7 bits of years since 1980, 4 of month, 5 of day.
  const newest = Math.max(0, ...entries.map((entry) => entry.lastModFileDate))
  if (newest <= ZIP_EPOCH) return null
  const two = (part: number) => String(part).padStart(2, '0')
  return `${1980 + (newest >> 9)}-${two((newest >> 5) & 15)}-${two(newest & 31)}`
}
