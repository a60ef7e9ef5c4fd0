/** Unpack: the members of an archived release, read one at a time. */
import { open, readFile, stat } from 'node:fs/promises'
import { CmsFeesError } from '../errors.ts'
import { INFLATE_LIMIT, openZip } from '../formats/zip.ts'
import { type Artifact, archived, readManifest } from './archive.ts'

export interface Members {
  readonly names: readonly string[]
  read(name: string): Promise<Uint8Array>
}

/** Throws E_EMPTY_FILE, E_HTML_NOT_ZIP, E_NOT_A_ZIP, E_ZIP_*; `read` throws E_ZIP_DAMAGED and E_ZIP_UNSAFE. */
export async function unpack(
  archive: string,
  artifact: Artifact,
  inflateLimit = INFLATE_LIMIT,
): Promise<Members> {
  if (artifact.kind === 'folder') {
    const files = await readManifest(archive, artifact.sha256)
    return {
      names: [...files.keys()],
      read: (name) => readFile(archived(archive, files.get(name) ?? '')),
    }
  }
  const path = archived(archive, artifact.sha256)
  await refuseOtherContent(path, artifact.name)
  const zip = await openZip(path, artifact.name, inflateLimit)
  // Of what Office writes, which is a zip too.
  if (!zip.names.includes('[Content_Types].xml')) return zip
  throw new CmsFeesError(
    'E_NOT_A_ZIP',
    `${artifact.name} is a workbook or another file of Office`,
    {
      next: IN_A_FOLDER,
    },
  )
}

/** Of a member, and of the directory of a zip without members. */
const SIGNATURES = ['PK\u0003\u0004', 'PK\u0005\u0006']

/** Judges by the first bytes, never by the name. Throws E_EMPTY_FILE, E_HTML_NOT_ZIP, E_NOT_A_ZIP. */
export async function refuseOtherContent(path: string, name: string): Promise<void> {
  const { size } = await stat(path)
  if (size === 0) throw new CmsFeesError('E_EMPTY_FILE', `${name} has no bytes`)
  const file = await open(path)
  const { buffer, bytesRead } = await file
    .read(Buffer.alloc(512), 0, 512, 0)
    .finally(() => file.close())
  const start = buffer.subarray(0, bytesRead).toString('latin1')
  if (SIGNATURES.includes(start.slice(0, 4))) return
  if (/^(\u00ef\u00bb\u00bf)?\s*(<!doctype|<html|<\?xml|<head|<!--)/i.test(start)) {
    throw new CmsFeesError('E_HTML_NOT_ZIP', `${name} is a web page of ${size} bytes`)
  }
  const kind =
    KINDS.find(({ bytes, ...of }) => start.startsWith(bytes, 'at' in of ? of.at : 0)) ??
    (isText(start) ? TEXT : null)
  if (kind) throw new CmsFeesError('E_NOT_A_ZIP', `${name} is ${kind.is}`, { next: kind.next })
  const bytes = Buffer.from(start.slice(0, 8), 'latin1').toString('hex')
  throw new CmsFeesError('E_NOT_A_ZIP', `${name} begins with the bytes ${bytes}`)
}

const UNPACK = 'Unpack it, and give the folder with its files to --from.'
const IN_A_FOLDER =
  'Put it into a folder, with the other files of its release, and give the folder to --from; where there are no others, add --allow-missing.'

/** What people have in place of a zip, by the bytes that it begins with, and what they do with it. */
const KINDS = [
  { bytes: '\x1f\x8b', is: 'packed by gzip (.gz, .tar.gz)', next: UNPACK },
  { bytes: 'BZh', is: 'packed by bzip2', next: UNPACK },
  { bytes: '\xfd7zXZ', is: 'packed by xz', next: UNPACK },
  { bytes: '\x28\xb5\x2f\xfd', is: 'packed by zstd', next: UNPACK },
  { bytes: '7z\xbc\xaf', is: 'a 7z archive', next: UNPACK },
  { bytes: 'Rar!', is: 'a RAR archive', next: UNPACK },
  { bytes: 'ustar', at: 257, is: 'a tar archive', next: UNPACK },
  { bytes: '%PDF', is: 'a PDF', next: 'Give the zip that CMS publishes beside it.' },
  { bytes: '\xd0\xcf\x11\xe0', is: 'a file of Excel or Word of before 2007', next: IN_A_FOLDER },
] as const

const TEXT = { is: 'a text file', next: IN_A_FOLDER }

/** UTF-16 has its mark; in every other encoding text has no NUL. */
const isText = (start: string): boolean =>
  /^(\xff\xfe|\xfe\xff)/.test(start) || !start.includes('\0')
