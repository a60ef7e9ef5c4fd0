/** Unpack: the members of an archived release, read one at a time. */
import { open, readFile, stat } from 'node:fs/promises'
import { CmsFeesError } from '../errors.ts'
import { INFLATE_LIMIT, openZip } from '../readers/zip.ts'
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
  return openZip(path, artifact.name, inflateLimit)
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
  const start = buffer.subarray(0, bytesRead)
  if (SIGNATURES.includes(start.subarray(0, 4).toString('latin1'))) return
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
