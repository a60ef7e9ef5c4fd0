import type { DiscoverablePipeline, Pipeline } from '../src/pipeline.ts'
import type { ReleaseName } from '../src/release.ts'
import { hcpcs } from './hcpcs.ts'
import { pfs } from './pfs.ts'
import { zip } from './zip.ts'

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
