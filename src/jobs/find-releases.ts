/** Releases of one family in a folder and the folders in it: zips, and folders with a release's files. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Schedule } from '../../pipelines/schedule.ts'
import { CmsFeesError } from '../errors.ts'
import { openZip } from '../formats/zip.ts'
import { isMatched } from '../ingest/match.ts'
import { releaseNamed } from '../releases.ts'

export interface FoundRelease {
  readonly release: string
  readonly path: string
}

/**
 * A zip or folder is known by its own name or, since CMS does not name every zip after its release, by that of a file in
 * it. What is of another family, or cannot be read, is passed over. Throws E_SOURCE_NOT_FOUND.
 */
export async function findReleases(folder: string, schedule: Schedule): Promise<FoundRelease[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause) => {
    throw new CmsFeesError('E_SOURCE_NOT_FOUND', `${folder} is not a folder`, { cause })
  })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      const isZip = !entry.isDirectory() && /\.zip$/i.test(entry.name)
      if (!isZip && !entry.isDirectory()) return []
      const named = releaseNamed(schedule, entry.name)
      // A zip that bears the name of a release is that release, whatever is wrong with its bytes.
      if (named !== null && isZip) return [{ release: named, path }]
      const files = await filesOf(path, isZip, schedule)
      if (files.length === 0) return isZip ? [] : findReleases(path, schedule)
      const release = named ?? releaseOf(files, schedule)
      return release === null ? [] : [{ release, path }]
    }),
  )
  return found.flat()
}

/** The files in it that are a release's. */
async function filesOf(path: string, isZip: boolean, schedule: Schedule): Promise<string[]> {
  const names = isZip ? await namesIn(path) : await readdir(path)
  return names.filter((name) => isMatched(name, schedule.files))
}

async function namesIn(zip: string): Promise<readonly string[]> {
  try {
    return (await openZip(zip, zip)).names
  } catch (error) {
    if (error instanceof CmsFeesError) return []
    throw error
  }
}

/** The one release that files are named after; null where they are of none, or of several. */
function releaseOf(files: readonly string[], schedule: Schedule): string | null {
  const [release, ...others] = new Set(files.map((name) => releaseNamed(schedule, name)))
  return release !== undefined && others.length === 0 ? release : null
}
