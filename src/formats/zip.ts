/** A zip's members, read one at a time and trusted in nothing: not in names, sizes or checksums. */
import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { type CentralDirectory, type File as Entry, Open } from 'unzipper'
import { CmsFeesError } from '../errors.ts'

/** Bytes that a release may inflate to; the largest so far takes 16 MB. */
export const INFLATE_LIMIT = 512 * 1024 * 1024

export interface Zip {
  readonly names: readonly string[]
  /** Throws E_ZIP_DAMAGED, and E_ZIP_UNSAFE where all members read so far inflate to more than the limit. */
  read(name: string): Promise<Uint8Array>
}

/** Opens a file or bytes. `name` is for messages. Throws E_ZIP_TRUNCATED, E_ZIP_DAMAGED, E_ZIP_UNSAFE. */
export async function openZip(
  source: string | Buffer,
  name: string,
  limit = INFLATE_LIMIT,
): Promise<Zip> {
  const bytes = typeof source === 'string' ? await readFile(source) : source
  const entries = membersOf(await directoryOf(bytes, name), name)
  let inflated = 0
  return {
    names: [...entries.keys()],
    async read(member) {
      const entry = entries.get(member)
      if (!entry) throw new Error(`no member ${member}`)
      const content = await inflate(entry, name, limit - inflated)
      if (content === null) {
        throw new CmsFeesError('E_ZIP_UNSAFE', `${name} inflates to more than ${limit} bytes`)
      }
      inflated += content.length
      return content
    },
  }
}

/** What ends a zip: its directory's place and size, and a comment of up to 65,535 bytes. */
const END = { signature: Buffer.from('PK\u0005\u0006'), bytes: 22, longestComment: 65_535 } as const

async function directoryOf(bytes: Buffer, name: string): Promise<Entry[]> {
  // unzipper takes the first signature of the tail that it is given, which may lie within a member.
  const end = bytes.lastIndexOf(END.signature)
  const tailSize = bytes.length - end
  if (end < 0 || tailSize < END.bytes || tailSize > END.bytes + END.longestComment) {
    throw new CmsFeesError('E_ZIP_TRUNCATED', `${name}: its directory is missing`)
  }
  try {
    const { files, numberOfRecords } = await openBuffer(bytes, { tailSize })
    const broken = files.find(({ signature }) => signature !== ENTRY)
    if (broken || files.length !== numberOfRecords) throw new Error('its directory is damaged')
    return files
  } catch (cause) {
    throw new CmsFeesError('E_ZIP_DAMAGED', `${name}: ${reasonOf(cause)}`, { cause })
  }
}

/** Its types do not know the options. */
const openBuffer: (bytes: Buffer, options: { tailSize: number }) => Promise<CentralDirectory> =
  Open.buffer

/** The signature of an entry of the directory. */
const ENTRY = 0x02014b50

function membersOf(files: readonly Entry[], name: string): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  const folded = new Set<string>()
  for (const entry of files) {
    const fold = entry.path.toLowerCase()
    const fault = folded.has(fold) ? 'stands twice' : faultOf(entry)
    if (fault) {
      throw new CmsFeesError('E_ZIP_UNSAFE', `${name}: ${JSON.stringify(entry.path)} ${fault}`)
    }
    folded.add(fold)
    if (!entry.path.endsWith('/')) entries.set(entry.path, entry)
  }
  return entries
}

function faultOf({ path, flags, externalFileAttributes }: Entry): string | null {
  const unixType = (externalFileAttributes >>> 16) & 0o170000
  const steps = path.split('/')
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'is an absolute path'
  if (steps.includes('..')) return 'leads out of the folder'
  if (path.includes('\\') || path.includes('\u0000')) return 'has a character that no name may have'
  if (flags & 1) return 'is encrypted'
  if (!FILE_OR_FOLDER.includes(unixType)) return 'is a link, not a file'
  if (path.toLowerCase().endsWith('.zip')) return 'is a zip within the zip'
  return null
}

/** Of a Unix file's type bits; 0 where another system wrote the zip. */
const FILE_OR_FOLDER: readonly number[] = [0, 0o100000, 0o040000]

/** Null where it inflates to more than `room` bytes: what really inflates is counted, not what the entry declares. */
async function inflate(entry: Entry, name: string, room: number): Promise<Uint8Array | null> {
  const fault = (reason: string, cause?: unknown) =>
    new CmsFeesError('E_ZIP_DAMAGED', `${name}: ${entry.path}: ${reason}`, { cause })
  if (!METHODS.includes(entry.compressionMethod)) {
    throw fault(`unknown compression ${entry.compressionMethod}`)
  }
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of entry.stream()) {
      size += piece.length
      if (size > room) return null
      pieces.push(piece)
    }
  } catch (cause) {
    throw fault(reasonOf(cause), cause)
  }
  const content = Buffer.concat(pieces)
  if (size !== entry.uncompressedSize) {
    throw fault(`declares ${entry.uncompressedSize} bytes, but has ${size}`)
  }
  if (crc32(content) !== entry.crc32) throw fault('does not match its CRC-32')
  return content
}

/** Stored and deflated: no other is in use at CMS. */
const METHODS: readonly number[] = [0, 8]

const reasonOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause)
