/** Backfill: a span of releases, from a folder of zips or from CMS, one after the other, whatever becomes of each. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CmsFeesError } from '../src/errors.ts'
import { parseRelease, quarterStart } from '../src/release.ts'
import { isClaimed } from '../src/stages/claim.ts'
import { catalogue, postingNamed, postingsOf } from './catalogue.ts'
import { ingestEach, type Step } from './ingest-each.ts'
import { pfs } from './pfs.ts'
import type { Context } from './recorded.ts'
import type { IngestRequest } from './run.ts'

export interface BackfillRequest extends Pick<IngestRequest, 'accept' | 'allowMissing'> {
  /** First and last release, by the day they take effect. */
  readonly from: string
  readonly to: string
  /** Folder of zips, or of folders with a release's files, named as CMS names them; else CMS. */
  readonly archive?: string
}

interface Source {
  readonly release: string
  readonly effectiveFrom: string
  /** Undefined: to be downloaded. Null: the folder has no such release. */
  readonly path: string | null | undefined
}

/**
 * A step for each release of the span, in their order. A release that is loaded is passed over, so a backfill
 * that was cut off goes on where it was.
 */
export async function backfill(
  request: BackfillRequest,
  context: Context,
  progress: (done: number, total: number, release: string) => void,
): Promise<Step[]> {
  const { from: _from, to: _to, archive: _archive, accept, ...others } = request
  const options = { ...others, ...(accept && { accept: { ...accept, anyRelease: true } }) }
  const sources = await findSources(request)
  const requests = sources
    .filter(({ path }) => path !== null)
    .map(({ release, path }) => ({ ...options, release, ...(path && { from: path }) }))
  const steps = (await ingestEach(requests, context, progress)).values()
  return sources.map(({ release, path }) =>
    path === null ? { release, source: null } : (steps.next().value as Step),
  )
}

/** Every release of the span: those that the folder has, and one for each day that it lacks; oldest first. */
async function findSources({ from, to, archive }: BackfillRequest): Promise<Source[]> {
  const [first, last] = [from, to].map((name) => effectiveFrom(parseRelease(name).name))
  if (first === undefined || last === undefined || first > last) {
    throw new CmsFeesError('E_USAGE', `${from} takes effect after ${to}`)
  }
  const inSpan = ({ effectiveFrom: day }: Source) => day >= first && day <= last
  const known = [...new Map(catalogue().map((row) => [row.release, row.effective_from]))]
  const offered = known.map(([release, day]) => ({ release, effectiveFrom: day, path: undefined }))
  const sources =
    archive === undefined ? offered.filter(inSpan) : (await inFolder(archive)).filter(inSpan)
  const covered = new Set(sources.map((source) => source.effectiveFrom))
  const missing = offered
    .filter((one) => inSpan(one) && !covered.has(one.effectiveFrom))
    .filter(
      (one, at, all) => all.findIndex((other) => other.effectiveFrom === one.effectiveFrom) === at,
    )
    .map((one) => ({ ...one, path: null }))
  return [...sources, ...missing].sort(
    (a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom) || a.release.localeCompare(b.release),
  )
}

async function inFolder(archive: string): Promise<Source[]> {
  const entries = await readdir(archive, { withFileTypes: true }).catch((cause) => {
    throw new CmsFeesError('E_SOURCE_NOT_FOUND', `${archive} is not a folder`, { cause })
  })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const release = releaseOf(entry.name)
      const path = join(archive, entry.name)
      if (!release || !(await isRelease(entry.isDirectory(), path))) return []
      return [{ release, effectiveFrom: effectiveFrom(release), path }]
    }),
  )
  return found.flat()
}

const effectiveFrom = (release: string): string =>
  postingsOf(release)[0]?.effective_from ?? quarterStart(parseRelease(release))

/** The release that a file or folder is named after; null for what is not named after one. */
function releaseOf(name: string): string | null {
  const named = /^((?:RVU|PRREV)\d{2}[A-Z]\d?(?:R\d?)?(?:_PCT\d+|_\d)?)(?![A-Z\d])/i.exec(name)?.[1]
  return postingNamed(name)?.release ?? named?.toUpperCase() ?? null
}

async function isRelease(folder: boolean, path: string): Promise<boolean> {
  if (!folder) return path.toLowerCase().endsWith('.zip')
  return (await readdir(path)).some((name) => isClaimed(name, pfs.datasets))
}
