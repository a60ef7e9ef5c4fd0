import type { Table } from '../schemas/table.ts'
import { hcpcs } from './hcpcs-level2.ts'
import { pfs } from './pfs.ts'
import { parseRelease, type ReleaseName } from './release-name.ts'
import { type DiscoverablePipeline, type Pipeline, tablesOf } from './schedule.ts'
import { zip } from './zip-codes.ts'

/** Every release family that can be ingested. */
export const pipelines: readonly Pipeline[] = [pfs, zip, hcpcs]

/** Those whose releases CMS lists on a page that is declared, and those that only come from a path so far. */
export const [listed, unlisted] = [
  pipelines.filter((pipeline): pipeline is DiscoverablePipeline => isListed(pipeline)),
  pipelines.filter((pipeline) => !isListed(pipeline)),
]

function isListed({ discovery }: Pipeline): boolean {
  return discovery !== undefined
}

/** The family that a release belongs to. */
export function pipelineOf({ name }: ReleaseName): Pipeline {
  const pipeline = pipelines.find(({ releases }) => releases.test(name))
  if (!pipeline) throw new Error(`no pipeline for ${name}`)
  return pipeline
}

/** What a release's family has in the database. Throws E_UNKNOWN_RELEASE. */
export function familyOf(release: string): Pick<Pipeline, 'priced'> & { tables: readonly Table[] } {
  const pipeline = pipelineOf(parseRelease(release))
  return { tables: tablesOf(pipeline), priced: pipeline.priced }
}
