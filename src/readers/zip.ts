/** A zip's members, read one at a time and trusted in nothing: not in names, sizes or checksums. */
import { buffer } from 'node:stream/consumers'
import { crc32, inflateRawSync } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { CmsFeesError } from '../errors.ts'

/** Bytes that a release may inflate to; the largest so far takes 16 MB. */
export const INFLATE_LIMIT = 512 * 1024 * 1024

export interface Zip extends Disposable {
  readonly names: readonly string[]
  /** Day on which the youngest member was written; null where none is dated. */
  readonly newest: string | null
  /** Throws E_ZIP_DAMAGED, and E_ZIP_UNSAFE where all members read so far inflate to more than the limit. */
  read(name: string): Promise<Uint8Array>
}

/** Opens a file or bytes. `name` is for messages. Throws E_ZIP_TRUNCATED, E_ZIP_DAMAGED, E_ZIP_UNSAFE. */
export async function openZip(
  source: string | Buffer,
  name: string,
  limit = INFLATE_LIMIT,
): Promise<Zip> {
  const zip = await openDirectory(source, name)
  const entries = await listEntries(zip, name)
  let inflated = 0
  return {
    names: [...entries.keys()],
    newest: newestDay([...entries.values()]),
    async read(member) {
      const entry = entries.get(member)
      if (!entry) throw new Error(`no member ${member}`)
      const bytes = await inflate(zip, entry, name, limit - inflated)
      if (bytes === null) {
        throw new CmsFeesError('E_ZIP_UNSAFE', `${name} inflates to more than ${limit} bytes`)
      }
      inflated += bytes.length
      return bytes
    },
    [Symbol.dispose]: () => zip.close(),
  }
}

async function openDirectory(source: string | Buffer, name: string): Promise<ZipFile> {
  const options = { autoClose: false, lazyEntries: true, strictFileNames: true }
  try {
    return typeof source === 'string'
      ? await yauzl.openPromise(source, options)
      : await yauzl.fromBufferPromise(source, options)
  } catch (cause) {
    throw new CmsFeesError('E_ZIP_TRUNCATED', `${name}: ${reasonOf(cause)}`, { cause })
  }
}

async function listEntries(zip: ZipFile, name: string): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  const folded = new Set<string>()
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      const fold = entry.fileName.toLowerCase()
      const fault = folded.has(fold) ? 'stands twice' : faultOf(entry)
      if (fault) {
        throw new CmsFeesError(
          'E_ZIP_UNSAFE',
          `${name}: ${JSON.stringify(entry.fileName)} ${fault}`,
        )
      }
      folded.add(fold)
      entries.set(entry.fileName, entry)
    }
  } catch (cause) {
    zip.close()
    if (cause instanceof CmsFeesError) throw cause
    const reason = reasonOf(cause)
    const code = /absolute path|invalid relative path|invalid characters/.test(reason)
      ? 'E_ZIP_UNSAFE'
      : 'E_ZIP_DAMAGED'
    throw new CmsFeesError(code, `${name}: ${reason}`, { cause })
  }
  return entries
}

function faultOf(entry: Entry): string | null {
  const unixType = (entry.externalFileAttributes >>> 16) & 0o170000
  if (entry.isEncrypted()) return 'is encrypted'
  if (unixType !== 0 && unixType !== 0o100000) return 'is a link, not a file'
  if (entry.fileName.toLowerCase().endsWith('.zip')) return 'is a zip within the zip'
  return null
}

/** Null where it inflates to more than `room` bytes: what really inflates is counted, not what the entry declares. */
async function inflate(
  zip: ZipFile,
  entry: Entry,
  name: string,
  room: number,
): Promise<Uint8Array | null> {
  let content: Buffer
  try {
    if (!entry.canDecodeFileData())
      throw new Error(`unknown compression ${entry.compressionMethod}`)
    const stored = await buffer(await zip.openReadStreamPromise(entry, { decodeFileData: false }))
    // At once: a stream of pieces takes three times as long.
    content =
      entry.compressionMethod === STORED
        ? stored
        : inflateRawSync(stored, { chunkSize: PIECE, maxOutputLength: room + 1 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return null
    throw new CmsFeesError('E_ZIP_DAMAGED', `${name}: ${entry.fileName}: ${reasonOf(cause)}`, {
      cause,
    })
  }
  if (content.length > room) return null
  if (content.length !== entry.uncompressedSize) {
    const declared = `${entry.uncompressedSize} bytes, but has ${content.length}`
    throw new CmsFeesError('E_ZIP_DAMAGED', `${name}: ${entry.fileName} declares ${declared}`)
  }
  if (crc32(content) !== entry.crc32) {
    throw new CmsFeesError('E_ZIP_DAMAGED', `${name}: ${entry.fileName} does not match its CRC-32`)
  }
  return content
}

/** The compression method of a member that is not compressed. */
const STORED = 0
/** Bytes that are inflated at a time. */
const PIECE = 256 * 1024

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause)

/** 1 January 1980, which programs write when they do not know the date. */
const ZIP_EPOCH = (1 << 5) | 1

function newestDay(entries: readonly Entry[]): string | null {
  // DOS dates order like numbers: 7 bits of years since 1980, 4 of month, 5 of day.
  const newest = Math.max(0, ...entries.map((entry) => entry.lastModFileDate))
  if (newest <= ZIP_EPOCH) return null
  const two = (part: number) => String(part).padStart(2, '0')
  return `${1980 + (newest >> 9)}-${two((newest >> 5) & 15)}-${two(newest & 31)}`
}
