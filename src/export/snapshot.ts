/**
 * A folder whose content is replaced as a whole. Each export is a folder of its own in it, and `current` a link to the
 * latest: setting the link is one step of the file system, so a reader sees one export or the other, and so does whoever
 * finds what a killed one left. The one before stays, for who is still reading it; older ones go.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readlink, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { CmsFeesError } from '../errors.ts'

export const CURRENT = 'current'
const UNFINISHED = '.unfinished-'
const FINISHED = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/

/** Makes the folder where there is none, and removes what killed exports left in it. Throws E_USAGE for a folder of others. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const names = await readdir(folder)
  const strange = names.filter((name) => !isOurs(name))
  if (strange.length > 0) {
    throw new CmsFeesError('E_USAGE', `${folder} holds ${strange[0]}, which is no export`, {
      next: 'Give a new or empty folder, or that of an earlier export.',
    })
  }
  const current = await currentName(folder)
  for (const name of names) {
    const isFirst = current === null && FINISHED.test(name)
    if (name.startsWith(UNFINISHED) || isFirst) await remove(folder, name)
  }
}

const isOurs = (name: string): boolean =>
  name === CURRENT || name.startsWith(UNFINISHED) || FINISHED.test(name)

const remove = (folder: string, name: string) =>
  rm(join(folder, name), { recursive: true, force: true })

async function currentName(folder: string): Promise<string | null> {
  return readlink(join(folder, CURRENT)).catch(() => null)
}

/** A new folder beside the exports, to be filled and published. */
export async function beginSnapshot(folder: string): Promise<string> {
  const path = join(folder, `${UNFINISHED}${randomUUID()}`)
  await mkdir(path)
  return path
}

/** Names what was filled, points `current` at it, and removes all exports but this one and the one before. */
export async function publishSnapshot(folder: string, filled: string, now: Date): Promise<string> {
  const name = `${now.toISOString().replace(/[-:.]/g, '')}-${randomUUID().slice(0, 8)}`
  const before = await currentName(folder)
  await rename(filled, join(folder, name))
  const link = join(folder, `${UNFINISHED}${randomUUID()}`)
  await symlink(name, link, 'dir')
  await rename(link, join(folder, CURRENT))
  await syncFolder(folder)
  for (const old of await readdir(folder)) {
    if (FINISHED.test(old) && old !== name && old !== before) await remove(folder, old)
  }
  return name
}

/** So that a loss of power undoes no step that a later one relies on. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
